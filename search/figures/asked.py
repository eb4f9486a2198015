"""The figure that a question asks for, and how well a figure of an article fits it."""

import re
from calendar import day_name, month_abbr, month_name
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...corpus.text.spelling import canonical_spelling, known_names
from ..language.dates import named_dates
from ..language.units import kind_of, unit_of
from ..query.quantity import QuantityAsked, quantity_asked
from .counting import Quantity

Stems = frozenset[str]

# Words that say the same of people. What is counted of them is one of these, or none.
_SAME = (
    "killed kill dead death deaths die died dying fatalities fatality fatal perished",
    "injured injuries injury wounded hurt",
    "refugees refugee fled flee fleeing abroad",
    "displaced displacement uprooted",
    "live lived living population inhabitants residents residing",
)
# Words that say nothing of what is counted.
_EMPTY = """
    people person persons human humans life lives victim victims total totals number numbers figure
    figures count counts toll casualties individuals one ones those million billion thousand latest
    newest recent current currently now so far estimate estimates estimated record recorded reported
    according official officially much many long old high large big approximately about exactly
    known altogether overall last first percentage percent proportion share amount
"""
_PLACE = re.compile(
    r"\b(?:in|inside|within|across|throughout|to|into|from)\s+(?:the\s+)?"
    r"([A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*)"
)
_NAME = re.compile(r"(?<=[\w,;’'\"] )[A-Z][\w’-]+")
_TIMES = (*month_name[1:], *month_abbr[1:], *day_name)
_MONTH_OR_DAY = re.compile(rf"(?:{'|'.join(_TIMES)})\b")
_REACH = 100  # characters around a figure that may say of what it is
_PLACE_REACH = 60  # and of where
_ADJECTIVE = re.compile(r"(?:ish|ese|ian|rench|erman|merican)\b")
_CHANGES = re.compile(
    r"\b(?:increase|rise|rose|grow|grew|gain|decrease|drop|decline|reduce|fall|cut|shrink)\w*\b",
    re.IGNORECASE,
)
# How sure a reader must be for its answer to stand where words do not say the same.
SURE = 0.5
_LEAST_SHARED = 0.5  # of the question's words, where it names nothing that is counted


class Setting(NamedTuple):
    """A sentence, its stems, and those of its article's title and of its passage."""

    sentence: str
    stems: Stems
    title: Stems
    passage: Stems


class Fit(NamedTuple):
    """How well a figure fits, above 0, and the places that it is said to be of."""

    score: float
    places: Stems


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """What a question asks the number of, as stems: things, what became of them, other words.

    `names` and `places` are of the others. `spelt` are the names that have several spellings.
    `of_change` says that it may ask how much something rose.
    """

    quantity: QuantityAsked
    things: Stems
    states: Stems
    others: Stems
    names: Stems
    places: Stems
    spelt: tuple[str, ...]
    of_change: bool

    def stems(self, text: str) -> Stems:
        """Give the telling stems of a text, the question's names in one spelling."""
        return _stems(canonical_spelling(text, self.spelt) if self.spelt else text)

    def may_be_in(self, stems: Stems) -> bool:
        """Say whether a sentence with these stems may answer: to read its figures takes longer."""
        return bool(alike(self.things | self.states or self.others, stems))

    def fit(self, figure: Quantity, setting: Setting, sure: float = 0.0) -> Fit | None:
        """Say how well a figure fits, None where it is of another thing, place or kind.

        `sure` is how probable a reader finds it that this figure is the answer. From a half on
        it may count other things, in another unit, but not the injured for the dead.
        """
        if (figure.is_change and not self.of_change) or not self._is_of_kind(figure, sure):
            return None
        near = _near(figure, setting.sentence, _REACH)
        places = places_in(_near(figure, setting.sentence, _PLACE_REACH))
        if self._is_elsewhere(places, setting, sure):
            return None
        counted, stems = self.stems(figure.counted or ""), self.stems(near)
        things = self._fit_of_things(figure, setting)
        states = self._fit_of_states(counted, stems, sure)
        if states is None or (things is None and sure < SURE):
            return None
        score = 1 + (things or 0) + states + self._shared(stems, setting) + 2 * sure
        return Fit(score + 0.5 * self._has_unit(figure) + figure.is_change, places)

    def is_about(self, stems: Stems) -> bool:
        """Say whether a text with these stems has a name of the question's, if that has any."""
        return not self.names or bool(alike(self.names, stems))

    def _is_of_kind(self, figure: Quantity, sure: float) -> bool:
        unit = figure.number.unit
        if not (unit or figure.counted or sure):
            return False  # a number of who knows what
        return sure >= SURE or (kind_of(unit) if unit else None) in self.quantity.kinds

    def _is_elsewhere(self, places: Stems, setting: Setting, sure: float) -> bool:
        """Say whether a figure is of another place or people, or not said to be of those asked."""
        if self.places and places and not alike(self.places, places):
            return True
        if sure >= SURE:
            return False
        of_place = not self.places or alike(self.places, setting.stems | setting.title)
        of_people = not self.things & self.names or alike(self.things & self.names, setting.stems)
        return not (of_place and of_people)

    def _has_unit(self, figure: Quantity) -> bool:
        return figure.number.unit is not None and figure.number.unit == self.quantity.unit

    def _fit_of_states(self, counted: Stems, near: Stems, sure: float) -> float | None:
        """Give 1 for the injured where the injured are asked for, None for the dead."""
        if counted & _states() - self.states:
            return None
        states = counted & _states() or near & _states()
        if self.states and not states & self.states and (states or sure < SURE):
            return None
        return float(bool(states & self.states))

    def _fit_of_things(self, figure: Quantity, setting: Setting) -> float | None:
        """Give up to 1 for the things that are asked for, less for "people", None for others."""
        counted = self.stems(figure.things) - _states()
        if not self.things:
            return 0.0 if self.states or self._shares_others(figure, counted, setting) else None
        if found := alike(self.things, counted):
            return len(found) / len(self.things)
        if counted:
            return None
        if alike(self.things, setting.stems):
            return 0.5
        return 0.25 if alike(self.things, setting.passage) else None

    def _shares_others(self, figure: Quantity, counted: Stems, setting: Setting) -> bool:
        """Say whether a sentence has enough of the other words, and not names alone."""
        telling = self.others - self.names or self.others
        shared = self.others & setting.stems
        if counted and self.quantity.counted and not figure.number.unit:  # 5 houses are no people
            telling &= self.stems(figure.counted or "")
        return bool(telling & shared) and len(shared) >= _LEAST_SHARED * len(self.others)

    def _shared(self, near: Stems, setting: Setting) -> float:
        """Give the share of the question's other words that are around, up to 1."""
        if not self.others:
            return 1.0
        shared = len(self.others & near) + len(self.others & setting.stems)
        return (shared + 0.5 * len(self.others & setting.passage)) / (2.5 * len(self.others))


def asked_figure(question: str) -> AskedFigure | None:
    """Give what figure a question asks for, None for a question of another kind."""
    wanted = quantity_asked(question)
    if not wanted:
        return None
    plain = _without_dates(canonical_spelling(question))
    # "Days" are what it is counted in, and no thing.
    units = _stems(wanted.counted) if unit_of(wanted.counted) else frozenset[str]()
    things = _stems(canonical_spelling(wanted.counted)) - units
    states = _stems(plain) & _states()
    return AskedFigure(
        wanted,
        things - states,
        states,
        _stems(plain) - things - states - units,
        _stems(" ".join(_NAME.findall(plain))),
        places_in(plain),
        known_names(plain),
        bool(_CHANGES.search(plain)),
    )


def places_in(text: str) -> Stems:
    """Give the stems of the names that "in", "to" and the like lead in."""
    named = (match[1] for match in _PLACE.finditer(text))
    places = (name for name in named if not (_MONTH_OR_DAY.match(name) or _ADJECTIVE.search(name)))
    return _stems(canonical_spelling(" ".join(places)))


def alike(some: Stems, others: Stems) -> Stems:
    """Give those of `some` that are among others, as is "Ukrainian" for "Ukraine"."""
    found = some & others
    if len(found) < len(some):
        found |= {one for one in some - found if any(_is_alike(one, other) for other in others)}
    return found


def _is_alike(one: str, other: str) -> bool:
    return len(one) > 4 < len(other) and (one.startswith(other) or other.startswith(one))


def _without_dates(text: str) -> str:
    for named in named_dates(text):
        start, end = named.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _near(figure: Quantity, sentence: str, reach: int) -> str:
    """Give the words around a figure that belong to it, if there are many only the nearest."""
    (start, end), (first, last) = figure.clause, figure.number.span
    return sentence[max(start, first - reach) : min(end, last + reach)]


def _stems(text: str) -> Stems:
    same, empty = _same(), _empty()
    return frozenset(same.get(stem, stem) for stem in analyzer().analyze(text) if stem not in empty)


@cache
def _same() -> Mapping[str, str]:
    groups = (analyzer().analyze(words) for words in _SAME)
    return {stem: group[0] for group in groups for stem in group}


@cache
def _states() -> Stems:
    return frozenset(_same().values())


@cache
def _empty() -> Stems:
    return frozenset(analyzer().analyze(" ".join(STOP_WORDS) + _EMPTY))
