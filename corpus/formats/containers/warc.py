"""Web archives (WARC), as crawlers and Common Crawl write them, by warcio."""

from dataclasses import replace
from typing import Any

from ...errors import BrokenFile
from ..file import File
from ..format import Format, Reads, Skipped, starting_with
from ..records.record import made_id

_MOST_BYTES = 32 << 20  # of one page
_PAGES = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf",
          "text/plain": ".txt"}  # fmt: skip
_TYPES = ("response", "resource", "conversion")


def _read(file: File) -> Reads:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with file.opened() as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type in _TYPES:
                    yield from _record(file, record)
        except (ArchiveLoadFailed, EOFError, ValueError) as error:
            raise BrokenFile(where=file.where, format="WARC", reason=str(error)) from error


def _record(file: File, record: Any) -> Reads:
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    where = f"{file.where}, {url}"
    headers = record.http_headers or record.rec_headers
    kind, _, parameters = headers.get_header("Content-Type", "").partition(";")
    kind = kind.strip().lower()
    if record.http_headers and record.http_headers.get_statuscode() != "200":
        yield where, Skipped("redirect or error in a web archive")
    elif kind not in _PAGES:
        yield where, Skipped(f"{kind[:40] or 'something'} in a web archive")
    else:
        raw = record.content_stream().read(_MOST_BYTES)
        page = _in_utf8(raw, parameters)
        part = file.part(f"{url}{_PAGES[kind]}", page, url)
        yield where, replace(part, where=where, id=made_id(url, "", ""))


def _in_utf8(raw: bytes, parameters: str) -> bytes:
    """Return a page in UTF-8 if its server says which encoding it has; else as it is."""
    name, _, charset = parameters.strip().partition("=")
    if name.strip().lower() != "charset":
        return raw
    try:
        return raw.decode(charset.strip("\"' ").lower()).encode()
    except (LookupError, UnicodeError):
        return raw


WARC = Format("WARC", (".warc",), _read, starting_with(b"WARC/"), library="warcio")
