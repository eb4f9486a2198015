"""What a question takes for granted, and whether a sentence says all of it or the contrary.

Whoever asks "Why did the club leave?" takes it that the club left. Whoever asks "Did the club
leave?" does not, but a sentence with all of its words decides it, whichever way.
"""

import re
from collections.abc import Set

from ...corpus.text.analysis import analyzer
from ..language.lexicon import stem_of, with_other_forms
from ..language.names import names_in
from .contradiction import antonyms, opposite_acts
from .predicate import differs_in_negation
from .terms import Terms

_AFTER_ALL = re.compile(r"\b(?:until|unless|before|but|except|again|longer|more)\b", re.IGNORECASE)
# "How did", but not "how many"; questions for which one thing of several do not take each to be so.
_TAKES_FOR_GRANTED = re.compile(
    r"(?:why|when|where|how)\s+(?:is|are|was|were|do|does|did|has|have)\b", re.I
)
# "She offered to resign": who asks when she resigned takes it for done.
_NOT_DONE = re.compile(
    r"\b(?P<meant>(?:aim|attempt|declin|demand|fail|fear|forg[eo]t|hop|intend|offer|plan|propos|refus|"
    r"seek|sought|threaten|tried|try|want|wish)\w*)(?:\s+(?!and\b|but\b|or\b)\w+){0,3}"
    r"\s+to\s+(?P<verb>[^\W\d_]+)",
    re.IGNORECASE,
)
_TAKEN_FOR_DONE = re.compile(
    r"\s*(?:(?:why|when|where|how)\s+did"
    r"|who\s+(?!(?:is|are|was|were|will|would|can|could|may|might)\b)[a-z]+)\b",
    re.IGNORECASE,
)
_ASKING = "anybody anyone anything somebody happen"  # which no answer repeats
_FEWEST = 2  # content words besides names that a sentence must share to be of the same matter


def says_all_of(question: str, sentence: str, passage: str) -> bool:
    """Return whether a sentence says all that a yes/no question asks, or decides it otherwise.

    It may deny it or tell the contrary act: what was rejected was not approved.

    Names may stand elsewhere in its `passage`, unless the sentence names others.

    >>> says_all_of("Has a successor to Bo been named?", "No successor was named.", "Bo has left.")
    True
    >>> says_all_of("Has a successor to Bo been named?", "A trainer was named.", "Bo has left.")
    False
    >>> says_all_of("Did the club approve the tram?", "The club rejected the tram.", "")
    True
    """
    asked, told = Terms(question), Terms(sentence)
    plain = _plain(asked)
    missing = plain - with_other_forms(told.stems)
    if not plain or not missing <= _contrary_to(told.stems) or missing == plain:
        return False
    named = [name for name in asked.names if not told.has_name(name)]
    if not named:
        return True
    around = Terms(passage)
    elsewhere = all(around.has_name(name) for name in named)
    return elsewhere and len(plain) >= _FEWEST and not names_in(sentence)


def denies_premise(question: str, sentence: str, context: str = "") -> bool:
    """Return whether a sentence denies what a question why or when takes for granted.

    It must speak of the same: have all the content words of the question, one of them negated or
    as its antonym. `context` is the sentence with what it refers back to.

    >>> denies_premise("Why did the club leave?", "The club will not leave, it said.")
    True
    >>> denies_premise("When did the club leave?", "The club did not leave until May.")
    False
    """
    if not _TAKES_FOR_GRANTED.match(question.strip()) or _AFTER_ALL.search(sentence):
        return False
    asked, told = Terms(question), Terms(sentence)
    here = with_other_forms(Terms(context or sentence).stems | told.stems)
    missing = asked.stems - here
    if not missing:
        return differs_in_negation(question, sentence)
    others = asked.stems - missing
    return bool(others) and any(
        missing == {one} and other in with_other_forms(told.stems)
        for pair in antonyms()
        for one, other in (pair, pair[::-1])
    )


def _contrary_to(stems: Set[str]) -> set[str]:
    """Return the acts, as stems, whose contrary is told: what was rejected was not approved."""
    told = with_other_forms(stems)
    return {one for one, other in opposite_acts() if other in told}


def _plain(asked: Terms) -> set[str]:
    """Return the stems of the content words that are no names."""
    names = set(asked.names)
    stems = {word.stem for word in asked.words if word.stem and word.folded not in names}
    return stems - Terms(_ASKING).stems


def only_meant(question: str, sentence: str) -> str | None:
    """Return the act, as a stem, that is asked why or who and was only offered, wanted or refused.

    >>> only_meant("Why did Ada Holm resign?", "Ada Holm offered to resign.")
    'resign'
    >>> only_meant("Who shot the wolf?", "Bo wants a permit to shoot the wolf.")
    'shoot'
    >>> only_meant("Why did Ada Holm resign?", "Ada Holm wanted to resign, and resigned.")
    """
    if not _TAKEN_FOR_DONE.match(question):
        return None
    asked, told = (list(analyzer().analyze(text)) for text in (question, sentence))
    for found in _NOT_DONE.finditer(sentence):
        meant, verb = (stem_of(found[part]) for part in ("meant", "verb"))
        done = not with_other_forms([verb]).isdisjoint(asked)
        if done and meant not in asked and told.count(verb) == 1:
            return verb
    return None
