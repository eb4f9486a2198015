"""Names of people, places and things in English text, and the groups that it mentions.

Names are recognised by their capitals and the words around them. A missed name does less harm than
a word taken for one by mistake.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Literal

from ...corpus.article import Span
from .lexicon import MONTHS, NUMBER_WORDS, SENTENCE_OPENERS, TITLES, WEEKDAYS

Kind = Literal["person", "place", "thing"]

# "Ukrainian", "Turkish", "Chinese"
PEOPLE = r"(?:\w+(?:[aei]an|ish|ese)s?|French|Dutch|Greek|Swiss|Arab)"
_PEOPLE = re.compile(PEOPLE, re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_APOSTROPHE = re.compile("['’]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_NO_NAMES = SENTENCE_OPENERS.union(NUMBER_WORDS)
# Endings of common words, by which one that begins a sentence is no name.
_COMMON_ENDINGS = ("s", "ing", "ed", "ly", "ion", "ment")
# Words by which a name is of a body, a thing or a stretch of nature.
_THINGS = frozenset(
    """
    agency agreement army association bank committee company council court cross government
    house ministry nations ocean office organisation organization parliament party pact press
    republic river sea state states strait straits union university war
    """.split()
)
# Places often named without a preposition that tells them from people.
_PLACES = frozenset(
    """
    america ankara antalya belarus berlin britain brussels bucha china europe france germany
    india iran israel istanbul japan kyiv london mariupol moscow paris poland russia syria
    turkey ukraine washington
    """.split()
)
_WITHIN = re.compile(r"\b(?:in|at|near|outside) (?:the )?\Z", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:the|both|these|those) (?:(?!(?:of|to|in|at|on|for|and|or|was|is)\b)[\w'’-]+ ){0,2}?"
    r"(?!(?:his|was|is|has|does|this|its)\b)[\w-]{2,}[^\Ws]s\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\bhow many ((?:[\w-]+ )?(?:[\w-]+s|children|men|people|women))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name without title and possessive ending; `span` includes the ending."""

    text: str
    kind: Kind
    possessive: bool
    span: Span


@lru_cache(maxsize=100)
def names_in(text: str) -> tuple[Name, ...]:
    """Return the names in a text, in order.

    >>> [(name.text, name.kind) for name in names_in("Did President Zelenskyy thank Turkey?")]
    [('Zelenskyy', 'person'), ('Turkey', 'place')]
    """
    runs = (_without_titles(run) for run in _runs(text))
    return tuple(_name(run, text) for run in runs if run)


def name_words(text: str) -> list[re.Match[str]]:
    """Return the words that have a capital because they are names, or parts of names.

    >>> [word[0] for word in name_words("Negotiators met Lavrov on Monday. Kalın did not.")]
    ['Lavrov', 'Monday', 'Kalın']
    """
    words = list(_WORD.finditer(text))
    return [
        word
        for word, following in zip_longest(words, words[1:])
        if word[0][0].isupper()
        and _APOSTROPHE.split(word[0].lower())[0] not in _NO_NAMES
        and (not _begins_sentence(word, text) or _is_name_at_start(word[0], following))
    ]


def group_in(text: str) -> str | None:
    """Return the first group that a text mentions.

    >>> group_in("Who received the two delegations?"), group_in("Did Russia and Ukraine agree?")
    ('the two delegations', 'Russia and Ukraine')
    """
    for one, other in pairwise(names_in(text)):
        if text[one.span[1] : other.span[0]] == " and " and not other.possessive:
            return text[one.span[0] : other.span[1]]
    if counted := _COUNTED.search(text):
        return f"the {counted[1]}"
    found = _GROUP.search(text)
    return found[0] if found else None


def is_people(word: str) -> bool:
    """Return whether a word may be the adjective of a country: "Turkish".

    >>> is_people("Turkish"), is_people("Turkey")
    (True, False)
    """
    return bool(word[:1].isupper() and _PEOPLE.fullmatch(word))


def place_in(text: str) -> str | None:
    """Return the place where something is, as a text says, or else the first that it names.

    >>> place_in("The ministers of Russia and Ukraine met in Antalya.")
    'Antalya'
    """
    places = [name for name in names_in(text) if name.kind == "place" and not name.possessive]
    within = (name.text for name in places if _WITHIN.search(text[: name.span[0]]))
    return next(within, places[0].text if places else None)


def _begins_sentence(word: re.Match[str], text: str) -> bool:
    before = text[: word.start()].rstrip(" \t\"'“‘«(")
    return not before or before[-1] in ".?!:\n"


def _is_name_at_start(word: str, following: re.Match[str] | None) -> bool:
    """Return whether the first word of a sentence is a name, which its capital does not tell."""
    if word.isupper() or _POSSESSIVE.search(word) or (following and following[0][0].isupper()):
        return True
    return not word.endswith(_COMMON_ENDINGS)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Return the runs of words that may be one name each."""
    run: list[re.Match[str]] = []
    for word in name_words(text):
        if word[0].lower() in WEEKDAYS or word[0].lower() in MONTHS:
            continue
        if run and (
            text[run[-1].end() : word.start()] not in (" ", " of ")
            or _POSSESSIVE.search(run[-1][0])
        ):
            yield run
            run = []
        run.append(word)
    yield run


def _without_titles(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Leave out "Russian Foreign Minister" before a name, but not "Russian" alone."""
    titles = 0
    for number, word in enumerate(run, start=1):
        if word[0].lower() in TITLES:
            titles = number
        elif not _PEOPLE.fullmatch(word[0]):
            break
    return run[titles:]


def _name(words: list[re.Match[str]], text: str) -> Name:
    start, end = words[0].start(), words[-1].end()
    ending = _POSSESSIVE.search(words[-1][0])
    bare = text[start : end - len(ending[0]) if ending else end]
    return Name(bare, _kind(bare, text[:start]), ending is not None, (start, end))


def _kind(name: str, before: str) -> Kind:
    words = name.lower().split()
    if _THINGS & set(words):
        return "thing"
    if words[-1] in _PLACES or _WITHIN.search(before):
        return "place"
    if name.isupper() or any(map(_PEOPLE.fullmatch, words)) or re.search(r"\d|\b[A-Z]{2}", name):
        return "thing"
    return "person"
