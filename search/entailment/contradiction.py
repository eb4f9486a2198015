"""Whether a sentence contradicts a text that has most of its words.

Only contradictions that words give away are found: negations, antonyms, numbers that count
something else (de Marneffe, Rafferty and Manning 2008, "Finding Contradictions in Text", sections 3
and 4), and names in each other's roles.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, zip_longest

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ..language.lexicon import MONTHS, OUTCOMES, WEEKDAYS
from ..language.numbers import Number
from .terms import Terms, Word, same_name

_SCOPE_ENDS = frozenset("but although though while yet whereas except".split())
_PASSED_OVER = frozenset("either also too even still".split())
LIGHT_VERBS = frozenset("go come".split())  # of which what follows says what is denied
_SCOPE = 3  # content words that a negation reaches
_ANTONYMS = """
    accept reject | approve reject | adopt reject
    agree refuse | allow forbid | allow prevent | allow ban | open close | rise fall
    rose fell | grow shrink | grew fell | increase decrease | gain lose | gained lost | win lose
    won lost | begin end | start end | first last | support oppose | praise criticize | before after
    above below | over under | more less | more fewer | most least | higher lower | highest lowest
    better worse | good bad | north south | east west | succeed fail | impose lift | join leave
    arrive leave | confirm deny | admit deny | confirmed denied | announced denied | said denied
    early late | earlier later | land air | civilian military | attack defend | ally enemy
    inside outside | within outside | both neither | all none | continue stop | many few | old new
    foreign interior | foreign defense | interior defense | minister president
"""
# Acts of which one is no answer about the other. Not those that one sentence often tells together,
# as that a minister is dismissed and another appointed.
_OPPOSITE_ACTS = """
    accept reject | accept refuse | agree refuse | allow ban | allow forbid | approve reject
    | adopt reject | convict clear | convict acquit | impose lift | impose revoke
    | introduce abolish | join leave | confirm deny | increase decrease | support oppose
    | sign reject | recognise reject | deploy withdraw
    | open close | reopen close | open shut
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


def denies(text: Terms, claim: Terms) -> bool:
    """Return whether `text` negates what `claim` says, which negates nothing.

    >>> denies(Terms("They did not agree on a truce."), Terms("Who agreed on a truce?"))
    True
    """
    scopes = [scope - LIGHT_VERBS for scope in denied_in(text)]
    return not denied_in(claim) and any(scope and scope <= claim.stems for scope in scopes)


def _negated_otherwise(claim: Terms, text: Terms) -> bool:
    negated, negated_there = denied_in(claim), denied_in(text)
    if negated:
        return not all(any(_mostly(here, there) for there in negated_there) for here in negated)
    return any(scope <= claim.stems for scope in negated_there)


def _mostly(here: set[str], there: set[str]) -> bool:
    return 2 * len(here & there) >= len(here)


def denied_in(terms: Terms) -> list[set[str]]:
    """Return for each negation the stems in its scope.

    >>> [sorted(scope) for scope in denied_in(Terms("They did not agree on a truce."))]
    [['agre', 'truce']]
    """
    negations = (place for place in range(len(terms.words)) if terms.negates(place))
    scopes = ({word.stem for word in _scope(terms, place) if word.stem} for place in negations)
    return [scope for scope in scopes if scope]


def _scope(terms: Terms, place: int) -> Iterator[Word]:
    if terms.words[place].text.lower() in ("no", "none", "nothing"):  # "brought no truce"
        yield from terms.words[max(0, place - 1) : place]
        yield from terms.words[place + 1 : place + 2]
        return
    content = 0
    for before, word in pairwise(terms.words[place:]):
        if terms.separated(before, word) or word.text.lower() in _SCOPE_ENDS:
            return
        if word.text.lower() in _PASSED_OVER:
            continue
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
        for one, other in antonyms()
    )


@cache
def antonyms() -> Sequence[tuple[str, str]]:
    """Return pairs of the stems of words that mean the contrary of each other."""
    pairs = (pair.split() for line in _ANTONYMS.split("\n") for pair in line.split("|"))
    return [(_stem(pair[0]), _stem(pair[1])) for pair in pairs if pair]


@cache
def opposite_acts() -> Sequence[tuple[str, str]]:
    """Return pairs of the stems of acts that are the contrary of each other, in both orders."""
    pairs = [analyzer().analyze(pair) for pair in _OPPOSITE_ACTS.split("|")]
    return [order for one, other in pairs for order in ((one, other), (other, one))]


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
    """Return the unit of a number, or the outcome that it counts.

    The outcome follows ("1,151 civilians were killed"), or was last named since the number before
    ("the dead rose by 254").
    """
    start, end = number.span
    ends = [one.span[1] for one in terms.counts if one.span[1] < start]
    before = [word for word in terms.words if max(ends, default=0) <= word.start < start]
    outcomes = map(_outcome, [*_following(end, terms), *reversed(before)])
    return number.unit or next(filter(None, outcomes), None)


def _following(end: int, terms: Terms) -> Iterator[Word]:
    """Return the words after a number up to the end of its clause or `_REACH` content words."""
    content = 0
    after = [word for word in terms.words if word.start >= end]
    for word, following in zip_longest(after, after[1:]):
        if word.text.lower() in _CLAUSE_STARTS:
            return
        yield word
        content += word.stem is not None
        if content == _REACH or (following and terms.separated(word, following)):
            return


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
