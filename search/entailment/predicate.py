"""Whether a sentence says of what a question asks that it is so, or that it is not."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from ..language.lexicon import negated, with_other_forms
from .contradiction import LIGHT_VERBS, antonyms
from .terms import Terms, Word

# "refused to sign" is "did not sign".
_REFUSALS = re.compile(
    r"\b(?:refus|declin|fail|reject|omit|neglect)(?:e|es|ed|s|ing)?\b", re.IGNORECASE
)
_DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your no any each every some".split()
)
_PREPOSITIONS = frozenset(
    """
    of in on at by for from to with about against after before over under between into during since
    until without within through towards across near
    """.split()
)
_DO = re.compile(
    r"(?:and\s+)?(?:do|does|did|has|have|had|will|would|can|could|may|might|must|should)(?:n['’]t)?\b",
    re.IGNORECASE,
)


# What follows these is not denied by a "not" before them.
_CLAUSE_BEGINS = frozenset("and but that who which whose because while although though".split())
_CLAUSE_ENDS = re.compile(r"[.:;!?–—]")

_TEXTS_KEPT = 1000  # the sentences read for a question are looked at several times

# "On Tuesday and not on Monday": no negation of what is asked.
_CONTRAST = re.compile(
    r"(?:,|,?\s+(?:and|but))\s+not\s+(?:at|by|from|in|on|to|with)\s+(?:the\s+)?[\w’'-]+",
    re.IGNORECASE,
)


def differs_in_negation(question: str, sentence: str) -> bool:
    """Return whether one denies what the other is about.

    >>> differs_in_negation("Who signed the pledge?", "Bo did not sign it.")
    True
    >>> differs_in_negation("Who signed the pledge?", "Bo signed it.")
    False
    >>> differs_in_negation("Who did not sign?", "Bo refused to sign.")
    False
    >>> differs_in_negation("Why was it on Tuesday and not on Monday?", "It was late.")
    False
    >>> differs_in_negation("Who was not at the summit?", "Bo was at the summit.")
    True
    """
    question = _CONTRAST.sub("", question)
    if not (_may_deny(question) or _may_deny(sentence)):
        return False
    asked, told = Terms(question), Terms(sentence)
    denied, denied_there = set(_denied(asked)), set(_denied(told))
    if denied:
        return bool(denied & told.stems) and not denied & denied_there
    return bool(denied_there & asked.stems)


def denies_the_same(question: str, sentence: str) -> bool:
    """Return whether a question and a sentence deny the same.

    >>> denies_the_same("Who did not sign?", "Bo refused to sign.")
    True
    """
    if not _may_deny(question):
        return False
    return bool(set(_denied(Terms(question))) & set(_denied(Terms(sentence))))


def affirms_denied(denial: str, sentence: str) -> bool:
    """Return whether a sentence says that something is so that another one denies.

    >>> affirms_denied("Bo did not agree to move.", "Al, in contrast, agreed.")
    True
    >>> affirms_denied("Bo did not agree to move.", "But the two will meet.")
    False
    """
    told = Terms(sentence)
    affirmed = with_other_forms(told.stems - set(_denied(told)))
    return not affirmed.isdisjoint(_denied(Terms(denial)))


@lru_cache(_TEXTS_KEPT)
def _may_deny(text: str) -> bool:
    """Return whether a closer look is worth it."""
    return negated(text) or bool(_REFUSALS.search(text))


def _denied(terms: Terms) -> Iterator[str]:
    """Return the stems of what is denied: after each negation, and each "or" behind in its clause.

    >>> sorted(_denied(Terms("You will not hear us, see us or smell us.")))
    ['hear', 'smell']
    >>> sorted(_denied(Terms("He did not resign, but asks that king or parliament decide.")))
    ['resign']
    """
    is_denying = False
    for place, word in enumerate(terms.words):
        is_denying = is_denying and not _begins_clause(terms, place)
        negates = terms.negates(place) or (
            _REFUSALS.fullmatch(word.text) and _followed_by(terms, place, "to")
        )
        stem = _first_stem(terms, place) if negates else _after_or(terms, place)
        is_denying = is_denying or negates
        if is_denying and stem:
            yield stem


def _begins_clause(terms: Terms, place: int) -> bool:
    if terms.words[place].text.lower() in _CLAUSE_BEGINS:
        return True
    before, word = terms.words[place - 1 : place + 1]
    return bool(_CLAUSE_ENDS.search(terms.text, before.start + len(before.text), word.start))


def _after_or(terms: Terms, place: int) -> str | None:
    """Return the stem of the word right behind an "or"."""
    if terms.words[place].text.lower() not in ("or", "nor"):
        return None
    return next((word.stem for word in terms.words[place + 1 : place + 2]), None)


def _followed_by(terms: Terms, place: int, word: str) -> bool:
    return any(one.text.lower() == word for one in terms.words[place + 1 : place + 2])


def _first_stem(terms: Terms, place: int) -> str | None:
    for before, word in zip(terms.words[place:], terms.words[place + 1 :], strict=False):
        if terms.separated(before, word):
            return None
        if word.stem and word.stem not in LIGHT_VERBS:
            return word.stem
    return None


def decides(question: str, sentence: str, before: str = "") -> bool:
    """Return whether a sentence may decide a question that asks whether somebody did something.

    It must say so or the contrary of one of the question's verbs: a "vote" is not "to vote". And
    it, or what stands `before` it, must name who did.

    >>> decides("Did she vote for it?", "She denied it after the vote.")
    False
    >>> decides("Did she vote for it?", "She never voted."), decides("Was she there?", "No.")
    (True, True)
    >>> decides("Did the mayor vote for it?", "Two councillors voted for it.")
    False
    """
    if not _DO.match(question.strip()):
        return True
    asked, told = Terms(question), Terms(sentence)
    who = _subject(asked)
    if who and not (told.stems | Terms(before).stems) & who:
        return False
    verbs = {word.stem for word in _without_determiner(asked) if word.text[0].islower()}
    said = with_other_forms(
        word.stem for word in _without_determiner(told, _DETERMINERS) if word.stem
    )
    said |= {other for pair in antonyms() for one, other in (pair, pair[::-1]) if one in said}
    return not verbs or bool(verbs & said)


def _subject(asked: Terms) -> set[str]:
    """Return the stems of "the port authority" or "Bo Lund" after the auxiliary."""
    words = asked.words[1:]
    if words and words[0].text.lower() in _DETERMINERS:
        run = list(takewhile(lambda word: word.stem, words[1:]))
        return {word.stem for word in run[: max(1, len(run) - 1)] if word.stem}
    return {word.stem for word in takewhile(lambda word: word.is_name, words) if word.stem}


def _without_determiner(
    terms: Terms, before: frozenset[str] = _DETERMINERS | _PREPOSITIONS
) -> Iterator[Word]:
    """Return the content words that follow none of these words, as nouns mostly do."""
    for place, word in enumerate(terms.words):
        first = place == 0 or terms.words[place - 1].text.lower() not in before
        if word.stem and first:
            yield word
