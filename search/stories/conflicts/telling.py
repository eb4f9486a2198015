"""What sentences tell, in a form in which two can be held against each other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ....corpus.text.sentences import is_heading, sentence_spans
from ...figures.counters import counter_of
from ...figures.counting import Quantity, quantities_in
from ...figures.dating import days_of as days_counted
from ...figures.words import Stems, group_stems, outcome_stems, place_names, stems_of
from ...language.corrections import corrects, is_recalled
from ...language.dates import Period
from ...language.lexicon import MONTHS, WEEKDAYS, negated, with_other_forms
from ...results import RankedPassage
from ..dating import days_of
from ..lines import Line

# "The envoy said in Oslo that talks began", "talks began, the envoy said": who says it, and where.
_SAID_THAT = re.compile(
    r"\A[^,;]*?\b(?:said|says|reported|announced|stated|claimed|added|told|wrote)\b[^,;]*?\bthat\s+",
    re.IGNORECASE,
)
_WHO_SAID = re.compile(
    r",\s+(?:according\s+to\b.*|[^,;]{1,60}\b(?:said|says|reported|announced|stated|claimed|added)\b"
    r"[^,;]*)\Z|\A\s*(?:the\s+)?\w+(?:\s+\w+){0,3}?\s+(?:said|says|reported|claimed)\s+(?!on\b|in\b|at\b)",
    re.IGNORECASE | re.DOTALL,
)
_DENIAL = frozenset(stems_of("deny denied denies denying not no never said says"))
_TIMES = stems_of(" ".join((*WEEKDAYS, *MONTHS)))
_MOST_NUMBERS = 10  # of a sentence that are compared
_NEXT = 80  # characters of the next sentence that may say that this one is wrong


@dataclass(frozen=True)
class Told:
    """A sentence of an article, with what it tells as words, places, days and numbers."""

    line: Line
    following: str

    @cached_property
    def said(self) -> str:
        """The sentence without who says it."""
        return _WHO_SAID.sub("", _SAID_THAT.sub("", self.line.sentence)).strip()

    @cached_property
    def stems(self) -> Stems:
        """Its content words, without days and words of denial."""
        stems = stems_of(self.said) - _TIMES - _DENIAL
        return frozenset(one for one in stems if one.isalpha())

    @cached_property
    def forms(self) -> Stems:
        """Its content words with other forms of its verbs."""
        return frozenset(with_other_forms(self.stems))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that it names."""
        return tuple(place_names(self.said))

    @cached_property
    def days(self) -> tuple[Period, ...]:
        """The days that it tells of."""
        told = days_of(self.said, self.line.article)
        return tuple(dict.fromkeys((one.first, one.last) for one in told))

    @cached_property
    def is_negated(self) -> bool:
        """Whether it denies what it tells of."""
        return negated(self.line.sentence)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its numbers that count something, but no changes."""
        found = quantities_in(self.line.sentence)
        return tuple(one for one in found if not one.is_change)

    @cached_property
    def compared(self) -> tuple["Counted", ...]:
        """Its first numbers that may be right, as they are compared with others."""
        wrong = {one.number.span for one in self.recalled}
        right = [one for one in self.quantities if one.number.span not in wrong]
        return tuple(Counted(self, one) for one in right[:_MOST_NUMBERS] if not one.is_beside)

    @cached_property
    def recalled(self) -> tuple[Quantity, ...]:
        """Its numbers that it gives as wrong."""
        article, sentence = self.line.article, self.line.sentence
        if not corrects(f"{article.title}\n{article.text}"):
            return ()
        return tuple(
            one
            for one in quantities_in(sentence)
            if is_recalled(sentence, one.number.span, self.following)
        )


@dataclass(frozen=True)
class Counted:
    """A number of a sentence, with what is needed to compare it, each found once."""

    told: Told
    quantity: Quantity

    @cached_property
    def counter(self) -> str | None:
        """Who counted."""
        return counter_of(self.told.line.sentence, self.quantity.number.span)

    @cached_property
    def day(self) -> date | None:
        """The day that the number is of."""
        days = days_counted(self.quantity, self.told.line.span, self.told.line.article)
        return days[1] if days else None

    @cached_property
    def things(self) -> Stems:
        """What is counted."""
        return stems_of(self.quantity.counted or "")

    @cached_property
    def groups(self) -> Stems:
        """The groups of people that are counted."""
        return self.things & group_stems()

    @cached_property
    def outcomes(self) -> Stems:
        """What happened to them, as the clause says."""
        return (self.things | stems_of(self._clause)) & outcome_stems()

    @cached_property
    def place(self) -> Stems:
        """The words of the places that its clause names."""
        return stems_of(" ".join(place_names(self._clause)))

    @property
    def _clause(self) -> str:
        return self.told.line.sentence[slice(*self.quantity.clause)]


def told_in(passages: Iterable[RankedPassage]) -> Iterator[Told]:
    """Yield what the sentences of passages tell, each once; those of the nearest come first."""
    seen: set[tuple[str, int]] = set()
    for ranked in passages:
        offset, text = ranked.passage.span[0], ranked.passage.text
        for start, end in sentence_spans(text):
            place = (ranked.article.id, offset + start)
            if place in seen or is_heading(text[start:end]):
                continue
            seen.add(place)
            line = Line(ranked.article, (offset + start, offset + end), ranked.also_in)
            yield Told(line, text[end : end + _NEXT])


def alike(one: Told, other: Told, least: float, but: Sequence[str] = ()) -> bool:
    """Return whether two sentences share so much of the words of the shorter one."""
    without = stems_of(" ".join(but))
    short, long = sorted((one, other), key=lambda told: len(told.stems - without))
    words = short.stems - without
    return bool(words) and len(words & long.forms) >= least * len(words)
