"""The quantity that a question asks for, and how well a quantity of an article fits it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.dates import without_dates
from ..language.lexicon import CHANGES, is_outcome
from ..language.units import kinds_of
from ..query.quantity import QuantityAsked, doer_in, quantity_asked, subject_in
from .barring import is_barred, is_not_paid, names_other_places
from .counting import Quantity, quantities_in
from .words import (
    Stems,
    alike,
    group_stems,
    outcome_stems,
    paying_stems,
    place_names,
    stems_of,
)

_LOWER_WORD = re.compile(r"\b[a-z]+\b")
_PLANNED = re.compile(
    r"\b(?:will|would|planned|pledged|promised|(?:plans?|hopes?|expects?|expected|is|are|due|going)\s+to"
    r"(?!\s+have))\b",
    re.IGNORECASE,
)
_OF_PAST = re.compile(r"\b(?:have|has|had|was|were|did)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;’'\"] )[A-Z][\w’-]+")
_CHANGES = re.compile(rf"\b{CHANGES}", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:people|persons?)\b", re.IGNORECASE)
_REACH = 80  # characters around a number that may say what it counts, and where
# The probability from which on a reader's answer stands although the words differ.
SURE = 0.5
# That from which on it stands although the number counts something else in so many words.
_SURE_OF_OTHER = 0.75
_BESIDE = 0.5  # off the score of a former value, where the new one stands beside it
_OTHER_OUTCOME = 1.0  # off the score of those found, where the missing are asked for
_PART_OF_ALL = 0.75  # off the score of children, where people are counted
_WHOLE = 3.0  # off the score of five, where "three of the five" tells how many did something
_LEAST_SHARED = 0.5  # of the question's words, if it names nothing that is counted


class Setting(NamedTuple):
    """A sentence and its stems, those near it and those of its passage.

    Near are its own, those of the sentences that it refers back to, and of its article's title.
    The scene, which may set the place, is what its outlet and its article's beginning name.
    `text` is what is near; `before` is the passage up to the sentence's end, with the title.
    """

    sentence: str
    stems: Stems
    near: Stems
    passage: Stems
    scene: Stems = frozenset()
    text: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class QuantityMatcher:
    """Compares quantities with the one that a question asks for.

    Its words, as stems: the `things` that are counted, their `outcomes` and `others`, with the
    `names` and `places` among them; `subject` is what is said to cost or to have so much. `spelt`
    are names with several spellings. `of_change` says that the question may ask by how much
    something changed; `became` are words for what became of the things. `of_past` says
    whether it is of the past, and not of a plan; None where it may be of either. `doer` is who
    won or got so many.
    """

    asked: QuantityAsked
    things: Stems
    outcomes: Stems
    others: Stems
    names: Stems
    places: Stems
    subject: Stems
    spelt: tuple[str, ...]
    of_change: bool
    became: Stems = frozenset()
    of_past: bool | None = None
    doer: Stems = frozenset()
    spellings: Spellings = DEFAULT_SPELLINGS

    def tells_another_time(self, clause: str) -> bool:
        """Return whether a clause tells of a plan where the question is of the past, or not."""
        if self.of_past is None:
            return False
        return bool(_PLANNED.search(clause)) is self.of_past

    def stems(self, text: str) -> Stems:
        """Return the stems of a text's content words, the question's names in one spelling."""
        return stems_of(self.spellings.canonical(text, self.spelt) if self.spelt else text)

    def may_be_in(self, stems: Stems) -> bool:
        """Return whether a sentence with these stems may answer: a quick check before reading."""
        return bool(alike(self.things | self.outcomes or self.others, stems))

    def is_about(self, stems: Stems) -> bool:
        """Return whether a text with these stems has a name of the question, if that has any."""
        return not self.names or bool(alike(self.names, stems))

    def is_of_all_names(self, stems: Stems) -> bool:
        """Return whether a sentence with these stems has all names of the question."""
        return self.names <= alike(self.names, stems)

    def fit(self, quantity: Quantity, setting: Setting, sure: float = 0.0) -> float | None:
        """Return how well a quantity fits, above 0; None if it is of another thing, place or kind.

        `sure` is a reader's probability that it is the answer. From SURE on it may count other
        things, in another unit, but not the injured for the dead.
        """
        if (quantity.is_change and not self.of_change) or not self._is_of_kind(quantity, sure):
            return None
        if self.subject and not alike(self.subject, setting.passage):
            return None
        if sure < _SURE_OF_OTHER and not self.doer <= alike(self.doer, setting.passage):
            return None
        near = _near(quantity, setting.sentence)
        places = places_in(near, self.spellings)
        if self._is_elsewhere(places, self.stems(near), setting, sure):
            return None
        if self.is_of_another(quantity, setting):
            return None
        outcomes = self._fit_of_outcomes(quantity, self.stems(near), sure)
        things = self._fit_of_things(quantity, setting)
        if outcomes is None or (things is None and sure < self._sure_enough(quantity, setting)):
            return None
        if self.is_of_other_group(quantity, setting):
            return None  # soldiers are no civilians, however sure the reader
        has_unit = quantity.number.unit is not None and quantity.number.unit == self.asked.unit
        score = 1 + (things or 0) + outcomes + self._shared(self.stems(near), setting) + 2 * sure
        score -= _PART_OF_ALL * bool(self.group_in(quantity))
        score -= _WHOLE * (quantity.is_whole and bool(self.others or self.outcomes))
        score -= _BESIDE * quantity.is_beside
        score -= _OTHER_OUTCOME * self._has_another_outcome(quantity, setting)
        return score + 0.5 * has_unit + quantity.is_change

    def _has_another_outcome(self, quantity: Quantity, setting: Setting) -> bool:
        """Return whether what is counted was found, where the missing are asked for."""
        last = (quantity.counted or "").removeprefix(quantity.things).split()[:1]
        if not self.became or not last or not is_outcome(last[0]):
            return False
        around = f"{last[0]} {clause_of(quantity, setting)}"
        return not alike(self.became, self.stems(around))

    def is_of_another(self, quantity: Quantity, setting: Setting) -> bool:
        """Return whether it is of another act or measure, or no money: however sure the reader."""
        things = self.stems(quantity.things) if self.asked.unit and self.things else frozenset()
        is_of_pay = "money" in self.asked.kinds and self.others & paying_stems()
        return bool(
            (things and not alike(self.things, things | setting.stems))
            or is_barred(quantity, setting.sentence, self.asked, self.others, bool(self.outcomes))
            or self._is_of_other_act(quantity, setting)
            or (is_of_pay and is_not_paid(quantity, setting.sentence, setting.stems, self.of_past))
        )

    def is_of_other_group(self, quantity: Quantity, setting: Setting) -> bool:
        """Return whether it counts other people than the group asked for: no soldiers."""
        asked = self.things & group_stems()
        return bool(asked) and (
            not alike(asked, setting.passage)
            or bool(self.group_in(quantity))
            or bool(_PEOPLE.search(quantity.things) and not alike(asked, setting.near))
        )

    def is_of_other_outcome(self, quantity: Quantity, sentence: str) -> bool:
        """Return whether a quantity counts the injured where the dead are asked for."""
        counted = self.stems(quantity.counted or "") & outcome_stems()
        found = counted or self.stems(_near(quantity, sentence)) & outcome_stems()
        return bool(self.outcomes and found and not found & self.outcomes)

    def group_in(self, quantity: Quantity) -> Stems:
        """Return the group of people that it counts, if the question does not name that group."""
        counted = self.stems(quantity.counted or "") & group_stems()
        if not self.things & group_stems():
            counted -= stems_of("civilians")  # as news calls all people in a war
        return frozenset() if counted & (self.things | self.others) else counted

    def _sure_enough(self, quantity: Quantity, setting: Setting) -> float:
        """Return the least probability by which a number of other things may be the answer."""
        if self.things and not alike(self.things, setting.passage):
            return _SURE_OF_OTHER
        named = quantity.things and (self.stems(quantity.things) or _PEOPLE.search(quantity.things))
        is_named = bool(self.things and named)
        return _SURE_OF_OTHER if is_named else SURE

    def _is_of_kind(self, quantity: Quantity, sure: float) -> bool:
        unit = quantity.number.unit
        if not (unit or quantity.counted or sure):
            return False  # nothing says what it counts
        return sure >= SURE or bool((kinds_of(unit) if unit else {None}) & self.asked.kinds)

    def _is_elsewhere(self, places: Stems, near: Stems, setting: Setting, sure: float) -> bool:
        """Return whether it is of another place or people, or not said to be of those asked."""
        if self.places and places and not alike(self.places, places | near):
            return True
        if sure >= SURE:
            return False
        of_place = (
            not self.places
            or bool(alike(self.places, setting.near))
            or (self.places <= setting.scene and not names_other_places(setting.sentence))
        )
        of_people = not self.things & self.names or alike(self.things & self.names, setting.stems)
        return not (of_place and of_people)

    def _fit_of_outcomes(self, quantity: Quantity, near: Stems, sure: float) -> float | None:
        """Return 1 if the outcome is the one asked for, None if it is another."""
        counted = self.stems(quantity.counted or "") & outcome_stems()
        found = counted or near & outcome_stems()
        if counted - self.outcomes:
            return None
        if self.outcomes and not found & self.outcomes and (found or sure < SURE):
            return None
        return float(bool(found & self.outcomes))

    def _is_of_other_act(self, quantity: Quantity, setting: Setting) -> bool:
        """Return whether it counts soldiers sent or houses where those killed are asked for."""
        if self.outcomes and quantity.is_labelled:  # "Cases: 340; Deaths: 9"
            return not self.stems(quantity.counted or "") & self.outcomes
        if not self.outcomes or alike(self.outcomes, setting.near):
            return False
        counted = (quantity.counted or "").split()
        things = self.stems(quantity.things) - group_stems()
        return any(map(is_outcome, counted)) or bool(things and not alike(self.things, things))

    def of_outcome(self, quantities: Sequence[Quantity]) -> list[Quantity]:
        """Return the quantities of a sentence that count the outcome asked for, if any does."""
        if not self.outcomes:
            return [*quantities]
        own = [one for one in quantities if self.stems(one.counted or "") & self.outcomes]
        return own or [*quantities]

    def _fit_of_things(self, quantity: Quantity, setting: Setting) -> float | None:
        """Return up to 1 for the things asked for, less if only near, None for other things."""
        counted = self.stems(quantity.things) - outcome_stems()
        if not self.things:
            return 0.0 if self.outcomes or self._shares_others(quantity, counted, setting) else None
        if found := alike(self.things, counted):
            return len(found) / len(self.things)
        if self.asked.is_measure and self.things <= self.stems(clause_of(quantity, setting)):
            return 0.75
        if _PEOPLE.search(quantity.things) and not self.outcomes:
            return None  # people are no cars
        return 0.5 if not counted and alike(self.things, setting.passage) else None

    def _shares_others(self, quantity: Quantity, counted: Stems, setting: Setting) -> bool:
        """Return whether a sentence has enough of the other words, and not names alone."""
        if self._measures(quantity) and len(self.names) > 1 and self.is_of_all_names(setting.stems):
            return True  # "Holm signed Bo for 28 million"
        words, shared = self.others - self.names or self.others, self.others & setting.near
        if not self._measures(quantity):
            shared &= setting.stems | setting.scene  # only a unit tells what the number is of
        if counted and self.asked.counted and not quantity.number.unit:
            words &= self.stems(quantity.counted or "")  # 5 houses are no people
        return bool(words & shared) and len(shared) >= _LEAST_SHARED * len(self.others)

    def _measures(self, quantity: Quantity) -> bool:
        """Return whether a unit of the kinds asked for says by itself what is measured."""
        unit = quantity.number.unit
        return unit is not None and bool(kinds_of(unit) & self.asked.kinds)

    def _shared(self, near: Stems, setting: Setting) -> float:
        """Return the share of the question's other words that are around, up to 1."""
        if not self.others:
            return 1.0
        shared = len(self.others & near) + len(self.others & setting.near)
        return (shared + 0.5 * len(self.others & setting.passage)) / (2.5 * len(self.others))


def matcher_for(question: str, spellings: Spellings = DEFAULT_SPELLINGS) -> QuantityMatcher | None:
    """Return what compares quantities with the one asked for, None if none is asked for."""
    asked = quantity_asked(question)
    if not asked:
        return None
    plain = without_dates(spellings.canonical(question))
    stems = stems_of(plain)
    outcomes = stems & outcome_stems()
    things = stems_of(spellings.canonical(asked.counted)) - outcomes
    return QuantityMatcher(
        asked,
        things,
        outcomes,
        stems - things - outcomes,
        stems_of(" ".join(_NAME.findall(plain))),
        places_in(plain, spellings),
        stems_of(subject_in(plain)),
        spellings.known_names(plain),
        bool(_CHANGES.search(plain)),
        stems_of(" ".join(word for word in _LOWER_WORD.findall(plain) if is_outcome(word))),
        _of_past(plain),
        stems_of(doer_in(plain)),
        spellings,
    )


def _of_past(question: str) -> bool | None:
    if _PLANNED.search(question):
        return False
    return True if _OF_PAST.search(question) else None


def counts_otherwise(
    question: str, sentence: str, passage: str, spellings: Spellings = DEFAULT_SPELLINGS
) -> bool:
    """Return whether all quantities in a sentence of a passage count another thing than is asked.

    >>> counts_otherwise("How many died?", "Among the injured were two soldiers.", "")
    True
    """
    matcher, found = matcher_for(question, spellings), quantities_in(sentence)
    if not matcher or not found or matcher.asked.is_label:
        return False
    own, around = matcher.stems(sentence), matcher.stems(f"{passage}\n{sentence}")
    setting = Setting(sentence, own, own, around)
    return all(
        matcher.is_of_other_outcome(quantity, sentence)
        or matcher.is_of_another(quantity, setting)
        or matcher.is_of_other_group(quantity, setting)
        or not (quantity.number.unit or None in matcher.asked.kinds)
        for quantity in found
    )


def places_in(text: str, spellings: Spellings = DEFAULT_SPELLINGS) -> Stems:
    """Return the stems of the names after "in", "to" and the like."""
    return stems_of(spellings.canonical(" ".join(place_names(text))))


def clause_of(quantity: Quantity, setting: Setting) -> str:
    """Return the clause of a number."""
    return setting.sentence[slice(*quantity.clause)]


def _near(quantity: Quantity, sentence: str) -> str:
    """Return the words around a number within its clause."""
    (start, end), (first, last) = quantity.clause, quantity.number.span
    return sentence[max(start, first - _REACH) : min(end, last + _REACH)]
