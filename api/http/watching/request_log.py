"""The request log: one line of JSON for each request, on stderr."""

import json
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime

from .requests import Served

_NOTHING = (None, (), [], {})


class RequestLog:
    """Writes a line for each request; with `questions`, it has the questions' text, too."""

    def __init__(self, questions: bool = False) -> None:
        self._questions = questions

    def __call__(self, served: Served) -> None:
        """Write the line of a request. It is ASCII, so that no text can end it or colour it."""
        said = {name: value for name, value in self._fields(served) if value not in _NOTHING}
        line = json.dumps(said)
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def _fields(self, served: Served) -> list[tuple[str, object]]:
        return [
            ("time", datetime.now(UTC).isoformat(timespec="milliseconds")),
            ("request_id", served.id),
            ("method", served.method),
            ("route", served.route),
            ("status", served.status),
            ("ms", round(served.seconds * 1000, 2)),
            ("client", served.client),
            ("key", served.key),
            ("trace", served.trace),
            ("answers", Counter(answer.status for answer in served.answers)),
            ("stages", _stages(served)),
            ("questions", served.questions if self._questions else ()),
        ]


def _stages(served: Served) -> dict[str, float]:
    """Return the milliseconds of each stage, of all answers of a request together."""
    took: defaultdict[str, float] = defaultdict(float)
    for answer in served.answers:
        for stage, milliseconds in answer.stages.items():
            took[stage] += milliseconds
    return {stage: round(milliseconds, 2) for stage, milliseconds in took.items()}
