"""The series behind a question: all values of a figure, by day, place and who counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from .asked import QuantityMatcher, matcher_for
from .finding import Evidence, Found, found_in
from .history import (
    DatedFigure,
    best_fit,
    best_of_each_day,
    by_subject,
    merge,
    of_one_thing,
    periods_asked,
    uncorrected,
)
from .subjects import by_place, named_together, of_scene


def series_of(
    question: str,
    evidence: Sequence[Evidence],
    as_of: date | None = None,
    spellings: Spellings = DEFAULT_SPELLINGS,
) -> list[DatedFigure]:
    """Return the figures that count what a question asks for, the earliest first.

    Those without a day come last. Figures of several subjects have the subject's name. Each has who
    counted it, where its sentence says so; what articles correct or withdraw is left out.
    """
    groups = _by_subject(question, evidence, as_of, spellings)
    figures = [
        replace(figure, subject=subject) for subject, found in groups.items() for figure in found
    ]
    return sorted(figures, key=lambda one: (one.day or date.max, one.subject))


def _by_subject(
    question: str,
    evidence: Sequence[Evidence],
    as_of: date | None = None,
    spellings: Spellings = DEFAULT_SPELLINGS,
) -> dict[str, list[DatedFigure]]:
    """Return all figures that answer, the latest first, by the names of their subjects.

    Of one article there may be several of a day, if several are said to have counted. If the
    question names a time, those of a later one are left out.
    """
    matcher = matcher_for(question, spellings)
    found = [*found_in(evidence, matcher, as_of, in_scene=True)] if matcher else []
    right = uncorrected(found)
    if not matcher or not right:
        return {}
    groups = _series(question, matcher, of_one_thing(right, anywhere=not matcher.names))
    merged = {
        name: merge(_best_of_each_count(one, evidence), evidence) for name, one in groups.items()
    }
    figures = [figure for group in merged.values() for figure in group]
    end = max((last for _, last in periods_asked(question, as_of, figures)), default=date.max)
    return {
        name: [one for one in group if end == date.max or (one.day and one.day <= end)]
        for name, group in merged.items()
    }


def _series(
    question: str, matcher: QuantityMatcher, found: Sequence[Found]
) -> dict[str, list[Found]]:
    """Return figures by their subjects: those asked about, the places, or the names given."""
    if names := named_together(question):
        of_names = {name: [one for one in found if name in one.clause] for name in names}
        if all(of_names.values()):
            return of_names
    if not matcher.names and len(of_places := by_place(found)) > 1:
        return of_places
    groups = by_subject(question, matcher, found)
    return groups if len(groups) > 1 else {"": of_scene(found, best_fit(found), matcher.names)}


def _best_of_each_count(found: Sequence[Found], evidence: Sequence[Evidence]) -> list[Found]:
    """Return the best figure of each article for each day and each who counted.

    One that nobody is said to have counted must be the best of its article's for the day.
    """
    by_counter: dict[str | None, list[Found]] = defaultdict(list)
    for one in found:
        by_counter[one.counter].append(one)
    best = {id(one) for one in best_of_each_day(found, evidence)}
    return [
        one
        for counter, group in by_counter.items()
        for one in best_of_each_day(group, evidence)
        if counter or id(one) in best
    ]
