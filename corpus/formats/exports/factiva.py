"""Factiva: exports as text, with a two-letter code before each field, or without codes."""

import re
from collections.abc import Iterator

from ..dating import stated_date
from .document import Document, blocks_of

_CODE = re.compile(r"^[ \t]*(HD|SE|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|"
                   r"IPD|PUB|AN|CLM|VOL|ART)(?:[ \t]+|[ \t]*$)", re.MULTILINE)  # fmt: skip
_ID = re.compile(r"^[ \t]*Document ([A-Z0-9]+\d[A-Za-z0-9]{7,40})[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"[\d,]+ words")


def is_factiva(text: str) -> bool:
    """Return whether a text is an export of Factiva."""
    start = text[:5000]
    codes = set(_CODE.findall(start))
    return {"HD", "PD"} <= codes or bool(
        _ID.search(text) and re.search(r"^[ \t]*[\d,]+ words[ \t]*$", start, re.MULTILINE)
    )


def documents_in(text: str) -> Iterator[Document]:
    """Yield the documents of an export."""
    if {"HD", "PD"} <= set(_CODE.findall(text[:5000])):
        starts = [found.start() for found in _CODE.finditer(text) if found[1] == "HD"]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            yield _coded(text[start:end])
        return
    parts = _ID.split(text)  # text, id, text, id, …
    for part, id in zip(parts[::2], parts[1::2], strict=False):
        blocks = blocks_of(part)
        if blocks:
            yield _uncoded(blocks, id)


def _coded(text: str) -> Document:
    pieces = _CODE.split(text)[1:]
    fields: dict[str, str] = {}
    for code, value in zip(pieces[::2], pieces[1::2], strict=True):
        fields.setdefault(code, value)
    body = "\n\n".join(block for code in ("LP", "TD") for block in blocks_of(fields.get(code, "")))
    found = re.search(r"\b([A-Z0-9]+\d[A-Za-z0-9]{7,40})\b", fields.get("AN", ""))
    author = " ".join(fields.get("BY", "").split())
    return Document(
        fields["HD"],
        body,
        fields.get("SN"),
        fields.get("PD", "").strip(),
        [author] if author else [],
        found[1] if found else None,
    )


def _uncoded(blocks: list[str], id: str) -> Document:
    """Read a headline, then lines from the number of words to the copyright, then the text."""
    lines = [line for block in blocks for line in block.split("\n")]
    words = next((n for n, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    head = lines[: words or 1]
    after = lines[(words + 1 if words is not None else 1) :]
    day = next((line for line in after[:3] if stated_date(line)), "")
    below = after[after.index(day) + 1 :] if day else after
    below = below[1:] if below and re.fullmatch(r"\d\d?:\d\d", below[0]) else below
    end = next((n for n, line in enumerate(below[:10]) if _is_copyright(line)), None)
    source = below[0] if below else None
    body = below[end + 1 :] if end is not None else below[1:]
    author = next((line for line in head[1:] if line.lower().startswith("by ")), "")
    return Document(head[0], "\n\n".join(body), source, day, [author] if author else [], id)


def _is_copyright(line: str) -> bool:
    return bool(re.match(r"\(c\)|©|copyright", line, re.IGNORECASE))
