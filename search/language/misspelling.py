"""Typing errors: how likely one spelling was typed for another, and which words are English."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from editdistpy import damerau_osa

_LONG = 8  # letters of a word that may have two slips
NEAR = 0.9
"""What one letter costs that was left out, added, or typed for one beside it."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (row, place) for row, keys in enumerate(_ROWS) for place, key in enumerate(keys)}
_VOWELS = frozenset("aeiouy")


class Slip(NamedTuple):
    """A way to mistype a word. The smaller its cost, the more often it happens.

    `replaced` says that another letter was typed, not one too few, too many or too early. It is
    `inside` where the first and the last letter are right.
    """

    cost: float
    replaced: bool
    inside: bool


def slip(typed: str, meant: str) -> Slip | None:
    """Return how `typed` may have come of `meant`, both in small letters, or None.

    That is one letter too few, too many, wrong or exchanged with the next, two of these in a long
    word, or letters that should be doubled or should not. The first letter is right, or exchanged.

    >>> slip("cheif", "chief").cost < slip("chif", "chief").cost < slip("chiaf", "chibf").cost
    True
    >>> slip("conan", "connection"), slip("iphone", "phone")
    (None, None)
    """
    distance = damerau_osa.distance(typed, meant, 2)
    if distance < 1:
        return None
    inside = typed[:1] == meant[:1] and typed[-1:] == meant[-1:]
    if _undoubled(typed) == _undoubled(meant):
        return Slip(0.7, False, inside)
    exchanged = distance == 1 and sorted(typed) == sorted(meant)
    if not (typed[0] == meant[0] or exchanged) or (distance > 1 and len(typed) < _LONG):
        return None
    replaced = len(typed) == len(meant) and not exchanged
    if distance > 1:
        return Slip(1.7, True, inside)
    if exchanged:
        return Slip(0.7 if typed[0] == meant[0] else 0.8, False, inside)
    return Slip(_of_one_letter(typed, meant) if replaced else NEAR, replaced, inside)


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _of_one_letter(typed: str, meant: str) -> float:
    """Return what a wrong letter costs: less where it is beside the right one, or a vowel too."""
    one, other = next(pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1])
    if {one, other} <= _VOWELS:
        return 0.95
    if one not in _KEYS or other not in _KEYS:
        return 1.0
    (row, place), (other_row, other_place) = _KEYS[one], _KEYS[other]
    return NEAR if abs(row - other_row) <= 1 and abs(place - other_place) <= 1 else 1.0


@cache
def english_words() -> Mapping[str, int]:
    """Return some 83,000 words of English, with how often they occurred in Google's n-grams."""
    # Read without the library's own module, which takes longer to import than to read the file.
    file = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(often) for word, often in map(str.split, lines)}
