"""The one writer of the service: changes are made one after another, first come, first served."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from ....index.errors import ArchiveBusy
from ....search.dragoman import Dragoman
from ...errors import TooManyWaiting, WriterStuck

T = TypeVar("T")
Change = Callable[[Dragoman], T]

_PAUSE = 0.05  # seconds between two tries to get the archive's lock


class Writer:
    """Makes changes in one thread, so that those which wait keep no thread from a question.

    Other processes write as well: other workers of the service, or `dragoman add`. They are waited
    for, too.
    """

    def __init__(self, dragoman: Dragoman, most_seconds: float, most_waiting: int) -> None:
        """Let a change wait for `most_seconds`, and `most_waiting` of them at once."""
        self._dragoman = dragoman
        self._most_seconds = most_seconds
        self._most_waiting = most_waiting
        self._thread = ThreadPoolExecutor(1, "writer")
        self.waiting = 0
        self.busy_since: float | None = None  # on the monotonic clock

    def check(self, most_seconds: float) -> None:
        """Raise WriterStuck where a change has been under way for longer than `most_seconds`."""
        since = self.busy_since
        if since is not None and time.monotonic() - since > most_seconds:
            raise WriterStuck(seconds=round(time.monotonic() - since))

    def close(self) -> None:
        """Wait for the change that is being made; make none of those that wait."""
        self._thread.shutdown(cancel_futures=True)

    async def write(self, change: Change[T]) -> T:
        """Return what `change` returns, once it is its turn.

        Raises TooManyWaiting, and ArchiveBusy where its turn does not come in time. A change that
        has begun is finished, whether or not somebody still waits for it.
        """
        if self.waiting >= self._most_waiting:
            raise TooManyWaiting(waiting=self.waiting)
        self.waiting += 1
        latest = time.monotonic() + self._most_seconds
        future = self._thread.submit(self._make, change, latest)
        try:
            return await self._made(future)
        finally:
            self.waiting -= 1

    def write_and_wait(self, change: Change[T]) -> T:
        """Return what `change` returns, from a thread that may wait. Raises ArchiveBusy."""
        latest = time.monotonic() + self._most_seconds
        return self._thread.submit(self._make, change, latest).result()

    async def _made(self, future: Future[T]) -> T:
        made = asyncio.wrap_future(future)
        done, _ = await asyncio.wait([made], timeout=self._most_seconds)
        if not done and future.cancel():
            with suppress(asyncio.CancelledError):
                await made
            raise ArchiveBusy(path=self._dragoman.folder)
        return await made

    def _make(self, change: Change[T], latest: float) -> T:
        self.busy_since = time.monotonic()
        try:
            while True:
                try:
                    return change(self._dragoman)
                except ArchiveBusy:
                    if time.monotonic() > latest:
                        raise
                    time.sleep(_PAUSE)
        finally:
            self.busy_since = None
