"""The figures behind a question, over time: each with its day, its source and who counted."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from ...language.bounds import Bound
from ..lines import Line, Reason

_COLUMNS = (
    "day value upper bound unit counted of counted_by independent "
    "sentence title source url published"
).split()
_FORMULA = ("=", "+", "-", "@", "\t", "\n")


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """A number that the articles give for what is asked, as of a day.

    `text` is the number as written. `value` is the number, of a range the lower end, with `upper`
    the other. `unit` is what it is measured in ("%", "km", "$"), None for a count. `counted` is
    what is counted, in the article's words; `of` names the place or subject where the articles
    give figures of several; `counted_by` is who counted, where the sentence says so. `day` is the
    day that the figure is of. Each of the `reports` is a sentence that gives it, the earliest
    first; `independent` counts those that do not have it from one another.
    """

    value: float
    upper: float | None
    text: str
    unit: str | None
    bound: Bound | None
    counted: str | None
    of: str | None
    day: date | None
    counted_by: str | None
    reports: tuple[Line, ...]
    independent: int = 1

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON has it."""
        return {
            "value": self.value,
            "upper": self.upper,
            "text": self.text,
            "unit": self.unit,
            "bound": self.bound,
            "counted": self.counted,
            "of": self.of,
            "day": self.day.isoformat() if self.day else None,
            "counted_by": self.counted_by,
            "independent": self.independent,
            "reports": [line.to_dict() for line in self.reports],
        }


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """The figures that answer a question, the earliest first, and how many there are in all.

    Those without a day come last. `understood` is the question with its spelling corrected.
    `undated` counts the articles left out because they state no day. Where there are no figures,
    `reason` says why, and the first of the `warnings` in a sentence.
    """

    question: str
    understood: str
    figures: tuple[CountedFigure, ...]
    total: int
    undated: int = 0
    reason: Reason | None = None
    warnings: tuple[str, ...] = ()
    took_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the series in the shape that HTTP sends."""
        return {
            "question": self.question,
            "question_understood": self.understood,
            "total": self.total,
            "undated": self.undated,
            "reason": self.reason,
            "warnings": list(self.warnings),
            "offsets": "unicode",
            "took_ms": round(self.took_ms, 2),
            "figures": [figure.to_dict() for figure in self.figures],
        }

    def to_json(self) -> str:
        """Return `to_dict()` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def to_csv(self) -> str:
        """Return the figures as comma-separated values, a line each, with their first sources.

        A text that a spreadsheet would take for a formula has an apostrophe before it.
        """
        written = StringIO()
        table = csv.writer(written, lineterminator="\n")
        table.writerow(_COLUMNS)
        table.writerows(_row(figure) for figure in self.figures)
        return written.getvalue()

    def to_svg(self) -> str:
        """Return a drawing of the figures by their days, as SVG."""
        from .plotting import drawing  # not needed to tell them

        return drawing(self)

    def to_png(self) -> bytes:
        """Return the drawing as PNG. Raises ExtraMissing and FontMissing."""
        from .plotting import painting  # not needed to tell them

        return painting(self)


def _row(figure: CountedFigure) -> Iterator[object]:
    first = figure.reports[0]
    article = first.article
    yield from (figure.day, _number(figure.value), _number(figure.upper))
    yield from map(_safe, (figure.bound, figure.unit, figure.counted, figure.of, figure.counted_by))
    yield figure.independent
    yield from map(_safe, (first.sentence, article.title, article.source, article.url))
    yield article.published


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _safe(text: str | None) -> str:
    """Return a text that no spreadsheet computes."""
    text = (text or "").replace("\r", " ")  # which ends a row, quoted or not, for some readers
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
