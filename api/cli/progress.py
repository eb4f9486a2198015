"""How far long work has come: a bar beside the output, with rate and time left."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ...index.indexing import Progress
from . import terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class _LateBar:
    """A bar that appears only if the work lasts over a second.

    `if_stopped` is what to say of the work when Ctrl-C ends it.
    """

    def __init__(self, if_stopped: str) -> None:
        self._if_stopped = if_stopped
        self._started = time.monotonic()
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
        """Show `done` of `total`; `made`, where it is given, is what the rate in `unit` is of."""
        elapsed = time.monotonic() - self._started
        if elapsed < 1:
            return
        if self._bar is None:
            self._bar = _shown_bar(what)
        rate = unit.format(made / elapsed)
        self._bar.update(self._bar.task_ids[0], completed=done, total=max(total, done), unit=rate)


class IndexingProgress(_LateBar):
    """How far indexing has come, with its rate and the time left."""

    def __call__(self, done: Progress, total: int) -> None:
        """Take note of how far indexing has come."""
        unit = "articles · {:.0f} passages/s"
        self._show("Indexing", unit, done.articles, total, made=done.passages)


class SearchingProgress(_LateBar):
    """How many of the searches of an evaluation are done, and the time left."""

    def __call__(self, done: int, total: int) -> None:
        """Take note of how many searches are done."""
        self._show("Searching", "searches", done, total)


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
