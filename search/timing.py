"""How long the stages of an ask take."""

import time


class Stopwatch:
    """Measures stages that follow one another. `took` has the milliseconds of each, by name."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage: it took the time since the last one ended."""
        now = time.perf_counter()
        self.took[stage] = self.took.get(stage, 0.0) + (now - self._since) * 1000
        self._since = now

    @property
    def total(self) -> float:
        """The milliseconds of all stages together."""
        return sum(self.took.values())
