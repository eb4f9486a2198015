"""Bounds on markup: what would take a reader minutes is named before it is read."""

import pytest

from dragoman.corpus.errors import BrokenFile, BrokenRecord
from dragoman.corpus.fetching.errors import FeedUnreadable
from dragoman.corpus.fetching.listings import feed_entries
from dragoman.corpus.loading import read_articles
from dragoman.corpus.markup import bounds
from dragoman.corpus.markup.bounds import MarkupUnusable, check_feed, check_markup

PARAGRAPH = "<p>The ferry sails at nine every morning from the old harbour, the port says.</p>"
ATTRIBUTES = " ".join(f'a{number}="x"' for number in range(30_000))
MANY = f"an element has more than {bounds.MOST_ATTRIBUTES:,} attributes"
DEEP = f"its elements lie more than {bounds.MOST_DEPTH} deep within one another"
FULL = f"it has more than {bounds.MOST_ELEMENTS:,} elements"
LONG = f"it has more than {bounds.MOST_CHARACTERS:,} characters of markup"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<div {ATTRIBUTES}>{PARAGRAPH}</div>", MANY),
        (f"<!--><div x='<' {ATTRIBUTES}>{PARAGRAPH}</div>", MANY),
        (f"<!-- --!><div {ATTRIBUTES.replace('=', ' = ')}>{PARAGRAPH}", MANY),
        ("<div>" * 300 + PARAGRAPH + "</div>" * 300, DEEP),
        ("<table><tr><td>" * 300 + PARAGRAPH, DEEP),
        (PARAGRAPH + "<b>x</b>" * 30_000, FULL),
        (PARAGRAPH + "x" * 10_000_000, LONG),
    ],
)
@pytest.mark.parametrize("kind", ["page", "record"])
def test_a_page_with_too_much_of_something_is_named(tmp_path, body, said, kind):
    file = tmp_path / "a.html"
    file.write_text(f"<html><body>{body}")
    given = file if kind == "page" else {"id": "a", "text": body}
    (found,) = read_articles(given)
    assert isinstance(found, BrokenRecord)
    assert said in str(found)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (f"<description {ATTRIBUTES}>x</description>", MANY),
        ("<item><title>a</title>" * 2_000 + "</item>" * 2_000, "more than 1,000 deep"),
    ],
)
def test_a_feed_with_too_much_of_something_is_named(tmp_path, entry, said):
    feed = f'<rss version="2.0"><channel><title>Post</title><item>{entry}</item></channel></rss>'
    file = tmp_path / "a.rss"
    file.write_text(feed)
    (found,) = read_articles(file)
    assert isinstance(found, BrokenFile)
    assert said in str(found)
    with pytest.raises(FeedUnreadable, match=said):
        feed_entries(feed.encode(), "https://post.example/feed", "application/rss+xml")


def test_a_large_article_is_within_the_bounds():
    many = " ".join(f'data-{number}="x > y"' for number in range(200))
    script = "<script>if (a<b " + "c d " * 5_000 + ")</script>"
    check_markup(f"<article {many}>{script}{PARAGRAPH * 9_000}</article>")
    check_feed("<rss><channel>" + "<item><title>a</title><br></item>" * 9_000 + "</channel></rss>")


@pytest.mark.parametrize(
    ("check", "part", "named"),
    [
        *((check_markup, part, True) for part in ("<a b='", '<a b="', "<a ", "<a b=c>")),
        *((check_markup, part, False) for part in ("<!--", "<script>", "<", "<![CDATA[")),
        *((check_feed, part, True) for part in ("<a b='", "<a ", "<a b=c>", "<script>")),
        *((check_feed, part, False) for part in ("<!--", "<", "<![CDATA[", "<a>b</a>")),
    ],
)
def test_markup_that_is_never_closed_is_looked_at_once(check, part, named):
    """A search that began anew at each part would take hours."""
    try:
        check(part * 300_000)
    except MarkupUnusable:
        assert named
    else:
        assert not named
