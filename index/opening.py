"""Open an archive by its address: the one place that knows which implementation it names."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from threading import Thread

from ..corpus.article import Article
from .addresses import Address, EngineAddress, address_from
from .archive import Archive, ArchiveWriter
from .encoding.encoder import Encoder
from .local import archive as local_archive
from .local import generations as local_generations
from .local.archive import LocalArchive
from .local.schema import has_database
from .local.words import WordIndex
from .local.writer import local_writer
from .snapshots import Words


def open_archive(address: str | Address) -> Archive:
    """Open the archive at `address` for reading.

    Raises ArchiveMissing, ArchiveUnreadable, NotAnArchive, ArchiveTooNew, ArchiveDamaged; of one
    on Milvus also ArchiveUnreachable, ArchiveForbidden, ArchiveTooOld, EngineFailed, ExtraMissing.
    """
    found = address_from(address)
    if isinstance(found, EngineAddress):
        from .milvus.archive import MilvusArchive  # a folder does not need it

        return MilvusArchive(found)
    return LocalArchive(found)


def has_archive(address: str | Address) -> bool:
    """Return whether there is an archive at `address`. Raises ArchiveUnreadable.

    Raises the errors of `open_archive`, too, where Milvus has to be asked.
    """
    found = address_from(address)
    if isinstance(found, EngineAddress):
        from .milvus.sharing import has_archive as milvus_has_archive

        return milvus_has_archive(found)
    return has_database(found)


def bring_up_to_date(address: str | Address, on_progress: Callable[[int, int], None]) -> None:
    """Bring an archive that an older version made up to this one, as opening it does.

    `on_progress` is called with the steps done and all steps, first with none done. Nothing is done
    where there is no archive, where it is written at this moment, or may not be written. Raises the
    errors of `open_archive`.
    """
    found = address_from(address)
    if not isinstance(found, EngineAddress) and has_database(found):
        local_archive.bring_up_to_date(found, on_progress)


def copy_here(address: str | Address, on_copied: Callable[[int, int], None]) -> None:
    """Copy to this machine what it needs of an archive on a server, as opening it does.

    The first time that may take minutes. `on_copied` is called with the rows copied and in all; a
    folder needs none. Raises the errors of `open_archive`, but for ArchiveMissing.
    """
    found = address_from(address)
    if isinstance(found, EngineAddress):
        from .milvus.sharing import copy_here as milvus_copy_here

        milvus_copy_here(found, on_copied)


def read_ahead(address: str | Address) -> None:
    """Begin to read what searches need into the system's memory, and return at once.

    That takes seconds where an archive is large and was not read since the system started: it is
    for a process that will be asked much. Of an archive on a server nothing is read.
    """
    found = address_from(address)
    if not isinstance(found, EngineAddress):
        Thread(target=local_generations.read_ahead, args=(found,), daemon=True).start()


def writing(
    address: str | Address, encoder: Encoder | None = None
) -> AbstractContextManager[ArchiveWriter]:
    """Context manager that holds the write lock of an archive, and publishes when it is left.

    With an `encoder`, a missing archive is created, and the vectors of an existing one must be
    that encoder's. Raises ArchiveMissing, ArchiveBusy, ArchiveNotWritable, NotAnArchive,
    EncoderMismatch.
    """
    found = address_from(address)
    if isinstance(found, EngineAddress):
        from .milvus.writer import milvus_writer

        return milvus_writer(found, encoder)
    return local_writer(found, encoder)


def index_words(passages: Iterable[tuple[int, int, Article, str]]) -> Words:
    """Index the words of passages in memory, without an archive.

    Each is passage number, article number, article and the passage's text.
    """
    words = WordIndex()
    words.update(passages)
    return words
