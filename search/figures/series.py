"""The series behind a question: all values of a figure, by day, place and who counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from .asked import QuantityMatcher, matcher_for
from .finding import Evidence, Found, found_in
from .history import DatedFigure, merge, periods_asked
from .subjects import (
    best_of_each_day,
    by_place,
    by_subject,
    of_doer,
    of_last_event,
    of_occasion,
    of_one_thing,
    uncorrected,
)


def series_of(
    question: str,
    evidence: Sequence[Evidence],
    as_of: date | None = None,
    spellings: Spellings = DEFAULT_SPELLINGS,
) -> list[DatedFigure]:
    """Return the figures that count what a question asks for, the earliest first.

    Those without a day come last. Figures of several subjects have the subject's name. Each has who
    counted it, where its sentence says so; what articles correct or withdraw is left out. Of one
    article there may be several of a day, if several are said to have counted. If the question
    names a time, those of a later one are left out.
    """
    matcher = matcher_for(question, spellings)
    found = uncorrected([*found_in(evidence, matcher, as_of)], evidence) if matcher else []
    found = of_doer(question, of_occasion(question, found))
    if not matcher or not found:
        return []
    recent = of_last_event(matcher, found, evidence)
    figures = [
        replace(figure, subject=name)
        for name, group in _groups(question, matcher, of_one_thing(recent)).items()
        for figure in merge(best_of_each_day(group, evidence, by_counter=True), evidence)
    ]
    end = max((last for _, last in periods_asked(question, as_of, figures)), default=date.max)
    known = [one for one in figures if end == date.max or (one.day and one.day <= end)]
    return sorted(known, key=lambda one: (one.day or date.max, one.subject))


def _groups(
    question: str, matcher: QuantityMatcher, found: Sequence[Found]
) -> dict[str, list[Found]]:
    """Return figures by their subjects: those asked about, the places, or the names given."""
    if not matcher.names and len(of_places := by_place(found)) > 1:
        return of_places
    groups = by_subject(question, matcher, found)
    return groups if len(groups) > 1 else {"": [*found]}
