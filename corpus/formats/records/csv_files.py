"""CSV and TSV, read row by row; of other dividers, the one that the header has."""

import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any

from ...errors import BrokenRecord, EmptyFile
from ...text.decoding import encoding_of
from ..file import File
from ..format import Format, Reads
from .fields import SUMMARY, TEXT, TITLE, URL, plain_name
from .record import read_record

_DIVIDERS = ",;\t|"
_LONGEST_CELL = 16 << 20  # characters
_MOST_NAMED = 12
_LONGEST_NAME = 60  # characters; a longer cell in the first row is part of an article
_STATED_DIVIDER = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)  # as Excel writes it
_NAMED = frozenset((*TEXT, *SUMMARY))
_KNOWN = frozenset((*TITLE, *URL, "date", "published", "publishedat", "author", "authors", "source",
                    "id", "publication"))  # fmt: skip
_HEADER = re.compile(r"[\w .\-\"']{1,40}(?:[,;\t|][\w .\-\"']{0,40}){1,60}")


def _is_table(file: File) -> bool:
    """Return whether a text file begins with a header that names a text and something else."""
    if file.suffix not in (".txt", ""):
        return False
    first = file.start.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip()
    if not _HEADER.fullmatch(first):
        return False
    names = {plain_name(name) for name in _cells(first, _divider(first))}
    return bool(names & _NAMED and names & _KNOWN)


def _read(file: File) -> Reads:
    csv.field_size_limit(_LONGEST_CELL)
    with file.opened() as raw:
        sample = raw.read(1 << 18)
        raw.seek(0)
        if not sample.strip():
            raise EmptyFile(where=file.where)
        encoding = encoding_of(sample, file.where)
        with TextIOWrapper(raw, encoding, errors="replace", newline="") as stream:
            first = stream.readline(_LONGEST_CELL)
            stated = _STATED_DIVIDER.fullmatch(first)
            if stated is None:
                stream.seek(0)
            divider = "\t" if file.suffix in (".tsv", ".tab") else _divider(first)
            rows = csv.reader(stream, delimiter=stated[1] if stated else divider)
            yield from _articles(file, rows)


def _articles(file: File, rows: Any) -> Reads:
    header = [name.strip() for name in next(_sound(file, rows), [])]
    check_header(file, header, file.where)
    for row in _sound(file, rows):
        if any(map(str.strip, row)):
            where = f"{file.where}, line {rows.line_num}"
            record = dict(zip(header, row, strict=False))
            yield where, read_record(record, where, columns=file.columns)


def _sound(file: File, rows: Any) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:
        where = f"{file.where}, line {rows.line_num}"
        raise BrokenRecord(where=where, reason=f"not CSV: {error}") from error


def check_header(file: File, header: list[str], where: str) -> None:
    """Raise BrokenRecord where no column is known to hold the text, or a stated one is missing."""
    if any(len(name) > _LONGEST_NAME for name in header):
        reason = "its first row names no columns. Put one above it, such as title,text,published"
        raise BrokenRecord(where=where, reason=reason)
    shown = ", ".join(header[:_MOST_NAMED])
    missing = [name for name in file.columns.values() if name not in header]
    if missing:
        reason = f"it has no column {missing[0]!r}; it has {shown}"
        raise BrokenRecord(where=where, reason=reason)
    names = {plain_name(name) for name in header}
    is_headlines = names & frozenset(TITLE) and names & frozenset(URL)
    if not names & _NAMED and "text" not in file.columns and not is_headlines:
        reason = (
            f"none of its columns is known to hold a text: {shown}. Say which one does: text=COLUMN"
        )
        raise BrokenRecord(where=where, reason=reason)


def _divider(header: str) -> str:
    def known(divider: str) -> tuple[int, int]:
        cells = _cells(header, divider)
        return sum(plain_name(cell) in _NAMED | _KNOWN for cell in cells), len(cells)

    return max(_DIVIDERS, key=known)


def _cells(line: str, divider: str) -> list[str]:
    return next(csv.reader([line], delimiter=divider), [])


CSV = Format("CSV, TSV", (".csv", ".tsv", ".tab"), _read, _is_table)
