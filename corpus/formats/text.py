"""Plain text and Markdown: one article, or the documents of a press database's export."""

from collections.abc import Mapping
from dataclasses import replace

from ..article import Article
from ..errors import BrokenRecord, ReadingError
from ..text.cleaning import one_line
from .exports import factiva, lexisnexis, proquest
from .exports.document import Document
from .file import File
from .format import Format, Reads
from .front_matter import front_matter
from .header_block import split_header_block
from .plain import PlainParts, read_markdown, read_plain
from .records.record import cleaned, make_article

_EXPORTS = (
    (lexisnexis.is_lexisnexis, lexisnexis.documents_in),
    (factiva.is_factiva, factiva.documents_in),
    (proquest.is_proquest, proquest.documents_in),
)


def articles_in_text(file: File, text: str, stated: Mapping[str, object] | None = None) -> Reads:
    """Yield the articles in a plain text: that of a file, or the words of a document.

    `stated` are fields that a document has beside its words, such as its title.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    documents = next((parts(text) for is_one, parts in _EXPORTS if is_one(text)), None)
    if documents:
        for number, document in enumerate(documents, start=1):
            where = f"{file.where}, document {number}"
            yield where, _of_document(document, where)
        return
    fields, body = _fields_above(text)
    fields = {**(stated or {}), **fields}
    title = fields.get("title")
    parts = read_plain(body, one_line(title) if isinstance(title, str) else "")
    yield file.where, _article(file, fields, parts)


def _of_document(document: Document, where: str) -> Article | ReadingError:
    return make_article(document.as_record(), cleaned(document.text), where)


def _fields_above(text: str) -> tuple[Mapping[str, object], str]:
    """Split off what stands above a text and says what it is."""
    try:
        fields, body = front_matter(text)
    except ValueError:  # a text that begins with a rule
        fields, body = {}, text
    return (fields, body) if fields else split_header_block(text)


def _article(file: File, fields: Mapping[str, object], parts: PlainParts) -> Article | ReadingError:
    named = {"title": parts.title, "url": file.url, **fields}
    article = make_article(named, parts.body, file.where, known_as=file.id)
    if not isinstance(article, Article):
        return article
    published, source = article.published or parts.published, article.source or parts.source
    return replace(article, published=published, source=source)


def _read_text(file: File) -> Reads:
    yield from articles_in_text(file, file.text())


def _read_markdown(file: File) -> Reads:
    above, text = split_header_block(file.text())
    try:
        fields, parts = read_markdown(text)
    except ValueError as error:
        yield file.where, BrokenRecord(where=file.where, reason=str(error))
        return
    yield file.where, _article(file, {**above, **fields}, parts)


TEXT = Format("plain text", (".txt",), _read_text)
MARKDOWN = Format("Markdown", (".md", ".markdown"), _read_markdown, library="python-frontmatter")
