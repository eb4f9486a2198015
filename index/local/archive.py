"""An archive in a folder: the database and the two indexes over it, always consistent."""

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ...corpus.fetching.visit import Visit
from ..archive import GroupMember, Place
from ..encoding.encoder import Encoder
from ..errors import ArchiveBusy, ArchiveNotWritable
from ..history import FormerVersion
from .database import Database
from .generations import open_published, publish_generation, snapshot_in_memory
from .history import HISTORY_SINCE, VERSIONS, VISITS
from .locking import writer_lock
from .manifest import manifest_stamp
from .rows import article_from, is_text
from .schema import create_database, is_current
from .snapshot import LocalSnapshot, Standing
from .spellings import spellings_stamp

_TRIES = 5


class LocalArchive(Database):
    """The archive in a folder, for reading. See `index.archive.Archive`.

    What the archive holds is read from the database; a snapshot of the indexes is exchanged as a
    whole when a newer one is published.
    """

    def __init__(self, folder: Path) -> None:
        """Open the archive in `folder`. Raises ArchiveMissing, NotAnArchive, ArchiveTooNew."""
        super().__init__(folder)
        if not is_current(self._connection()):
            _upgrade(folder)
        self._encoder: Encoder | None = None
        self._snapshot: LocalSnapshot | None = None
        self._stamp: object = None
        self._exchange = threading.Lock()

    def use(self, encoder: Encoder) -> None:
        """Require the vectors to be this encoder's. Raises EncoderMismatch."""
        self.check_encoder(encoder)
        self._encoder = encoder

    def snapshot(self) -> LocalSnapshot:
        """Return both indexes as last published."""
        if self._snapshot is None or self._published() != self._stamp:
            with self._exchange:
                stamp = self._published()
                if self._snapshot is None or stamp != self._stamp:
                    self.check_encoder(self._encoder)
                    self._snapshot = _newest_snapshot(self)
                    # The stamp from before: what was published meanwhile is then taken up next.
                    self._stamp = stamp
        return self._snapshot

    def versions(self, id: str) -> list[FormerVersion]:
        """Return the former versions of an article, the oldest first."""
        if not is_text(id) or self._version < HISTORY_SINCE:
            return []
        return [
            FormerVersion(article_from(row[1:]), datetime.fromisoformat(row[0]))
            for row in self._read(VERSIONS.format(self._columns), [id])
        ]

    def visits(self, addresses: Sequence[str]) -> dict[str, Visit]:
        """Return what is remembered of those of these addresses that were visited."""
        if self._version < HISTORY_SINCE:
            return {}
        known = [address for address in addresses if is_text(address)]
        return {row[0]: Visit(*row) for row in self._read_in(VISITS, known)}

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

    def _published(self) -> object:
        """Return a value that changes with the published indexes and the table of spellings."""
        return manifest_stamp(self.folder), spellings_stamp(self.folder)


def _upgrade(folder: Path) -> None:
    """Bring an archive of an older version up to this one, unless it cannot be written."""
    try:
        with writer_lock(folder):
            create_database(folder)
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
