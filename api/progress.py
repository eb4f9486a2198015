"""How far long work has come: a bar beside the output, with rate and time left."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..index.indexing import Progress
from . import terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class IndexingProgress:
    """A bar with rate and time left, which appears only if the work lasts over a second.

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

    def __call__(self, done: Progress, total: int) -> None:
        """Take note of how far indexing has come."""
        elapsed = time.monotonic() - self._started
        if elapsed < 1:
            return
        if self._bar is None:
            self._bar = _shown_bar()
        self._bar.update(
            self._bar.task_ids[0],
            completed=done.articles,
            total=max(total, done.articles),
            rate=done.passages / elapsed,
        )


def _shown_bar() -> "Bar":
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
        TextColumn("articles · {task.fields[rate]:.0f} passages/s ·"),
        TimeRemainingColumn(),
        console=terminal.err,
        transient=True,
    )
    bar.add_task("Indexing", total=None, rate=0.0)
    bar.start()
    return bar
