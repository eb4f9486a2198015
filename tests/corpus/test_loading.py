import codecs
import json
import os
import re
import textwrap
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.corpus.errors import (
    BrokenRecord,
    EmptyFile,
    NotAnArticle,
    NoText,
    NothingToRead,
    NotText,
    PathMissing,
    PathUnreadable,
    ReadingError,
    UnknownFormat,
)
from dragoman.corpus.files import file_id
from dragoman.corpus.loading import Loading, read_articles
from dragoman.corpus.text.cleaning import normalise

TITLE = "Talks resume in Istanbul"
BODY = "İbrahim Kalın met Mevlüt Çavuşoğlu on Tuesday.\n\n“We go on,” Mr. Arakhamia said at 5 p.m."
TURKISH = "Dışişleri Bakanı Çavuşoğlu, Şanlıurfa’da konuştu: “Görüşmeler İstanbul’da yapılacak.”"
UKRAINIAN = "Переговори відбулися у Стамбулі. Її ґрунт – «єдність», сказав Зеленський."


def only(path: Path) -> Article:
    (read,) = read_articles(path)
    assert isinstance(read, Article), read
    return read


def failure(path: Path) -> ReadingError:
    """The one error that reading `path` gives, raised or among what is read."""
    try:
        (read,) = read_articles(path)
    except ReadingError as error:
        return error
    assert isinstance(read, ReadingError), read
    return read


@pytest.fixture
def file(tmp_path):
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def as_page(title: str, paragraphs: Iterable[str], charset: str = "utf-8") -> str:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><meta charset="{charset}"><title>{escape(title)}</title></head>'
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )


WRITTEN = {
    "a.txt": f"{TITLE}\n\n{BODY}",
    "b.md": f"# {TITLE}\n\n{BODY}",
    "c.markdown": f"---\ntitle: {TITLE}\n---\n\n{BODY}",
    "d.html": as_page(TITLE, BODY.split("\n\n")),
    "e.htm": as_page(TITLE, BODY.split("\n\n")),
    "f.json": json.dumps({"title": TITLE, "text": BODY}),
    "g.jsonl": json.dumps({"title": TITLE, "text": BODY}) + "\n",
    "h.ndjson": json.dumps({"title": TITLE, "text": BODY}, ensure_ascii=False),
    "i.TXT": f"{TITLE}\n\n{BODY}",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_article_is_read_from_every_format(file, name):
    article = only(file(name, WRITTEN[name]))
    assert (article.title, article.text.split()) == (TITLE, BODY.split())


def test_a_plain_text_states_its_date_and_its_outlet(file):
    mirrors = "News One’s website can also be accessed at these addresses:\n\nwww.n1.example"
    article = only(file("a.txt", f" date 2022-05-01 {TITLE}\n\n{BODY}\n\n{mirrors}"))
    assert (article.title, article.text) == (TITLE, BODY)
    assert (article.published, article.source) == (date(2022, 5, 1), "News One")


def test_front_matter_states_what_it_states(file):
    article = only(
        file(
            "a.md",
            "---\nid: talks\ntitle: Stated\nsource: NO\nurl: https://news.example/a\n"
            "published: 2022-03-29\nevent: 2022-03-28\nform: digest\nauthors: [A, B]\n"
            "tags:\n- C\n- d\n---\n\n" + BODY,
        )
    )
    assert article == Article(
        id="talks",
        title="Stated",
        text=BODY,
        source="NO",
        url="https://news.example/a",
        published=date(2022, 3, 29),
        event=date(2022, 3, 28),
        form="digest",
        authors=("A", "B"),
        tags=("C", "d"),
    )


def test_what_the_front_matter_leaves_open_the_text_may_state(file):
    article = only(file("a.md", f"---\nform: brief\n---\n date 2022-05-01 {TITLE}\n\n{BODY}"))
    assert (article.title, article.published, article.form) == (TITLE, date(2022, 5, 1), "brief")
    article = only(file("b.md", f"---\ntitle:\n---\n# {TITLE}\n\n{BODY}"))
    assert (article.title, article.text) == (TITLE, BODY)


def test_a_mistaken_date_in_front_matter_loses_the_date_and_not_the_article(file):
    assert only(file("a.md", f"---\ndate: 2022-02-30\n---\n{BODY}")).published is None


def test_broken_front_matter_is_named(file):
    error = failure(file("a.md", f"---\ntitle: Talks: again\n---\n{BODY}"))
    assert isinstance(error, BrokenRecord)
    assert error.code == "broken-record"
    assert "a.md: " in str(error)
    assert "front matter is not YAML" in str(error)


def test_a_page_states_its_date_and_outlet(file):
    head = (
        '<meta property="og:site_name" content="News One">'
        '<meta property="article:published_time" content="2022-03-29">'
    )
    article = only(file("a.html", as_page(TITLE, [BODY]).replace("<title>", f"{head}<title>")))
    assert (article.source, article.published) == ("News One", date(2022, 3, 29))


@pytest.mark.parametrize(
    "written",
    [
        "Akar visits Şanlıurfa, May 2, 2022. (AA Photo)\n\nThey met.",
        "On 2022-03-29 they met.",
        "03/04/2022\n\nThey met.",
        "March 2022\n\nThey met.",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json"])
def test_a_date_that_is_not_stated_as_such_is_never_taken(file, name, written):
    if name == "a.html":
        written = as_page(TITLE, written.split("\n\n"))
    if name == "a.json":
        written = json.dumps({"text": written})
    article = only(file(name, written))
    assert article.published is None
    assert "AA Photo" not in article.title + article.text


def test_one_object_a_list_and_an_object_that_holds_a_list(file):
    records = [{"id": "a", "text": BODY}, {"id": "b", "text": BODY}]
    assert only(file("one.json", json.dumps(records[0]))).id == "a"
    for name, value in {"list.json": records, "held.json": {"articles": records}}.items():
        read = list(read_articles(file(name, json.dumps(value))))
        assert [article.id for article in read if isinstance(article, Article)] == ["a", "b"]


def test_a_news_feed(file):
    feed = {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": "news-one", "name": "News One"},
                "author": "Ada Smith",
                "title": TITLE,
                "description": "They met.",
                "url": "https://news.example/a",
                "publishedAt": "2022-03-29T10:30:00Z",
                "content": BODY,
            }
        ],
    }
    article = only(file("feed.json", json.dumps(feed)))
    assert (article.title, article.text, article.source) == (TITLE, BODY, "News One")
    assert (article.url, article.authors) == ("https://news.example/a", ("Ada Smith",))
    assert article.published == date(2022, 3, 29)


def test_a_line_of_beirs(file):
    line = {
        "_id": "d7",
        "title": TITLE,
        "text": BODY,
        "metadata": {"source": "News One", "url": "u", "date": "2022-03-29", "authors": ["Ada"]},
    }
    article = only(file("corpus.jsonl", json.dumps(line)))
    assert (article.id, article.source, article.url) == ("d7", "News One", "u")
    assert (article.published, article.authors) == (date(2022, 3, 29), ("Ada",))


def test_an_id_follows_from_the_name_of_the_file_and_its_place(file):
    first, second = file("x/Kalın in Kyiv.txt", BODY), file("y/Kalın in Kyiv.txt", BODY)
    assert only(first).id.startswith("kaln-in-kyiv-")
    assert only(first).id == only(first).id != only(second).id
    assert only(file("z.json", json.dumps({"text": BODY}))).id.startswith("z-")


def test_a_folder_is_read_with_what_lies_below_it(file, tmp_path):
    for name in ["b.txt", "a.md", "deep/er/c.json", "B.txt"]:
        file(name, json.dumps({"text": BODY}) if name.endswith("json") else BODY)
    read = list(read_articles(str(tmp_path)))
    assert all(isinstance(article, Article) for article in read)
    assert len(read) == 4


def test_one_bad_file_does_not_stop_the_others(file, tmp_path):
    file("a.txt", "")
    file("b.json", "{")
    file("c.txt", BODY)
    kinds = [type(read) for read in read_articles(tmp_path)]
    assert kinds == [EmptyFile, BrokenRecord, Article]


def test_how_many_articles_to_expect(file, tmp_path):
    file("a.jsonl", '{"text": "x"}\n\n{"text": "y"}\n')
    file("b.txt", BODY)
    assert Loading(tmp_path).estimated == 3
    assert Loading([tmp_path, {"text": "z"}]).estimated == 4


# What else articles can be loaded from

ARTICLE = Article("talks", TITLE, BODY, published=date(2022, 3, 29), authors=("A", "B"))


def loaded(*given, **stated) -> list[Article]:
    loading = Loading(given, **stated)
    articles = list(loading.articles())
    assert not loading.problems
    return articles


def test_an_article_is_loaded_as_it_is():
    assert loaded(ARTICLE) == list(Loading(ARTICLE).articles()) == [ARTICLE]


def test_an_articles_text_is_made_regular_as_that_of_a_file_is():
    (article,) = loaded(Article("a\n", "", "They  met.\x1b\r\n", source=" ", url="u\n"))
    assert article == Article("a", "They met.", "They met.", source=None, url="u")


def test_a_time_of_publication_counts_as_its_day():
    (article,) = loaded(replace(ARTICLE, published=datetime(2022, 3, 29, 12)))
    assert article.published == date(2022, 3, 29)
    assert type(article.published) is date


def test_a_record_is_read_as_a_line_of_json_is(file):
    record = {"_id": "a", "title": TITLE, "text": BODY, "metadata": {"date": "2022-03-29"}}
    assert loaded(record) == [only(file("a.jsonl", json.dumps(record)))]


def test_paths_articles_and_records_may_be_mixed(file):
    path = file("a.txt", BODY)
    mixed = (one for one in [ARTICLE, path, {"text": BODY}, str(path)])
    assert len(list(Loading(mixed).articles())) == 3


@pytest.mark.parametrize("given", [3, None, b"a.txt", [3], [None], [["a.txt"]], [b"a.txt"]])
def test_what_is_no_article_is_refused(given):
    with pytest.raises(NotAnArticle, match=r"articles are not read from this\. Give the path"):
        Loading(given)


@pytest.mark.parametrize(
    ("given", "kind", "reason"),
    [
        ({"title": "A"}, BrokenRecord, "record 1: .*no field 'text'"),
        ({"text": ""}, NoText, "record 1: .*no text"),
        (replace(ARTICLE, text=" "), NoText, "record 1: .*no text"),
        (replace(ARTICLE, text=None), BrokenRecord, "its text is null, not a string"),
        (replace(ARTICLE, source=3), BrokenRecord, "its source is a number, not a string"),
        (replace(ARTICLE, id=" "), BrokenRecord, "its id is empty"),
        (replace(ARTICLE, published="2022-03-29"), BrokenRecord, "its published is not a datetime"),
    ],
)
def test_a_broken_record_is_named_and_the_others_come_out(given, kind, reason):
    loading = Loading([given, {"text": BODY}])
    assert [article.text for article in loading.articles()] == [BODY]
    (problem,) = loading.problems
    assert isinstance(problem, kind)
    assert re.search(reason, str(problem))


def test_source_and_date_are_given_to_articles_that_state_none(file):
    undated = {"id": "a", "text": BODY}
    dated = {"id": "b", "text": BODY, "source": "NO", "date": "2022-03-29"}
    stated = {"source": "Daily  Post", "published": date(2022, 4, 1)}
    first, second, third = loaded(undated, dated, file("c.txt", BODY), **stated)
    assert (first.source, first.published) == ("Daily Post", date(2022, 4, 1))
    assert (second.source, second.published) == ("NO", date(2022, 3, 29))
    assert (third.source, third.published) == ("Daily Post", date(2022, 4, 1))


def test_the_ids_that_follow_from_paths_are_known_before_files_are_read(file, tmp_path):
    path = file("a.txt", BODY)
    file("b.jsonl", json.dumps({"id": "b", "text": BODY}))
    loading = Loading(tmp_path)
    assert file_id(path) in loading.file_ids
    assert {article.id for article in loading.articles()} - loading.file_ids == {"b"}


ENCODED = {
    "UTF-8": (BODY, "utf-8"),
    "UTF-8 with BOM": (BODY, "utf-8-sig"),
    "UTF-16": (BODY, "utf-16"),
    "UTF-32": (BODY, "utf-32"),
    "Turkish": (TURKISH, "windows-1254"),
    "Turkish names in English": ("Kalın and Çavuşoğlu met Erdoğan in İzmir.", "windows-1254"),
    "one Turkish letter": ("Kalın said the talks go on.", "windows-1254"),
    "Ukrainian": (UKRAINIAN, "windows-1251"),
    "a Russian name in English": ("Peskov (Дмитрий Песков) said the talks go on.", "windows-1251"),
    "Russian": ("Переговоры прошли.", "windows-1251"),
    "Russian of Unix": ("Переговоры прошли в Стамбуле. Кремль подтвердил это.", "koi8-r"),
    "French": ("Les délégations ont été reçues par l’hôte.", "windows-1252"),
    "Greek": ("Οι συνομιλίες έγιναν στην Κωνσταντινούπολη.", "windows-1253"),
}


@pytest.mark.parametrize(("text", "encoding"), ENCODED.values(), ids=ENCODED)
def test_text_in_any_usual_encoding(file, text, encoding):
    assert only(file("a.txt", text.encode(encoding))).text == text
    assert only(file("a.md", text.encode(encoding))).text == text
    written = json.dumps({"text": text}, ensure_ascii=False)
    assert only(file("a.json", written.encode(encoding))).text == text
    assert only(file("a.jsonl", written.encode(encoding))).text == text


def test_utf_16_in_either_order_of_bytes(file):
    raw = codecs.BOM_UTF16_BE + BODY.encode("utf-16-be")
    assert only(file("a.txt", raw)).text == BODY
    raw = codecs.BOM_UTF16_LE + json.dumps({"text": BODY}).encode("utf-16-le")
    assert only(file("a.jsonl", raw)).text == BODY


@pytest.mark.parametrize(
    "charset", ["windows-1254", "iso-8859-9", "windows-1251", "koi8-u", "utf-8"]
)
def test_a_page_is_read_in_the_encoding_it_declares(file, charset):
    text = UKRAINIAN if charset in ("windows-1251", "koi8-u") else TURKISH
    encoding = "windows-1254" if charset == "iso-8859-9" else charset  # as browsers read it
    if charset == "koi8-u":
        text = text.replace("–", "-").replace("«", '"').replace("»", '"')
    raw = as_page(TITLE, [text], charset).encode(encoding)
    assert only(file("a.html", raw)).text == text


@pytest.mark.parametrize(
    "charset", ["utf-16", "utf-7", "unicode_escape", "punycode", "rot13", "no-such"]
)
def test_a_page_that_declares_nonsense_is_read_all_the_same(file, charset):
    assert only(file("a.html", as_page(TITLE, [UKRAINIAN], charset))).text == UKRAINIAN
    raw = as_page(TITLE, [TURKISH], charset).encode("windows-1254")
    assert only(file("b.html", raw)).text == TURKISH


def test_a_few_spoilt_bytes_do_not_spoil_the_rest(file):
    raw = f"{BODY} {TURKISH}".encode()
    article = only(file("a.txt", raw[:60] + b"\xff" + raw[60:-1] + b"\xe2"))
    assert article.text.startswith("İbrahim Kalın met Mevlüt Çavuşoğlu on Tuesday.")
    assert "Görüşmeler İstanbul’da yapılacak." in article.text


def test_characters_are_composed(file):
    assert only(file("a.txt", "I\u0307brahim Kal\u0131n, S\u0327anl\u0131urfa.")).text == (
        "İbrahim Kalın, Şanlıurfa."
    )


# No word of the body is lost, by any reader.

NAMES = "Kalın Çavuşoğlu İbrahim Şoygu Зеленський Її Маріуполь Zelenskyy O’Brien al-Assad".split()
THINGS = (
    "the of talks in Mr. U.N. Dr. Ş. Feb. 24 10.30 a.m. 1,151 3.87 “peace” said, cease-fire".split()
)
LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)
PROSE_WORDS = st.one_of(st.sampled_from(NAMES), st.sampled_from(THINGS), LETTERS)
ENDS = st.sampled_from([".", "!", "?", ".”", "…"])
SENTENCES = st.builds(
    lambda words, end: f"He {' '.join(words)} left{end}", st.lists(PROSE_WORDS, max_size=20), ENDS
)
# Pages are known to repeat a paragraph by mistake, so what stands there twice is read once.
BODIES = st.lists(
    st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5, unique=True
)
TITLES = st.lists(PROSE_WORDS, min_size=1, max_size=10).map(" ".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("written")


def check_nothing_lost(path: Path, written: str, body: list[str]) -> None:
    """Every word of `body` is found, in order, in the title and text of what is read."""
    path.write_bytes(written.encode())
    article = only(path)
    found = iter(f"{article.title}\n{article.text}".split())
    words = normalise("\n".join(body)).split()
    missing = [word for word in words if word not in found]
    assert not missing
    assert normalise(article.text) == article.text


@given(TITLES, BODIES, st.sampled_from(["\n\n", "\r\n\r\n", "\n"]), st.booleans())
def test_no_word_is_lost_from_plain_text(folder, title, body, gap, has_title):
    check_nothing_lost(folder / "a.txt", gap.join([title] * has_title + body), body)


@given(TITLES, BODIES, st.integers(45, 100))
def test_no_word_is_lost_from_wrapped_text(folder, title, body, width):
    wrapped = [textwrap.fill(p, width, break_on_hyphens=False) for p in body]
    check_nothing_lost(folder / "a.txt", "\n\n".join([title, *wrapped]), body)


@given(TITLES, BODIES, st.sampled_from(["", "title: A\n", "title:\nsource: B\n", "form: brief\n"]))
def test_no_word_is_lost_from_markdown(folder, title, body, front_matter):
    front = f"---\n{front_matter}---\n\n" if front_matter else ""
    headed = [f"# {title}", body[0], "## On the ground", *body[1:]]
    everything = [title, body[0], "On the ground", *body[1:]]
    check_nothing_lost(folder / "a.md", front + "\n\n".join(headed), everything)
    check_nothing_lost(folder / "b.md", front + "\n\n".join(body), body)


@settings(max_examples=50)
@given(TITLES, BODIES)
def test_no_word_is_lost_from_a_page(folder, title, body):
    check_nothing_lost(folder / "a.html", as_page(title, body), body)


@given(BODIES, st.sampled_from(["text", "body", "content", "articleBody"]), st.booleans())
def test_no_word_is_lost_from_json(folder, body, field, ascii_only):
    record = {"title": "A", field: "\n\n".join(body)}
    written = json.dumps({"articles": [record]}, ensure_ascii=ascii_only)
    check_nothing_lost(folder / "a.json", written, body)


@given(BODIES, st.booleans())
def test_no_word_is_lost_from_lines_of_json(folder, body, ascii_only):
    written = json.dumps({"_id": "a", "text": "\n".join(body)}, ensure_ascii=ascii_only)
    check_nothing_lost(folder / "a.jsonl", f"\n{written}\n\n", body)


AWKWARD = st.text(
    st.one_of(st.sampled_from("\x00\x07\x1b\x85\x9b\u202e"), st.characters()), max_size=20
)


@given(AWKWARD, AWKWARD)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl"])
def test_no_control_character_is_read_from_anywhere(folder, name, title, text):
    title, text = (part.encode("utf-8", "ignore").decode() for part in (title, text))
    written = f"{title}\n\nThey met. {text}"
    if name.endswith("html"):
        written = f"<title>{title}</title><h1>{title}</h1><p>They met. {text}</p>"
    if "json" in name:
        written = json.dumps({"id": title, "title": title, "text": text, "authors": [title]})
    path = folder / name
    path.write_bytes(written.encode())
    for read in read_articles(path):
        if isinstance(read, Article):
            shown = "".join([read.id, read.title, read.text.replace("\n", ""), *read.authors])
            assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)


# Bad input: each error names the thing, says what to do, and has a code.


@pytest.mark.parametrize("path", ["nowhere", "nowhere.txt", "nowhere/at/all.md", "a\x00b.txt"])
def test_a_missing_path(tmp_path, path):
    with pytest.raises(PathMissing) as raised:
        list(read_articles(tmp_path / path))
    assert raised.value.code == "path-missing"
    assert "nowhere" in str(raised.value) or "a�b.txt" in str(raised.value)
    assert "Check the path" in str(raised.value)


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_file(file, name, content):
    error = failure(file(name, content))
    assert isinstance(error, EmptyFile)
    assert error.code == "empty-file"
    assert name in str(error)
    assert "leave it out" in str(error)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
        b"\x7fELF\x02\x01\x01" + b"\x00" * 50,
        b"PK\x03\x04" + bytes(range(256)) * 4,
        bytes(range(1, 256)) * 20,
        b"\xff\xfe\x00\xd8",
        b"text and a \x00 byte",
    ],
    ids=["image", "program", "archive", "bytes", "half a pair", "null"],
)
@pytest.mark.parametrize("name", WRITTEN)
def test_a_binary_file_whatever_its_name_says(file, name, content):
    error = failure(file(name, content))
    assert isinstance(error, NotText)
    assert error.code == "not-text"
    assert name in str(error)
    assert "Save it as text" in str(error)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_of_nothing_but_furniture(file, name):
    error = failure(file(name, "<p>SHARE THIS</p>" if "html" in name else "SHARE THIS"))
    assert isinstance(error, NoText)
    assert error.code == "no-text"
    assert name in str(error)


def test_a_broken_line_is_named_and_the_nine_others_come_out(file):
    lines = [json.dumps({"_id": str(n), "text": f"Line {n} said so."}) for n in range(1, 11)]
    lines[6] = lines[6][:-5]
    read = list(read_articles(file("ten.jsonl", "\n".join(lines))))
    (error,) = (one for one in read if isinstance(one, ReadingError))
    assert isinstance(error, BrokenRecord)
    assert "ten.jsonl, line 7: " in str(error)
    assert "column" in str(error)
    assert [one.id for one in read if isinstance(one, Article)] == [*"12345689", "10"]


def test_a_line_in_another_encoding_or_no_text_at_all_does_not_stop_the_others(file):
    bad = bytes(range(1, 10)) + bytes(range(11, 256))
    good, other = (json.dumps({"text": f"{who} met. " * 500}).encode() for who in ("We", "They"))
    read = list(read_articles(file("a.jsonl", b"\n".join([good, bad, other]))))
    assert [type(one) for one in read] == [Article, NotText, Article]
    assert "line 2" in str(read[1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "They met.",', "not JSON: .* at column"),
        ('{\n"text": "They met."\n"title": 1}', "not JSON: .* at line 3, column"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("9" * 5000, "a number is too long"),
        ("[]", "its list of articles is empty"),
        ('{"articles": []}', "its list of articles is empty"),
        ('"text"', "expected an object, found a string"),
        ("null", "expected an object, found null"),
        ('{"title": "A"}', "no field 'text'"),
        ('{"text": 42}', "its text is a number, not a string"),
        ("{'text': 'They met.'}", "not JSON"),
        ("They met.", "not JSON"),
    ],
)
def test_json_that_holds_no_article(file, content, reason):
    error = failure(file("a.json", content))
    assert isinstance(error, BrokenRecord)
    assert "a.json: " in str(error)
    assert re.search(reason, str(error))


def test_records_among_others_are_named_by_their_number(file):
    records = [{"text": "They met."}, {"title": "A"}, 3, {"text": ""}, {"text": ["a", 1]}]
    read = list(read_articles(file("a.json", json.dumps(records))))
    assert [type(one) for one in read] == [
        Article,
        BrokenRecord,
        BrokenRecord,
        NoText,
        BrokenRecord,
    ]
    assert [f"article {n}: " in str(one) for n, one in enumerate(read, start=1)][1:] == [True] * 4


def test_front_matter_nested_too_deeply(file):
    error = failure(file("a.md", "---\na: " + "[" * 10_000 + "\n---\nThey met."))
    assert isinstance(error, BrokenRecord)
    assert "nested too deeply" in str(error)


MANY_BYTES = 1_000_000


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.txt", "They met in Istanbul. "),
        ("a.txt", "word "),
        ("a.txt", "a"),
        ("a.md", "They met in Istanbul. "),
        ("a.json", "word "),
        ("a.jsonl", "a"),
    ],
)
def test_a_megabyte_in_one_line(file, name, piece):
    text = (piece * (MANY_BYTES // len(piece))).strip()
    written = json.dumps({"text": text}) if "json" in name else text
    article = only(file(name, written))
    assert article.text == text
    assert len(article.title) <= 121


def test_a_folder_without_articles(file):
    folder = file("empty/notes.jpg", "x").parent
    error = failure(folder)
    assert isinstance(error, NothingToRead)
    assert error.code == "nothing-to-read"
    assert str(folder) in str(error)
    assert ".txt, .md" in str(error)


@pytest.mark.parametrize("name", ["a.jpg", "a.mp3", "README"])
def test_a_file_of_another_kind(file, name):
    error = failure(file(name, BODY))
    assert isinstance(error, UnknownFormat)
    assert error.code == "unknown-format"
    assert name in str(error)
    assert ".txt, .md" in str(error)


def test_a_file_that_may_not_be_read(file, open_tmp, unprivileged):
    forbidden = file("in/a.txt", BODY)
    forbidden.chmod(0)
    file("in/b.txt", BODY)
    assert forbidden.is_relative_to(open_tmp)
    with unprivileged():
        refused, read = read_articles(forbidden.parent)
    assert isinstance(refused, PathUnreadable)
    assert refused.code == "path-unreadable"
    assert str(forbidden) in str(refused)
    assert "Permission denied" in str(refused)
    assert isinstance(read, Article)


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
def test_a_name_that_is_not_text(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b.txt"))
    path.write_text("")
    assert "�" in str(failure(path))
    assert str(failure(path)).isprintable()
