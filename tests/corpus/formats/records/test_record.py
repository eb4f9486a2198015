from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenRecord, NoText
from dragoman.corpus.formats.records.envelopes import records_in
from dragoman.corpus.formats.records.record import make_article, read_record

BODY = "The delegations met on Tuesday."


def read(record: object, **options) -> Article:
    article = read_record(record, "here", **options)
    assert isinstance(article, Article)
    return article


def test_a_record_of_ours():
    article = read(
        {
            "id": "talks",
            "title": "Talks resume",
            "text": BODY,
            "source": "News One",
            "url": "https://news.example/talks",
            "published": "2022-03-29",
            "event": "2022-03-28",
            "form": "digest",
            "authors": ["Ada Smith", "Ben Jones"],
            "tags": ["talks", "Türkiye"],
        }
    )
    assert article == Article(
        id="talks",
        title="Talks resume",
        text=BODY,
        source="News One",
        url="https://news.example/talks",
        published=date(2022, 3, 29),
        event=date(2022, 3, 28),
        form="digest",
        authors=("Ada Smith", "Ben Jones"),
        tags=("talks", "Türkiye"),
    )


def test_a_record_of_beirs():
    metadata = {"source": "News One", "url": "u", "date": "2022-03-29", "authors": ["Ada Smith"]}
    article = read({"_id": "d1", "title": "Talks", "text": BODY, "metadata": metadata})
    assert (article.id, article.source, article.url) == ("d1", "News One", "u")
    assert (article.published, article.authors) == (date(2022, 3, 29), ("Ada Smith",))


def test_a_record_of_a_news_feed():
    article = read(
        {
            "source": {"id": None, "name": "News One"},
            "author": "Ada Smith",
            "title": "Talks",
            "description": "Short.",
            "url": "https://news.example/talks",
            "urlToImage": "https://news.example/2022/01/01/a.jpg",
            "publishedAt": "2022-03-29T10:30:00Z",
            "content": BODY,
        }
    )
    assert (article.title, article.text, article.source) == ("Talks", BODY, "News One")
    assert (article.published, article.authors) == (date(2022, 3, 29), ("Ada Smith",))


def test_a_record_of_schema_org():
    article = read(
        {
            "@type": "NewsArticle",
            "headline": "Talks",
            "articleBody": BODY,
            "datePublished": "2022-03-29",
            "author": [{"@type": "Person", "name": "Ada Smith"}, {"name": "Ben Jones"}],
            "publisher": {"name": "News One"},
        }
    )
    assert (article.title, article.source) == ("Talks", "News One")
    assert article.authors == ("Ada Smith", "Ben Jones")


def test_authors_named_twice_are_named_once():
    assert read({"text": BODY, "authors": ["Ada"], "author": "Ada"}).authors == ("Ada",)


@pytest.mark.parametrize(
    ("stated", "tags"),
    [
        ("talks, Türkiye ,,talks", ("talks", "Türkiye")),
        (["Istanbul, talks", " a\nb ", "", {"name": "c"}], ("Istanbul, talks", "a b", "c")),
        ([], ()),
        (None, ()),
        (2022, ("2022",)),
        ([["nested"], None, {}], ()),
    ],
)
def test_tags_are_listed_or_have_commas_between_them(stated, tags):
    for name in ("tags", "keywords"):
        assert read({"text": BODY, name: stated}).tags == tags
        assert read({"text": BODY, "metadata": {name: stated}}).tags == tags


def test_paragraphs_in_a_list_are_a_text():
    assert read({"text": ["They met.", "They left."]}).text == "They met.\n\nThey left."


def test_a_text_is_cleaned_and_its_wrapped_lines_joined():
    wrapped = (
        "Delegations of Russia and Ukraine met in Istanbul on Tuesday for a new\n"
        "round of talks, which the Turkish president opened."
    )
    raw = f"{wrapped}\r\n\r\n\r\nSHARE THIS ARTICLE\n\nThey\tleft\x1b.".replace("\n", "\r\n")
    assert read({"text": raw}).text == wrapped.replace("\n", " ") + "\n\nThey left."


def test_fields_are_single_lines():
    article = read({"id": " a\n1 ", "title": "Talks\n\x1b[31mresume", "text": BODY, "source": " "})
    assert (article.id, article.title, article.source) == ("a 1", "Talks [31mresume", None)


def test_numbers_are_ids_and_titles_too():
    article = read({"id": 0, "title": 2022, "text": BODY})
    assert (article.id, article.title) == ("0", "2022")


def test_the_first_words_are_the_title_where_there_is_none():
    assert read({"text": BODY}).title == BODY
    assert read({"title": None, "headline": "Talks", "text": BODY}).title == "Talks"


def test_an_id_is_stated_or_follows_from_the_address_or_the_name_or_the_words():
    by_address = read({"url": "https://news.example/a", "text": BODY})
    assert by_address.id == read({"url": "https://news.example/a", "text": "Changed."}).id
    assert read({"text": BODY}, known_as="file").id == "file"
    assert read({"id": "stated", "text": BODY}, known_as="file").id == "stated"
    assert (
        read({"url": "https://news.example/a", "text": BODY}, known_as="file").id == by_address.id
    )
    assert read({"text": BODY}).id == read({"text": BODY}).id != read({"text": "Other."}).id


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({"published": "unknown", "date": "2022-03-29"}, date(2022, 3, 29)),
        ({"published": "03/04/2022"}, None),
        ({"date": "March 2022"}, None),
        ({"date": 1648549800}, date(2022, 3, 29)),
        ({"date": ["2022-03-29"]}, None),
        ({"modified": "2022-03-29"}, None),
        ({"date": "2022-03-29", "metadata": {"date": "2022-04-01"}}, date(2022, 3, 29)),
    ],
)
def test_a_date_is_stated_or_absent(fields, published):
    assert read({"text": BODY, **fields}).published == published


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ([1], "a list"),
        ("text", "a string"),
        (None, "null"),
        (True, "true or false"),
        (3, "a number"),
        (2.5, "a number"),
    ],
)
def test_what_is_no_object_is_no_article(record, kind):
    error = read_record(record, "a.json, article 3")
    assert isinstance(error, BrokenRecord)
    assert str(error).startswith("a.json, article 3: ")
    assert f"expected an object, found {kind}" in str(error)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (42, "a number"),
        ({"a": 1}, "an object"),
        (True, "true or false"),
        (["a", {"b": 1}], "a list"),
    ],
)
def test_a_text_that_is_not_text_is_an_error_that_says_what_it_is(text, kind):
    error = read_record({"id": "a", "text": text}, "here")
    assert isinstance(error, BrokenRecord)
    assert f"its text is {kind}, not a string" in str(error)


def test_a_record_without_any_field_for_text_names_what_was_expected():
    error = read_record({"title": "Talks", "metadata": 3}, "here")
    assert isinstance(error, BrokenRecord)
    assert "no field 'text' or 'body' or 'content'" in str(error)


@pytest.mark.parametrize("text", ["", "  \n", None, [], [""], "\x00\x1b", "SHARE THIS ARTICLE"])
def test_a_record_without_text_says_so(text):
    error = read_record({"title": "Talks", "text": text}, "here")
    assert isinstance(error, NoText)
    assert error.code == "no-text"


def test_an_article_of_clean_text_is_left_as_it_is():
    article = make_article({"title": "A"}, "They met.\n\nTelegram\n\nHe wrote.", "here")
    assert isinstance(article, Article)
    assert article.text == "They met.\n\nTelegram\n\nHe wrote."


@pytest.mark.parametrize(
    ("value", "records"),
    [
        ([1, 2], [1, 2]),
        ([], []),
        ({"articles": [1, 2], "status": "ok"}, [1, 2]),
        ({"data": [3]}, [3]),
        ({"text": "x", "articles": [1]}, [{"text": "x", "articles": [1]}]),
        ({"articles": "none"}, [{"articles": "none"}]),
        ("x", ["x"]),
    ],
)
def test_where_the_records_are(value, records):
    assert records_in(value) == records
