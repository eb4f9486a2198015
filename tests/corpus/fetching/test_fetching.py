"""Pages, feeds and sitemaps of a real server, and what of them is asked for again."""

import gzip
import json
from io import BytesIO

import httpx
import pytest
from docx import Document

from dragoman.corpus.article import Article
from dragoman.corpus.fetching.addresses import address_id, canonical_address, parsed_address
from dragoman.corpus.fetching.connecting import Limits
from dragoman.corpus.formats.records.record import read_record
from local_site import HTML, conditional, drawn_pdf, packed, page

TEXT = (
    "Three ships left the harbour on Thursday morning with wheat for Egypt.\n\n"
    "The minister said on Friday that more of them would follow soon."
)
RSS = {"Content-Type": "application/rss+xml"}
XML = {"Content-Type": "application/xml"}


def rss(*items: tuple[str, str]) -> bytes:
    listed = "".join(
        f"<item><title>t</title><link>{link}</link><pubDate>{day}</pubDate></item>"
        for link, day in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{listed}</channel></rss>'.encode()


def sitemap(*pages: tuple[str, str]) -> bytes:
    listed = "".join(f"<url><loc>{loc}</loc><lastmod>{day}</lastmod></url>" for loc, day in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


# Pages


def test_a_page_becomes_an_article_known_by_its_canonical_address(fetch, site):
    canonical = site.at("/news/grain?id=7")
    head = f'<link rel="canonical" href="{canonical}&amp;utm_source=feed#top">'
    address = site.put("/amp/grain", "Grain leaves port", TEXT, head)
    (fetched,) = fetch(address)
    assert fetched.article.title == "Grain leaves port"
    assert fetched.article.text.split("\n")[0].startswith("Three ships left")
    assert fetched.article.url == canonical
    recorded = read_record({"text": TEXT, "url": canonical}, "a record")
    assert isinstance(recorded, Article)
    assert fetched.article.id == recorded.id


@pytest.mark.parametrize(
    ("fetched", "stated"),
    [
        ("https://mobile.com/a", "https://www.com/b"),
        ("https://amp.co.uk/a", "https://www.co.uk/b"),
        ("https://m.github.io/a", "https://github.io/b"),
        ("https://example.org/a", "https://example.org/" + "b" * 2000),
        ("https://example.org/a", "http://xn--a/b"),
        ("https://example.org/a", "file:///b"),
    ],
)
def test_what_a_page_states_to_be_its_address_may_not_count(fetched, stated):
    assert canonical_address(httpx.URL(fetched), stated) == fetched


def test_a_page_is_known_by_its_sites_own_address():
    fetched = httpx.URL("https://amp.news.co.uk/a")
    assert canonical_address(fetched, "https://www.news.co.uk/b") == "https://www.news.co.uk/b"


def test_a_host_is_one_and_the_same_with_a_point_at_its_end():
    assert str(parsed_address("https://example.org./a")) == "https://example.org/a"


@pytest.mark.parametrize("host", ["evil.test", "sub.news.test"])
def test_no_page_passes_itself_off_as_another_sites(fetch, site, host):
    head = f'<link rel="canonical" href="http://{host}/news/grain">'
    address = site.put("/grain", "Grain leaves port", TEXT, head)
    assert fetch(address)[0].article.url == address


def test_a_json_feed_is_a_feed(fetch, site):
    site.put("/grain", "Grain leaves port", TEXT)
    items = [
        {"id": "1", "url": "/grain", "title": "Grain", "date_published": "2022-03-29T10:00:00Z"},
        {"id": "2", "url": site.at("/gone"), "title": "Gas", "content_html": f"<p>{TEXT}</p>"},
        {"id": "3", "title": "No address", "content_text": TEXT},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items}
    kind = {"Content-Type": "application/feed+json"}
    site.routes["/feed.json"] = (200, kind, json.dumps(feed).encode())
    assert fetch.titles(site.at("/feed.json")) == ["Grain leaves port", "Gas"]
    assert fetch.titles(site.at("/feed.json")) == []


def test_a_broken_json_feed_is_named(fetch, site):
    feed = b'{"version": "https://jsonfeed.org/version/1", "items": ['
    site.routes["/feed.json"] = (200, {"Content-Type": "application/json"}, feed)
    assert fetch.problem(site.at("/feed.json"))[0] == "feed-unreadable"


def test_a_redirect_leads_to_the_address_it_is_known_by(fetch, site):
    site.routes["/old"] = (301, {"Location": "/grain#more"}, b"")
    address = site.put("/grain", "Grain leaves port", TEXT)
    assert fetch(site.at("/old"))[0].article.url == address


def test_a_page_in_another_encoding_is_read_as_its_server_says(fetch, site):
    body = page("Kalın", "İstanbul'da görüşen Kalın, şehri ve öğrencileri övdü.").decode()
    kind = {"Content-Type": "text/html; charset=windows-1254"}
    site.routes["/kalin"] = (200, kind, body.encode("cp1254"))
    (fetched,) = fetch(site.at("/kalin"))
    assert fetched.article.title == "Kalın"
    assert "şehri ve öğrencileri" in fetched.article.text


def test_a_packed_page_is_unpacked(fetch, site):
    packing = HTML | {"Content-Encoding": "gzip"}
    site.routes["/grain"] = (200, packing, packed(page("Grain leaves port", TEXT)))
    assert fetch.titles(site.at("/grain")) == ["Grain leaves port"]


def test_a_page_that_is_unchanged_is_not_sent_again(fetch, site):
    body = page("Grain leaves port", TEXT)
    site.routes["/grain"] = conditional(lambda: ('"1"', body), "text/html")
    (first,) = fetch(site.at("/grain"))
    (again,) = fetch(site.at("/grain"))
    assert first.unchanged is None
    assert (again.article, again.unchanged) == (None, first.article.id)
    assert site.headers[-1]["if-none-match"] == '"1"'


def test_what_a_server_says_in_other_letters_is_understood(fetch, site):
    """Headers are bytes: an ETag is sent back as it came, and a redirect may be in UTF-8."""
    body = page("Grain leaves port", TEXT)
    site.routes["/tah%C4%B1l"] = conditional(lambda: ('"Ü"', body), "text/html")
    site.routes["/old"] = (301, {"Location": "/tahıl".encode().decode("latin-1")}, b"")
    (first,) = fetch(site.at("/old"))
    assert first.article.url == site.at("/tah%C4%B1l")
    assert fetch(site.at("/old"))[0].unchanged == first.article.id


def test_it_says_who_asks_and_whom_to_tell(fetch, site):
    fetch.guest = type(fetch.guest)(fetch.guest.private_hosts, "desk@news.example")
    fetch(site.put("/grain", "Grain leaves port", TEXT))
    assert all("Dragoman/" in headers["user-agent"] for headers in site.headers)
    assert all("desk@news.example" in headers["user-agent"] for headers in site.headers)


# Documents

DRAWN = b"BT /F1 12 Tf 50 650 Td (Three ships left the harbour on Thursday with wheat.) Tj ET"


@pytest.mark.parametrize("kind", ["application/pdf", "text/html", "application/octet-stream"])
def test_a_pdf_is_read_whatever_its_server_calls_it(fetch, site, kind):
    site.routes["/a?utm_source=b"] = (200, {"Content-Type": kind}, drawn_pdf(b"", DRAWN))
    article = fetch(site.at("/a?utm_source=b"))[0].article
    assert "Three ships left the harbour" in f"{article.title} {article.text}"
    assert article.url == site.at("/a")
    assert article.id == address_id(article.url)


def test_a_word_document_is_known_by_its_own_address_alone(fetch, site):
    document, file = Document(), BytesIO()
    for line in ("URL: http://evil.test/grain", "Date: 2022-03-29", "", *TEXT.split("\n\n")):
        document.add_paragraph(line)
    document.save(file)
    site.routes["/a.docx"] = (200, {}, file.getvalue())
    article = fetch(site.at("/a.docx"))[0].article
    assert "Three ships left" in article.text
    assert article.url == site.at("/a.docx")


# Feeds


def test_of_a_feed_only_what_is_new_or_changed_is_fetched(fetch, site):
    grain = site.put("/grain", "Grain leaves port", TEXT)
    ferry = site.put("/ferry", "Ferry stops", TEXT)
    site.routes["/feed"] = (200, RSS, rss((grain, "Tue, 29 Mar 2022 10:00:00 GMT")))
    assert fetch.titles(site.at("/feed")) == ["Grain leaves port"]
    listed = rss((ferry, "Wed, 30 Mar 2022 9:00 GMT"), (grain, "Tue, 29 Mar 2022 10:00:00 GMT"))
    site.routes["/feed"] = (200, RSS, listed)
    assert fetch.titles(site.at("/feed")) == ["Ferry stops"]
    listed = rss((ferry, "Wed, 30 Mar 2022 9:00 GMT"), (grain, "Thu, 31 Mar 2022 10:00:00 GMT"))
    site.routes["/feed"] = (200, RSS, listed)
    assert fetch.titles(site.at("/feed")) == ["Grain leaves port"]
    assert site.pages_asked() == ["/feed", "/grain", "/feed", "/ferry", "/feed", "/grain"]


def test_an_atom_feed_names_its_pages_relative_to_itself(fetch, site):
    site.put("/news/grain", "Grain leaves port", TEXT)
    atom = (
        b'<?xml version="1.0"?><!-- news --><feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        b'<link href="grain"/><updated>2022-03-29T10:00:00Z</updated></entry></feed>'
    )
    site.routes["/news/feed"] = (200, XML, atom)
    assert fetch.titles(site.at("/news/feed")) == ["Grain leaves port"]


def test_a_feed_is_only_unchanged_once_all_its_pages_were_had(fetch, site):
    grain = site.at("/grain")
    listed = conditional(lambda: ('"1"', rss((grain, "1"))), "application/rss+xml")
    site.routes |= {"/feed": listed, "/grain": (503, HTML, b"")}
    (failed,) = fetch(site.at("/feed"))
    assert failed.problem.code == "server-failed"
    site.put("/grain", "Grain leaves port", TEXT)
    assert fetch.titles(site.at("/feed")) == ["Grain leaves port"]
    (unchanged,) = fetch(site.at("/feed"))
    assert unchanged.article is unchanged.problem is None
    assert site.pages_asked()[-1] == "/feed"


def test_a_page_that_is_not_there_is_not_asked_for_again(fetch, site):
    site.routes["/other"] = (200, RSS, rss())
    site.routes["/feed"] = (200, RSS, rss((site.at("/none"), "1"), (site.at("/other"), "1")))
    codes = [one.problem.code for one in fetch(site.at("/feed")) if one.problem]
    assert codes == ["page-missing", "not-a-page"]
    assert [one.problem for one in fetch(site.at("/feed"))] == [None]


def test_a_long_feed_is_fetched_in_parts(fetch, site):
    fetch.limits = Limits(pages=2)
    pages = [site.put(f"/{n}", f"Article number {n}", TEXT) for n in range(3)]
    listed = rss(*((address, "1") for address in pages))
    site.routes["/feed"] = conditional(lambda: ('"1"', listed), "application/rss+xml")
    assert len(fetch.titles(site.at("/feed"))) == 2
    assert fetch.titles(site.at("/feed")) == ["Article number 2"]
    assert fetch.titles(site.at("/feed")) == []


FULL = "Full text: three ships left the harbour with wheat, the minister said."


def full_feed(link: str) -> bytes:
    return f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel><title>The News</title><item><title>Grain</title><link>{link}</link>
        <content:encoded><![CDATA[<p>{FULL}</p><script>no()</script>]]></content:encoded>
        </item></channel></rss>""".encode()


@pytest.mark.parametrize("reply", [(403, HTML, b""), (404, HTML, b""), (200, HTML, b"<html>")])
def test_where_a_page_cannot_be_had_the_text_in_its_feed_counts(fetch, site, reply):
    site.routes |= {"/feed": (200, RSS, full_feed(site.at("/grain"))), "/grain": reply}
    article = fetch(site.at("/feed"))[0].article
    assert (article.title, article.text, article.source) == ("Grain", FULL, "The News")
    assert article.url == site.at("/grain")
    site.put("/grain", "Grain leaves port", TEXT)
    assert fetch(site.at("/grain"))[0].article.id == article.id


def test_where_robots_txt_forbids_a_page_the_text_in_its_feed_counts(fetch, site):
    site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /grain\n")
    site.routes["/feed"] = (200, RSS, full_feed(site.at("/grain")))
    assert fetch.titles(site.at("/feed")) == ["Grain"]
    assert site.pages_asked() == ["/feed"]


def test_a_feed_says_nothing_of_pages_of_other_sites(fetch, site):
    other = site.at("/grain").replace("news.test", "evil.test")
    site.routes |= {"/feed": (200, RSS, full_feed(other)), "/grain": (403, HTML, b"")}
    fetched = fetch(site.at("/feed"))
    assert [one.problem.code for one in fetched if one.problem] == ["page-forbidden"]
    assert not any(one.article for one in fetched)


def test_a_feed_does_not_replace_what_its_page_had(fetch, site):
    grain = site.put("/grain", "Grain leaves port", TEXT)
    fetch(grain)
    site.routes |= {"/feed": (200, RSS, full_feed(grain)), "/grain": (403, HTML, b"")}
    assert fetch.titles(site.at("/feed")) == []


def test_what_a_publisher_has_removed_is_not_taken_from_the_feed(fetch, site):
    site.routes |= {"/feed": (200, RSS, full_feed(site.at("/grain"))), "/grain": (410, HTML, b"")}
    assert fetch.titles(site.at("/feed")) == []


# Sitemaps


def test_a_sitemap_gives_what_was_changed_last_first(fetch, site):
    old = site.put("/old", "Ferry stops", TEXT)
    new = site.put("/new", "Grain leaves port", TEXT)
    site.routes["/sitemap.xml"] = (200, XML, sitemap((old, "2022-03-01"), (new, "2022-03-29")))
    assert fetch.titles(site.at("/sitemap.xml")) == ["Grain leaves port", "Ferry stops"]
    assert fetch.titles(site.at("/sitemap.xml")) == []


def test_a_news_sitemap_states_days_of_its_own(fetch, site):
    listed = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
        <loc>{site.put("/grain", "Grain leaves port", TEXT)}</loc><news:news>
        <news:publication_date>2022-03-29</news:publication_date></news:news></url></urlset>"""
    site.routes["/news.xml"] = (200, XML, listed.encode())
    (fetched, _) = fetch(site.at("/news.xml"))
    assert fetched.visit.stated == "2022-03-29"


def test_a_list_of_sitemaps_is_followed_also_where_they_are_packed(fetch, site):
    address = site.put("/grain", "Grain leaves port", TEXT)
    site.routes["/1.xml.gz"] = (
        200, {"Content-Type": "application/gzip"}, gzip.compress(sitemap((address, "2022"))),
    )  # fmt: skip
    index = "".join(
        f"<sitemap><loc>{site.at(path)}</loc></sitemap>" for path in ("/1.xml.gz", "/index.xml")
    )
    named = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}'
    site.routes["/index.xml"] = (200, XML, f"{named}</sitemapindex>".encode())
    fetched = fetch(site.at("/index.xml"))
    assert [one.article.title for one in fetched if one.article] == ["Grain leaves port"]
    assert [one.problem.code for one in fetched if one.problem] == ["feed-unreadable"]
