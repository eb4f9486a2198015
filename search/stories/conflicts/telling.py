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
from ...language.corrections import admits_error, corrects, is_recalled, names_recalled
from ...language.dates import MONTH, Period
from ...language.lexicon import MONTHS, WEEKDAYS, with_other_forms
from ...language.units import kind_of
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
    r"[^,;]{0,40})\Z|\A\s*(?:the\s+)?\w+(?:\s+\w+){0,3}?\s+(?:said|says|reported|claimed)\s+(?!on\b|in\b|at\b)",
    re.IGNORECASE | re.DOTALL,
)
# Places that "in" and "to" do not stand before: a ship sinks off one, a plane falls near one.
_NEAR_PLACE = re.compile(r"\b(?:near|off|outside)\s+(?:the\s+)?([A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*)")
_TO_SOMEBODY = re.compile(
    r"\b(?:out|up|according|due|thanks|spoke|spoken|speaking|talk\w*|appeal\w*|listen\w*|close|loyal|"
    r"said|attributed|belong\w*|similar|opposed)\s+to\s+(?=[A-Z])"
)
# What stands between a verb and a place: whom somebody met in a town.
_BEFORE_PLACE = re.compile(
    r"\b(?:the|an?|his|her|its|their)\s+([\w’-]+(?:\s+[\w’-]+)?)\s+(?:in|at|near|off|outside)\s+\Z",
    re.IGNORECASE,
)
# "As of 11 p.m.": the figure of a moment.
_CLOCK = r"\d{1,2}(?::\d\d)?\s*[ap]\.?m\b\.?|\d{1,2}:\d\d"
_TIME_WORDS = (
    r"early|late|noon|midnight|local\s+time|today|yesterday|morning|afternoon|evening|night|on|the|this"
    rf"|{'|'.join(WEEKDAYS)}|\d{{1,2}}\s+{MONTH}|{MONTH}(?:\s+\d{{1,2}}\b)?"
)
_MOMENT = re.compile(rf"\bas\s+of(?:\s+(?:{_CLOCK}|{_TIME_WORDS}))+|\b(?:{_CLOCK})", re.IGNORECASE)
_AND_MONTHS = re.compile(r"\s+and\s+(?:a\s+half\b|\w+\s+(?:months?|weeks?|days?|cents)\b)", re.I)
# "Three people familiar with the matter": who says it is not what is told.
_SOURCES = re.compile(
    r"\s+(?:[\w.’-]+\s+){0,3}?(?:people|persons|sources|officials)\s+(?:familiar|briefed|close\s+to|"
    r"with\s+(?:direct\s+)?knowledge|who\s+(?:spoke|asked|declined))\b",
    re.IGNORECASE,
)
# "Five people, including two in the north": a part; "a 3 mile-wide plume": a measure of its own.
_INCLUDING = re.compile(r"\bincluding\b[^.;]*\Z", re.IGNORECASE)
_WIDE = re.compile(r"-\w")
_LISTED = re.compile(r"\d-\d+-\d")
_NAMED = re.compile(r"[A-Z][\w’-]+,\s+\Z")
_ELAPSED = re.compile(r"\s+(?:after|ago|later|earlier|since|before|old|of)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|past|last)\s+\Z", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?\s+(?:claims|reports)\s+that)\b", re.I
)
_NOT = re.compile(  # but "Don’t lie"
    r"(?:\b(?i:not|never|no|cannot|neither|none)|(?<!\bDo)n['’]t)\b(?!\s+(?:only|just|least|merely)\b)"
)
# "It has burned 900 hectares, up from 300": what was so before.
_UP_FROM = re.compile(
    r"\b(?:up|down|rose|risen|fell|fallen|increased|grew|grown)\s+from\s+\Z", re.I
)
_WORD = re.compile(r"[^\W\d_]+")
_DENIAL = frozenset(stems_of("deny denied denies denying not no never said says"))
_TIMES = stems_of(" ".join((*WEEKDAYS, *MONTHS)))
_MOST_NUMBERS = 10  # of a sentence that are compared
_NEAR = 0.5
_OF_SAME = 0.3  # of the words besides a wrong name
_FEWEST = 2  # words that sentences which are alike share
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
        """Its content words, without days, numbers and words of denial."""
        numbers = stems_of(" ".join(one.number.text for one in self.quantities))
        stems = stems_of(self.said) - _TIMES - _DENIAL - numbers
        return frozenset(one for one in stems if one.isalpha())

    @cached_property
    def subject(self) -> str | None:
        """The first of its content words."""
        return _first_stem(self.said)

    @cached_property
    def forms(self) -> Stems:
        """Its content words with other forms of its verbs."""
        return frozenset(with_other_forms(self.stems))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that it names."""
        near = (found[1] for found in _NEAR_PLACE.finditer(self.said))
        said = _TO_SOMEBODY.sub(" ", self.said)
        named = dict.fromkeys((*place_names(said), *near))
        return tuple(one for one in named if one not in self.names_recalled)

    @cached_property
    def groups(self) -> Stems:
        """The groups of people that it names."""
        return self.stems & group_stems()

    @cached_property
    def days(self) -> tuple[Period, ...]:
        """The days that it tells of."""
        told = days_of(self.said, self.line.article)
        return tuple(dict.fromkeys((one.first, one.last) for one in told))

    @cached_property
    def is_negated(self) -> bool:
        """Whether it denies what it tells of."""
        sentence = self.line.sentence
        return bool(_DENIES.search(sentence) or _NOT.search(sentence))

    def says_not(self, what: Stems) -> bool:
        """Return whether the first content word after a "not" of it is among those given.

        Of what is denied as a whole it must be half of the words.
        """
        if _DENIES.search(self.line.sentence):
            return len(self._denied & what) >= _NEAR * len(self._denied)
        return not self._denied.isdisjoint(what)

    @cached_property
    def _denied(self) -> Stems:
        """What is denied as a whole, or else the first content word after each "not"."""
        sentence = self.line.sentence
        if found := _DENIES.search(sentence):
            return stems_of(sentence[found.end() :]) - _TIMES
        after = (_first_stem(sentence[found.end() :]) for found in _NOT.finditer(sentence))
        return frozenset(stem for stem in after if stem)

    @cached_property
    def _all_quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantities_in(self.line.sentence))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its numbers that count something, but no changes."""
        return tuple(one for one in self._all_quantities if not one.is_change)

    @cached_property
    def compared(self) -> tuple["Counted", ...]:
        """Its first numbers that may be right, as they are compared with others."""
        wrong = {one.number.span for one in self.recalled}
        wrong |= {one.number.span for one in self.former}
        right = [one for one in self.quantities if one.number.span not in wrong]
        right = [one for one in right if not self._is_aside(one)]
        return tuple(Counted(self, one) for one in right[:_MOST_NUMBERS] if not one.is_beside)

    def _is_aside(self, one: Quantity) -> bool:
        """Return whether a number is no figure of what is told, or only a part of it."""
        sentence, (start, end) = self.line.sentence, one.number.span
        before, after = sentence[:start], sentence[end:]
        if _LISTED.search(one.number.text) or (_NAMED.search(before) and after.startswith(",")):
            return True  # winning numbers, an age
        is_time = one.number.unit is not None and kind_of(one.number.unit) == "time"
        if is_time and (_ELAPSED.match(after) or _AFTER.search(before)):
            return True
        aside = (_AND_MONTHS, _SOURCES, _WIDE)
        return bool(_INCLUDING.search(before)) or any(pattern.match(after) for pattern in aside)

    @cached_property
    def moment(self) -> str:
        """The time of day, or the like, that its numbers are of."""
        found = _MOMENT.search(self.line.sentence)
        return found[0].casefold() if found else ""

    @cached_property
    def former(self) -> tuple[Quantity, ...]:
        """Its numbers that it says were so before."""
        sentence = self.line.sentence
        found = self._all_quantities
        return tuple(one for one in found if _UP_FROM.search(sentence[: one.number.span[0]]))

    def beside(self, place: str) -> Stems:
        """Return the words right before a place: "the Pope" of "met the Pope in Rome"."""
        found = _BEFORE_PLACE.search(self.said[: self.said.find(place)])
        return stems_of(found[1]) if found else frozenset()

    @cached_property
    def admits_error(self) -> bool:
        """Whether it says that its outlet was wrong."""
        return admits_error(self.line.sentence)

    @cached_property
    def names_recalled(self) -> frozenset[str]:
        """The names that it gives as wrong, of places and days."""
        return frozenset(names_recalled(self.line.sentence))

    @cached_property
    def recalled(self) -> tuple[Quantity, ...]:
        """Its numbers that it gives as wrong."""
        article, sentence = self.line.article, self.line.sentence
        if not corrects(f"{article.title}\n{article.text}"):
            return ()
        return tuple(
            one
            for one in self._all_quantities
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
    def heads(self) -> Stems:
        """The last word for what is counted: "delays" of "flight delays"; none for people."""
        words = self.quantity.things.split()
        return stems_of(words[-1]) if words else frozenset()

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
            if place in seen or not _tells(text[start:end]):
                continue
            seen.add(place)
            line = Line(ranked.article, (offset + start, offset + end), ranked.also_in)
            yield Told(line, text[end : end + _NEXT])


def _first_stem(text: str) -> str | None:
    """Return the stem of the first content word of a text, but of a day."""
    words = (stems_of(word[0]) - _TIMES for word in _WORD.finditer(text))
    return next((stem for stems in words for stem in stems), None)


def _tells(sentence: str) -> bool:
    """Return whether a sentence may tell anything: a heading and a question tell nothing."""
    return not is_heading(sentence) and not sentence.rstrip("”’\"' ").endswith("?")


def alike(
    one: Told, other: Told, least: float, but: Sequence[str] = (), fewest: int = _FEWEST
) -> bool:
    """Return whether two sentences share so much of the words of the shorter one, and so many."""
    without = stems_of(" ".join(but))
    short, long = sorted((one, other), key=lambda told: len(told.stems - without))
    words = short.stems - without
    both = len(words & long.forms)
    return both >= max(fewest, least * len(words))


def takes_back(one: Told, other: Told) -> bool:
    """Return whether a sentence gives a number of another one as wrong, or a name in the same.

    The other one must tell of more that it tells, too: not all that happened in Ankara is wrong.
    """
    wrong = {quantity.number.value for quantity in one.recalled}
    if wrong & {quantity.number.value for quantity in other.quantities}:
        return True
    return any(
        re.search(rf"\b{re.escape(name)}\b", other.line.sentence)
        and alike(one, other, _OF_SAME, but=[name], fewest=1)
        for name in one.names_recalled
    )
