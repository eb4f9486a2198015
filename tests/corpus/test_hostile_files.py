"""Files made to bring a reader down: each is read, or named as a problem of its own."""

import pytest

from dragoman.corpus.errors import BrokenRecord, ReadingError
from dragoman.corpus.loading import read_articles

PARAGRAPH = "<p>The ferry sails at nine every morning from the old harbour, the port says.</p>" * 3
ODD = ["5", "true", "1e999", "NaN", '"abc"', "null", "[]", '[1, "a", [{}]]', '{"name": {}}',
       "1" * 5000, "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900]  # fmt: skip
FIELDS = ["@graph", "@type", "@context", "datePublished", "author", "publisher", "headline"]
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def read(tmp_path, name: str, content: str):
    file = tmp_path / name
    file.write_text(content)
    (article,) = read_articles(file)
    return article


def page(linked_data: str = "{}", head: str = "", body: str = "") -> str:
    return (
        f"<html><head><title>Ferry</title>{head}"
        f'<script type="application/ld+json">{linked_data}</script></head>'
        f"<body><article>{body}{PARAGRAPH}</article></body></html>"
    )


@pytest.mark.parametrize("reference", ["&#" + "1" * 5000, "&amp;#" + "1" * 5000,
                                       "&#x" + "f" * 5000, "&#38;#" + "1" * 5000])  # fmt: skip
@pytest.mark.parametrize("place", ["head", "body"])
def test_a_reference_of_thousands_of_digits(tmp_path, reference, place):
    parts = {
        "head": f'<meta property="og:title" content="{reference};">',
        "body": f"<p>The harbour is old, {reference}; the port says in a sentence.</p>",
    }
    article = read(tmp_path, "a.html", page(**{place: parts[place]}))
    assert "The ferry sails" in article.text


def test_leading_zeros_of_a_reference_say_nothing(tmp_path):
    body = f"<p>The letter is &#{'0' * 5000}65; and no other, the port says in a sentence.</p>"
    assert "The letter is A and" in read(tmp_path, "a.html", page(body=body)).text


@pytest.mark.parametrize("odd", ODD)
def test_linked_data_in_another_form_than_it_should_have(tmp_path, odd):
    for field in FIELDS:
        thing = f'{{"@context": "https://schema.org", "{field}": {odd}, "@type": "NewsArticle"}}'
        for written in (thing, f'{{"@graph": [{thing}]}}', odd):
            article = read(tmp_path, "a.html", page(written))
            assert "The ferry sails" in article.text


def test_a_graph_of_one_thing_has_its_date(tmp_path):
    graph = '{"@graph": {"@type": "NewsArticle", "datePublished": "2022-03-29"}}'
    assert str(read(tmp_path, "a.html", page(graph)).published) == "2022-03-29"


@pytest.mark.parametrize("field", ["title", "headline", "date", "authors", "source", "id", "tags"])
@pytest.mark.parametrize("value", ["*j", "9" * 5000])
def test_front_matter_that_grows_without_end(tmp_path, field, value):
    written = f"---\n{BOMB}{field}: {value}\n---\n\nThe ferry sails at nine.\n"
    assert read(tmp_path, "a.md", written).text == "The ferry sails at nine."


@pytest.mark.parametrize("value", ["&z [*z, *z]", "&z {name: *z}"])
def test_front_matter_that_holds_itself_is_named(tmp_path, value):
    found = read(tmp_path, "a.md", f"---\ntitle: {value}\n---\n\nThe ferry sails at nine.\n")
    assert isinstance(found, BrokenRecord)
    assert "recursive" in str(found)


def test_front_matter_larger_than_articles_is_named(tmp_path):
    written = "---\n" + "".join(f"k{n}: v\n" for n in range(20_000)) + "---\nThe ferry sails.\n"
    found = read(tmp_path, "a.md", written)
    assert isinstance(found, BrokenRecord)
    assert "longer than 50,000 characters" in str(found)


def test_a_number_of_thousands_of_digits_is_no_date():
    (article,) = read_articles({"text": "The ferry sails.", "date": 10**5000})
    assert article.published is None


NESTED_MAIL = "From: a\nTo: b\nMIME-Version: 1.0\nSubject: c\n" + "".join(
    f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1100)
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"text": ' + "[" * 50_000 + "]" * 50_000 + "}"),
        ("a.html", "<html><body>" + "<div>" * 50_000 + "</div>" * 50_000),
        ("a.json", '{"text": "' + "<div>" * 50_000 + '"}'),
        ("a.nitf", "<nitf>" + "<p>" * 50_000 + "</p>" * 50_000 + "</nitf>"),
        ("a.eml", NESTED_MAIL),
        ("a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200"),
        ("a.pdf", "%PDF-1.4\n" + "<<" * 50_000),
        ("a.csv", 'text,title\n"' + "a" * 17_000_000),
    ],
)  # fmt: skip
def test_what_is_nested_or_long_without_end_is_named(tmp_path, name, content):
    assert isinstance(read(tmp_path, name, content), ReadingError)
