"""Keeping an archive in step with folders and addresses: what is new, has changed, or is gone."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event

from ..corpus.article import Article
from ..corpus.errors import DuplicateId, NothingToRead, ReadingError
from ..corpus.fetching.fetching import Fetcher
from ..corpus.loading import Loading
from ..corpus.sidecar import NAME as SIDECAR
from ..index.archive import ArchiveWriter
from ..index.errors import ArchiveBusy
from ..index.indexing import Progress, index_articles
from ..index.opening import has_archive, writing
from .dragoman import Dragoman
from .errors import FolderEmptied
from .fetching import in_parts, store
from .results import Added

_AT_ONCE = 64  # files; between two such parts others may write
_BUSY = 0.2  # seconds to wait while another writes
_LOOK_EVERY = 500  # milliseconds, at whether to stop
_Stamp = tuple[int, int, int] | None


@dataclass(slots=True)
class Step:
    """What was done to bring an archive in step: what was added, and the ids removed."""

    added: Added
    removed: tuple[str, ...] = ()


@dataclass
class WatchedFolder:
    """A folder whose articles are kept in an archive as they are in its files.

    `source`, `published` and `tags` are given to articles that state none; `columns` says which
    fields of records hold what.
    """

    dragoman: Dragoman
    folder: Path
    source: str | None = None
    published: date | None = None
    tags: Sequence[str] = ()
    columns: Mapping[str, str] | None = None
    _stamps: dict[Path, object] = field(default_factory=dict[Path, object])
    _told: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.folder = self.folder.expanduser().resolve()

    def steps(self) -> Iterator[Step]:
        """Bring the archive in step with the files as they are now, a part at a time.

        The articles of files that are gone are removed last, so that those which were moved are
        recognised. Articles that were in the archive already, and are in no file, stay. Yields a
        FolderEmptied as a problem, and removes nothing, where no file is left: its disk may only
        not be there. Raises ArchiveBusy, after which calling it again goes on.
        """
        loading = self._loading()
        present = _stamped(loading.files) if loading else {}
        changed = [file for file, stamp in present.items() if self._stamps.get(file) != stamp]
        for start in range(0, len(changed), _AT_ONCE):
            part = changed[start : start + _AT_ONCE]
            assert loading is not None  # noqa: S101 - it has files
            step = self._taken_up(part, loading)
            self._stamps.update({file: present[file] for file in part})
            yield step
        gone = self._removed(present)
        problems = (*self._untold(loading), *gone.added.problems)
        if gone.removed or problems:
            yield Step(Added(problems=problems), gone.removed)

    def _loading(self) -> Loading | None:
        """Return what loads the files that there are; None where there is none."""
        try:
            return Loading([self.folder], self.source, self.published, self.tags, self.columns)
        except NothingToRead:
            return None

    def _untold(self, loading: Loading | None) -> list[ReadingError]:
        """Return the problems with the folder itself that were not told before."""
        problems = loading.problems if loading else []
        new = [problem for problem in problems if str(problem) not in self._told]
        self._told = {str(problem) for problem in problems}
        return new

    def _taken_up(self, files: Sequence[Path], loading: Loading) -> Step:
        """Add the articles of files, and remove those which these files had before."""
        reading = _Reading(files, loading)
        with writing(self.dragoman.address, self.dragoman.encoder) as writer:
            former = writer.files_below(self.folder)
            reading.taken = {
                id: file
                for file in former.keys() & set(loading.files) - reading.ids.keys()
                for id in former[file]
            }
            encoder, found = self.dragoman.encoder, reading.articles()
            done = index_articles(writer, encoder, found, _unreported, loading.file_ids)
            for file in reading.unreadable:  # perhaps it is only being written
                reading.ids[file] |= former.get(file, set())
            had = {id for file in files for id in former.get(file, ())}
            removed = _remove(writer, had, {**former, **reading.ids})
            writer.note_files(reading.ids)
        added = Added(
            tuple(done.added),
            tuple(done.replaced),
            tuple(done.unchanged),
            done.passages,
            tuple(reading.problems),
        )
        return Step(added, removed)

    def _removed(self, present: Collection[Path]) -> Step:
        """Remove the articles of files that are gone."""
        nothing = Step(Added())
        if not has_archive(self.dragoman.address):
            return nothing
        with writing(self.dragoman.address) as writer:
            former = writer.files_below(self.folder)
            gone = [file for file in former if file not in present]
            if not gone:
                return nothing
            if not present:
                return Step(Added(problems=(FolderEmptied(where=self.folder),)))
            left = {file: ids for file, ids in former.items() if file in present}
            removed = _remove(writer, {id for file in gone for id in former[file]}, left)
            writer.note_files(dict.fromkeys(gone, ()))
        for file in gone:
            self._stamps.pop(file, None)
        return Step(Added(), removed)


@dataclass
class WatchedAddress:
    """A page, feed or sitemap that is fetched now and then, until `stop` is set."""

    dragoman: Dragoman
    address: str
    fetcher: Fetcher
    source: str | None = None
    published: date | None = None
    tags: Sequence[str] = ()
    stop: Event | None = None

    def steps(self) -> Iterator[Step]:
        """Add what is new, or has changed, a part at a time. Raises ArchiveBusy."""
        for part in in_parts(self.fetcher.fetch(self.address), self.stop):
            yield Step(store(self.dragoman, part, self.source, self.published, self.tags))


def follow(
    folders: Sequence[WatchedFolder],
    addresses: Sequence[WatchedAddress],
    every: float,
    stop: Event,
) -> Iterator[Step]:
    """Keep an archive in step until `stop` is set; yield what is done.

    Folders are looked at when something in them changes, addresses `every` so many seconds.
    """
    first, next_look = True, 0.0
    # It begins to watch before the first look, so that nothing escapes between the two.
    for changed in _changes([watched.folder for watched in folders], stop):
        for watched in folders:
            if first or any(path.is_relative_to(watched.folder) for path in changed):
                yield from _in_turn(watched, stop)
        first = False
        if time.monotonic() >= next_look:
            for address in addresses:
                yield from _in_turn(address, stop)
            next_look = time.monotonic() + every


def _changes(folders: Sequence[Path], stop: Event) -> Iterator[set[Path]]:
    """Yield the paths that have changed, now and then none, until `stop` is set.

    A folder that is removed and made anew, or replaced by another, goes on being watched.
    """
    while not stop.is_set():
        watched = {folder: _identity(folder) for folder in folders}
        there = [folder for folder, identity in watched.items() if identity]
        began = set(there)  # what happened in them meanwhile was not noticed
        for changed in _changes_in(there, stop) if there else _nothing(stop):
            yield changed | began
            began = set[Path]()
            if any(_identity(folder) != known for folder, known in watched.items()):
                yield {folder for folder, known in watched.items() if known}
                break


def _changes_in(folders: Sequence[Path], stop: Event) -> Iterator[set[Path]]:
    from watchfiles import watch

    with suppress(FileNotFoundError):  # one has just gone
        for changed in watch(
            *folders,
            watch_filter=None,
            stop_event=stop,
            rust_timeout=_LOOK_EVERY,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            yield {Path(path) for _, path in changed}


def _nothing(stop: Event) -> Iterator[set[Path]]:
    while not stop.wait(_LOOK_EVERY / 1000):
        yield set()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another one in its place; None where there is none."""
    try:
        stated = folder.stat()
    except OSError:
        return None
    return stated.st_dev, stated.st_ino


def _in_turn(watched: WatchedFolder | WatchedAddress, stop: Event) -> Iterator[Step]:
    """Yield the steps; while another writes, wait and go on."""
    while not stop.is_set():
        try:
            for step in watched.steps():
                yield step
                if stop.is_set():
                    return
        except ArchiveBusy:
            stop.wait(_BUSY)
        except ReadingError as error:  # the folder has gone, or may not be read
            yield Step(Added(problems=(error,)))
            return
        else:
            return


class _Reading:
    """The articles of files, and which file has which; of several with one id the first counts.

    `taken` are the ids that other files have already.
    """

    def __init__(self, files: Sequence[Path], loading: Loading) -> None:
        self.ids: dict[Path, set[str]] = {file: set() for file in files}
        self.taken: dict[str, Path] = {}
        self.problems: list[ReadingError] = []
        self.unreadable: set[Path] = set()
        self._loading = loading

    def articles(self) -> Iterator[Article]:
        for file in self.ids:
            for read in self._loading.in_file(file):
                if isinstance(read, ReadingError):
                    self.problems.append(read)
                    self.unreadable.add(file)
                elif read.id in self.taken:
                    first = self.taken[read.id]
                    self.problems.append(DuplicateId(where=file, id=read.id, first=first))
                else:
                    self.taken[read.id] = file
                    self.ids[file].add(read.id)
                    yield read


def _stamped(files: Sequence[Path]) -> dict[Path, tuple[_Stamp, _Stamp]]:
    """Return each file with a value that changes when it, or its folder's sidecar, is written."""
    stamps = {file: _stamp(file) for file in files}
    sidecars = {folder: _stamp(folder / SIDECAR) for folder in {file.parent for file in files}}
    # One without a stamp has gone meanwhile.
    return {file: (stamp, sidecars[file.parent]) for file, stamp in stamps.items() if stamp}


def _stamp(file: Path) -> _Stamp:
    try:
        stated = file.stat()
    except OSError:
        return None
    return stated.st_mtime_ns, stated.st_ctime_ns, stated.st_size  # the second: who may read it


def _remove(writer: ArchiveWriter, ids: set[str], held: dict[Path, set[str]]) -> tuple[str, ...]:
    """Remove those of these articles that are in no file."""
    wanted = set[str]().union(*held.values())
    return tuple(writer.remove(sorted(ids - wanted)))


def _unreported(_: Progress) -> None:
    return
