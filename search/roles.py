"""Whether a sentence has those change places of whom a text says who did it to whom."""

from collections.abc import Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from .terms import Terms, Word

_FURTHEST = 5  # words between two names for the verb to be one of both


class Deed(NamedTuple):
    """What is said between two names: who, the stem of a word between, and to whom."""

    doer: Set[str]
    verb: str
    other: Set[str]


def changes_places(claim: Terms, text: Terms) -> bool:
    """Say whether `claim` has someone do what `text` says was done to them.

    >>> text = Terms("Hulusi Akar told Sergei Shoigu that it is vital.")
    >>> changes_places(Terms("Shoigu told Akar so."), text)
    True
    >>> changes_places(Terms("Shoigu was told by Akar."), text)
    False
    """
    there = list(_deeds(text))
    return any(
        any(_same(Deed(deed.other, deed.verb, deed.doer), one) for one in there)
        and not any(_same(deed, one) for one in there)
        for deed in _deeds(claim)
    )


def _same(one: Deed, other: Deed) -> bool:
    return (
        one.verb == other.verb and bool(one.doer & other.doer) and bool(one.other & other.other)
    )


def _deeds(terms: Terms) -> Iterator[Deed]:
    for (_, last, before), (first, _, after) in pairwise(_names(terms.words)):
        between = terms.words[last + 1 : first]
        if not 0 < len(between) <= _FURTHEST:
            continue
        turned = between[-1].text.lower() == "by"
        for verb in filter(None, (word.stem for word in between)):
            yield Deed(after, verb, before) if turned else Deed(before, verb, after)


def _names(words: tuple[Word, ...]) -> list[tuple[int, int, set[str]]]:
    """Give the runs of words with a capital: where they begin and end, and their stems."""
    runs: list[tuple[int, int, set[str]]] = []
    for place, word in enumerate(words):
        if not word.text[0].isupper() or not word.stem:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place, runs[-1][2] | {word.stem})
        else:
            runs.append((place, place, {word.stem}))
    return runs
