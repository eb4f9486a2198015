"""Tables, spelled out: each row becomes a line that reads without the header.

A row far from its header tells nothing: "| Dell | 3.08 |". Only tables whose header is marked as
one are spelled out: of others, nobody can know that their first row is one.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

Row = Sequence[str]

MOST_COLUMNS = 20
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_LETTER = re.compile(r"[^\W\d_]")
_FINAL = (".", "!", "?")
_NOTHING = ("", "-", "–", "—")


def with_tables_spelled_out(text: str) -> str:
    """Return `text` with a line in the place of each row of its Markdown tables.

    >>> with_tables_spelled_out("| Town | Ill |\\n|---|---|\\n| Dell | 3 |")
    'Town: Dell; Ill: 3.'
    """
    lines = text.split("\n")
    kept: list[str] = []
    place = 0
    while place < len(lines):
        rows = _rows_below(lines, place)
        header = _cells(lines[place])
        if rows and has_labels(header, rows):
            kept += [row_as_line(header, row) for row in rows]
            place += 2 + len(rows)
        else:
            kept.append(lines[place])
            place += 1
    return "\n".join(kept)


def _rows_below(lines: Sequence[str], place: int) -> list[Row]:
    """Return the rows of the table whose header is at `place`; none where it is no header."""
    rule = lines[place + 1] if place + 1 < len(lines) else ""
    if "|" not in lines[place] or "|" not in rule or not _RULE.fullmatch(rule):
        return []
    return [_cells(line) for line in takewhile(lambda line: "|" in line, lines[place + 2 :])]


def _cells(line: str) -> Row:
    inside = line.strip().removeprefix("|")
    inside = inside if inside.endswith("\\|") else inside.removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in _BETWEEN_CELLS.split(inside)]


def has_labels(header: Row, rows: Sequence[Row]) -> bool:
    """Return whether a header has a label for what stands in each row.

    A table of bare numbers has none, whatever its first row is marked as.
    """
    fits = 1 < len(header) <= MOST_COLUMNS and all(len(row) <= len(header) for row in rows)
    firsts = [row[0] for row in (header, *rows) if row]
    return fits and all(header[1:]) and any(map(_LETTER.search, (*header, *firsts)))


def row_as_line(header: Row, row: Row) -> str:
    """Return a row as a line: each cell with its label, empty ones left out."""
    pairs = zip(header, row, strict=False)
    return _ended("; ".join(_pair(label, cell) for label, cell in pairs if cell not in _NOTHING))


def pair_as_line(label: str, value: str) -> str:
    """Return a label and its value as a line.

    >>> pair_as_line("Fine", "150 euros")
    'Fine: 150 euros.'
    """
    return _ended(_pair(label, value))


def _pair(label: str, value: str) -> str:
    label = label.rstrip(":").rstrip()
    return f"{label}: {value}" if label and value else label or value


def _ended(line: str) -> str:
    return line if not line or line.endswith(_FINAL) else f"{line}."
