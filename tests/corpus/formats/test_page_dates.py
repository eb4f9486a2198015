from datetime import UTC, date, datetime

import pytest
from lxml import html

from dragoman.corpus.formats.page_dates import BY_ADDRESS, Publication, publication_of

DAY = date(2022, 3, 29)


def published(
    head: str = "", body: str = "<p>They met.</p>", url: str | None = None
) -> Publication | None:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return publication_of(html.document_fromstring(page), url)


def on_page(head: str = "", body: str = "<p>They met.</p>") -> date | None:
    found = published(head, body)
    return found.day if found else None


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2022-03-29T10:30:00+03:00">',
        '<meta name="Date" content="2022-03-29">',
        '<meta name="pubdate" content="20220329">',
        '<meta itemprop="datePublished" content="29 March 2022">',
        '<meta name="DC.date.issued" content="2022-03-29">',
        linked(
            '{"@type": "NewsArticle", "datePublished": "2022-03-29", "dateModified": "2022-04"}'
        ),
        linked(
            '[{"@type": "Person"}, {"@type": ["Thing", "Article"], "datePublished": "2022-03-29"}]'
        ),
        linked(
            '{"@graph": [null, {"@type": "ReportageNewsArticle", "datePublished": "2022-03-29"}]}'
        ),
        linked(
            '<![CDATA[{"@type": "NewsArticle", "datePublished": "2022-03-29T10:00:00+01:00"}]]>'
        ),
        linked('{"@type": "NewsArticle", "datePublished": "2022-03-29",}'),
        linked('{"@graph": [{"@type": "WebPage", "datePublished": "2022-03-29"}]}'),
        linked("not JSON") + linked('{"@type": "BlogPosting", "datePublished": "2022-03-29"}'),
    ],
)
def test_a_page_states_its_date_in_its_head(head):
    assert on_page(head) == DAY


@pytest.mark.parametrize(
    "body",
    [
        '<time pubdate datetime="2022-03-29T10:30">yesterday</time>',
        '<time itemprop="datePublished" datetime="2022-03-29">yesterday</time>',
        '<span itemprop="datePublished" content="2022-03-29">yesterday</span>',
        '<span itemprop="datePublished">29 March 2022</span>',
        '<time class="entry-date published" datetime="2022-03-29T10:30">yesterday</time>',
        '<abbr class="published" title="2022-03-29">yesterday</abbr>',
        '<span class="post-date">March 29, 2022</span>',
        '<span class="post-date">29 марта 2022 г.</span>',
        '<div class="field--name-created">Tue, 29/03/2022 - 09:12</div>',
        '<div class="article-date"><time datetime="2022-03-29"></time></div>'
        '<aside><time datetime="2022-04-01"></time></aside>',
        '<h1>They met</h1><p>By A. B.</p><time datetime="2022-03-29">a</time><p>'
        + 80 * "a"
        + '</p><time datetime="2022-04-01">a</time>',
        '<time datetime="2022-03-29">a</time> <time datetime="2022-03-29T10:00">10:00</time>',
    ],
)
def test_a_page_states_its_date_in_a_marked_element(body):
    assert on_page(body=body) == DAY


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="article:modified_time" content="2022-03-29">',
        '<meta property="og:updated_time" content="2022-03-29">',
        '<meta name="last-modified" content="2022-03-29">',
        '<meta http-equiv="date" content="2022-03-29">',
        '<meta name="date" content="03/04/2022">',
        '<meta name="date" content="March 2022">',
        '<meta name="date" content="2022-03">',
        '<meta name="date">',
        '<meta name="description" content="On 2022-03-29 they met">',
        '<meta name="keywords" content="2022-03-29">',
        '<meta property="og:image" content="https://news.example/2022/03/29/a.jpg">',
        '<link rel="canonical" href="https://news.example/2022/03/29/talks">',
        "<title>29 March 2022</title>",
        linked('{"@type": "NewsArticle", "dateModified": "2022-03-29"}'),
        linked('{"@type": "NewsArticle", "datePublished": "03/04/2022"}'),
        linked('{"@type": "Event", "startDate": "2022-03-29", "datePublished": "2022-03-29"}'),
        linked('{"@type": "NewsArticle", "video": {"datePublished": "2022-03-29"}}'),
        linked("[" * 100_000),
    ],
    ids=lambda head: head[:60],
)
def test_other_dates_in_the_head_are_not_the_date_of_publication(head):
    assert on_page(head) is None


@pytest.mark.parametrize(
    "body",
    [
        "<p>Published on 29 March 2022</p>",
        '<span class="date">2022-03-29</span>',
        '<time datetime="2022-03-29">29 March</time><time datetime="2022-04-01">1 April</time>',
        "<figure><figcaption>Istanbul, March 29, 2022. (AA Photo)</figcaption></figure>",
        '<time pubdate datetime="2022-03-29">a</time><time pubdate datetime="2022-04-01">b</time>',
    ],
)
def test_dates_in_the_visible_page_are_never_taken(body):
    assert on_page(body=body) is None


def test_the_stricter_name_wins_over_a_general_one():
    general = '<meta name="date" content="2022-04-01">'
    assert on_page(general + '<meta property="article:published_time" content="2022-03-29">') == DAY


AT_8 = "https://post.example/2023/11/08/ferries/"
UTC_9 = '<meta property="article:published_time" content="2023-11-09T01:49:09+00:00">'


@pytest.mark.parametrize(
    ("head", "body", "url", "at"),
    [
        (UTC_9, "<p>They met.</p>", AT_8, "2023-11-09T01:49:09+00:00"),
        (UTC_9, '<time datetime="2023-11-08 17:49:09">a</time>', None, "2023-11-08T17:49:09-08:00"),
        (UTC_9, '<i class="date">November 8, 2023</i>', None, "2023-11-09T01:49:09+00:00"),
        (
            UTC_9 + '<meta property="article:modified_time" content="2023-11-10T09:00:00-05:00">',
            "<p>They met.</p>", None, "2023-11-08T20:49:09-05:00",
        ),
        (
            UTC_9 + linked('{"@type": "Article", "datePublished": "2023-11-08T20:49:09-05:00"}'),
            "<p>They met.</p>", None, "2023-11-08T20:49:09-05:00",
        ),
    ],
)  # fmt: skip
def test_an_evening_is_not_the_next_day(head, body, url, at):
    found = published(head, body, url)
    assert found
    assert found.day == date(2023, 11, 8)
    assert found.time
    assert found.time.isoformat() == at


def test_a_time_in_utc_stays_where_nothing_tells_another_day():
    found = published(UTC_9, '<span class="date">November 9, 2023</span>', "https://post.example/a")
    assert found == Publication(date(2023, 11, 9), datetime(2023, 11, 9, 1, 49, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    "path",
    [
        "2023/11/08/ferries",
        "news/2023-11-08-ferries",
        "a-20231108.html",
        "world/2023/nov/08/ferries",
    ],
)
def test_a_day_in_the_address_is_marked_as_such(path):
    found = published(url=f"https://post.example/{path}")
    assert found == Publication(date(2023, 11, 8), dated_by=BY_ADDRESS)


@pytest.mark.parametrize(
    "path", ["", "2023/11/", "id-120231108", "2023/13/08/a", "2023/11/08/a-2023-11-09", "44613978"]
)
def test_other_numbers_in_an_address_are_no_day(path):
    assert published(url=f"https://post.example/{path}") is None


def test_what_is_marked_as_the_date_of_publication_comes_before_what_may_be_another():
    head = '<meta name="DCTERMS.date" content="2023-11-02T15:38:44+01:00">'
    marked = '<time itemprop="datePublished" datetime="2022-03-29">29.03.2022</time>'
    assert on_page(head, marked) == DAY
    assert on_page(head) == date(2023, 11, 2)
    in_address = published(head, url=AT_8)
    assert in_address == Publication(date(2023, 11, 8), dated_by=BY_ADDRESS)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Published <time>29 March 2022</time> Updated <time>2 May 2022</time>"),
        ("en", '<time class="updated">2022-05-02</time><time>2022-03-29</time>'),
        ("ru", "<time>29 марта 2022 г., 14:30</time>"),
        ("de", '<b class="date">Veröffentlicht am Dienstag, 29. März 2022, 14:30 Uhr</b>'),
        ("de", '<b class="meta">Aktualisiert: 2.5.2022 | Erstellt: 29.3.2022</b>'),
        ("tr", '<b class="tarih">Giriş: 29.03.2022 - 14:30 Güncelleme: 02.05.2022</b>'),
        ("fr", '<time itemprop="datePublished">Publié le 29/03/2022 à 14h30</time>'),
    ],
)
def test_a_date_of_publication_is_told_from_one_of_a_change(language, body):
    page = f"<html lang='{language}'><body><h1>Talks</h1>{body}"
    found = publication_of(html.document_fromstring(page))
    assert found
    assert found.day == DAY


@pytest.mark.parametrize(
    ("language", "day"),
    [
        *((language, date(2022, 5, 2)) for language in ("fr", "tr-TR", "en-GB")),
        *((language, None) for language in ("en", "en-US", "ja", "")),
    ],
)
def test_of_two_numbers_between_slashes_the_language_tells_which_is_the_day(language, day):
    page = f"<html lang='{language}'><body><time pubdate>02/05/2022</time>"
    found = publication_of(html.document_fromstring(page))
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    "body",
    [
        '<h1>T</h1><b class="date">Updated 29 March 2022</b>',
        '<b class="date">29 March 2022</b><h1>T</h1>',
        '<h1>T</h1><b class="date">29 March 2022</b><b class="date">2 May 2022</b>',
        f'<h1>T</h1><p>{"They met at noon. " * 6}</p><b class="date">29 March 2022</b>',
    ],
)
def test_other_dates_near_the_heading_are_none(body):
    assert publication_of(html.document_fromstring(f"<html><body>{body}")) is None


def test_a_time_of_publication_that_is_set_anew_with_every_change_is_none():
    changed = "content='2023-11-12T21:17:43Z'"
    head = f"<meta property='article:published_time' {changed}>"
    head += f"<meta property='article:modified_time' {changed}>"
    assert on_page(head) == date(2023, 11, 12)
    stated = linked('{"@type": "NewsArticle", "datePublished": "2022-03-29T10:00:00Z"}')
    assert on_page(head + stated) == DAY
