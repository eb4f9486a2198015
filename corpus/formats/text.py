"""Plain text and Markdown."""

from dataclasses import replace

from ..article import Article
from ..errors import BrokenRecord
from .file import File
from .format import Format, Reads
from .plain import read_markdown, read_plain
from .records.record import make_article


def _read_text(file: File) -> Reads:
    yield from articles_in_text(file, file.text())


def articles_in_text(file: File, text: str) -> Reads:
    """Yield the article in a plain text: that of a file, or what a document has of words."""
    parts = read_plain(text)
    article = Article(
        id=file.id,
        title=parts.title,
        text=parts.body,
        source=parts.source,
        published=parts.published,
    )
    yield file.where, file.checked(article)


def _read_markdown(file: File) -> Reads:
    try:
        fields, parts = read_markdown(file.text())
    except ValueError as error:
        yield file.where, BrokenRecord(where=file.where, reason=str(error))
        return
    named = {"title": parts.title, **fields}
    article = make_article(named, parts.body, file.where, known_as=file.id)
    if isinstance(article, Article):
        published, source = article.published or parts.published, article.source or parts.source
        article = replace(article, published=published, source=source)
    yield file.where, article


TEXT = Format("plain text", (".txt",), _read_text)
MARKDOWN = Format("Markdown", (".md", ".markdown"), _read_markdown, library="python-frontmatter")
