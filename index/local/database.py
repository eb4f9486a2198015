"""SQLite: articles, passages and vectors. The source of truth, from which both indexes derive."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from ...corpus.article import Article
from ...corpus.text.folding import folded
from ...corpus.text.stems import Stems, stems_of
from ..archive import (
    ArticleRef,
    Days,
    GroupMember,
    Numbers,
    PassageText,
    Place,
    StoredPassage,
    Summary,
    Tally,
)
from ..encoding.encoder import Encoder, Vectors
from ..errors import EncoderMismatch
from ..tallies import tallied
from .connections import Connected, chunks
from .rows import (
    GROUP_OF,
    GROUPED,
    GROUPS,
    PASSAGES_OF,
    PLACES,
    SOURCES,
    TAGS,
    TAGS_SINCE,
    TEXTS,
    PassageVectors,
    StoredVectors,
    article_from,
    columns_at,
    copies_at,
    copy_from,
    date_from,
    is_text,
    passage_from,
    stems_from,
    tally_from,
    text_from,
    vectors_from,
)
from .schema import DUPLICATES_SINCE, SCHEMA_VERSION, STEMS_SINCE


class Database(Connected):
    """One archive's SQLite file, for reading. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`. Raises ArchiveMissing, NotAnArchive, ArchiveTooNew."""
        self._days: dict[int, Days] = {}
        self._read_version = 0
        super().__init__(folder)

    # Articles

    def article(self, id: str) -> Article | None:
        """Return the article with this id, or None."""
        if not is_text(id):
            return None
        statement = f"SELECT {self._columns} FROM articles WHERE id = ?"  # noqa: S608
        row = next(self._read(statement, [id]), None)
        return article_from(row) if row else None

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Return the articles in the order they were added, each as it is when its turn comes."""
        statement = "SELECT id FROM articles ORDER BY number LIMIT ? OFFSET ?"
        for (id,) in self._read(statement, [limit, offset]):
            if found := self.article(id):
                yield found

    def article_numbers(self) -> Numbers:
        """Return the numbers of all articles, ascending."""
        # Not ordered: they are then read from an index, not past the texts of the articles.
        rows = self._read("SELECT number FROM articles")
        return np.sort(np.fromiter(chain.from_iterable(rows), np.int64))

    def articles_tagged(self, tags: Sequence[str]) -> Numbers:
        """Return the numbers of the articles with any of these tags, ascending."""
        if self._version < TAGS_SINCE:
            return np.empty(0, np.int64)
        named = [*{folded(tag) for tag in tags}]
        tagged = set(self._read_in("SELECT article FROM tags WHERE folded IN", named))
        return np.sort(np.fromiter(chain.from_iterable(tagged), np.int64))

    def article_columns(self, above: int) -> Iterator[tuple[int, str | None, str | None]]:
        """Return number, day of publication and folded outlet of the articles above a number."""
        # All are read from an index over these columns, and a few later ones by their numbers.
        columns = "SELECT number, published, source_folded FROM articles"
        return self._read(f"{columns} WHERE number > ?", [above]) if above else self._read(columns)

    def count_articles(self) -> int:
        """Return the number of articles."""
        return next(self._read("SELECT count(*) FROM articles"))[0]

    def article_ids(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of those of the numbered articles that are there, in the order added."""
        rows = sorted(self._read_in("SELECT number, id FROM articles WHERE number IN", numbers))
        return [id for _, id in rows]

    def hashes(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the content hashes of those of these articles that are in the archive."""
        return dict(self._read_in("SELECT id, hash FROM articles WHERE id IN", ids))

    def articles_numbered(self, numbers: Sequence[int]) -> list[Article]:
        """Return those of these articles that are still there, by their numbers, ascending."""
        statement = f"SELECT number, {self._columns} FROM articles WHERE number IN"  # noqa: S608
        rows = sorted(self._read_in(statement, numbers), key=lambda row: row[0])
        return [article_from(row[1:]) for row in rows]

    def articles_of(self, passages: Sequence[int]) -> dict[int, int]:
        """Return the number of the article of each of these passages that is still there."""
        return dict(self._read_in("SELECT number, article FROM passages WHERE number IN", passages))

    def sources(self) -> list[Tally]:
        """Return the outlets, those with the most articles first."""
        return tallied(map(tally_from, self._read(SOURCES)))

    def tags(self) -> list[Tally]:
        """Return the tags, those of the most articles first."""
        return tallied(map(tally_from, self._read(TAGS))) if self._version >= TAGS_SINCE else []

    @property
    def _columns(self) -> str:
        return columns_at(self._version)

    # Passages

    def passages(self, numbers: Sequence[int]) -> dict[int, StoredPassage]:
        """Return those of the passages that are still there, with their articles."""
        statement = (
            f'SELECT p.number, p.position, p.start, p."end", p.cut, {self._columns} '  # noqa: S608
            "FROM passages p JOIN articles a ON a.number = p.article WHERE p.number IN"
        )
        return {row[0]: passage_from(row) for row in self._read_in(statement, numbers)}

    def texts(self, numbers: Sequence[int]) -> dict[int, PassageText]:
        """Return the texts of those of the passages that are still there."""
        return {number: text_from(row) for number, *row in self._read_in(TEXTS, numbers)}

    def stems(self, numbers: Sequence[int]) -> dict[int, Stems]:
        """Return the stems of those of the passages that are still there."""
        found: dict[int, Stems] = {}
        if self._version >= STEMS_SINCE:
            statement = "SELECT passage, stems FROM stems WHERE passage IN"
            found = {n: stems_from(blob) for n, blob in self._read_in(statement, numbers)}
        missing = [number for number in numbers if number not in found]
        texts = self.texts(missing) if missing else {}
        return found | {n: stems_of(text.title, text.text) for n, text in texts.items()}

    def days(self, numbers: Sequence[int]) -> dict[int, Days]:
        """Return the days of the articles of those of the passages that are still there."""
        of = self.articles_of(numbers)
        # Kept, since SQLite reads through an article's whole text to them; they never change, and
        # no other article gets the same number.
        statement = "SELECT number, published, event FROM articles WHERE number IN"
        for article, *days in self._read_in(
            statement, [*{article for article in of.values() if article not in self._days}]
        ):
            self._days[article] = Days(*map(date_from, days))
        known = ((number, self._days.get(article)) for number, article in of.items())
        return {number: days for number, days in known if days}

    def places(self, numbers: Sequence[int]) -> dict[int, Place]:
        """Return the places, in their articles, of those passages that are still there."""
        return {row[0]: Place(*row[1:]) for row in self._read_in(PLACES, numbers)}

    def passage_texts(self, articles: Iterable[int]) -> Iterator[tuple[int, int, Article, str]]:
        """Return number, article number, article and text of the passages of these articles."""
        for chunk in chunks(list(articles)):
            statement = f"SELECT number, {self._columns} FROM articles WHERE number IN"  # noqa: S608
            found = {row[0]: article_from(row[1:]) for row in self._read_in(statement, chunk)}
            spans = 'SELECT number, article, start, "end" FROM passages WHERE article IN'
            for number, of, start, end in self._read_in(spans, chunk):
                yield number, of, found[of], found[of].text[start:end]

    def passages_of(self, id: str) -> list[StoredPassage]:
        """Return the passages of an article, in order; none where there is no such article."""
        numbers = [number for (number,) in self._read(PASSAGES_OF, [id])] if is_text(id) else []
        return sorted(self.passages(numbers).values(), key=lambda found: found.passage.position)

    # Vectors

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """Return the vectors of those of the passages that are still there."""
        rows = self._read_in("SELECT number, vector FROM passages WHERE number IN", numbers)
        return {number: np.frombuffer(blob, "<f4") for number, blob in rows}

    def stored_vectors(self) -> StoredVectors:
        """Return all passages and their articles by their numbers; the vectors, when asked for."""
        places = "SELECT number, article FROM passages WHERE article BETWEEN ? AND ?"
        articles = self.article_numbers().tolist()
        # From the index over both, in parts: all of it as rows would take much memory.
        parts = [
            np.fromiter(chain.from_iterable(self._read(places, [few[0], few[-1]])), np.int64)
            for few in chunks(articles)
        ]
        rows = np.concatenate([np.empty(0, np.int64), *parts]).reshape(-1, 2)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        return StoredVectors(rows[:, 0].copy(), rows[:, 1].copy(), self.vectors_between)

    def passage_numbers(self, articles: Numbers) -> Numbers:
        """Return the numbers of the passages of these articles, ascending."""
        rows = self._read_in("SELECT number FROM passages WHERE article IN", articles.tolist())
        return np.sort(np.fromiter(chain.from_iterable(rows), np.int64))

    def vectors_between(self, first: int, last: int) -> PassageVectors:
        """Return the vectors of the passages with these numbers and all between, in order."""
        between = "SELECT number, article, vector FROM passages WHERE number BETWEEN ? AND ?"
        return vectors_from(list(self._read(f"{between} ORDER BY number", [first, last])))

    def vectors_of_articles(self, articles: Numbers | None = None) -> PassageVectors:
        """Return all passages' vectors, or those of some articles, ordered by passage number."""
        statement = "SELECT number, article, vector FROM passages"
        if articles is None:
            rows = list(self._read(f"{statement} ORDER BY number"))
        else:
            rows = sorted(self._read_in(f"{statement} WHERE article IN", articles.tolist()))
        return vectors_from(rows)

    # Near-duplicates

    def duplicate_groups(self, passages: Sequence[int]) -> dict[int, GroupMember]:
        """Return the group of near-duplicates of each passage's article, where it has any."""
        if self._version < DUPLICATES_SINCE:
            return {}
        rows = list(self._read_in(GROUP_OF, passages))
        groups = {group for *_, group in rows}
        copies = self._read_in(copies_at(self._version), list(groups))
        found = Counter(group for group, *_ in copies)
        return {n: GroupMember(article, group) for n, article, group in rows if found[group] > 1}

    def grouped(self) -> Numbers:
        """Return the articles that are in a group with another, ascending, each with its group."""
        text = next(self._read(GROUPED))[0] if self._version >= DUPLICATES_SINCE else None
        pairs = np.fromstring(text or "", np.int64, sep=" ").reshape(-1, 2)
        return pairs[np.argsort(pairs[:, 0])]

    def duplicates(self, groups: Sequence[int]) -> list[tuple[GroupMember, ArticleRef]]:
        """Return all articles of these groups, the earliest published first, undated ones last."""
        rows = sorted(
            self._read_in(copies_at(self._version), groups),
            key=lambda row: (row[6] is None, row[6] or "", row[1]),
        )
        return [*map(copy_from, rows)]

    # The archive as a whole

    @property
    def _version(self) -> int:
        """The version of the tables, read anew until they are those of the present version."""
        if self._read_version < SCHEMA_VERSION:
            self._read_version = next(self._read("PRAGMA user_version"))[0]
        return self._read_version

    @property
    def seq(self) -> int:
        """The number of the latest change; it grows with every change."""
        return int(self.setting("seq") or 0)

    def setting(self, name: str) -> str | None:
        """Return a setting's value, or None if it was never stored."""
        found = self._read("SELECT value FROM settings WHERE name = ?", [name])
        return next(found, (None,))[0]

    def counts(self) -> tuple[int, int]:
        """Return the numbers of articles and of passages."""
        return next(self._read("SELECT (SELECT count(*) FROM articles), count(*) FROM passages"))

    def summary(self) -> Summary:
        """Return what the archive holds."""
        articles, passages = self.counts()
        first, last = next(self._read("SELECT min(published), max(published) FROM articles"))
        sources = "SELECT source, count(*) n FROM articles GROUP BY source ORDER BY n DESC, source"
        return Summary(
            articles=articles,
            passages=passages,
            encoder=self.setting("encoder"),
            first_published=date_from(first),
            last_published=date_from(last),
            sources=list(self._read(sources)),
            duplicate_groups=self._count_duplicate_groups(),
            seq=self.seq,
        )

    def check_encoder(self, encoder: Encoder | None) -> None:
        """Raise EncoderMismatch if the vectors are another encoder's."""
        archived = self.setting("encoder")
        if encoder and archived not in (None, encoder.fingerprint):
            raise EncoderMismatch(path=self.named, archived=archived, given=encoder.fingerprint)

    def _count_duplicate_groups(self) -> int:
        return len(list(self._read(GROUPS))) if self._version >= DUPLICATES_SINCE else 0
