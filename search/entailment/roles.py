"""Whether a sentence gives to one name what a text gives to another."""

from calendar import day_name, month_name
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from ...corpus.text.analysis import STOP_WORDS
from .terms import Terms, Word, same_name

_DAYS = frozenset(name.lower() for name in [*month_name, *day_name])  # they do nothing
_CLAUSE_STARTS = frozenset("that which who whom whose when where if as than so".split())


def changes_places(claim: Terms, text: Terms) -> bool:
    """Say whether in `claim` a name leads into a word that in `text` only others lead into.

    "Akar told", "Ukraine's minister", "Turkish support", "Turkey is a NATO ally": the name before
    a word, little words not counted, mostly says who does it, or whose it is.

    >>> text = Terms("Hulusi Akar told Sergei Shoigu that Russian forces move.")
    >>> changes_places(Terms("Shoigu told Akar."), text)
    True
    >>> changes_places(Terms("Ukrainian forces move."), text)
    True
    >>> changes_places(Terms("Shoigu was told by Akar that forces of Russia move."), text)
    False
    """
    there = _leading_into(text)
    return any(
        stem in there and not any(_share(names, others) for others in there[stem])
        for stem, leads in _leading_into(claim).items()
        for names in leads
    )


def _share(names: set[str], others: set[str]) -> bool:
    return any(same_name(name, other) for name in names for other in others)


def _leading_into(terms: Terms) -> Mapping[str, list[set[str]]]:
    """Give for the stem of a word the names that lead into it, wherever some do."""
    led: dict[str, list[set[str]]] = defaultdict(list)
    names: set[str] = set()
    for word, following in pairwise((*terms.words, None)):
        if word is None:
            break
        if word.stem and names and not _is_passive(following):
            led[word.folded if word.is_name else word.stem].append(names)
        if word.is_name and word.folded not in _DAYS:
            names = names | {word.folded}
        if not _leads_on(terms, word, following):
            names = set()
    return led


def _is_passive(following: Word | None) -> bool:
    return following is not None and following.text.lower() == "by"


def _leads_on(terms: Terms, word: Word, following: Word | None) -> bool:
    """Say whether a name before or in `word` leads into what follows."""
    if following is None or terms.parted(word, following):
        return False
    plain = word.text.lower()
    if plain in ("and", "or"):
        return following.is_name
    return word.is_name or plain in STOP_WORDS - _CLAUSE_STARTS
