"""PDF, by pdfminer.six: its text in paragraphs, without the lines that repeat on each page."""

from io import IOBase
from typing import cast

from ...errors import BrokenFile, FileBomb, FileProtected, NoText, ScannedFile
from ...text.decoding import in_megabytes
from ..file import MOST_BYTES, File
from ..format import Format, Reads
from ..text import articles_in_text
from .layout import Page, paragraphs_of, title_of, without_margins
from .unpacking import Unpacking, unpacking_at_most

_MOST_PAGES = 2000


def _recognises(file: File) -> bool:
    return b"%PDF-" in file.start[:1024]


def _read(file: File) -> Reads:
    pages = [page for page in _pages(file) if page]
    if not pages:
        raise ScannedFile(where=file.where)
    title = title_of(pages[0])
    paragraphs = paragraphs_of(without_margins(pages), title)
    text = "\n\n".join(paragraphs)
    if not text.strip():
        raise NoText(where=file.where)
    yield from articles_in_text(file, text, {"title": title} if title else None)


def _pages(file: File) -> list[Page]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox, LTTextLine
    from pdfminer.pdfdocument import PDFEncryptionError

    pages: list[Page] = []
    with file.opened() as stream, unpacking_at_most(MOST_BYTES) as unpacking:
        try:
            for layout in extract_pages(
                cast(IOBase, stream), maxpages=_MOST_PAGES, laparams=LAParams()
            ):
                boxes = [
                    [(line.get_text(), line.bbox) for line in box if isinstance(line, LTTextLine)]
                    for box in layout
                    if isinstance(box, LTTextBox)
                ]
                pages.append(Page.of(boxes, layout.height))
        except PDFEncryptionError as error:
            raise FileProtected(where=file.where, format="PDF") from error
        except Exception as error:  # a damaged file may bring pdfminer to anything
            _check(unpacking, file)
            reason = str(error) or type(error).__name__
            raise BrokenFile(where=file.where, format="PDF", reason=reason) from error
        _check(unpacking, file)  # pdfminer goes on after most errors
    if not pages:
        raise BrokenFile(where=file.where, format="PDF", reason="it has no pages")
    return pages


def _check(unpacking: Unpacking, file: File) -> None:
    if unpacking.left < 0:
        raise FileBomb(where=file.where, reason=f"it grows beyond {in_megabytes(MOST_BYTES)}")


PDF = Format("PDF", (".pdf",), _read, _recognises, library="pdfminer.six")
