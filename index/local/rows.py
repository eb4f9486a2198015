"""Articles and passages as rows of the database."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from ...corpus.article import Article, Passage
from ..archive import StoredPassage
from ..encoding.encoder import Vectors
from .schema import folded

ARTICLE_COLUMNS = "id, title, text, source, url, published, event, form, authors, tags"
# Of an archive from before articles had tags, which may not be written.
UNTAGGED_COLUMNS = ARTICLE_COLUMNS.replace("tags", "'[]'")


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


def date_from(text: str | None) -> date | None:
    """Return the date that a column holds, if any."""
    return date.fromisoformat(text) if text else None
