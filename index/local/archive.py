"""An archive in a folder: the database and the two indexes over it, always consistent."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import closing, suppress
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any
from weakref import WeakSet

from ...corpus.errors import DragomanError
from ...corpus.fetching.visit import Visit
from ..archive import EncodedArticle, GroupMember, Numbers, Place
from ..encoding.encoder import Encoder
from ..errors import ArchiveBusy, ArchiveNotWritable
from ..history import FormerVersion, Remembered
from .database import Database
from .generations import ENCODED_AGAIN, open_published, publish_generation, snapshot_in_memory
from .history import ALL_FILES, ALL_VISITS, HISTORY_SINCE, VERSIONS, VISITS, files_from
from .locking import is_being_written, writer_lock
from .manifest import manifest_stamp
from .memory.columns import ArticleColumns, present_columns
from .memory.standing import Standing
from .rows import PARTS, article_from, encoded_from, is_text
from .schema import OnUpgrade, check_database, connect, create_database, is_current
from .snapshot import LocalSnapshot
from .spellings import spellings_stamp
from .vectors.numbers import among

_TRIES = 5
_LONGEST_WAIT = 0.03  # seconds that a search waits for a newer snapshot
_OPEN: "WeakSet[LocalArchive]" = WeakSet()
_listing = threading.Lock()
_Stamp = tuple[object, ...]  # of the published indexes and of the table of spellings


class LocalArchive(Database):
    """The archive in a folder, for reading. See `index.archive.Archive`.

    What the archive holds is read from the database; a snapshot of the indexes is exchanged as a
    whole when a newer one is published.
    """

    def __init__(self, folder: Path) -> None:
        """Open the archive in `folder`. Raises ArchiveMissing, NotAnArchive, ArchiveTooNew."""
        super().__init__(folder)
        if not is_current(self._connection()):
            bring_up_to_date(folder)
        self._encoder: Encoder | None = None
        self._articles_held: ArticleColumns | None = None
        self._snapshot: LocalSnapshot | None = None
        self._stamp: _Stamp | None = None
        self._encoded: str | None = None  # the encoding that the snapshot's passages are of
        self._exchange = threading.Lock()
        self._opening: Future[None] | None = None
        self._starting = threading.Lock()
        with _listing:
            _OPEN.add(self)

    def use(self, encoder: Encoder) -> None:
        """Require the vectors to be this encoder's. Raises EncoderMismatch."""
        self.check_encoder(encoder)
        self._encoder = encoder

    def snapshot(self) -> LocalSnapshot:
        """Return both indexes as last published by this process, and soon after by another.

        While a newer snapshot is opened, the present one is searched.
        """
        held = self._snapshot
        published = self._published()
        if held is None or not self._is_of_use(published):
            return self.take_up()
        if self._is_newest(held, published):
            return held
        if opening := self._open_aside():
            wait([opening], _LONGEST_WAIT)
            if opening.done():
                opening.result()  # or what it raised
        return self._snapshot or held

    def take_up(self) -> LocalSnapshot:
        """Return both indexes as last published, opened now if they are not yet."""
        with self._exchange:
            stamp, held = self._published(), self._snapshot
            if held is None or not self._is_newest(held, stamp):
                encoded = self.setting(ENCODED_AGAIN)
                self.check_encoder(self._encoder)
                newest = self._newest()
                # The stamp from before: what was published meanwhile is then taken up next.
                self._snapshot, self._stamp, self._encoded = newest, stamp, encoded
                return newest
            return held

    def _newest(self) -> LocalSnapshot:
        """Return both indexes as last published, or as they are published now."""
        return _newest_snapshot(self)

    def _is_of_use(self, published: _Stamp) -> bool:
        """Return whether the present snapshot finds what is there, by the present spellings.

        Once all is encoded again, it finds nothing, be the new indexes published yet or not.
        """
        same_spellings = self._stamp is not None and self._stamp[1] == published[1]
        return same_spellings and self._encoded == self.setting(ENCODED_AGAIN)

    def _is_newest(self, held: LocalSnapshot, published: _Stamp) -> bool:
        """Return whether a snapshot is of what is published, and nothing is to be published.

        Changes are stored before they are published: by their writer, unless it could not or was
        stopped.
        """
        if published != self._stamp or not self._is_of_use(published):
            return False
        return held.seq == self.seq or is_being_written(self.folder)

    def _open_aside(self) -> "Future[None] | None":
        """Begin to open what is published, in a thread; None where that has begun already."""
        with self._starting:
            if self._opening and not self._opening.done():
                return None
            self._opening = opening = Future()
        threading.Thread(target=_settle, args=(opening, self.take_up), daemon=True).start()
        return opening

    def versions(self, id: str) -> list[FormerVersion]:
        """Return the former versions of an article, the oldest first."""
        return self.all_versions([id]).get(id, [])

    def all_versions(self, ids: Sequence[str]) -> dict[str, list[FormerVersion]]:
        """Return the former versions of those of these articles that have any, by their ids."""
        known = [id for id in ids if is_text(id)] if self._version >= HISTORY_SINCE else []
        found: dict[str, list[FormerVersion]] = {}
        rows = list(self._read_in(VERSIONS.format(self._columns), known))
        for _, replaced, *row in sorted(rows, key=itemgetter(0)):
            former = FormerVersion(article_from(row), datetime.fromisoformat(replaced))
            found.setdefault(former.article.id, []).append(former)
        return found

    def visits(self, addresses: Sequence[str]) -> dict[str, Visit]:
        """Return what is remembered of those of these addresses that were visited."""
        if self._version < HISTORY_SINCE:
            return {}
        known = [address for address in addresses if is_text(address)]
        return {row[0]: Visit(*row) for row in self._read_in(VISITS, known)}

    def remembered(self) -> Remembered:
        """Return all visits and all watched files."""
        if self._version < HISTORY_SINCE:
            return Remembered([], {})
        visits = [Visit(*row) for row in self._read(ALL_VISITS)]
        return Remembered(visits, files_from(self._read(ALL_FILES)))

    def encoded(self, numbers: Sequence[int]) -> list[EncodedArticle]:
        """Return those of these articles that are still there, with passages and vectors."""
        # The articles last, so that one is whole or left out, whatever is removed meanwhile.
        held: dict[int, list[Any]] = {}
        for article, *part in sorted(self._read_in(PARTS, numbers), key=itemgetter(0, 1)):
            held.setdefault(article, []).append(part)
        vectors = self.vectors([part[1] for parts in held.values() for part in parts])
        statement = f"SELECT number, {self._columns} FROM articles WHERE number IN"  # noqa: S608
        found = []
        for number, *row in sorted(self._read_in(statement, numbers), key=itemgetter(0)):
            parts = held.get(number, [])
            if all(part[1] in vectors for part in parts):
                found.append(encoded_from(article_from(row), parts, vectors))
        return found

    def article_numbers(
        self,
        sources: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        tags: Sequence[str] = (),
    ) -> Numbers:
        """Return the numbers of the articles that pass these filters, ascending."""
        self._articles_held = present_columns(self, self._articles_held)
        passing = self._articles_held.passing(sources, since, until)
        return passing[among(passing, self.articles_tagged(tags))] if tags else passing

    # What the snapshot knows as long as nothing has changed since; else the database

    def articles_of(self, passages: Sequence[int]) -> dict[int, int]:
        """Return the number of the article of each of these passages that is still there."""
        standing = self._standing()
        return standing.articles_of(passages) if standing else super().articles_of(passages)

    def places(self, numbers: Sequence[int]) -> dict[int, Place]:
        """Return where in their articles those of the passages stand that are still there."""
        standing = self._standing()
        return standing.places(numbers) if standing else super().places(numbers)

    def duplicate_groups(self, passages: Sequence[int]) -> dict[int, GroupMember]:
        """Return the group of near-duplicates of each passage's article, where it has any."""
        standing = self._standing()
        if standing:
            return standing.duplicate_groups(passages)
        return super().duplicate_groups(passages)

    def _standing(self) -> Standing | None:
        snapshot = self._snapshot
        return snapshot.standing if snapshot and snapshot.seq == self.seq else None

    @property
    def is_searched(self) -> bool:
        """Whether a snapshot has been opened."""
        return self._snapshot is not None

    def _published(self) -> _Stamp:
        """Return a value that changes with the published indexes and the table of spellings."""
        return manifest_stamp(self.folder), spellings_stamp(self.folder)


def take_up_published(folder: Path) -> None:
    """Have this process's open archives in a folder take up what was published last."""
    with _listing:
        archives = list(_OPEN)
    for archive in archives:
        if archive.is_searched and _is_same(archive.folder, folder):
            with suppress(DragomanError):  # the next search says so
                archive.take_up()


def _is_same(one: Path, other: Path) -> bool:
    """Return whether two paths name one folder, be they relative or through a link."""
    try:
        return one == other or one.samefile(other)
    except OSError:  # one of them was removed
        return False


def _settle(future: "Future[None]", work: Callable[[], object]) -> None:
    try:
        work()
    except Exception as error:  # for whoever waits for it
        future.set_exception(error)
    else:
        future.set_result(None)


def bring_up_to_date(folder: Path, on_upgrade: OnUpgrade = lambda _done, _total: None) -> None:
    """Bring an archive of an older version up to this one, unless it cannot be written.

    Raises NotAnArchive, ArchiveTooNew, ArchiveDamaged.
    """
    with closing(connect(folder, writable=False)) as connection:
        check_database(folder, connection)
        if is_current(connection):
            return
    try:
        with writer_lock(folder):
            create_database(folder, on_upgrade)
    except (ArchiveBusy, ArchiveNotWritable):
        return


def _newest_snapshot(database: Database) -> LocalSnapshot:
    folder, published = database.folder, None
    for _ in range(_TRIES):
        stamp = manifest_stamp(folder)
        published = open_published(folder, database)
        if published and published.seq == database.seq:
            return published
        if manifest_stamp(folder) == stamp:
            break  # else it was exchanged, and its files removed, while it was being opened
    # The database is ahead of the indexes: a writer is at work, or was stopped at it.
    try:
        with writer_lock(folder):
            published = open_published(folder, database)
            if published is None or published.seq != database.seq:
                publish_generation(folder, database)
    except ArchiveBusy:
        return published or snapshot_in_memory(database)
    except ArchiveNotWritable:
        return snapshot_in_memory(database)
    return open_published(folder, database) or snapshot_in_memory(database)
