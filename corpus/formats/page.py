"""HTML and XHTML pages, as they were saved."""

import re

from ..article import Article
from ..errors import BrokenRecord, NoText
from .file import File
from .format import Format, Reads
from .plain import first_words

# Nothing is matched in two ways, so that no file makes this slow.
_LEAD = rb"(?:\xef\xbb\xbf)?(?>\s+|<\?xml[^>]*\?>|<!--.*?-->)*+"
_PAGE = re.compile(_LEAD + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def _recognises(file: File) -> bool:
    return _PAGE.match(file.start) is not None


def _read(file: File) -> Reads:
    from .html import read_page  # a quarter of a second to import: only where there is HTML

    try:
        page = read_page(file.text(is_markup=True), file.url)
    except ValueError as error:
        yield file.where, BrokenRecord(where=file.where, reason=str(error))
        return
    if page is None:
        yield file.where, NoText(where=file.where)
        return
    article = Article(
        id=file.id,
        title=page.title or first_words(page.text),
        text=page.text,
        source=page.source,
        url=page.url or file.url,
        published=page.published,
        authors=page.authors,
        tags=page.tags,
        captions=page.captions,
        published_at=page.published_at,
        dated_by=page.dated_by,
    )
    yield file.where, file.checked(article)


PAGE = Format("HTML page", (".html", ".htm", ".xhtml"), _read, _recognises, library="trafilatura")
