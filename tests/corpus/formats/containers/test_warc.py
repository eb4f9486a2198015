"""Web archives: each page that was fetched is an article, known by its address."""

import gzip

import pytest

from dragoman.corpus.errors import BrokenFile
from dragoman.corpus.loading import Loading

URL = "https://post.example/a1"
TEXT = "Kalın said on Tuesday that the ferries of Şanlıurfa would sail again after the storm."
PAGE = f"<html><head><title>Ferries</title></head><body><p>{TEXT}</p></body></html>"


def warc(records: list[tuple[str, str, str, bytes]], packed: bool) -> bytes:
    """Return a web archive of addresses, statuses, types and contents."""
    written = b""
    for url, status, kind, content in records:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2023-11-10T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        written += gzip.compress(record) if packed else record
    return written


RECORDS = [
    (URL, "200 OK", "text/html; charset=windows-1254", PAGE.encode("windows-1254")),
    ("https://post.example/a2", "200 OK", "text/html", PAGE.replace("ferries", "trains").encode()),
    ("https://post.example/", "200 OK", "text/html", b"<html><body></body></html>"),
    ("https://post.example/gone", "404 Not Found", "text/html", PAGE.encode()),
    ("https://post.example/a.png", "200 OK", "image/png", b"\x89PNG"),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
def test_pages_of_a_web_archive(tmp_path, name):
    (tmp_path / name).write_bytes(warc(RECORDS, packed=name.endswith("gz")))
    loading = Loading(tmp_path / name)
    first, second = loading.articles()
    assert not loading.problems
    assert (first.text, first.url) == (TEXT, URL)
    assert second.url == "https://post.example/a2"
    assert loading.skipped == {
        "page without an article": 1,
        "redirect or error in a web archive": 1,
        "image/png in a web archive": 1,
    }


def test_a_damaged_archive_is_named_and_what_came_before_is_read(tmp_path):
    (tmp_path / "a.warc").write_bytes(warc(RECORDS[:1], packed=False) + b"nonsense\r\n" * 20)
    loading = Loading(tmp_path / "a.warc")
    assert [article.url for article in loading.articles()] == [URL]
    assert [type(problem) for problem in loading.problems] == [BrokenFile]


def test_a_page_is_of_the_day_in_the_address_that_it_was_fetched_from(tmp_path):
    url = "https://post.example/2023/11/08/ferries"
    file = tmp_path / "a.warc"
    file.write_bytes(warc([(url, "200 OK", "text/html", PAGE.encode())], packed=False))
    (article,) = Loading(file).articles()
    assert (str(article.published), article.dated_by) == ("2023-11-08", "address")
    assert article.source == "post.example"
