"""The tables and definition lists of an HTML page, spelled out."""

import re
from collections.abc import Iterator, Sequence

from lxml import html

from ..text.cleaning import one_line
from .tables import MOST_COLUMNS, Row, has_labels, pair_as_line, row_as_line

_FIGURE = re.compile(r"\d")


def spell_out_tables(tree: html.HtmlElement) -> None:
    """Replace each table whose labels are marked as such by a paragraph for each row.

    So it is with definition lists. A table that holds paragraphs or tables is a page's layout.
    """
    for table in tree.xpath("//table[not(.//table or .//p or ancestor::table)]"):
        rows = list(_grid(table))
        if lines := list(_lines_of(table, rows)):
            _replace(table, [*_text_of(table.xpath("./caption")), *lines])
    for terms in tree.xpath("//dl[.//dt and .//dd and not(.//dl)]"):
        _replace(terms, list(_definitions(terms)))


def _lines_of(table: html.HtmlElement, rows: Sequence[Row]) -> Iterator[str]:
    found = table.xpath(".//tr[td or th]")
    if found and _is_header(found[0], rows) and all(row.xpath("td") for row in found[1:]):
        if has_labels(rows[0], rows[1:]):
            yield from (row_as_line(rows[0], row) for row in rows[1:])
    elif all(row.xpath("*[1][self::th] and td") for row in found):  # a label in each row
        yield from (pair_as_line(row[0], ", ".join(filter(None, row[1:]))) for row in rows)


def _is_header(first: html.HtmlElement, rows: Sequence[Row]) -> bool:
    """Return whether a table's first row has labels: as marked, in bold, or of words over figures.

    Each row below has a figure, and none is in the labels or the first column.
    """
    cells = first.xpath("td")
    if not cells or first.xpath("parent::thead"):
        return True
    bold = all(cell.xpath("normalize-space()=normalize-space(.//b|.//strong)") for cell in cells)
    if bold and all(rows[0]):
        return True
    words = [*rows[0], *(row[0] for row in rows if row)]
    over_figures = all(any(map(_FIGURE.search, row[1:])) for row in rows[1:])
    return len(rows) > 2 and all(rows[0]) and over_figures and not any(map(_FIGURE.search, words))


def _grid(table: html.HtmlElement) -> Iterator[Row]:
    """Return the rows, with each cell in all the columns and rows that it spans."""
    below: dict[int, tuple[int, str]] = {}
    for row in table.xpath(".//tr[td or th]"):
        cells: list[str] = []
        for cell in row.xpath("td | th"):
            _fill_from_above(cells, below)
            text = one_line(cell.text_content())
            for _ in range(_number(cell.get("colspan"))):
                below[len(cells)] = (_number(cell.get("rowspan")) - 1, text)
                cells.append(text)
        _fill_from_above(cells, below)
        yield cells


def _fill_from_above(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    while below.get(len(cells), (0, ""))[0] > 0:
        left, text = below[len(cells)]
        below[len(cells)] = (left - 1, text)
        cells.append(text)


def _number(written: str | None) -> int:
    """Return the number of columns or rows that a cell spans, as its attribute states it."""
    spanned = int(written) if written and written.isdecimal() else 1
    return min(max(spanned, 1), MOST_COLUMNS)


def _definitions(terms: html.HtmlElement) -> Iterator[str]:
    named = ""
    for element in terms.iter("dt", "dd"):
        text = one_line(element.text_content())
        if element.tag == "dt":
            named = text
        elif text:
            yield pair_as_line(named, text)


def _text_of(elements: Sequence[html.HtmlElement]) -> list[str]:
    return [text for element in elements if (text := one_line(element.text_content()))]


def _replace(element: html.HtmlElement, lines: Sequence[str]) -> None:
    """Put paragraphs of these lines in the place of an element."""
    for figure in element.iterancestors("figure"):
        figure.tag = "div"  # trafilatura drops figures without a table
    division = html.Element("div")
    for line in lines:
        html.etree.SubElement(division, "p").text = line
    division.tail = element.tail
    element.getparent().replace(element, division)
