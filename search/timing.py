"""How long the stages of an ask take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

OnStage = Callable[[str, float], object]
"""Called at the end of each stage, with its name and the seconds that it took."""

_on_stage: ContextVar[OnStage | None] = ContextVar("on_stage", default=None)


@contextmanager
def stages_told(on_stage: OnStage) -> Iterator[None]:
    """Have `on_stage` called for the stages in this thread, while the context is entered."""
    before = _on_stage.set(on_stage)
    try:
        yield
    finally:
        _on_stage.reset(before)


class Stopwatch:
    """Measures stages that follow one another. `took` has the milliseconds of each, by name."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage: it took the time since the last one ended."""
        now = time.perf_counter()
        self.took[stage] = self.took.get(stage, 0.0) + (now - self._since) * 1000
        if tell := _on_stage.get():
            tell(stage, now - self._since)
        self._since = now

    @property
    def total(self) -> float:
        """The milliseconds of all stages together."""
        return sum(self.took.values())
