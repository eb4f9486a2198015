"""The timeline of a matter: its events by their own days."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from .lines import Line, Reason

if TYPE_CHECKING:  # the clients import this module, and must not load an index
    from ..language.dates import Period

ChangeKind = Literal["moved", "postponed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a later report changed in what was announced: the days before and after, and its line.

    `after` is None where it was cancelled. "moved" is said of days alone; "postponed" is what the
    report says itself, also where the day came nearer.
    """

    kind: ChangeKind
    before: "Period"
    after: "Period | None"
    line: Line

    def to_dict(self) -> dict[str, Any]:
        """Return the change as JSON has it."""
        return {
            "kind": self.kind,
            "before": [day.isoformat() for day in self.before],
            "after": [day.isoformat() for day in self.after] if self.after else None,
            **self.line.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What one article tells of an event: the sentence, and the days that it gives.

    `announced` says that the event was still to come when the article told of it, and
    `dated_by_article` that the sentence names no day, so that the day is that of its article.
    """

    line: Line
    first: date
    last: date
    announced: bool = False
    dated_by_article: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return {
            **self.line.to_dict(),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "announced": self.announced,
            "dated_by_article": self.dated_by_article,
        }


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, or is to happen, from `first` to `last`: one day or several.

    `announced` says that no report tells of it as done, and `cancelled` that the latest tells that
    it will not be. The first of the `reports` is the one that tells it best, one of each article;
    `independent` counts them as `witnesses` does. `changes` are what
    reports changed in what was announced, in the order of their publication.
    """

    first: date
    last: date
    announced: bool
    cancelled: bool
    reports: tuple[Report, ...]
    independent: int = 1
    changes: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the event as JSON has it."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "announced": self.announced,
            "cancelled": self.cancelled,
            "independent": self.independent,
            "reports": [report.to_dict() for report in self.reports],
            "changes": [change.to_dict() for change in self.changes],
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
