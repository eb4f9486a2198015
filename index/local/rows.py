"""Articles and passages as rows of the database."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from ...corpus.article import Article, Passage
from ...corpus.text.folding import folded
from ...corpus.text.stems import Stems, stems_of
from ..archive import ArticleRef, EncodedArticle, GroupMember, Numbers, PassageText, StoredPassage
from ..encoding.encoder import Vectors

ARTICLE_COLUMNS = "id, title, text, source, url, published, event, form, authors, tags, details"
TAGS_SINCE = 3  # versions of the tables: an older archive has no such column
DETAILS_SINCE = 6
# `details` is a JSON object of what few articles state.
DETAILS_SCHEMA = """
ALTER TABLE articles ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
ALTER TABLE versions ADD COLUMN details TEXT NOT NULL DEFAULT '{}'
"""

PASSAGES_OF = (
    "SELECT p.number FROM passages p JOIN articles a ON a.number = p.article WHERE a.id = ?"
)
# What a search compares its words with, apart from the vectors, so that few pages are read.
STEMS_SCHEMA = """
CREATE TABLE stems (
    passage INTEGER PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
    stems BLOB NOT NULL
)
"""
ADD_STEMS = "INSERT INTO stems SELECT number, ? FROM passages WHERE article = ? AND position = ?"
PARTS = 'SELECT article, position, number, start, "end", cut FROM passages WHERE article IN'
# To be completed by a list of passages' numbers.
TEXTS = (
    'SELECT p.number, a.title, substr(a.text, p.start + 1, p."end" - p.start),'
    " a.source, a.published, a.event"
    " FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN"
)
PLACES = (
    "SELECT p.number, p.position, l.number FROM passages p JOIN passages l"
    " ON l.article = p.article AND l.position = 0 WHERE p.number IN"
)
GROUP_OF = (
    "SELECT p.number, p.article, f.fullest FROM passages p"
    " JOIN worded d ON d.article = p.article JOIN wordings w ON w.number = d.wording"
    " JOIN wordings f ON f.number = w.fullest WHERE p.number IN"
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
# The articles of groups of near-duplicates, and the groups that have several articles.
COPIES = (
    "SELECT f.fullest, a.number, a.id, a.title, a.source, a.url, a.published, a.details"
    " FROM wordings f JOIN wordings w ON w.fullest = f.number"
    " JOIN worded d ON d.wording = w.number JOIN articles a ON a.number = d.article"
    " WHERE f.fullest IN"
)
GROUPS = (
    "SELECT f.fullest FROM worded d JOIN wordings w ON w.number = d.wording"
    " JOIN wordings f ON f.number = w.fullest GROUP BY f.fullest HAVING count(*) > 1"
)
# For `Database.grouped`: as one text, since for each row other threads would get a turn. Of most
# wordings there is one article, and they point to themselves: these are not looked at.
GROUPED = """
WITH pointing AS (SELECT number, fullest FROM wordings WHERE fullest <> number),
few AS (
    SELECT number FROM pointing UNION SELECT fullest FROM pointing
    UNION SELECT wording FROM worded GROUP BY wording HAVING count(*) > 1
),
member AS MATERIALIZED (
    SELECT d.article AS article, f.fullest AS of
    FROM few JOIN worded d ON d.wording = few.number JOIN wordings w ON w.number = few.number
    JOIN wordings f ON f.number = w.fullest
)
SELECT group_concat(article || ' ' || of, ' ') FROM member
WHERE of IN (SELECT of FROM member GROUP BY of HAVING count(*) > 1)
"""


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Vectors with the passages and articles they belong to, row by row."""

    passages: Numbers
    articles: Numbers
    vectors: Vectors

    def between(self, first: int, last: int) -> "PassageVectors":
        """Return those of the passages with these numbers and all between."""
        start, stop = np.searchsorted(self.passages, (first, last + 1))
        rows = slice(start, stop)
        return PassageVectors(self.passages[rows], self.articles[rows], self.vectors[rows])


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """The passages whose vectors are stored, ascending, with the article of each.

    `between` reads the vectors of two of them and all between.
    """

    passages: Numbers
    articles: Numbers
    between: Callable[[int, int], PassageVectors]


def columns_at(version: int) -> str:
    """Return ARTICLE_COLUMNS for an archive of an older version, which may not be written."""
    columns = ARTICLE_COLUMNS if version >= TAGS_SINCE else ARTICLE_COLUMNS.replace("tags", "'[]'")
    return columns if version >= DETAILS_SINCE else columns.replace("details", "'{}'")


def copies_at(version: int) -> str:
    """Return COPIES for an archive of an older version, which may not be written."""
    return COPIES if version >= DETAILS_SINCE else COPIES.replace("a.details", "'{}'")


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
        json.dumps(_details(article), ensure_ascii=False),
    ]  # fmt: skip


def _details(article: Article) -> dict[str, str]:
    at = article.published_at.isoformat() if article.published_at else None
    stated = {"published_at": at, "dated_by": article.dated_by}
    return {name: value for name, value in stated.items() if value}


def article_from(row: Sequence[Any]) -> Article:
    """Return the article of a row of ARTICLE_COLUMNS."""
    id, title, text, source, url, published, event, form, authors, tags, details = row
    published_at, dated_by = _details_from(details)
    return Article(
        id=id, title=title, text=text, source=source, url=url, published=date_from(published),
        event=date_from(event), form=form, authors=tuple(json.loads(authors)),
        tags=tuple(json.loads(tags)), published_at=published_at, dated_by=dated_by,
    )  # fmt: skip


def copy_from(row: Sequence[Any]) -> tuple[GroupMember, ArticleRef]:
    """Return the near-duplicate in a row of COPIES."""
    group, number, id, title, source, url, published, details = row
    ref = ArticleRef(id, title, source, url, date_from(published), *_details_from(details))
    return GroupMember(number, group), ref


def _details_from(details: str) -> tuple[datetime | None, str | None]:
    stated = {} if details == "{}" else json.loads(details)
    at = stated.get("published_at")
    return datetime.fromisoformat(at) if at else None, stated.get("dated_by")


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


def encoded_from(
    article: Article, parts: Sequence[Sequence[Any]], vectors: Mapping[int, Vectors]
) -> EncodedArticle:
    """Return an article with the passages in rows of PARTS but for the first column."""
    passages = [
        Passage(article.id, position, (start, end), article.text[start:end], bool(cut))
        for position, _, start, end, cut in parts
    ]
    numbers = [part[1] for part in parts]
    none = np.empty((0, 0), np.float32)
    return article, passages, np.stack([vectors[n] for n in numbers]) if numbers else none


def text_from(row: Sequence[Any]) -> PassageText:
    """Return the text of a row of TEXTS but for its first column."""
    title, text, source, published, event = row
    return PassageText(title, text, source, date_from(published), date_from(event))


def vectors_from(rows: Sequence[Any]) -> PassageVectors:
    """Return the vectors of rows: passage, article, vector."""
    joined = b"".join(row[2] for row in rows)
    return PassageVectors(
        passages=np.array([row[0] for row in rows], np.int64),
        articles=np.array([row[1] for row in rows], np.int64),
        vectors=np.frombuffer(joined, "<f4").reshape(len(rows), -1 if rows else 0),
    )


def stem_rows(article: int, title: str, passages: Sequence[Passage]) -> Iterator[tuple[Any, ...]]:
    """Return the values of ADD_STEMS for the passages of an article."""
    for passage in passages:
        yield _packed_stems(title, passage.text), article, passage.position


def find_stems(
    connection: sqlite3.Connection, on_article: Callable[[], None] = lambda: None
) -> None:
    """Store the stems of all passages, which have none yet."""
    for (number,) in connection.execute("SELECT number FROM articles").fetchall():
        title, text = connection.execute(
            "SELECT title, text FROM articles WHERE number = ?", [number]
        ).fetchone()
        spans = 'SELECT number, start, "end" FROM passages WHERE article = ?'
        connection.executemany(
            "INSERT INTO stems VALUES (?, ?)",
            [
                (passage, _packed_stems(title, text[start:end]))
                for passage, start, end in connection.execute(spans, [number])
            ],
        )
        on_article()


def _packed_stems(title: str, text: str) -> bytes:
    """Return the stems of a passage as `stems` has them."""
    return stems_of(title, text).astype("<u4").tobytes()


def stems_from(blob: bytes) -> Stems:
    """Return the stems that `stems` has."""
    return np.frombuffer(blob, "<u4")


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
