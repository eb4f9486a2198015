"""SQLite: articles, passages and vectors. The only truth; the two indexes are derived from it."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Self
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from ...corpus.article import Article, Passage
from ..encoding.encoder import Vectors
from ..errors import ArchiveDamaged, ArchiveNotWritable
from .duplicates import ArticleRef, join_family, leave_family
from .schema import Connection, check_database, connect, folded, has_families

_ARTICLE_COLUMNS = "id, title, text, source, url, published, event, form, authors"
_MAX_VARIABLES = 900


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it lies in the archive: its own number, its article and its article's number."""

    number: int
    article: Article
    passage: Passage


class Place(NamedTuple):
    """Where a passage stands: its position in its article, and the number of the first one."""

    position: int
    lead: int


@dataclass(frozen=True, slots=True)
class DatedText:
    """A passage's text, and its article's dates: of publication, and of what it reports."""

    text: str
    published: date | None
    event: date | None


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Vectors with the passages and articles they belong to, row by row."""

    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    vectors: Vectors


class Database:
    """One archive's SQLite file. Safe to share between threads: each has its own connection.

    Every write is one transaction and raises the archive's `seq` by one.
    """

    def __init__(self, folder: Path, writable: bool) -> None:
        self.folder = folder
        self._writable = writable
        self._local = threading.local()
        # Weakly, because a thread that ends takes its connection along.
        self._opened: WeakSet[sqlite3.Connection] = WeakSet()
        check_database(folder, self._connection())

    def close(self) -> None:
        """Close every thread's connection."""
        for connection in list(self._opened):
            connection.close()
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    @property
    def seq(self) -> int:
        """The number of changes made so far."""
        return int(self.setting("seq") or 0)

    def setting(self, name: str) -> str | None:
        """Give a setting's value, or None where it was never made."""
        row = next(self._read("SELECT value FROM settings WHERE name = ?", [name]), None)
        return row[0] if row else None

    def counts(self) -> tuple[int, int]:
        """Give the numbers of articles and of passages."""
        counted = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)"
        return next(self._read(counted))

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """Give the content hashes of those of these articles that are in the archive."""
        return dict(self._read_in("SELECT id, hash FROM articles WHERE id IN", ids))

    def article(self, id: str) -> Article | None:
        """Give an article by its id, or None where there is none."""
        if not _is_text(id):
            return None
        statement = f"SELECT {_ARTICLE_COLUMNS} FROM articles WHERE id = ?"  # noqa: S608
        row = next(self._read(statement, [id]), None)
        return _article(row) if row else None

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Give the articles in the order they were added."""
        statement = f"SELECT {_ARTICLE_COLUMNS} FROM articles ORDER BY number LIMIT ? OFFSET ?"  # noqa: S608
        return map(_article, self._read(statement, [limit, offset]))

    def article_numbers(
        self,
        sources: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> NDArray[np.int64]:
        """Give the numbers of the articles that pass, ascending.

        `sources` are compared without regard to case or accents; both dates are inclusive, and
        an article that states no date passes no date.
        """
        clauses: list[str] = ["1"]
        values: list[Any] = []
        if sources:
            clauses.append(f"source_folded IN ({','.join('?' * len(sources))})")
            values += [folded(source) for source in sources]
        for day, comparison in ((since, ">="), (until, "<=")):
            if day:
                clauses.append(f"published {comparison} ?")
                values.append(day.isoformat())
        statement = f"SELECT number FROM articles WHERE {' AND '.join(clauses)} ORDER BY number"  # noqa: S608
        return np.fromiter((row[0] for row in self._read(statement, values)), np.int64)

    def sources(self) -> list[tuple[str | None, int]]:
        """Give the sources and how many articles each has, the largest first."""
        statement = (
            "SELECT source, count(*) AS n FROM articles GROUP BY source ORDER BY n DESC, source"
        )
        return list(self._read(statement))

    def period(self) -> tuple[date | None, date | None]:
        """Give the earliest and the latest stated date of publication."""
        first, last = next(self._read("SELECT min(published), max(published) FROM articles"))
        return _date(first), _date(last)

    def passages(self, numbers: Sequence[int]) -> dict[int, StoredPassage]:
        """Give those of the passages that still are in the archive, with their articles."""
        columns = ", ".join(f"a.{name.strip()}" for name in _ARTICLE_COLUMNS.split(","))
        statement = (
            f'SELECT p.number, p.position, p.start, p."end", p.cut, {columns} '  # noqa: S608
            "FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN"
        )
        return {row[0]: _stored(row) for row in self._read_in(statement, numbers)}

    def places(self, numbers: Sequence[int]) -> dict[int, Place]:
        """Give where in their articles those of the passages stand that are still there."""
        statement = (
            "SELECT p.number, p.position, l.number FROM passages p JOIN passages l"
            " ON l.article = p.article AND l.position = 0 WHERE p.number IN"
        )
        return {row[0]: Place(*row[1:]) for row in self._read_in(statement, numbers)}

    def titles_and_texts(self, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Give the article's title and the text of those of the passages that are still there."""
        statement = (
            'SELECT p.number, a.title, substr(a.text, p.start + 1, p."end" - p.start)'
            " FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN"
        )
        return {number: (title, text) for number, title, text in self._read_in(statement, numbers)}

    def dated_texts(self, numbers: Sequence[int]) -> dict[int, DatedText]:
        """Give texts and dates of those of the passages that still are in the archive."""
        statement = (
            'SELECT p.number, substr(a.text, p.start + 1, p."end" - p.start), a.published, a.event '
            "FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN"
        )
        return {
            number: DatedText(text, _date(published), _date(event))
            for number, text, published, event in self._read_in(statement, numbers)
        }

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """Give the vectors of those of the passages that still are in the archive."""
        rows = self._read_in("SELECT number, vector FROM passages WHERE number IN", numbers)
        return {number: np.frombuffer(blob, "<f4") for number, blob in rows}

    def vectors_of_articles(self, articles: NDArray[np.int64] | None = None) -> PassageVectors:
        """Give all passages' vectors, or those of some articles, in the order of their numbers."""
        statement = "SELECT number, article, vector FROM passages"
        if articles is None:
            rows = list(self._read(f"{statement} ORDER BY number"))
        else:
            rows = sorted(self._read_in(f"{statement} WHERE article IN", articles.tolist()))
        joined = b"".join(row[2] for row in rows)
        return PassageVectors(
            passages=np.array([row[0] for row in rows], np.int64),
            articles=np.array([row[1] for row in rows], np.int64),
            vectors=np.frombuffer(joined, "<f4").reshape(len(rows), -1 if rows else 0),
        )

    def passage_texts(self, articles: Iterable[int]) -> Iterator[tuple[int, int, Article, str]]:
        """Give number, article number, article and text of the passages of these articles."""
        columns = f"number, {_ARTICLE_COLUMNS}"
        for chunk in _chunks(list(articles)):
            statement = f"SELECT {columns} FROM articles WHERE number IN"  # noqa: S608
            found = {row[0]: _article(row[1:]) for row in self._read_in(statement, chunk)}
            spans = 'SELECT number, article, start, "end" FROM passages WHERE article IN'
            for number, of, start, end in self._read_in(spans, chunk):
                yield number, of, found[of], found[of].text[start:end]

    # Families of copies

    @property
    def has_families(self) -> bool:
        """Whether copies are known; not in an archive of the first version that none may write."""
        return has_families(self._connection())

    def families(self, passages: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Give the article numbers of passages and the families that these articles are of.

        Most families are of one article. Very short articles are of none.
        """
        if not self.has_families:
            return {}
        statement = (
            "SELECT p.number, p.article, f.fullest FROM passages p"
            " JOIN worded d ON d.article = p.article JOIN wordings w ON w.number = d.wording"
            " JOIN wordings f ON f.number = w.fullest WHERE p.number IN"
        )
        found = self._read_in(statement, passages)
        return {passage: (article, family) for passage, article, family in found}

    def members(self, families: Sequence[int]) -> list[tuple[int, int, ArticleRef]]:
        """Give family, article number and article of all in these families.

        The earliest published comes first, undated ones last.
        """
        statement = (
            "SELECT f.fullest, a.number, a.id, a.title, a.source, a.url, a.published"
            " FROM wordings f JOIN wordings w ON w.fullest = f.number"
            " JOIN worded d ON d.wording = w.number JOIN articles a ON a.number = d.article"
            " WHERE f.fullest IN"
        )
        rows = sorted(
            self._read_in(statement, families),
            key=lambda row: (row[6] is None, row[6] or "", row[1]),
        )
        return [
            (family, number, ArticleRef(id, title, source, url, _date(published)))
            for family, number, id, title, source, url, published in rows
        ]

    def count_families(self) -> int:
        """Count the families of two articles or more."""
        if not self.has_families:
            return 0
        statement = (
            "SELECT count(*) FROM (SELECT 1 FROM worded d JOIN wordings w ON w.number = d.wording"
            " JOIN wordings f ON f.number = w.fullest GROUP BY f.fullest HAVING count(*) > 1)"
        )
        return next(self._read(statement))[0]

    # Writing

    def put(self, articles: Iterable[tuple[Article, Sequence[Passage], Vectors]]) -> None:
        """Add articles with their passages and vectors, replacing those of the same id."""
        with self._transaction() as connection:
            for article, passages, vectors in articles:
                _delete(connection, article.id)
                number = connection.execute(
                    "INSERT INTO articles (id, hash, title, text, source, source_folded, url,"
                    " published, event, form, authors) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                    _article_row(article),
                ).lastrowid
                assert number is not None  # noqa: S101 - SQLite numbers every row of this table
                join_family(connection, number, article.text)
                connection.executemany(
                    'INSERT INTO passages (article, position, start, "end", cut, vector)'
                    " VALUES (?,?,?,?,?,?)",
                    _passage_rows(number, passages, vectors),
                )

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Remove articles with all that hangs on them; give the ids that were there."""
        with self._transaction() as connection:
            return [id for id in filter(_is_text, ids) if _delete(connection, id)]

    def put_setting(self, name: str, value: str) -> None:
        """Make a setting."""
        with self._transaction() as connection:
            _set(connection, name, value)

    def put_encoder(self, fingerprint: str, dimension: int) -> None:
        """Note whose vectors the archive holds."""
        with self._transaction() as connection:
            _set(connection, "encoder", fingerprint)
            _set(connection, "dimension", str(dimension))

    def stage(self, articles: Iterable[tuple[Article, Sequence[Passage], Vectors]]) -> None:
        """Lay newly made passages of articles beside the present ones, for `swap_staged`."""
        with self._transaction() as connection:
            for article, passages, vectors in articles:
                number = connection.execute(
                    "SELECT number FROM articles WHERE id = ?", [article.id]
                ).fetchone()[0]
                connection.executemany(
                    "INSERT INTO encoded_again VALUES (?,?,?,?,?,?)",
                    _passage_rows(number, passages, vectors),
                )

    def clear_staged(self) -> None:
        """Drop what an interrupted re-encoding left behind."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM encoded_again")

    def swap_staged(self, fingerprint: str, dimension: int) -> None:
        """Put all staged passages in the place of all present ones, at once."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM passages")
            connection.execute(
                'INSERT INTO passages (article, position, start, "end", cut, vector)'
                " SELECT * FROM encoded_again ORDER BY rowid"
            )
            connection.execute("DELETE FROM encoded_again")
            _set(connection, "encoder", fingerprint)
            _set(connection, "dimension", str(dimension))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        # Counting on from the time keeps numbers from being used twice even where an older copy
        # of the file was put back.
        now = time.time_ns() // 1000
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?)", [now])
            yield connection
            count_on = "UPDATE settings SET value = max(value + 1, ?) WHERE name = 'seq'"
            connection.execute(count_on, [now])
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise ArchiveNotWritable(path=self.folder, reason=error) from error
            if isinstance(error, sqlite3.DatabaseError):
                raise ArchiveDamaged(path=self.folder, reason=error) from error
            raise

    # Connections

    def _read(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        try:
            yield from self._connection().execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(path=self.folder, reason=error) from error

    def _read_in(self, statement: str, values: Sequence[Any]) -> Iterator[Any]:
        """Run `statement` with a list of values after its IN, in as many parts as SQLite needs."""
        for chunk in _chunks(values):
            yield from self._read(f"{statement} ({','.join('?' * len(chunk))})", chunk)

    def _connection(self) -> sqlite3.Connection:
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None or not found.is_current:
            found = self._local.connection = connect(self.folder, self._writable)
            self._opened.add(found)
        return found


def _is_text(id: str) -> bool:
    """Say whether SQLite can take this: what holds half a character is no article's id."""
    return id.isascii() or not any("\ud800" <= character <= "\udfff" for character in id)


def _delete(connection: sqlite3.Connection, id: str) -> bool:
    """Delete an article with all that hangs on it; say whether it was there."""
    there = connection.execute("SELECT number FROM articles WHERE id = ?", [id]).fetchone()
    if there:
        leave_family(connection, there[0])
        connection.execute("DELETE FROM articles WHERE number = ?", there)
    return there is not None


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])


def content_hash(article: Article) -> str:
    """Give the hash that tells whether an article has changed in any way."""
    parts = json.dumps(_article_columns(article), ensure_ascii=False)
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


def _article_columns(article: Article) -> list[str | None]:
    day = article.published.isoformat() if article.published else None
    event = article.event.isoformat() if article.event else None
    authors = json.dumps(article.authors, ensure_ascii=False)
    return [
        article.id, article.title, article.text, article.source, article.url,
        day, event, article.form, authors,
    ]  # fmt: skip


def _article_row(article: Article) -> list[str | None]:
    id, title, text, source, *rest = _article_columns(article)
    source_folded = folded(source) if source else None
    return [id, content_hash(article), title, text, source, source_folded, *rest]


def _passage_rows(
    article: int, passages: Sequence[Passage], vectors: Vectors
) -> Iterator[tuple[Any, ...]]:
    for passage, vector in zip(passages, vectors, strict=True):
        blob = np.ascontiguousarray(vector, "<f4").tobytes()
        yield article, passage.position, *passage.span, passage.cut, blob


def _article(row: Sequence[Any]) -> Article:
    id, title, text, source, url, published, event, form, authors = row
    return Article(
        id=id, title=title, text=text, source=source, url=url, published=_date(published),
        event=_date(event), form=form, authors=tuple(json.loads(authors)),
    )  # fmt: skip


def _stored(row: Sequence[Any]) -> StoredPassage:
    number, position, start, end, cut, *columns = row
    article = _article(columns)
    passage = Passage(article.id, position, (start, end), article.text[start:end], bool(cut))
    return StoredPassage(number, article, passage)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _MAX_VARIABLES):
        yield values[start : start + _MAX_VARIABLES]
