"""How long the stages of an ask take."""

import time
from collections.abc import Sequence

from .reading.pairs import TitledText
from .reading.reader import Reader, Reading


class Stages:
    """How long each stage of asking takes, in milliseconds."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._since = time.perf_counter()

    def end(self, stage: str) -> None:
        """End a stage: it has taken the time since the last one ended."""
        now = time.perf_counter()
        self.took[stage] = self.took.get(stage, 0.0) + (now - self._since) * 1000
        self._since = now

    def timed(self, reader: Reader) -> Reader:
        """Give the reader so that reading is a stage by itself, wherever it is done."""
        return _TimedReader(reader, self)


class _TimedReader:
    def __init__(self, reader: Reader, stages: Stages) -> None:
        self._reader = reader
        self._stages = stages

    def read(self, question: str, passages: Sequence[TitledText]) -> Sequence[Reading]:
        self._stages.end("retrieve")
        readings = self._reader.read(question, passages)
        self._stages.end("read")
        return readings
