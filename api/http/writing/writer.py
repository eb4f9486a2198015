"""The one writer of the service: changes are made one after another, first come, first served."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from ....corpus.errors import ReadingError
from ....index.errors import ArchiveBusy, ArticleMissing
from ....search.dragoman import Dragoman
from ....search.errors import FilterMissing
from ...errors import TooManyWaiting, WriterStuck

T = TypeVar("T")
Change = Callable[[Dragoman], T]

_OF_REQUEST = (ReadingError, ArticleMissing, FilterMissing)  # nothing was to be written
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
        self.made = self.failed = 0  # changes since the start
        self.last_made = 0.0  # when a change was last made, in seconds since 1970
        self.last_seconds = 0.0  # that it took
        self._asked_for: set[Future[Any]] = set()

    @property
    def queued(self) -> int:
        """The number of changes that have not begun."""
        return sum(not future.running() for future in self._asked_for.copy())

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
        if self.waiting > self._most_waiting:  # one of them is under way
            raise TooManyWaiting(waiting=self.waiting)
        self.waiting += 1
        latest = time.monotonic() + self._most_seconds
        future = self._submitted(change, latest)
        try:
            return await self._made(future)
        finally:
            self.waiting -= 1

    def write_and_wait(self, change: Change[T]) -> T:
        """Return what `change` returns, from a thread that may wait. Raises ArchiveBusy."""
        latest = time.monotonic() + self._most_seconds
        return self._submitted(change, latest).result()

    def _submitted(self, change: Change[T], latest: float) -> Future[T]:
        future = self._thread.submit(self._make, change, latest)
        self._asked_for.add(future)
        future.add_done_callback(self._asked_for.discard)
        return future

    async def _made(self, future: Future[T]) -> T:
        made = asyncio.wrap_future(future)
        done, _ = await asyncio.wait([made], timeout=self._most_seconds)
        if not done and future.cancel():
            with suppress(asyncio.CancelledError):
                await made
            raise ArchiveBusy(path=self._dragoman.address)
        return await made

    def _make(self, change: Change[T], latest: float) -> T:
        self.busy_since = began = time.monotonic()
        try:
            result = self._in_turn(change, latest)
        except Exception as error:
            self.failed += not isinstance(error, _OF_REQUEST)
            raise
        finally:
            self.busy_since = None
        self.made += 1
        self.last_made, self.last_seconds = time.time(), time.monotonic() - began
        return result

    def _in_turn(self, change: Change[T], latest: float) -> T:
        while True:
            try:
                return change(self._dragoman)
            except ArchiveBusy:
                if time.monotonic() > latest:
                    raise
                time.sleep(_PAUSE)
