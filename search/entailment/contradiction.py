"""Whether a sentence says the contrary of a text that it is otherwise like.

The kinds looked for are those that words alone give away: negation, antonyms, and figures that
count something else (de Marneffe, Rafferty and Manning 2008, "Finding Contradictions in Text",
sections 3 and 4). Who did what to whom is not among them.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from .terms import Terms, Word

_NOT = frozenset("not never cannot nobody nowhere without neither nor none no nothing".split())
_SCOPE_ENDS = frozenset("but although though while yet whereas except".split())
_SCOPE = 3  # telling words after a negation, as far as it reaches
_OPPOSITES = """
    accept reject | agree refuse | allow forbid | allow prevent | allow ban | open close
    open shut | rise fall | grow shrink | increase decrease | grow fall | rise drop | gain lose
    win lose | begin end | began end | start finish | start end | first second | first last
    support oppose | support against | back oppose | praise criticize | praise blame
    before after | above below | more less | more fewer | most least | higher lower
    highest lowest | stronger weaker | easier harder | better worse | north south | east west
    succeed fail | impose lift | join leave | confirm deny | arrive leave | arrive depart
    early late | earlier later | land air | civilian military | attack defend | ally enemy
    internal external | inside outside | within outside | both neither | either both | all none
    rose fell | rose dropped | grew fell | won lost | gained lost | said denied
    announced denied | confirmed denied | everywhere nowhere | over under | continue stop
    keep halt | good bad | praise condemn | willing unwilling | many few | friend enemy
    public secret | old new | long short | foreign interior | foreign defense | interior defense
    minister president
"""
# What is counted or measured: a figure of one kind says nothing of another.
_KINDS = (
    "kill dead death die toll",
    "injure injury wound hurt",
    "abroad flee fled refugee",
    "displace uproot homeless",
    *"second minute hour day week month year kilometer meter percent dollar euro".split(),
)
_REACH = 3  # telling words after a figure within which it is said what it counts
_CLAUSE_STARTS = frozenset("the a an and or by but while".split())


def contradicts(claim: Terms, text: Terms) -> bool:
    """Say whether `claim` is at odds with `text`, which holds most of its words.

    >>> contradicts(Terms("They agreed on a truce."), Terms("They did not agree on a truce."))
    True
    >>> contradicts(Terms("They agreed to talk."), Terms("They agreed to talk, not on a truce."))
    False
    >>> contradicts(Terms("824 people died."), Terms("151 people died and 824 were hurt."))
    True
    """
    return (
        _negated_otherwise(claim, text)
        or _has_opposite(claim, text)
        or _counts_another_kind(claim, text)
    )


def _negated_otherwise(claim: Terms, text: Terms) -> bool:
    denied, denied_there = _scopes(claim), _scopes(text)
    if denied:
        return not all(any(_mostly(here, there) for there in denied_there) for here in denied)
    return any(scope <= claim.stems for scope in denied_there)


def _mostly(here: set[str], there: set[str]) -> bool:
    return 2 * len(here & there) >= len(here)


def _scopes(terms: Terms) -> list[set[str]]:
    """Give for each negation the stems that it reaches."""
    return [scope for scope in _scopes_of(terms) if scope]


def _scopes_of(terms: Terms) -> Iterator[set[str]]:
    for place, word in enumerate(terms.words):
        if _is_negation(word):
            yield {word.stem for word in _reached(terms, place) if word.stem}


def _is_negation(word: Word) -> bool:
    plain = word.text.lower().replace("’", "'")
    return plain in _NOT or plain.endswith("n't")


def _reached(terms: Terms, place: int) -> Iterator[Word]:
    if terms.words[place].text.lower() in ("no", "none", "nothing"):  # "brought no truce"
        yield from terms.words[max(0, place - 1) : place]
        yield from terms.words[place + 1 : place + 2]
        return
    telling = 0
    for before, word in pairwise(terms.words[place:]):
        between = terms.text[before.start + len(before.text) : word.start]
        if re.search("[,;:.!?]", between) or word.text.lower() in _SCOPE_ENDS:
            return
        telling += word.stem is not None
        yield word
        if telling == _SCOPE:
            return


def _has_opposite(claim: Terms, text: Terms) -> bool:
    here, there = _plain_stems(claim), _plain_stems(text)
    return any(
        one in here and one not in there and other in there and other not in here
        for one, other in _opposites()
    )


def _plain_stems(terms: Terms) -> set[str]:
    """Give the stems, and the little words that have an opposite as they are."""
    return {word.text.lower() for word in terms.words} | terms.stems


@cache
def _opposites() -> Sequence[tuple[str, str]]:
    pairs = (pair.split() for line in _OPPOSITES.split("\n") for pair in line.split("|"))
    stems = [(_stem(pair[0]), _stem(pair[1])) for pair in pairs if pair]
    return stems + [(other, one) for one, other in stems]


def _stem(word: str) -> str:
    return next(iter(Terms(word).stems), word)


def _counts_another_kind(claim: Terms, text: Terms) -> bool:
    return any(
        kinds and there and not any(kinds & kind for kind in there)
        for value, kinds in _counted(claim)
        if (there := [kind for other, kind in _counted(text) if other == value and kind])
    )


def _counted(terms: Terms) -> list[tuple[object, frozenset[int]]]:
    """Give the figures that are no dates, each with the kinds of what it counts."""
    return [
        (value, _kinds_after(terms, end) or _kinds_before(terms, end))
        for end, value in terms.placed_figures
        if not (_is_year(value) or terms.beside_month(end))
    ]


def _kinds_after(terms: Terms, end: int) -> frozenset[int]:
    """Give the kinds named right after a figure: "1,151 civilians were killed"."""
    telling = 0
    for word, following in pairwise((*terms.words_after(end), None)):
        if word is None or word.text.lower() in _CLAUSE_STARTS:
            break
        if kinds := _kinds_of(word):
            return kinds
        telling += word.stem is not None
        if telling == _REACH or (following and terms.parted(word, following)):
            break
    return frozenset()


def _kinds_before(terms: Terms, end: int) -> frozenset[int]:
    """Give the kinds last named before a figure and after the one before: "the dead rose by"."""
    earlier = max((at for at, _ in terms.placed_figures if at < end), default=0)
    near = [word for word in terms.words if earlier <= word.start < end]
    return next(filter(None, map(_kinds_of, reversed(near))), frozenset())


def _is_year(value: Decimal) -> bool:
    return value == int(value) and 1900 <= value <= 2100


def _kinds_of(word: Word) -> frozenset[int]:
    return frozenset(n for n, kind in enumerate(_kind_stems()) if word.stem in kind)


@cache
def _kind_stems() -> list[frozenset[str]]:
    return [Terms(kind).stems for kind in _KINDS]
