"""Conflicts: where reports of one day disagree, and what articles correct or withdraw."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ....corpus.article import Amends
from ..lines import Line, Reason

Kind = Literal["number", "place", "day", "denial"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says: `said` is the number, place or day, as written.

    Each of the `reports` is a sentence that says so; `independent` counts those that do not have
    it from one another.
    """

    said: str
    reports: tuple[Line, ...]
    independent: int

    def to_dict(self) -> dict[str, Any]:
        """Return the side as JSON has it."""
        return {
            "said": self.said,
            "independent": self.independent,
            "reports": [line.to_dict() for line in self.reports],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reports of one day that cannot all be right, on a number, a place, a day, or at all."""

    kind: Kind
    day: date
    sides: tuple[Side, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the conflict as JSON has it."""
        return {
            "kind": self.kind,
            "day": self.day.isoformat(),
            "sides": [side.to_dict() for side in self.sides],
        }


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that corrects or withdraws what an article says: `of` is that article's id."""

    kind: Amends
    line: Line
    of: str

    def to_dict(self) -> dict[str, Any]:
        """Return the correction as JSON has it."""
        return {"kind": self.kind, "of": self.of, **self.line.to_dict()}


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Where the articles about a matter disagree, the latest first, and how often in all.

    `corrections` are told apart from them, of which there are `total_corrections`. `understood` is
    the matter with its spelling corrected. `undated` counts the articles left out because they
    state no day. Where there is neither a conflict nor a correction, `reason` says why, and the
    first of the `warnings` in a sentence.
    """

    matter: str
    understood: str
    conflicts: tuple[Conflict, ...]
    corrections: tuple[Correction, ...]
    total: int
    total_corrections: int
    undated: int = 0
    reason: Reason | None = None
    warnings: tuple[str, ...] = ()
    took_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the conflicts in the shape that HTTP sends."""
        return {
            "matter": self.matter,
            "matter_understood": self.understood,
            "total": self.total,
            "total_corrections": self.total_corrections,
            "undated": self.undated,
            "reason": self.reason,
            "warnings": list(self.warnings),
            "offsets": "unicode",
            "took_ms": round(self.took_ms, 2),
            "conflicts": [one.to_dict() for one in self.conflicts],
            "corrections": [one.to_dict() for one in self.corrections],
        }

    def to_json(self) -> str:
        """Return `to_dict()` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
