"""Pages that a browser saved with all their parts in one file (MHTML)."""

import re
from dataclasses import replace

from ...errors import BrokenFile
from ..file import File
from ..format import Format, Reads
from .message import content_of, parsed

_SAVED = re.compile(rb"^(?:Snapshot-Content-Location:|From: <?Saved by )", re.MULTILINE | re.I)
_RELATED = re.compile(rb"Content-Type:\s*multipart/related;[^\n]*(?:\n[ \t][^\n]*)*text/html", re.I)


def _recognises(file: File) -> bool:
    headers = re.split(rb"\r?\n\r?\n", file.start, maxsplit=1)[0]
    return bool(_SAVED.search(headers)) or (
        file.suffix in MHTML.suffixes and bool(_RELATED.search(headers))
    )


def _read(file: File) -> Reads:
    message = parsed(file)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise BrokenFile(where=file.where, format="MHTML", reason="it holds no page")
    stated = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    url = "".join(str(stated).split())
    part = file.part("page.html", content_of(page).encode(), url if "//" in url else None)
    yield file.where, replace(part, where=file.where, id=file.id)


MHTML = Format("MHTML", (".mhtml", ".mht"), _read, _recognises)
