"""The quantity that a question asks for, and the words of the question that tell of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.dates import MONTH, without_dates
from ..language.lexicon import CHANGES, is_outcome
from ..language.numbers import numbers_in
from ..language.units import kinds_of
from ..query.quantity import QuantityAsked, doer_in, quantity_asked, subject_in
from .counting import Quantity
from .words import Stems, alike, group_stems, outcome_stems, paying_stems, place_names, stems_of

_PLANNED = re.compile(
    r"\b(?:will|would|planned|pledged|promised|(?:plans?|hopes?|expects?|expected|is|are|due|going)\s+to"
    r"(?!\s+have)|(?:goal|aim|target)\s+(?:is|was)|hop(?:es?|ed|ing)\s+for|wants?\s+to\s+have|may(?=\s+[a-z]+\s))\b",
    re.IGNORECASE,
)
_OF_PAST = re.compile(r"\b(?:have|has|had|was|were|did)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;’'\"] )[A-Z][\w’-]+")
_DONE = re.compile(r"\b(?:did|do|does)\b.*\b([a-z]{4,})\W*\Z")  # "did the Ursa carry?"
# "Ship 57", "ship number 57": not "in 57", "57 days".
_LABEL = re.compile(
    r"\b(?!(?:about|above|after|almost|around|at|before|below|by|exactly|first|from|in|just|last|least|"
    r"most|nearly|next|of|on|only|over|past|since|some|than|the|these|those|to|under|until|with)\b)"
    rf"(?!{MONTH}\b)[a-z]{{3,}}\s+(?:number\s+|no\.\s*)?(\d{{1,4}})\b"
    rf"(?!\s*(?:[.,:/%–-]\d|%|per\b|percent|[a-z]+s\b|million|billion|{MONTH}))"
)
EACH_TIME = r"(?:an?|per|each|every)\s+(?:minute|hour|day|night|week|month|year)"
_RATE = re.compile(rf"\b(?:{EACH_TIME}|(?:dai|week|month|year|hour|night)ly)\b", re.IGNORECASE)
_CHANGES = re.compile(rf"\b{CHANGES}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuantityMatcher:
    """What a question for a quantity asks, as stems.

    They are the `things` that are counted, their `outcomes` and `others`, with the `acts`, `names`
    and `places` among them; `labels` are the numbers of what is asked about, and `owner` is who won
    so many, or what costs so much. `spelt` are names with several spellings. `of_change` says that
    the question may ask by how much something changed, `of_rate` how much a day. `given` are the
    numbers in the question itself, which are no answer to it. `of_past` says whether it is of the
    past, and not of a plan; None where it may be of either.
    """

    asked: QuantityAsked
    things: Stems
    outcomes: Stems
    acts: Stems
    others: Stems
    names: Stems
    places: Stems
    labels: Stems
    owner: Stems
    of_change: bool
    of_rate: bool
    given: frozenset[float]
    of_past: bool | None
    spelt: tuple[str, ...]
    spellings: Spellings

    def tells_another_time(self, clause: str, sentence: str) -> bool:
        """Return whether a clause tells of a plan where the question is of the past, or not."""
        if self.of_past is None:
            return False
        return bool(_PLANNED.search(clause if self.of_past else sentence)) is self.of_past

    def stems(self, text: str) -> Stems:
        """Return the stems of a text's content words, the question's names in one spelling."""
        return stems_of(self.spellings.canonical(text, self.spelt) if self.spelt else text)

    def places_in(self, text: str) -> Stems:
        """Return the stems of the names after "in", "to" and the like."""
        return stems_of(self.spellings.canonical(" ".join(place_names(text))))

    def may_be_in(self, stems: Stems) -> bool:
        """Return whether a sentence with these stems may answer: a quick check before reading."""
        return bool(alike(self.things | self.outcomes or self.others, stems))

    def is_about(self, stems: Stems) -> bool:
        """Return whether a text with these stems has a name of the question, if that has any."""
        return not self.names or bool(alike(self.names, stems))

    def names_what(self, quantity: Quantity) -> bool:
        """Return whether a quantity is said to be of the things asked for."""
        return bool(self.things and alike(self.things, self.stems(quantity.things)))

    def measures(self, quantity: Quantity) -> bool:
        """Return whether a unit of the kinds asked for says by itself what is measured."""
        unit = quantity.number.unit
        return unit is not None and bool(kinds_of(unit) & self.asked.kinds)

    def of_outcome(self, quantities: Sequence[Quantity]) -> list[Quantity]:
        """Return the quantities of a sentence that count the outcome asked for, if any does."""
        own = [one for one in quantities if self.outcomes & self.stems(one.counted or "")]
        return own or [*quantities]

    def group_in(self, quantity: Quantity) -> Stems:
        """Return the group of people that it counts, if the question does not name that group."""
        counted = self.stems(quantity.counted or "") & group_stems()
        if not self.things & group_stems():
            counted -= stems_of("civilians")  # as news calls all people in a war
        return frozenset() if counted & (self.things | self.others) else counted


def _labels(question: str) -> Stems:
    """Return the numbers that name what is asked about: "57" of "how many did ship 57 bring"."""
    return frozenset(found[1] for found in _LABEL.finditer(question))


def matcher_for(question: str, spellings: Spellings = DEFAULT_SPELLINGS) -> QuantityMatcher | None:
    """Return what compares quantities with the one asked for, None if none is asked for."""
    asked = quantity_asked(question)
    if not asked:
        return None
    plain = without_dates(spellings.canonical(question))
    stems = stems_of(plain)
    outcomes = stems & outcome_stems()
    if asked.how == "much" and asked.counted:
        outcomes = frozenset[str]()
    things = stems_of(spellings.canonical(asked.counted)) - outcomes
    return QuantityMatcher(
        asked,
        things,
        outcomes,
        acts=stems_of(" ".join([*filter(is_outcome, plain.split()), *_DONE.findall(plain)]))
        - things
        - outcomes
        - paying_stems(),
        others=stems - things - outcomes,
        names=stems_of(" ".join(_NAME.findall(plain))),
        places=stems_of(spellings.canonical(" ".join(place_names(plain)))),
        labels=_labels(plain),
        owner=stems_of(f"{doer_in(plain)} {subject_in(plain)}"),
        of_change=bool(_CHANGES.search(plain)),
        of_rate=bool(_RATE.search(plain)),
        given=frozenset(number.value for number in numbers_in(plain)),
        of_past=False if _PLANNED.search(question) else bool(_OF_PAST.search(question)) or None,
        spelt=spellings.known_names(plain),
        spellings=spellings,
    )
