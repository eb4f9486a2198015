"""Articles and passages as rows of the database."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...corpus.article import Article, Passage
from ...corpus.text.folding import folded
from ..archive import StoredPassage
from ..encoding.encoder import Vectors

ARTICLE_COLUMNS = "id, title, text, source, url, published, event, form, authors, tags"
# Of an archive from before articles had tags, which may not be written.
UNTAGGED_COLUMNS = ARTICLE_COLUMNS.replace("tags", "'[]'")

PASSAGES_OF = (
    "SELECT p.number FROM passages p JOIN articles a ON a.number = p.article WHERE a.id = ?"
)
# For `tally_from`.
SOURCES = (
    "SELECT source, count(*), min(published), max(published) FROM articles"
    " WHERE source IS NOT NULL GROUP BY source"
)
TAGS = (
    "SELECT t.value, count(*), min(a.published), max(a.published)"
    " FROM articles a, json_each(a.tags) t GROUP BY t.value"
)
# The articles of groups of near-duplicates, and how many groups have several articles.
COPIES = (
    "SELECT f.fullest, a.number, a.id, a.title, a.source, a.url, a.published"
    " FROM wordings f JOIN wordings w ON w.fullest = f.number"
    " JOIN worded d ON d.wording = w.number JOIN articles a ON a.number = d.article"
    " WHERE f.fullest IN"
)
GROUPS = (
    "SELECT count(*) FROM (SELECT 1 FROM worded d JOIN wordings w ON w.number = d.wording"
    " JOIN wordings f ON f.number = w.fullest GROUP BY f.fullest HAVING count(*) > 1)"
)


def article_row(article: Article) -> list[str | None]:
    """Return an article as `articles` has it, in the order of the table's columns."""
    source_folded = folded(article.source) if article.source else None
    day = article.published.isoformat() if article.published else None
    event = article.event.isoformat() if article.event else None
    return [
        article.id, article.content_hash, article.title, article.text, article.source,
        source_folded, article.url, day, event, article.form,
        json.dumps(article.authors, ensure_ascii=False),
        json.dumps(article.tags, ensure_ascii=False),
    ]  # fmt: skip


def article_from(row: Sequence[Any]) -> Article:
    """Return the article of a row of ARTICLE_COLUMNS."""
    id, title, text, source, url, published, event, form, authors, tags = row
    return Article(
        id=id, title=title, text=text, source=source, url=url, published=date_from(published),
        event=date_from(event), form=form, authors=tuple(json.loads(authors)),
        tags=tuple(json.loads(tags)),
    )  # fmt: skip


def passage_rows(
    article: int, passages: Sequence[Passage], vectors: Vectors
) -> Iterator[tuple[Any, ...]]:
    """Return passages as `passages` has them, with the number of their article."""
    for passage, vector in zip(passages, vectors, strict=True):
        blob = np.ascontiguousarray(vector, "<f4").tobytes()
        yield article, passage.position, *passage.span, passage.cut, blob


def passage_from(row: Sequence[Any]) -> StoredPassage:
    """Return the passage of a row: number, position, start, end, cut, ARTICLE_COLUMNS."""
    number, position, start, end, cut, *columns = row
    article = article_from(columns)
    passage = Passage(article.id, position, (start, end), article.text[start:end], bool(cut))
    return StoredPassage(number, article, passage)


def tally_from(row: Sequence[Any]) -> tuple[str, int, date | None, date | None]:
    """Return a row of SOURCES or TAGS: name, count, first and last day."""
    name, articles, first, last = row
    return name, articles, date_from(first), date_from(last)


def date_from(text: str | None) -> date | None:
    """Return the date that a column holds, if any."""
    return date.fromisoformat(text) if text else None


def is_text(id: str) -> bool:
    """Return whether SQLite can store `id`; an id with an unpaired surrogate names no article."""
    return id.isascii() or not any("\ud800" <= character <= "\udfff" for character in id)
