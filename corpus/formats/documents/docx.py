"""Word documents (DOCX), by python-docx."""

from typing import Any

from ...errors import BrokenFile
from ..file import File
from ..format import Format, Reads
from ..tables import has_labels, row_as_line
from ..text import articles_in_text
from .zipped import opened_zip

_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def _recognises(file: File) -> bool:
    return "word/document.xml" in file.zip_names


def _read(file: File) -> Reads:
    from docx import Document

    with opened_zip(file, "DOCX"), file.opened() as stream:
        try:
            blocks = list(Document(stream).iter_inner_content())
            title = next((_text(one) for one in blocks if _style(one) == "Title"), "")
            texts = [text for one in blocks for text in _texts(one) if text.strip()]
        except Exception as error:  # python-docx raises whatever comes of what it finds
            reason = str(error) or type(error).__name__
            raise BrokenFile(where=file.where, format="DOCX", reason=reason) from error
    yield from articles_in_text(file, "\n\n".join(texts), {"title": title} if title else None)


def _style(block: Any) -> str:
    style = getattr(block, "style", None)
    return getattr(style, "name", None) or ""


def _texts(block: Any) -> list[str]:
    if not hasattr(block, "rows"):
        return [_text(block)]
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in block.rows]
    if len(rows) > 1 and has_labels(rows[0], rows[1:]):
        return ["\n".join(row_as_line(rows[0], row) for row in rows[1:])]
    return ["\n".join(" ".join(dict.fromkeys(row)) for row in rows)]


def _text(paragraph: Any) -> str:
    """Return a paragraph's text with what tracked changes insert, without what they delete."""
    parts = paragraph._p.xpath(".//w:t | .//w:tab[parent::w:r] | .//w:br | .//w:cr")
    names = ((str(part.tag).rpartition("}")[2], part.text or "") for part in parts)
    return "".join(_BREAKS.get(name, text) for name, text in names)


DOCX = Format("Word (DOCX)", (".docx",), _read, _recognises, library="python-docx")
