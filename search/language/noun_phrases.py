"""Nouns with what is attached to them: "Ukraine's deputy defence minister", "ministers of Russia".

Found by the order of words alone, without a parser, so only what stands beside a noun is seen. A
missed modifier does less harm than a word taken for one by mistake.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...corpus.article import Span
from ...corpus.text.analysis import STOP_WORDS, analyzer
from .lexicon import NUMBER_WORDS, SCALES, TITLES, is_outcome
from .names import is_people

_TOKEN = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*['’]?|[^\w\s]")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])\Z")
_MOST_BEFORE = 5  # words before a noun that may belong to it
_DETERMINERS = frozenset("a an the its their his her our your this these those".split())
# What is said "of" these is what they consist of, not whose they are.
_PARTITIVE = (
    frozenset(
        """
        advance amount became become becomes bit case couple end half kind lot majority member
        members most name names none number one ones part parts percent percentage portion rest
        result share side sort type types use way
        """.split()
    )
    | NUMBER_WORDS.keys()
    | SCALES.keys()
)
_AUXILIARIES = frozenset("did does do".split())


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun and what is attached to it.

    `head` is in the singular. `modifiers` are the stems of the words before it and of an "of"
    phrase. `names` are those that own it: possessives, adjectives of countries, and those after
    "of", as written; `beside` are other names before it. `span` is that of the whole phrase.
    """

    head: str
    modifiers: frozenset[str]
    names: frozenset[str]
    beside: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or a mark of punctuation."""

    text: str
    start: int
    possessive: bool

    @property
    def bare(self) -> str:
        return _POSSESSIVE.sub("", self.text)

    @property
    def is_content(self) -> bool:
        return self.text[0].isalnum() and self.bare.lower() not in STOP_WORDS

    @property
    def is_name(self) -> bool:
        capital = self.text[0].isupper() and self.is_content
        return capital and self.bare.lower() not in TITLES

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def phrases_with(head: str, text: str) -> list[NounPhrase]:
    """Return the phrases in a text whose head is `head`, singular or plural.

    >>> [phrase] = phrases_with("minister", "Hanna Malyar is Ukraine's deputy defence minister.")
    >>> sorted(phrase.modifiers), sorted(phrase.names)
    (['defenc', 'deputi'], ['Ukraine'])
    """
    words = _words(text)
    return [
        _phrase(words, place)
        for place, word in enumerate(words)
        if word.is_content and _singular(word.bare) == head
    ]


def phrases_asked(question: str) -> list[NounPhrase]:
    """Return the phrases of a question that have anything attached to their nouns.

    The noun is the last word before a stop word; after "did" a verb follows it.

    >>> [(p.head, sorted(p.names)) for p in phrases_asked("Who led the delegation of Russia?")]
    [('delegation', ['Russia'])]
    """
    words = _words(question)
    phrases = (_phrase(words, place) for place in _heads(words))
    return [phrase for phrase in phrases if phrase.modifiers or phrase.names]


def _heads(words: Sequence[_Word]) -> Iterator[int]:
    """Return the places of the nouns at the ends of runs of content words."""
    start = 0
    while start < len(words):
        if not words[start].is_content:
            start += 1
            continue
        end = start
        while end + 1 < len(words) and words[end + 1].is_content:
            end += 1
        determined = start > 0 and words[start - 1].text.lower() in _DETERMINERS
        before = words[start - 1 - determined].text.lower() if start > determined else ""
        head = end - 1 if before in _AUXILIARIES and end > start else end
        if _is_noun(words[head]):
            yield head
        start = end + 1


def _is_noun(word: _Word) -> bool:
    """Whether a word may be a noun that others describe, as far as its form tells."""
    text = word.bare.lower()
    return (
        text.isalpha()
        and not word.is_name
        and not word.possessive
        and not is_outcome(text)
        and not text.endswith("ing")
        and text not in _PARTITIVE
    )


def _phrase(words: Sequence[_Word], place: int) -> NounPhrase:
    modifiers: set[str] = set()
    names: set[str] = set()
    beside: set[str] = set()
    first = _before(words, place, modifiers, names, beside)
    last = _after(words, place, modifiers, names)
    return NounPhrase(
        _singular(words[place].bare),
        frozenset(modifiers),
        frozenset(names),
        frozenset(beside),
        (words[first].start, words[last].end),
    )


def _before(
    words: Sequence[_Word], place: int, modifiers: set[str], names: set[str], beside: set[str]
) -> int:
    """Add what stands before the noun, and return where the phrase begins."""
    at = first = place
    while at > max(0, place - _MOST_BEFORE):
        at -= 1
        word = words[at]
        if word.text.lower() in ("and", "or") and names and at and _owns(words[at - 1]):
            continue
        if not word.is_content:
            break
        first = at
        if _owns(word):
            names.add(word.bare)
            if word.possessive:
                first = _whole_name(words, at, names)
                if words[max(first - 1, 0)].text.lower() not in ("and", "or"):
                    break
                at = first
        elif word.is_name:
            beside.add(word.bare)
        else:
            modifiers.add(_stem(word.bare))
    return first


def _owns(word: _Word) -> bool:
    return word.is_name and (word.possessive or is_people(word.bare))


def _whole_name(words: Sequence[_Word], at: int, names: set[str]) -> int:
    """Add the words of a possessive name before its last, and return where it begins."""
    while at and words[at - 1].is_name and not words[at - 1].possessive:
        at -= 1
        names.add(words[at].bare)
    return at


def _after(words: Sequence[_Word], place: int, modifiers: set[str], names: set[str]) -> int:
    """Add what an "of" phrase says of the noun, and return where the phrase ends."""
    last = at = place
    while at + 1 < len(words) and words[at + 1].text.lower() == "of":
        at += 2
        while at < len(words) and words[at].text.lower() in _DETERMINERS:
            at += 1
        begun = at
        while at < len(words) and (words[at].is_content or _joins(words, at)):
            if words[at].is_name:
                names.add(words[at].bare)
            elif words[at].is_content and not (at > begun and words[at - 1].is_name):
                modifiers.add(_stem(words[at].bare))
            elif words[at].is_content:
                break
            last = at
            at += 1
        at -= 1
    return last


def _joins(words: Sequence[_Word], at: int) -> bool:
    """Whether "and", a comma or "the" stands between two names."""
    joining = words[at].text.lower() in ("and", "or", ",", "the")
    if not joining or at + 1 >= len(words):
        return False
    following = words[at + 1]
    return words[at - 1].is_name and (
        following.is_name or (following.text.lower() == "the" and _joins(words, at + 1))
    )


def _words(text: str) -> list[_Word]:
    return [
        _Word(found[0], found.start(), bool(_POSSESSIVE.search(found[0])))
        for found in _TOKEN.finditer(text)
    ]


def _stem(word: str) -> str:
    stems = analyzer().analyze(word)
    return stems[-1] if stems else word.lower()


def _singular(noun: str) -> str:
    noun = noun.lower()
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
