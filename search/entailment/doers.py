"""Whether somebody else does in a sentence what a question says of one."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from ...corpus.text.analysis import STOP_WORDS
from ..language.lexicon import SPEECH, stem_of, with_other_forms
from ..language.names import Name, names_in
from .namesakes import may_be_same
from .terms import Terms

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w.'’-]*"
_NAMES = rf"{_CAPITAL}(?:\s+{_CAPITAL})*"
# "did Turkey impose", "has President Putin told"
_SUBJECT = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would)\s+(?:the\s+)?"
    rf"(?P<subject>{_CAPITAL}(?:\s+(?:and\s+)?{_CAPITAL})*)\s+(?P<verb>[a-zà-öø-ÿ-]+)"
)
_OBJECT_PRONOUN = re.compile(r"\b(?:him|her|it|them)\b", re.IGNORECASE)
_SUBJECT_PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
# "Was Ada Holm found guilty?", "who dismissed Ada Holm", "what did Ada Holm say"
_ABOUT = re.compile(
    rf"(?i:is|are|was|were)\s+(?P<about>{_NAMES})\s+(?P<verb>[a-z]+)\b"
    rf"|(?i:who)\s+(?!(?:is|are|was|were|has|have|had|will|do|does|did)\b)(?P<did>[a-z]+)\s+(?P<whom>{_NAMES})"
    rf"|(?i:what)\s+(?i:did|does|has)\s+(?:the\s+)?(?P<speaker>{_NAMES})\s+(?:say|said|tell|told)\b"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
# Between who does something and the verb: ", among others, had", "also".
_BETWEEN = re.compile(
    r"(?:,\s+(?:who\s+is\s+)?\d{1,3})?[\s,]*(?:\b(?:all|also|among|both|had|has|have|others|then|will|would|\w+ly)\b[\s,]*)*\Z"
)
_NO_DOER = re.compile(
    r"\b(?:about|after|against|as|at|before|between|by|during|for|from|in|like|near|of|on|over|"
    r"since|than|through|to|under|until|with|without)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def other_doers(question: str, sentence: str, passage: str) -> Iterator[tuple[str, str]]:
    """Yield who is asked about, and who does in the sentence what the question says of them.

    >>> [*other_doers("What did Bo Lund buy?", "Ada Holm bought a mill.", "")]
    [('Bo Lund', 'Ada Holm')]
    """
    found = _SUBJECT.search(question)
    if not found or found["verb"].lower() in STOP_WORDS:
        return
    verbs = with_other_forms({stem_of(found["verb"])})
    if verbs <= _speech():
        verbs = _speech()
    before = _before_verb(verbs, sentence)
    doers = _doers(before)
    asked = words_of(names_in(found["subject"]))
    others = words_of(names_in(before))
    if asked and not doers and _is_done_to(asked, verbs, sentence):
        yield "", f"There it is done to “{found['subject']}”."
    if not asked or not doers or are_one_name(asked, others, passage):
        return
    if not any(may_be_same(one, other) for one, other in product(asked, others)):
        yield found["subject"], " and ".join(name.text for name in doers)


def other_persons(question: str, context: str, passage: str) -> Iterator[tuple[str, str]]:
    """Yield who is asked about, and the names of a sentence that has none of theirs.

    That is who is said to have been found guilty, to have been dismissed, or to have spoken.
    """
    found = _ABOUT.match(question.strip())
    if not found or (_OBJECT_PRONOUN if found["whom"] else _SUBJECT_PRONOUN).search(context):
        return
    about = found["about"] or found["whom"] or found["speaker"]
    verb = found["verb"] or found["did"] or ""
    if not Terms(verb).stems <= with_other_forms(Terms(context).stems):
        return
    asked, said = words_of(names_in(about)), words_of(names_in(context))
    if not asked or not said or are_one_name(asked, said, passage):
        return
    if not any(may_be_same(one, other) for one, other in product(asked, said)):
        yield about, " ".join(said[:2])


@cache
def _speech() -> set[str]:
    return {stem_of(verb) for verb in SPEECH}


def _before_verb(verbs: set[str], sentence: str) -> str:
    """Return what stands before the first of the verbs; nothing where it is passive."""
    for found in re.finditer(r"[^\W\d_]+", sentence):
        if stem_of(found[0]) in verbs:
            before = sentence[: found.start()]
            return "" if _PASSIVE.search(before) else before
    return ""


def _is_done_to(asked: Iterable[str], verbs: set[str], sentence: str) -> bool:
    """Whether the names asked about follow the verb at once, and none of them leads into it."""
    before = _before_verb(verbs, sentence)
    if not before or any(name in before for name in asked):
        return False
    after = sentence[len(before) :].split()[1:]
    return bool(after) and after[0].strip(",.;") in asked


def _doers(before: str) -> list[Name]:
    """Return the names that lead directly into the verb that follows."""
    names = [name for name in names_in(before) if _may_do(name, before)]
    return names if names and _BETWEEN.match(before[names[-1].span[1] :]) else []


def _may_do(name: Name, before: str) -> bool:
    return not name.possessive and not _NO_DOER.search(before[: name.span[0]])


def are_one_name(words: Iterable[str], others: Iterable[str], passage: str) -> bool:
    """Whether a passage has them side by side, as first and last name."""
    return any(
        f"{one} {other}" in passage or f"{other} {one}" in passage
        for one, other in product(words, others)
    )


def words_of(names: Iterable[Name]) -> list[str]:
    """Return the words of names that begin with a capital."""
    return [word for name in names for word in name.text.split() if word[0].isupper()]
