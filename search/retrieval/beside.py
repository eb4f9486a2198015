"""Work that is done beside what its caller does, where a processor is free for it."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import TypeVar

T = TypeVar("T")


class Processors:
    """So many processors, on which threads that ask for it work."""

    def __init__(self, count: int) -> None:
        self._free = BoundedSemaphore(count)
        self._threads = ThreadPoolExecutor(count, "beside")

    @contextmanager
    def beside(self, work: Callable[[], T]) -> Iterator[Callable[[], T]]:
        """Begin `work` in another thread, and give what waits for its result.

        Where no second processor is free, that would make others wait: `work` is then done when
        its result is asked for.
        """
        own = self._free.acquire(blocking=False)
        try:
            if own and self._free.acquire(blocking=False):
                yield self._begin(work).result
            else:
                yield work
        finally:
            if own:
                self._free.release()

    def _begin(self, work: Callable[[], T]) -> "Future[T]":
        """Begin `work` in a thread, whose processor is free again when the result is there."""

        def then_free() -> T:
            try:
                return work()
            finally:
                self._free.release()

        try:
            return self._threads.submit(then_free)
        except RuntimeError:  # the interpreter is closing down
            self._free.release()
            raise


@cache
def processors() -> Processors:
    """Return the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # where the system tells
        return Processors(len(os.sched_getaffinity(0)))
    return Processors(os.cpu_count() or 1)
