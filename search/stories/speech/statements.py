"""What somebody says, by which articles: the results of `quotes`."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..lines import Line, Reason
from .quotations import Quotation


@dataclass(frozen=True, slots=True)
class Telling:
    """That one article tells what somebody says: the line, and the quotation in it."""

    line: Line
    quotation: Quotation

    @property
    def quote(self) -> str:
        """What is said, word for word as the article has it."""
        return self.line.article.text[slice(*self.quotation.span)]

    @property
    def quoted(self) -> tuple[str, ...]:
        """The parts of it that are in quotation marks."""
        return tuple(self.line.article.text[slice(*span)] for span in self.quotation.quoted)

    @property
    def day(self) -> date | None:
        """The day on which it was said, where that is told, or else that of the article."""
        return self.quotation.day or self.line.article.published

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**self.line.to_dict(), "quote": self.quote, "quote_span": [*self.quotation.span]}


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says, and the articles that tell it, the one that was published first first.

    `speaker` is the fullest name that any of the articles gives. `independent` counts the reports
    that are neither near-duplicates nor from one agency.
    """

    speaker: str
    tellings: tuple[Telling, ...]
    independent: int = 1

    @property
    def first(self) -> Telling:
        """The report that was published first."""
        return self.tellings[0]

    @property
    def day(self) -> date | None:
        """The day on which it was said, where a report tells it, or else that of the first."""
        told = (one.quotation.day for one in self.tellings if one.quotation.day)
        return next(told, self.first.day)

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as JSON has it."""
        quotation = self.first.quotation
        return {
            "speaker": self.speaker,
            "office": quotation.office or None,
            "written": quotation.written,
            "verb": quotation.verb,
            "form": quotation.form,
            "quote": self.first.quote,
            "quoted": [*self.first.quoted],
            "addressee": quotation.addressee,
            "day": self.day.isoformat() if self.day else None,
            "day_told": any(one.quotation.day for one in self.tellings),
            "independent": self.independent,
            "reports": [one.to_dict() for one in self.tellings],
        }


@dataclass(frozen=True, slots=True)
class Quotes:
    """What is said, the latest first, and how many statements there are in all.

    `about_understood` is the matter with its spelling corrected. `nearest` are the speakers whom
    the archive knows with a name like the one asked for, where it does not know that one.
    `undated`, `reason` and `warnings` are as for a timeline.
    """

    speaker: str | None
    about: str | None
    about_understood: str | None
    quotes: tuple[Statement, ...]
    total: int
    nearest: tuple[str, ...] = ()
    undated: int = 0
    reason: Reason | None = None
    warnings: tuple[str, ...] = ()
    took_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the quotes in the shape that HTTP sends."""
        return {
            "speaker": self.speaker,
            "about": self.about,
            "about_understood": self.about_understood,
            "total": self.total,
            "undated": self.undated,
            "reason": self.reason,
            "warnings": [*self.warnings],
            "offsets": "unicode",
            "took_ms": round(self.took_ms, 2),
            "nearest": [*self.nearest],
            "quotes": [one.to_dict() for one in self.quotes],
        }

    def to_json(self) -> str:
        """Return `to_dict()` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
