"""Progress of long work on stderr: a bar on a terminal, otherwise a line now and then."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ...index.indexing import Progress
from ...index.opening import bring_up_to_date, copy_here
from ...search.dragoman import Dragoman
from . import terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

KEPT = "What was added so far is kept; the same command goes on."

_BAR_AFTER = 1  # seconds
_LINE_EVERY = 10  # seconds


class _LongWork:
    """Context manager that shows progress once the work has lasted a while.

    `if_stopped` is printed when Ctrl-C ends the work.
    """

    def __init__(self, if_stopped: str) -> None:
        self._if_stopped = if_stopped
        self._started = time.monotonic()
        self._next_line = float(_LINE_EVERY)
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()
        if kind is KeyboardInterrupt:
            terminal.err.print(f"\nStopped. {self._if_stopped}")

    def _show(self, what: str, unit: str, done: int, total: int, made: int = 0) -> None:
        """Show `done` of `total`; `unit` may hold the rate at which `made` grew."""
        elapsed = time.monotonic() - self._started
        if elapsed < _BAR_AFTER:
            return
        total = max(total, done)
        rate = unit.format(made / elapsed)
        if terminal.is_plain(terminal.err):
            self._print_line(elapsed, f"{what}: {done:,} of {total:,} {rate}")
            return
        if self._bar is None:
            self._bar = _shown_bar(what)
        self._bar.update(self._bar.task_ids[0], completed=done, total=total, unit=rate)

    def _print_line(self, elapsed: float, line: str) -> None:
        if elapsed >= self._next_line:
            self._next_line = elapsed + _LINE_EVERY
            terminal.err.print(line, soft_wrap=True)


class IndexingProgress(_LongWork):
    """Progress of indexing, with its rate and the time left."""

    def __call__(self, done: Progress, total: int) -> None:
        """Show how many articles are indexed."""
        unit = "articles · {:.0f} passages/s"
        self._show("Indexing", unit, done.articles, total, made=done.passages)


class UpgradingProgress(_LongWork):
    """Progress of bringing an archive of an older version up to this one; it says so at once."""

    def __call__(self, done: int, total: int) -> None:
        """Show how many steps are done."""
        if not done:
            terminal.err.print("Bringing the archive up to date with this version, once…")
        self._show("Upgrading", "steps", done, total)


class FetchingProgress(_LongWork):
    """Progress of copying to this machine what it needs of an archive on a server."""

    def __call__(self, done: int, total: int) -> None:
        """Show how many rows are copied."""
        self._show("Copying from the server", "rows", done, total)


class SearchingProgress(_LongWork):
    """Progress of an evaluation, with the time left."""

    def __call__(self, done: int, total: int) -> None:
        """Show how many searches are done."""
        self._show("Searching", "searches", done, total)


class CopyingProgress(_LongWork):
    """Progress of copying an archive."""

    def __call__(self, done: int, total: int) -> None:
        """Show how many bytes are copied."""
        self._show("Copying", "MB", done // 1_000_000, total // 1_000_000)


class ArticlesProgress(_LongWork):
    """Progress of copying the articles of an archive, with the time left."""

    def __call__(self, done: int, total: int) -> None:
        """Show how many articles are copied."""
        self._show("Copying", "articles", done, total)


def prepare(dragoman: Dragoman, encodes: bool = True) -> None:
    """Do the work of the first use, with progress: upgrade, compile, index bundled articles.

    With `encodes` false, the command needs no encoder unless the bundled articles are indexed.
    """
    upgrade(dragoman)
    if encodes:
        announce_compiling(dragoman)
    with IndexingProgress(if_stopped=KEPT) as progress:
        dragoman.prepare(progress)


def upgrade(dragoman: Dragoman) -> None:
    """Bring an archive that an older version made up to this one, with progress.

    Of one on a server, this machine's copy is brought up to date.
    """
    with UpgradingProgress(if_stopped="The archive stays as it was.") as progress:
        bring_up_to_date(dragoman.address, progress)
    with FetchingProgress(if_stopped="The next command begins to copy again.") as progress:
        copy_here(dragoman.address, progress)


def announce_compiling(dragoman: Dragoman) -> None:
    """Print a notice if the encoder has yet to be compiled, which takes a while."""
    if dragoman.needs_compiling():
        terminal.err.print("Preparing the encoder, once; this takes a quarter of a minute…")


def _shown_bar(what: str) -> "Bar":
    # Imported only when something takes long: a search should not wait for it.
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]} ·"),
        TimeRemainingColumn(),
        console=terminal.err,
        transient=True,
    )
    bar.add_task(what, total=None, unit="")
    bar.start()
    return bar
