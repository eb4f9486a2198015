"""Whether two candidate sentences say the same, or contradict each other."""

import re

from ...corpus.text.analysis import analyzer
from ..entailment.contradiction import denied_in
from ..entailment.terms import Terms
from ..language.lexicon import denies
from ..language.normalising import normalised
from .sentences import CandidateSentence

_SHORT = 8  # words: longer answers do not agree by chance
_ALIKE = 0.6  # of the terms of the shorter sentence, for two to say the same
_DIGITS = re.compile(r"\d+")


def agree(one: CandidateSentence, other: CandidateSentence) -> bool:
    """Whether two sentences give the same answer, or say it in much the same words."""
    return same_answer(one, other) or alike(one, other)


def alike(one: CandidateSentence, other: CandidateSentence) -> bool:
    """Whether two sentences say it in much the same words."""
    return _alike(one.sentence, other.sentence)


def same_answer(one: CandidateSentence, other: CandidateSentence) -> bool:
    """Whether two short answers are the same, or one contains the other."""
    words = sorted((f" {normalised(sentence.answer)} " for sentence in (one, other)), key=len)
    return bool(words[0].strip()) and len(words[0].split()) <= _SHORT and words[0] in words[1]


def contradict(one: CandidateSentence, other: CandidateSentence) -> bool:
    """Whether two articles, in much the same words, deny each other or differ in a number."""
    if one.ranked.article.id == other.ranked.article.id:
        return False
    numbers, others = (set(_DIGITS.findall(sentence.answer)) for sentence in (one, other))
    if numbers and others:
        return not numbers & others and _alike(one.sentence, other.sentence)
    if not _alike(one.sentence, other.sentence):
        return False
    terms, others = Terms(one.sentence), Terms(other.sentence)
    denies_it = denies(one.sentence) != denies(other.sentence)
    return denies_it or _denied(terms, others) or _denied(others, terms)


def _denied(one: Terms, other: Terms) -> bool:
    """Return whether `one` denies what `other` says: "gives no number" denies no flight."""
    denied = denied_in(one)
    return any(scope <= other.stems for scope in denied) and not denied_in(other)


def _alike(one: str, other: str) -> bool:
    terms, others = (set(analyzer().analyze(text)) for text in (one, other))
    return len(terms & others) >= _ALIKE * max(min(len(terms), len(others)), 1)
