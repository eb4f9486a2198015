"""How work that nobody waits for any more is stopped: at its next checkpoint."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any, ParamSpec, TypeVar

from .errors import QuestionStopped

P = ParamSpec("P")
T = TypeVar("T")


class Stop:
    """Tells work in other threads to stop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._calls: list[Callable[[], object]] = []

    def stop(self) -> None:
        """Have `checkpoint` raise QuestionStopped in the work that was started with `run`."""
        with self._lock:
            self._stopped = True
            for call in self._calls:
                call()

    def check(self) -> None:
        """Raise QuestionStopped after `stop`."""
        if self._stopped:
            raise QuestionStopped

    def run(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Return what `work` returns. What it does in this thread can be stopped by this."""
        before = _current.set(self)
        try:
            self.check()
            return work(*given, **named)
        finally:
            _current.reset(before)

    @contextmanager
    def calling(self, call: Callable[[], object]) -> Iterator[None]:
        """Have `stop` also make a `call` while the context is entered; at once if it was before."""
        with self._lock:
            self._calls.append(call)
            if self._stopped:
                call()
        try:
            yield
        finally:
            with self._lock:  # a call that has begun is waited for
                self._calls.remove(call)


_current: ContextVar[Stop | None] = ContextVar("stop", default=None)


def checkpoint() -> None:
    """Raise QuestionStopped if the work of this thread is to stop."""
    if stop := _current.get():
        stop.check()


def current() -> Stop:
    """Return what stops the work of this thread; where nothing does, one that is never used."""
    return _current.get() or Stop()


def stoppable(work: Callable[P, T]) -> Callable[P, T]:
    """Return `work` for threads of a pool, with a checkpoint before it: that of this thread."""
    stop = current()

    def checked(*given: P.args, **named: P.kwargs) -> T:
        stop.check()
        return work(*given, **named)

    return checked


async def run_in(
    pool: Executor, work: Callable[[], T], ended: Callable[[Future[T]], Any] | None = None
) -> T:
    """Return what `work` returns, from a thread of `pool`; cancelling this stops the work.

    It has the context variables of this task. `ended` is called, in any thread, once the work has
    really ended.
    """
    stop = Stop()
    running = pool.submit(copy_context().run, stop.run, work)
    if ended:
        running.add_done_callback(ended)
    try:
        return await asyncio.wrap_future(running)
    except asyncio.CancelledError:
        stop.stop()
        raise
