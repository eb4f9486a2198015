"""What is not fetched, and why: from hostile, broken, slow and forbidding servers."""

import ssl
import zlib
from contextlib import closing

import httpx
import pytest
import trustme

from dragoman.corpus.errors import BrokenFile, FileBomb
from dragoman.corpus.fetching.apart import read_document
from dragoman.corpus.fetching.connecting import Connections, Limits, is_public
from dragoman.corpus.fetching.errors import AddressNotUsable
from dragoman.corpus.fetching.fetching import Fetcher
from dragoman.corpus.fetching.getting import Getter, Guest
from local_site import HTML, drawn_pdf, endless, packed, page, served

TEXT = "Three ships left the harbour on Thursday morning with wheat for Egypt."
PUBLIC = ("1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101")
NOT_PUBLIC = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1",
    "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
    "fec0::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1",
    "::ffff:0:7f00:1", "4000::1", "64:ff9b::a00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:0:7f00:1::", "not an address", "",
)  # fmt: skip


# Addresses


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_of_a_private_or_reserved_network_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///etc/passwd", "begins with “file:”"),
        ("ftp://example.org/a", "begins with “ftp:”"),
        ("gopher://example.org/a", "begins with “gopher:”"),
        ("http:///a", "names no host"),
        ("http://exa mple.org/", "names no host"),
        ("https://me:secret@example.org/", "a user name or a password"),
        ("https://example.org:8443/", "a port of its own, 8443"),
        ("http://a\x00b/", "not written as one"),
        (f"https://example.org/{'a' * 2000}", "more than 2000 characters"),
        ("http://xn--a/", "not written as one"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(fetch, address, said):
    code, message = fetch.problem(address)
    assert code == "address-not-usable"
    assert said in message
    assert "secret" not in message


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
    ],
)
def test_this_machine_is_refused_however_it_is_written(host):
    with Fetcher(lambda _: {}) as fetcher:
        (fetched,) = fetcher.fetch(f"http://{host}/")
    assert fetched.problem is not None
    assert fetched.problem.code in ("private-host", "host-unknown")


def test_a_host_whose_name_leads_into_a_private_network_is_refused(fetch, site):
    fetch.guest = Guest()
    for answer in NOT_PUBLIC[:5]:
        fetch.options["resolve"] = lambda *_, answer=answer: ["1.1.1.1", answer]
        code, message = fetch.problem("http://news.test/")
        assert code == "private-host"
        assert answer not in message
    assert site.asked == []


def test_a_host_that_is_not_there_is_named(fetch):
    def unknown(*_):
        raise OSError

    fetch.options["resolve"] = unknown
    assert fetch.problem("http://nowhere.test/")[0] == "host-unknown"


def test_a_redirect_into_a_private_network_is_refused(fetch, site):
    for location in ("http://localhost/secret", f"http://127.0.0.1:{site.host[-5:]}/", "file:///a"):
        site.routes["/away"] = (302, {"Location": location}, b"")
        assert fetch.problem(site.at("/away"))[0] in ("private-host", "address-not-usable")
    assert "/secret" not in site.asked


def test_a_redirect_to_what_is_no_address_is_refused(fetch, site):
    site.routes["/away"] = (302, {"Location": "http://xn--a/"}, b"")
    assert fetch.problem(site.at("/away"))[0] == "address-not-usable"


def test_no_site_of_the_internet_leads_to_a_private_host_that_is_allowed(site):
    guest = Guest(frozenset({site.host}))
    address = site.put("/restart", "Grain leaves port", TEXT)
    connections = Connections(Limits(), guest.private_hosts, lambda *_: ["127.0.0.1"])
    getter = Getter(connections, Limits(), guest)
    with closing(connections):
        with pytest.raises(AddressNotUsable, match="leads into a private network"):
            getter.get(address, listed_at=httpx.URL("https://evil.example/feed"))
        assert site.asked == []
        assert getter.get(address, listed_at=httpx.URL(site.at("/feed"))).body


def test_no_proxy_of_the_environment_is_used(fetch, site, monkeypatch):
    with served("127.0.0.2") as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.root)
        assert fetch.titles(site.put("/grain", "Grain leaves port", TEXT))
        assert proxy.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(fetch, site):
    """A name that leads elsewhere a moment later, as in DNS rebinding, gains nothing."""
    answers = iter(["127.0.0.1"])

    def changing(*_):
        return [next(answers, "127.0.0.2")]

    with served("127.0.0.2", port=int(site.host.partition(":")[2])) as inner:
        inner.put("/grain", "Secret of the inner network", TEXT)
        address = site.put("/grain", "Grain leaves port", TEXT)
        fetch.options["resolve"] = changing
        assert fetch.titles(address) == ["Grain leaves port"]
        assert inner.asked == []


def test_a_name_is_checked_again_for_each_connection(fetch, site):
    def leave(request):
        return 302, {"Location": "http://rebound.test/", "Connection": "close"}, b""

    site.routes["/away"] = leave
    answers = {"news.test": "127.0.0.1", "rebound.test": "10.0.0.1"}
    fetch.options["resolve"] = lambda host, _: [answers[host]]
    assert fetch.problem(site.at("/away"))[0] == "private-host"


# Redirects, sizes and time


def test_a_redirect_loop_ends(fetch, site):
    site.routes["/a"] = (302, {"Location": "/b"}, b"")
    site.routes["/b"] = (302, {"Location": "/a"}, b"")
    assert fetch.problem(site.at("/a"))[0] == "too-many-redirects"
    assert len(site.pages_asked()) == 6


def test_a_feed_that_never_ends_is_left(fetch, site):
    item = b"<item><link>/a</link></item>" * 1000
    site.routes["/feed"] = endless(site, item, b"<rss><channel>")
    fetch.limits = Limits(bytes=1_000_000, seconds=20.0)
    code, message = fetch.problem(site.at("/feed"))
    assert (code, "1 MB" in message) == ("page-too-large", True)


@pytest.mark.parametrize("stated", [{"Content-Encoding": "gzip"}, {}])
def test_a_bomb_is_not_unpacked_beyond_the_limit(fetch, site, stated):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(12)) + packer.flush()
    site.routes["/bomb"] = (200, HTML | stated, bomb)
    assert fetch.problem(site.at("/bomb"))[0] == "page-too-large"


def test_a_packed_body_that_breaks_off_is_named(fetch, site):
    fetch.limits = Limits(tries=1)
    broken = packed(page("Grain", TEXT))[:-20]
    site.routes["/a"] = (200, HTML | {"Content-Encoding": "gzip"}, broken)
    code, message = fetch.problem(site.at("/a"))
    assert (code, "broken" in message) == ("server-unreachable", True)


def test_a_server_that_sends_byte_by_byte_is_left(fetch, site):
    site.routes["/slow"] = endless(site, b" ", pause=0.05)
    fetch.limits = Limits(seconds=0.4, tries=1)
    assert fetch.problem(site.at("/slow"))[0] == "fetch-timed-out"


def test_a_packed_body_that_holds_nothing_is_left(fetch, site):
    packer = zlib.compressobj(wbits=31)
    hollow = packer.compress(b"a") + packer.flush(zlib.Z_SYNC_FLUSH) + b"\0\0\0\xff\xff" * 300_000
    site.routes["/a"] = (200, HTML | {"Content-Encoding": "gzip"}, hollow)
    fetch.limits = Limits(bytes=1_000_000, seconds=20.0)
    assert fetch.problem(site.at("/a"))[0] == "page-too-large"


def test_a_host_that_fails_again_and_again_is_left_alone(fetch, site):
    fetch.limits = Limits(tries=1)
    pages = [site.at(f"/{n}") for n in range(8)]
    site.routes |= {f"/{n}": (503, HTML, b"") for n in range(8)}
    problems = [one.problem for one in fetch(*pages)]
    assert [problem.code for problem in problems] == ["server-failed"] * 8
    assert "it failed 5 times in a row" in str(problems[-1])
    assert site.pages_asked() == ["/0", "/1", "/2", "/3", "/4"]


def test_a_host_that_fails_now_and_then_is_asked_on(fetch, site):
    fetch.limits = Limits(tries=1)
    site.routes["/bad"] = (503, HTML, b"")
    good = site.put("/good", "Grain leaves port", TEXT)
    assert len(fetch.titles(*[site.at("/bad"), good] * 7)) == 7


def test_a_server_that_goes_away_is_named(fetch, site):
    site.routes["/away"] = lambda _: None
    code, _ = fetch.problem(site.at("/away"))
    assert code == "server-unreachable"
    assert site.pages_asked() == ["/away"] * 3


# What servers say


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "page-forbidden"), (403, "page-forbidden"), (451, "page-forbidden"),
        (404, "page-missing"), (410, "page-gone"), (500, "server-failed"), (418, "page-not-sent"),
    ],
)  # fmt: skip
def test_a_status_has_its_own_message(fetch, site, status, code):
    site.routes["/a"] = (status, HTML, b"")
    assert fetch.problem(site.at("/a"))[0] == code


def test_a_server_that_is_overloaded_is_asked_later_as_it_says(fetch, site):
    tries = iter([(429, {"Retry-After": "7"}, b""), (503, {}, b"")])
    site.routes["/a"] = lambda _: next(tries, (200, HTML, page("Grain leaves port", TEXT)))
    assert fetch.titles(site.at("/a")) == ["Grain leaves port"]
    assert fetch.waits[0] == 7.0
    assert 1.6 <= fetch.waits[1] <= 2.4


def test_a_server_that_asks_for_too_much_patience_is_left(fetch, site):
    site.routes["/a"] = (503, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}, b"")
    assert fetch.problem(site.at("/a"))[0] == "server-failed"
    assert (len(site.pages_asked()), fetch.waits) == (1, [])


@pytest.mark.parametrize(
    ("kind", "body"), [("application/zip", b"PK\x05\x06"), ("image/png", b"\x89PNG"), ("", b"{}")]
)
def test_what_is_neither_a_page_nor_a_document_is_named(fetch, site, kind, body):
    site.routes["/a"] = (200, {"Content-Type": kind}, body)
    code, message = fetch.problem(site.at("/a"))
    assert (code, kind in message) == ("not-a-page", True)


def test_a_broken_document_is_named_by_its_address(fetch, site):
    site.routes["/a"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7")
    code, message = fetch.problem(site.at("/a"))
    assert code == "broken-file"
    assert message.startswith(site.at("/a"))


def test_a_document_that_takes_too_much_memory_is_left():
    grows = zlib.compress(zlib.compress(bytes(20 << 20), 9), 9)
    document = drawn_pdf(b"/Filter[/FlateDecode/FlateDecode]", grows)
    found = read_document(document, "https://example.org/a", memory=32 << 20)
    assert isinstance(found, BrokenFile)


def test_a_document_that_takes_too_long_is_left():
    found = read_document(drawn_pdf(b"", b""), "https://example.org/a", seconds=0.001)
    assert isinstance(found, FileBomb)


@pytest.mark.parametrize("body", [b"", b"<html><body></body></html>"])
def test_a_page_without_an_article_is_named_by_its_address(fetch, site, body):
    site.routes["/a"] = (200, HTML, body)
    code, message = fetch.problem(site.at("/a"))
    assert code == "no-text"
    assert message.startswith(site.at("/a"))


@pytest.mark.parametrize(
    "body",
    [
        b"<rss>" + b"<" * 1000,
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rss>&b;</rss>',
        b"<urlset><url><loc>&lol;</loc>",
        b"<urlset" + b"<a>" * 100_000,
        b"<!--x-->" * 1500 + b"<!" * 1000,
        b"<rss><channel><item><link>http://news.test/&#xD800;</link></item>",
    ],
)
def test_a_broken_feed_gives_no_article_and_no_traceback(fetch, site, body):
    site.routes["/feed"] = (200, {"Content-Type": "application/xml"}, body)
    assert fetch.titles(site.at("/feed")) == []


@pytest.mark.parametrize("charset", ["undefined", "punycode", "zlib", "none-such"])
def test_a_page_whose_encoding_means_nothing_is_read_all_the_same(fetch, site, charset):
    body = page("Grain leaves port", TEXT) + b"<!-- \xe9 -->"
    site.routes["/a"] = (200, {"Content-Type": f"text/html; charset={charset}"}, body)
    assert fetch.titles(site.at("/a")) == ["Grain leaves port"]


def test_an_etag_that_is_too_long_to_be_sent_back_is_forgotten(fetch, site):
    address = site.put("/a", "Grain leaves port", TEXT, ETag="a" * 70_000)
    assert fetch.titles(address) == fetch.titles(address) == ["Grain leaves port"]


# robots.txt


def test_of_a_huge_robots_txt_the_beginning_counts(fetch, site):
    rules = b"User-agent: *\nDisallow: /private\n" + b"# and so on\n" * 200_000
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    fetch.limits = Limits(bytes=1_000_000)
    assert fetch.titles(site.put("/a", "Grain leaves port", TEXT)) == ["Grain leaves port"]
    assert fetch.problem(site.at("/private"))[0] == "robots-forbid"


def test_the_rules_of_few_large_robots_txt_are_kept(fetch, site):
    rules = b"User-agent: *\nDisallow: /private\n" + b"# and so on\n" * 40_000
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    site.put("/a", "Grain leaves port", TEXT)
    hosts = ("news.test", "www.news.test", "evil.test", "news.test")
    at = [site.at("/a").replace("news.test", host, 1) for host in hosts]
    fetch(*at)
    assert site.asked.count("/robots.txt") == 4
    fetch(at[0], at[1], at[0])
    assert site.asked.count("/robots.txt") == 6


def test_what_robots_txt_forbids_is_not_fetched(fetch, site):
    rules = b"User-agent: *\nDisallow: /private/*.html$\n"
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    site.put("/private/a.html", "Grain leaves port", TEXT)
    allowed = site.put("/private/a.php", "Grain leaves port", TEXT)
    assert fetch.problem(site.at("/private/a.html"))[0] == "robots-forbid"
    assert site.pages_asked() == []
    assert fetch.titles(allowed) == ["Grain leaves port"]


def test_robots_txt_is_heeded_where_a_redirect_leads(fetch, site):
    rules = b"User-agent: dragoman\nDisallow: /private\n"
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    site.routes["/a"] = (302, {"Location": "/private"}, b"")
    assert fetch.problem(site.at("/a"))[0] == "robots-forbid"


def test_where_robots_txt_fails_nothing_is_fetched(fetch, site):
    site.routes["/robots.txt"] = (503, {}, b"")
    assert fetch.problem(site.put("/a", "Grain leaves port", TEXT))[0] == "server-failed"
    assert site.pages_asked() == []


def test_pages_of_a_host_are_fetched_at_the_pace_it_states(fetch, site):
    rules = b"User-agent: *\nCrawl-delay: 9\n"
    site.routes["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    pages = [site.put(f"/{n}", "Grain leaves port", TEXT) for n in range(3)]
    fetch(*pages)
    assert [round(wait) for wait in fetch.waits] == [9, 9]


# Certificates


@pytest.fixture
def secured():
    """A site with a certificate, and a context that trusts who signed it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.test").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with served(name="news.test", tls=context) as site:
        site.put("/a", "Grain leaves port", TEXT)
        yield site, trust


def test_a_certificate_is_checked_against_the_name_not_the_address(fetch, secured):
    site, trust = secured
    port = site.host.partition(":")[2]
    fetch.guest = Guest(frozenset({site.host, f"evil.test:{port}"}))
    fetch.options["trust"] = trust
    assert fetch.titles(site.at("/a")) == ["Grain leaves port"]
    code, _ = fetch.problem(f"https://evil.test:{port}/a")
    assert code == "certificate-not-valid"


def test_a_certificate_that_nobody_vouches_for_is_refused(fetch, secured):
    site, _ = secured
    fetch.guest = Guest(frozenset({site.host}))
    assert fetch.problem(site.at("/a"))[0] == "certificate-not-valid"
    assert site.asked == []
