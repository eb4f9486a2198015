"""Names of the same that are written otherwise, and alike ones that are of another."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import product

from ...corpus.text.analysis import analyzer
from ...corpus.text.folding import folded
from ...corpus.text.spelling import canonical_spelling
from ..language.lexicon import IRREGULAR_PEOPLES, TITLES
from ..language.names import is_people, names_in
from .terms import same_name

_SHARED_LETTERS = 3
_SPELT_ALIKE = 0.85
_MISSPELT = 0.7
_WORD = re.compile(r"[^\W\d_]+")
_OBJECT = re.compile(
    r"\b(?P<lead>for|against)\s+(?:the\s+[a-z]+\s+)?"
    r"(?P<name>[^\W\d_a-zà-öø-ÿ][\w’'-]*(?:\s+[^\W\d_a-zà-öø-ÿ][\w’'-]*)+)"
)


def may_be_same(one: str, other: str) -> bool:
    """Whether two words may name the same, or a country and its people, or be spelt otherwise.

    >>> may_be_same("Ukraine", "Ukrainian"), may_be_same("Poland", "Polish")
    (True, True)
    >>> may_be_same("Ukraine", "Russian"), may_be_same("Iran", "Iraq")
    (False, False)
    """
    if one.isupper() != other.isupper():  # an acronym may stand for any name
        return True
    one, other = _folded(one), _folded(other)
    if same_name(one, other) or {one, other} in IRREGULAR_PEOPLES:
        return True
    adjectives = [is_people(word.capitalize()) for word in (one, other)]
    alike = one[:_SHARED_LETTERS] == other[:_SHARED_LETTERS]
    return (alike and adjectives[0] != adjectives[1]) or (
        SequenceMatcher(None, one, other).ratio() >= _SPELT_ALIKE
    )


def _folded(word: str) -> str:
    plain = analyzer(stemmed=False).analyze(canonical_spelling(word))
    return plain[0] if plain else word.lower()


def names_instead(
    question: str, sentence: str, knows: Callable[[str], bool] = lambda _: False
) -> Iterator[tuple[str, str]]:
    """Yield the names of a question that a sentence lacks, with one in their place.

    That shares a word with it. A word that no article `knows` may be misspelt in the question.

    >>> [*names_instead("How many points has Rovers Brenn?", "Rovers Alm has 61 points.")]
    [('Rovers Brenn', 'Rovers Alm')]
    """
    here = {folded(word) for word in _WORD.findall(sentence)}
    for asked, words in _long_names(question):
        missing = words - here
        if not missing or missing == words:
            continue
        for said, others in _long_names(sentence):
            other = others - words
            same = (
                may_be_same(one, another) or (not knows(one) and _are_alike(one, another))
                for one, another in product(missing, other)
            )
            if words & others and other and not any(same):
                yield asked, said


def other_objects(question: str, sentence: str) -> Iterator[tuple[str, str]]:
    """Yield a name after "for" or "against" in a question, with another after that in a sentence.

    The sentence has not the name that is asked about.

    >>> [*other_objects("How much was paid for Bo Lind?", "They paid 3 million for Ada Holm.")]
    [('Bo Lind', 'Ada Holm')]
    """
    for asked in _OBJECT.finditer(question):
        words = {folded(word) for word in _WORD.findall(asked["name"])}
        said = [one for one in _OBJECT.finditer(sentence) if one["lead"] == asked["lead"]]
        here = {folded(word) for word in _WORD.findall(sentence)}
        if said and not words & here:
            yield asked["name"], said[0]["name"]


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _MISSPELT


def _long_names(text: str) -> Iterator[tuple[str, set[str]]]:
    for name in names_in(text):
        words = {folded(word) for word in _WORD.findall(name.text)} - TITLES
        if len(words) > 1:
            yield name.text, words
