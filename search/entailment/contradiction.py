"""Whether a sentence contradicts a text that has most of its words.

Only contradictions that words give away are found: negations, antonyms, numbers that count
something else (de Marneffe, Rafferty and Manning 2008, "Finding Contradictions in Text", sections 3
and 4), and names in each other's roles.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from ...corpus.text.analysis import STOP_WORDS
from ..language.lexicon import MONTHS, OUTCOMES, WEEKDAYS, is_negation
from ..language.numbers import Number
from .terms import Terms, Word, same_name

_SCOPE_ENDS = frozenset("but although though while yet whereas except".split())
_SCOPE = 3  # content words that a negation reaches
_ANTONYMS = """
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
_REACH = 3  # content words after a number that may name its outcome
_CLAUSE_STARTS = frozenset("the a an and or by but while".split())
_SUBORDINATORS = frozenset("that which who whom whose when where if as than so".split())


def contradicts(claim: Terms, text: Terms) -> bool:
    """Return whether `claim` contradicts `text`, which has most of its words.

    >>> contradicts(Terms("They agreed on a truce."), Terms("They did not agree on a truce."))
    True
    >>> contradicts(Terms("They agreed to talk."), Terms("They agreed to talk, not on a truce."))
    False
    >>> contradicts(Terms("824 people died."), Terms("151 people died and 824 were hurt."))
    True
    """
    return (
        _negated_otherwise(claim, text)
        or _has_antonym(claim, text)
        or _counts_something_else(claim, text)
        or _swaps_roles(claim, text)
    )


# --- Negations ----------------------------------------------------------------------------------


def _negated_otherwise(claim: Terms, text: Terms) -> bool:
    negated, negated_there = list(_scopes(claim)), list(_scopes(text))
    if negated:
        return not all(any(_mostly(here, there) for there in negated_there) for here in negated)
    return any(scope <= claim.stems for scope in negated_there)


def _mostly(here: set[str], there: set[str]) -> bool:
    return 2 * len(here & there) >= len(here)


def _scopes(terms: Terms) -> Iterator[set[str]]:
    """Return for each negation the stems in its scope."""
    negations = (place for place, word in enumerate(terms.words) if is_negation(word.text))
    scopes = ({word.stem for word in _scope(terms, place) if word.stem} for place in negations)
    yield from filter(None, scopes)


def _scope(terms: Terms, place: int) -> Iterator[Word]:
    if terms.words[place].text.lower() in ("no", "none", "nothing"):  # "brought no truce"
        yield from terms.words[max(0, place - 1) : place]
        yield from terms.words[place + 1 : place + 2]
        return
    content = 0
    for before, word in pairwise(terms.words[place:]):
        if terms.separated(before, word) or word.text.lower() in _SCOPE_ENDS:
            return
        content += word.stem is not None
        yield word
        if content == _SCOPE:
            return


# --- Antonyms -----------------------------------------------------------------------------------


def _has_antonym(claim: Terms, text: Terms) -> bool:
    here, there = (
        {word.text.lower() for word in terms.words} | terms.stems for terms in (claim, text)
    )
    only_here, only_there = here - there, there - here
    return any(
        (one in only_here and other in only_there) or (other in only_here and one in only_there)
        for one, other in _antonyms()
    )


@cache
def _antonyms() -> Sequence[tuple[str, str]]:
    pairs = (pair.split() for line in _ANTONYMS.split("\n") for pair in line.split("|"))
    return [(_stem(pair[0]), _stem(pair[1])) for pair in pairs if pair]


def _stem(word: str) -> str:
    return next(iter(Terms(word).stems), word)


# --- Numbers ------------------------------------------------------------------------------------


def _counts_something_else(claim: Terms, text: Terms) -> bool:
    """Return whether a number of the claim has another unit or outcome wherever the text has it."""
    there = [(number.value, _counted(number, text)) for number in text.counts]
    for number in claim.counts:
        counted = _counted(number, claim)
        others = {other for value, other in there if value == number.value and other}
        if counted and others and counted not in others:
            return True
    return False


def _counted(number: Number, terms: Terms) -> str | None:
    """Return the unit of a number, or the outcome that it counts."""
    return number.unit or _outcome_after(number, terms) or _outcome_before(number, terms)


def _outcome_after(number: Number, terms: Terms) -> str | None:
    """Return the outcome named right after a number: "1,151 civilians were killed"."""
    content, before = 0, None
    for word in terms.words:
        if word.start < number.span[1]:
            continue
        separated = before is not None and terms.separated(before, word)
        if separated or content == _REACH or word.text.lower() in _CLAUSE_STARTS:
            return None
        if outcome := _outcome(word):
            return outcome
        content += word.stem is not None
        before = word
    return None


def _outcome_before(number: Number, terms: Terms) -> str | None:
    """Return the outcome last named between the number before and this one: "the dead rose by"."""
    ends = [one.span[1] for one in terms.counts if one.span[1] < number.span[0]]
    near = [word for word in terms.words if max(ends, default=0) <= word.start < number.span[0]]
    return next(filter(None, map(_outcome, reversed(near))), None)


def _outcome(word: Word) -> str | None:
    return _outcomes().get(word.stem or "")


@cache
def _outcomes() -> Mapping[str, str]:
    return {stem: name for name, words in OUTCOMES.items() for stem in Terms(words).stems}


# --- Roles --------------------------------------------------------------------------------------


def _swaps_roles(claim: Terms, text: Terms) -> bool:
    """Return whether a name leads into a word that in `text` only other names lead into.

    The name before a word, stop words aside, mostly tells who does it or whose it is: "Akar told",
    "Ukraine's minister", "Turkish support", "Turkey is a NATO ally".
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
    """Return for each stem the sets of names that lead into it."""
    led: dict[str, list[set[str]]] = defaultdict(list)
    names: set[str] = set()
    for word, following in pairwise((*terms.words, None)):
        if word is None:
            break
        passive = following is not None and following.text.lower() == "by"
        if word.stem and names and not passive:
            led[word.folded if word.is_name else word.stem].append(names)
        if word.is_name and word.folded not in MONTHS + WEEKDAYS:
            names = names | {word.folded}
        if not _leads_on(terms, word, following):
            names = set()
    return led


def _leads_on(terms: Terms, word: Word, following: Word | None) -> bool:
    """Return whether a name in or before `word` leads into what follows."""
    if following is None or terms.separated(word, following):
        return False
    plain = word.text.lower()
    if plain in ("and", "or"):
        return following.is_name
    return word.is_name or plain in STOP_WORDS - _SUBORDINATORS
