"""Statements that several articles tell: the near-identical are one, the first report first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ....corpus.text.analysis import analyzer, stop_stems
from ...language.lexicon import negated
from ...language.numbers import numbers_in
from ..witnesses import witnesses
from .cast import canonical_name, may_be_distorted, may_be_one, surname
from .statements import Statement, Telling

_SAME_STEMS = 0.7  # of those of the shorter of two statements
_LEAST_STEMS = 3  # shorter ones are the same only if all of it is


class _Said(NamedTuple):
    stems: frozenset[str]
    numbers: frozenset[float]
    is_negated: bool


def statements_of(tellings: Iterable[Telling]) -> list[Statement]:
    """Return what is said, the latest first; of near-identical statements of a speaker one.

    A name that is spelt in several ways is of one speaker.
    """
    by_speaker: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        by_speaker[_speaker_key(one)].append(one)
    persons = [one for of_speaker in by_speaker.values() for one in _persons(of_speaker)]
    found = [one for person in _with_distorted(persons) for one in _statements(person)]
    return sorted(found, key=lambda one: (one.day or date.min, one.speaker), reverse=True)


def _speaker_key(one: Telling) -> str:
    name = one.quotation.speaker
    return surname(name) if one.quotation.kind in ("person", "name") else canonical_name(name)


def _persons(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Part what people of one surname say, by their full names; a bare surname is the first's."""
    persons: list[list[Telling]] = []
    for one in sorted(tellings, key=lambda one: -len(one.quotation.speaker)):
        name = one.quotation.speaker
        same = next((p for p in persons if may_be_one(p[0].quotation.speaker, name)), None)
        if same is None:
            persons.append([one])
        else:
            same.append(one)
    return persons


def _with_distorted(persons: Iterable[list[Telling]]) -> list[list[Telling]]:
    """Join what somebody says under a name that a translation has distorted; articles that have
    both names tell of two people."""
    joined: list[list[Telling]] = []
    for one in sorted(persons, key=lambda one: (-len(_articles(one)), min(map(_published, one)))):
        same = next((other for other in joined if _is_one_person(other, one)), None)
        if same is None:
            joined.append([*one])
        else:
            same.extend(one)
    return joined


def _is_one_person(one: Sequence[Telling], other: Sequence[Telling]) -> bool:
    if any(telling.quotation.kind not in ("person", "name") for telling in (one[0], other[0])):
        return False
    names = _fullest_name(one), _fullest_name(other)
    if not may_be_distorted(*names, one_office=True) or _articles(one) & _articles(other):
        return False
    return may_be_distorted(*names, one_office=bool(_offices(one) & _offices(other)))


def _articles(tellings: Iterable[Telling]) -> set[str]:
    return {one.line.article.id for one in tellings}


def _offices(tellings: Iterable[Telling]) -> set[str]:
    """Return the words of what somebody is said to be."""
    offices = " ".join(one.quotation.office for one in tellings)
    return {*analyzer().analyze(offices)} - stop_stems()


def _statements(tellings: Sequence[Telling]) -> list[Statement]:
    name = _fullest_name(tellings)
    groups: list[tuple[_Said, list[Telling]]] = []
    for one in sorted(tellings, key=_published):
        said = _said(one.quote)
        same = next((members for other, members in groups if _alike(said, other)), None)
        if same is None:
            groups.append((said, [one]))
        elif all(one.line.article.id != member.line.article.id for member in same):
            same.append(one)
    return [
        Statement(name, tuple(members), witnesses(member.line for member in members))
        for _, members in groups
    ]


def _fullest_name(tellings: Sequence[Telling]) -> str:
    """Return the name with the most words, of those with as many the one written most often."""
    names = [one.quotation.speaker for one in tellings]
    return max(names, key=lambda name: (len(name.split()), names.count(name)))


def _published(one: Telling) -> tuple[bool, date, str]:
    published = one.line.article.published
    return published is None, published or date.max, one.line.article.id


def _said(quote: str) -> _Said:
    stems = frozenset(analyzer().analyze(quote)) - stop_stems()
    return _Said(stems, frozenset(one.value for one in numbers_in(quote)), negated(quote))


def _alike(one: _Said, other: _Said) -> bool:
    """Return whether two statements share their words, give no other numbers, and deny alike."""
    if one.is_negated != other.is_negated:
        return False
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return False
    fewer = min(len(one.stems), len(other.stems))
    shared = len(one.stems & other.stems)
    return shared == fewer == max(len(one.stems), len(other.stems)) or (
        fewer >= _LEAST_STEMS and shared >= _SAME_STEMS * fewer
    )
