"""An archive: the database and the two indexes over it as one thing, always consistent."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ...corpus.article import Article, Passage
from ..encoding.encoder import Encoder, Vectors
from ..errors import ArchiveBusy, ArchiveMissing, ArchiveNotWritable, EncoderMismatch
from .database import Database
from .generations import Snapshot, open_published, publish_generation, snapshot_in_memory
from .locking import writer_lock
from .manifest import manifest_stamp, read_manifest
from .schema import create_database, has_database, prepare_folder

_TRIES = 5


class Archive:
    """One directory of articles, their passages and vectors, and the indexes over them.

    Any number of threads and processes may read while one writes. Readers work on a snapshot,
    which is exchanged as a whole when a newer one is published.
    """

    def __init__(self, folder: Path) -> None:
        """Open the archive in `folder` for reading.

        Raises ArchiveMissing, NotAnArchive, ArchiveTooNew.
        """
        self.folder = folder
        self.database = Database(folder, writable=False)
        if not self.database.has_families:
            _bring_up_to_date(folder)
        self._encoder: Encoder | None = None
        self._snapshot: Snapshot | None = None
        self._stamp: tuple[int, int] | None = None
        self._exchange = threading.Lock()

    def use(self, encoder: Encoder) -> None:
        """Be sure that the vectors are this encoder's, now and after every change.

        Raises EncoderMismatch.
        """
        check_encoder(self.database, encoder)
        self._encoder = encoder

    def snapshot(self) -> Snapshot:
        """Give both indexes as they were last published."""
        if self._snapshot is None or manifest_stamp(self.folder) != self._stamp:
            with self._exchange:
                stamp = manifest_stamp(self.folder)
                if self._snapshot is None or stamp != self._stamp:
                    check_encoder(self.database, self._encoder)
                    self._snapshot = _newest_snapshot(self.folder, self.database)
                    # The stamp from before: what was published meanwhile is then taken up next.
                    self._stamp = stamp
        return self._snapshot

    def close(self) -> None:
        """Close the database."""
        self.database.close()


class ArchiveWriter:
    """The one who may change an archive, while `writing` lasts.

    What `put` and `remove` change is in the database, durably, when they return; the indexes
    follow at `publish`.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database

    def put(self, articles: Iterable[tuple[Article, Sequence[Passage], Vectors]]) -> None:
        """Add articles with their passages and vectors, replacing those of the same id."""
        self.database.put(articles)

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Remove articles with all that hangs on them; give the ids of those that were there."""
        return self.database.remove(ids)

    def publish(self, afresh: bool = False) -> None:
        """Bring the indexes up to the database, for readers to see; `afresh` from nothing."""
        manifest = read_manifest(self.folder)
        if manifest and manifest.seq == self.database.seq and not afresh:
            return
        try:
            publish_generation(self.folder, self.database, afresh)
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ArchiveNotWritable(path=self.folder, reason=reason) from error


@contextmanager
def writing(folder: Path, encoder: Encoder | None = None) -> Iterator[ArchiveWriter]:
    """Be the writer of the archive in `folder`, until the block is left; then publish.

    With an `encoder`, an archive is made where there is none, and one that there is must be that
    encoder's. Raises ArchiveMissing, ArchiveBusy, ArchiveNotWritable, NotAnArchive,
    EncoderMismatch.
    """
    if encoder is None and not has_database(folder):
        raise ArchiveMissing(path=folder)
    prepare_folder(folder)
    with writer_lock(folder):
        create_database(folder)
        with Database(folder, writable=True) as database:
            check_encoder(database, encoder)
            if encoder and database.setting("encoder") is None:
                database.put_encoder(encoder.fingerprint, encoder.dimension)
            writer = ArchiveWriter(folder, database)
            try:
                yield writer
            finally:
                writer.publish()


def _bring_up_to_date(folder: Path) -> None:
    """Find the copies in an archive of an older version; where none may, it is read without."""
    try:
        with writer_lock(folder):
            create_database(folder)
    except (ArchiveBusy, ArchiveNotWritable):
        return


def check_encoder(database: Database, encoder: Encoder | None) -> None:
    """Raise EncoderMismatch if the archive's vectors are another encoder's."""
    archived = database.setting("encoder")
    if encoder and archived not in (None, encoder.fingerprint):
        raise EncoderMismatch(path=database.folder, archived=archived, given=encoder.fingerprint)


def _newest_snapshot(folder: Path, database: Database) -> Snapshot:
    published = None
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
    except (ArchiveNotWritable, OSError, RuntimeError, ValueError):
        return snapshot_in_memory(database)
    return open_published(folder, database) or snapshot_in_memory(database)
