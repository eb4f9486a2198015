"""Corrections and retractions among what articles tell of a matter."""

from collections.abc import Iterator, Sequence
from itertools import islice

from ....corpus.article import Article
from ...language.corrections import retracts
from ...results import RankedPassage
from .found import Correction
from .telling import Told, alike, takes_back, told_in

_MOST_SENTENCES = 300  # that are looked at
_SAME = 0.5  # of the words of what is withdrawn


def corrections_in(told: Sequence[Told]) -> list[Correction]:
    """Return the corrections and retractions, each once for its article."""
    found: dict[tuple[str, str, str], Correction] = {}
    for one in sorted(_found(told), key=lambda one: not retracts(one.line.sentence)):
        found.setdefault((one.kind, one.line.article.id, one.of), one)
    return [*found.values()]


def withdrawn_in_others(passages: Sequence[RankedPassage]) -> frozenset[str]:
    """Return the ids of the articles that another one of their outlet withdraws."""
    told = [*islice(told_in(passages), _MOST_SENTENCES)]
    return frozenset(
        one.of
        for one in corrections_in(told)
        if one.kind == "retraction" and one.of != one.line.article.id
    )


def _found(told: Sequence[Told]) -> Iterator[Correction]:
    for one in told:
        if one.recalled or (one.admits_error and not retracts(one.line.sentence)):
            of = _corrected_by(one, told)
            yield Correction("correction", one.line, of.id)
        elif one.line.article.is_withdrawn or retracts(one.line.sentence):
            of = _withdrawn_by(one, told)
            yield Correction("retraction", one.line, of.id)


def _corrected_by(one: Told, told: Sequence[Told]) -> Article:
    """Return the article of the same outlet that has the wrong number or name, or else its own."""
    taken_back = (other.line.article for other in _earlier(one, told) if takes_back(one, other))
    return next(taken_back, one.line.article)


def _withdrawn_by(one: Told, told: Sequence[Told]) -> Article:
    for other in _earlier(one, told):
        if retracts(one.line.sentence) and alike(one, other, _SAME):
            return other.line.article
    return one.line.article


def _earlier(one: Told, told: Sequence[Told]) -> Iterator[Told]:
    """Yield what other articles of the same outlet told by the same day."""
    article = one.line.article
    for other in told:
        before = other.line.article
        if before.id == article.id or before.source != article.source or not article.source:
            continue
        if before.published and article.published and before.published <= article.published:
            yield other
