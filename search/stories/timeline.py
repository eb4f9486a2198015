"""The timeline of a matter: its events by their own days."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from .lines import Line, Reason


@dataclass(frozen=True, slots=True)
class Report:
    """What one article tells of an event: the sentence, and the days that it gives.

    `announced` says that the event was still to come when the article told of it.
    """

    line: Line
    first: date
    last: date
    announced: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return {
            **self.line.to_dict(),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "announced": self.announced,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, or is to happen, from `first` to `last`: one day or several.

    `announced` says that no report tells of it as done. The first of the `reports` is the one that
    tells it best; `independent` counts those that are not near-duplicates of one another.
    """

    first: date
    last: date
    announced: bool
    reports: tuple[Report, ...]
    independent: int = 1

    def to_dict(self) -> dict[str, Any]:
        """Return the event as JSON has it."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "announced": self.announced,
            "independent": self.independent,
            "reports": [report.to_dict() for report in self.reports],
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a matter in the order of their days, and how many there are in all.

    `understood` is the matter with its spelling corrected. `undated` counts the articles that were
    left out because they state no day. Where there are no events, `reason` says why, and the first
    of the `warnings` in a sentence.
    """

    matter: str
    understood: str
    events: tuple[Event, ...]
    total: int
    undated: int = 0
    reason: Reason | None = None
    warnings: tuple[str, ...] = ()
    took_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the timeline in the shape that HTTP sends."""
        return {
            "matter": self.matter,
            "matter_understood": self.understood,
            "total": self.total,
            "undated": self.undated,
            "reason": self.reason,
            "warnings": list(self.warnings),
            "offsets": "unicode",
            "took_ms": round(self.took_ms, 2),
            "events": [event.to_dict() for event in self.events],
        }

    def to_json(self) -> str:
        """Return `to_dict()` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
