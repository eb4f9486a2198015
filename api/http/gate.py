"""The bound on questions: how many are worked on at once, and how many may wait."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Any, Literal, TypeVar

from ...search.stopping import run_in
from ..errors import Busy
from .watching.tracing import Tracing

Kind = Literal["ask", "search"]
T = TypeVar("T")

_NEWEST = 0.2  # the weight of the newest duration in the mean


@dataclass
class Lane:
    """The questions of one kind. `places` is how many may be worked on at once."""

    places: int
    in_flight: int = 0
    queued: int = 0
    refused: int = 0
    seconds: float = 0.0  # that one takes, on average

    @contextmanager
    def queueing(self) -> Iterator[None]:
        """Count one that waits."""
        self.queued += 1
        try:
            yield
        finally:
            self.queued -= 1

    def took(self, seconds: float) -> None:
        """Take a duration into the average."""
        self.seconds += ((seconds - self.seconds) * _NEWEST) if self.seconds else seconds

    @property
    def wait(self) -> int:
        """The seconds after which the queue should have room: at least 1."""
        return max(1, ceil(self.seconds * (self.queued + 1) / self.places))


class Gate:
    """Lets questions through to a pool of threads of its own, first come, first served.

    Asks leave one place free for searches, which are much shorter and should not wait for them.
    Only the event loop may call its methods.
    """

    def __init__(self, most_in_flight: int, most_queued: int, tracing: Tracing) -> None:
        self._most_queued = most_queued
        self._tracing = tracing
        self._free = asyncio.Semaphore(most_in_flight)
        self._free_for_asks = asyncio.Semaphore(max(1, most_in_flight - 1))
        self._pool = ThreadPoolExecutor(most_in_flight, "question")
        self.lanes: dict[Kind, Lane] = {
            "ask": Lane(max(1, most_in_flight - 1)),
            "search": Lane(most_in_flight),
        }

    def close(self) -> None:
        """Wait for what is worked on; take nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def check(self, kind: Kind) -> None:
        """Raise Busy if a question could neither begin nor wait now."""
        lane = self.lanes[kind]
        full = self._free.locked() or (kind == "ask" and self._free_for_asks.locked())
        if full and lane.queued >= self._most_queued:
            lane.refused += 1
            raise Busy(queued=lane.queued, seconds=lane.wait)

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:
        """Return what `work` returns, from a thread. Raises Busy if too many wait already.

        Cancelling this stops the work at its next checkpoint; only then is its place free again.
        """
        self.check(kind)
        lane = self.lanes[kind]
        with lane.queueing(), self._tracing.span("queue"):
            await self._enter(kind)
        lane.in_flight += 1
        loop, began = asyncio.get_running_loop(), perf_counter()

        def ended(_: Future[Any]) -> None:
            with suppress(RuntimeError):  # the loop is closed, as the service has ended
                loop.call_soon_threadsafe(self._leave, kind, perf_counter() - began)

        return await run_in(self._pool, self._tracing.traced(kind, work), ended)

    async def _enter(self, kind: Kind) -> None:
        if kind == "ask":
            await self._free_for_asks.acquire()
        try:
            await self._free.acquire()
        except asyncio.CancelledError:
            if kind == "ask":
                self._free_for_asks.release()
            raise

    def _leave(self, kind: Kind, seconds: float) -> None:
        lane = self.lanes[kind]
        lane.in_flight -= 1
        lane.took(seconds)
        if kind == "ask":
            self._free_for_asks.release()
        self._free.release()
