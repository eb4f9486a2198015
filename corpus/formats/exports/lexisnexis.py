"""LexisNexis and Nexis Uni: exports as text, of the old kind and the new."""

import re
from collections.abc import Iterator

from ..dating import stated_date
from .document import Document, blocks_of, is_labelled

# Old: "1 of 20 DOCUMENTS" above each. New: "End of Document" below each.
_ABOVE = re.compile(r"^[ \t\f]*\d+ of \d+ DOCUMENTS?[ \t]*$", re.MULTILINE)
_BELOW = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_FIELDS = ("byline", "headline", "section", "length", "dateline", "highlight", "load-date",
           "language",
           "publication-type", "document-type", "graphic", "correction-date", "subject",
           "copyright", "url", "journal code", "publication-subject", "industry", "geographic",
           "person", "company", "organization", "ticker", "city", "state", "country", "type",
           "series", "correction", "notes")  # fmt: skip
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\)) .*|all rights reserved\.?", re.IGNORECASE | re.DOTALL
)
_DAY = re.compile(
    r"\s*(?:[A-Z][a-z]+day,? )?([A-Z][a-zé]+ \d{1,2}, \d{4}|\d{1,2}\.? [A-Z][a-zé]+,? \d{4})\b"
    r".{0,60}$"
)
_EDITION = re.compile(r".{0,40}\b(?:edition|correction appended)\b.{0,40}", re.IGNORECASE)


def is_lexisnexis(text: str) -> bool:
    """Return whether a text begins as an export of LexisNexis does."""
    return bool(_ABOVE.search(text[:2000])) or bool(
        _BELOW.search(text) and re.search(r"^Length:\s+[\d,]+ words", text, re.MULTILINE)
    )


def documents_in(text: str) -> Iterator[Document]:
    """Yield the documents of an export."""
    above = _ABOVE.search(text[:2000])
    for part in (_ABOVE if above else _BELOW).split(text):
        blocks = blocks_of(part)
        if blocks:
            yield _old(blocks) if above else _new(blocks)


def _old(blocks: list[str]) -> Document:
    """Read: outlet, date, title, labelled fields, the text, labelled fields."""
    dated = next((n for n, block in enumerate(blocks[:6]) if _day(block.split("\n")[0])), None)
    head = [block for block in blocks[: dated or 0] if not _COPYRIGHT.match(block)]
    rest = blocks[(dated + 1 if dated is not None else 0) :]
    while rest and (_EDITION.fullmatch(rest[0]) or _COPYRIGHT.fullmatch(rest[0])):
        rest.pop(0)
    title = "" if not rest or is_labelled(rest[0], _FIELDS) else rest.pop(0)
    day = _day(blocks[dated].split("\n")[0]) if dated is not None else None
    return _document(title, head[0] if head else None, day, rest)


def _new(blocks: list[str]) -> Document:
    """Read: title, outlet, date, copyright, labelled fields, "Body", the text, fields."""
    dated = next((n for n, block in enumerate(blocks[:6]) if _day(block.split("\n")[-1])), None)
    above = "\n".join(blocks[: (dated or 0) + 1]).split("\n")
    source = above[-2] if len(above) > 2 else None
    body = next((n for n, block in enumerate(blocks) if block == "Body"), dated or 0)
    fields = blocks[(dated or 0) + 1 : body]
    return _document(above[0], source, _day(above[-1]), [*fields, *blocks[body + 1 :]])


def _document(title: str, source: str | None, day: object, blocks: list[str]) -> Document:
    blocks = [line for block in blocks for line in _lines(block)]
    headed = next((block for block in blocks if is_labelled(block, ("headline",))), "")
    title = headed.partition(":")[2].strip() or title
    authors = [block.partition(":")[2] for block in blocks if is_labelled(block, ("byline",))]
    end = blocks.index("Classification") if "Classification" in blocks else None
    body = [
        block for block in blocks[:end]
        if not is_labelled(block, _FIELDS) and not _COPYRIGHT.fullmatch(block)
    ]  # fmt: skip
    return Document(title, "\n\n".join(body), source, str(day or ""), authors)


def _lines(block: str) -> list[str]:
    """Return a block of labelled fields as a line each; the text stays as it is."""
    return block.split("\n") if is_labelled(block, _FIELDS) else [block]


def _day(line: str) -> object:
    """Return the day in a line such as "November 8, 2023 Wednesday Late Edition"."""
    found = _DAY.match(line)
    return stated_date(found[1]) if found else None
