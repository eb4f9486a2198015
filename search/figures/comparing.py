"""Figures compared: how many more, which is the longer of two, which is the longest.

English only. Such a question is taken apart into questions for one quantity each; what is computed
of their figures is marked as computed, beside what is quoted.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.lexicon import is_outcome
from ..language.numbers import numbers_in
from .finding import Evidence
from .history import DatedFigure, history_of
from .words import stems_of

# Comparatives and superlatives by the adjective that asks for the quantity after "how".
_GREATER = {
    "long": "longer longest", "high": "higher highest", "tall": "taller tallest",
    "deep": "deeper deepest", "wide": "wider widest", "heavy": "heavier heaviest",
    "old": "older oldest", "large": "larger largest", "big": "bigger biggest",
    "fast": "faster fastest", "hot": "hotter hottest", "far": "farther farthest further furthest",
    "expensive": "dearer dearest costlier costliest pricier priciest",
}  # fmt: skip
_LESSER = {
    "long": "shorter shortest", "high": "lower lowest", "deep": "shallower shallowest",
    "wide": "narrower narrowest", "heavy": "lighter lightest", "old": "younger youngest",
    "large": "smaller smallest", "fast": "slower slowest", "hot": "colder coldest cooler coolest",
    "expensive": "cheaper cheapest",
}  # fmt: skip
_ADJECTIVES = {
    word: (adjective, sign)
    for sign, table in ((1, _GREATER), (-1, _LESSER))
    for adjective, words in table.items()
    for word in words.split()
}
_WORDS = "|".join(_ADJECTIVES)
# "Which pier is longer, that of Aldwick or that of Brancombe?", "Which pier cost the most?"
_WHICH = re.compile(
    rf"\b(?:which|what|who)\b\s*(?P<noun>[^,?]*?)\s*\b(?P<verb>is|was|are|were|has|had|have|costs?)\s+"
    rf"(?:the\s+)?(?:(?P<word>{_WORDS})|(?P<most>more|most|less|least|fewer|fewest)\b)"
    r"\s*(?P<what>(?!of\b|in\b)[^,?:]*?)\s*"
    r"(?:[,:]\s*(?P<one>[^?]+?),?\s+or\s+(?P<other>[^?]+)|\??\s*\Z)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    rf"\bhow\s+(?:(?P<much>many|much)\s+(?:more|fewer|less)|much\s+(?P<word>{_WORDS}))\b"
    r"\s*(?P<left>[^?]*?)\s+than\s+(?P<right>[^?]+)",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    rf"\s+(?:(?:more|fewer|less)\s+(?:\w+\s+){{0,3}}?|(?:{_WORDS})\s+)than\s+(?P<other>[^.;,]+)",
    re.I,
)
_COSTLY = re.compile(r"(?:expensive|costly)\b\s*", re.IGNORECASE)
_THAT_OF = re.compile(r"^(?:that|those|the\s+ones?)\s+(?=of|at|in|on|for|from)", re.IGNORECASE)
_LEAD = re.compile(r"(?:in|at|of|on|by|for|from|the)\b(?:\s+the\b)?", re.IGNORECASE)
_NAME = re.compile(r"(?<=\s)[A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*")


class Comparison(NamedTuple):
    """Figures compared, the ones that the answer names first, and what is computed of them."""

    figures: tuple[DatedFigure, ...]
    computed: str


class _Asked(NamedTuple):
    """The questions to compare the figures of; `sign` is -1 if the least is asked for.

    `than` is the other of two, where it is asked by how much they differ.
    """

    questions: Sequence[str]
    subjects: Sequence[str] = ()
    sign: int = 1
    than: str = ""


def compare(
    question: str, evidence: Sequence[Evidence], spellings: Spellings = DEFAULT_SPELLINGS
) -> Comparison | None:
    """Return the figures that a question compares, None if the evidence does not give them all.

    Both must have the same unit, and each must be of a subject of its own. None too if the question
    compares nothing.
    """
    asked = _taken_apart(question)
    if not asked or any(_tells_apart(one, asked.than) for one in evidence):
        return None
    evidence = [Evidence(one.article, one.span) for one in evidence]  # read for another question
    found = [history_of(one, evidence, None, spellings) for one in asked.questions]
    if len(found) == 1:
        figures = found[0].figures if found[0] else ()
        return _most(figures, asked.sign) if all(one.subject for one in figures) else None
    firsts = [history.figures[0] for history in found if history and history.figures]
    if len(firsts) < 2 or firsts[0].mentions[0] == firsts[1].mentions[0]:
        return None
    if not _is_comparable(firsts):
        return None
    return _greater(firsts, asked.subjects) if asked.subjects else _difference(firsts)


def _tells_apart(passage: Evidence, than: str) -> bool:
    """Whether a passage says by how much one is more than the other: "22 metres taller than"."""
    if not than:
        return False
    text, asked = passage.article.text[slice(*passage.span)], stems_of(than)
    told = (_MORE_THAN.match(text, one.whole[1]) for one in numbers_in(text))
    return any(found and asked & stems_of(found["other"]) for found in told)


def _taken_apart(question: str) -> _Asked | None:
    if found := _DIFFERENCE.search(question):
        return _of_difference(found)
    return _of_which(found) if (found := _WHICH.search(question)) else None


def _of_which(found: re.Match[str]) -> _Asked | None:
    noun, what, verb = found["noun"].strip(), found["what"].strip(), found["verb"].lower()
    adjective, sign = _ADJECTIVES.get((found["word"] or "").lower(), ("", 1))
    if (found["most"] or "").lower() in ("less", "least", "fewer", "fewest"):
        sign = -1
    costly = _COSTLY.match(what)
    if costly or verb.startswith("cost"):
        adjective, what = "expensive", what[costly.end() :] if costly else what
    how, have = f"How {adjective} is", ""
    if adjective:
        noun = noun or what
    else:
        how, have = f"How many {what} does", " have"
    if found["one"]:
        subjects = [_named_in_full(noun, found[name].strip()) for name in ("one", "other")]
        return _Asked([f"{how} {one}{have}?" for one in subjects], subjects)
    asks = noun and (adjective or what)
    return _Asked([f"{how} the {noun}{have}?"], sign=sign) if asks else None


def _named_in_full(noun: str, subject: str) -> str:
    """Return "the pier of Aldwick" for "that of Aldwick"."""
    subject = _THAT_OF.sub("", subject)
    has_noun = not noun or set(noun.lower().split()) & set(subject.lower().split())
    return subject if has_noun else f"the {noun} {subject}"


def _of_difference(found: re.Match[str]) -> _Asked | None:
    left, other = found["left"], _with_the_other(found["left"], found["right"].strip())
    how = found["much"] or _ADJECTIVES[found["word"].lower()][0]
    asked = [f"How {how} {one}?" for one in (left, other)] if other else []
    return _Asked(asked, than=found["right"]) if asked else None


def _with_the_other(left: str, right: str) -> str | None:
    """Return the left side with what the right side names in place of its counterpart.

    >>> _with_the_other("people died in Aria", "in Boria")
    'people died in Boria'
    >>> _with_the_other("civilians were injured", "killed")
    'civilians were killed'
    """
    right = _THAT_OF.sub("", right)
    if is_outcome(right.split()[-1]):
        places = [word.span() for word in re.finditer(r"\S+", left) if is_outcome(word[0])]
    elif lead := _LEAD.match(right):
        name = r"(?:\s+(?:(?:at|in|of|for|on|near)\s+)?[A-Z][\w’-]*)*"
        pattern = rf"\b{re.escape(lead[0])}\s+\w[\w’-]*{name}"
        places = [one.span() for one in re.finditer(pattern, left)]
    else:
        places = [one.span() for one in _NAME.finditer(left)]
    if not places:
        return None
    start, end = places[-1]
    return left[:start] + right + left[end:]


def _is_comparable(figures: Sequence[DatedFigure]) -> bool:
    return len({(one.quantity.number.unit, one.quantity.is_change) for one in figures}) == 1


def _most(figures: Sequence[DatedFigure], sign: int) -> Comparison | None:
    if len(figures) < 2 or not _is_comparable(figures):
        return None
    ranked = sorted(figures, key=lambda one: -sign * one.quantity.number.value)
    which = "highest" if sign > 0 else "lowest"
    first = ranked[0]
    return Comparison(
        tuple(ranked),
        f"The {which} figure found: {first.quantity.number.text}, {first.subject}, "
        f"of {len(ranked)} that the articles give.",
    )


def _greater(figures: Sequence[DatedFigure], subjects: Sequence[str]) -> Comparison:
    one, other = (figure.quantity.number for figure in figures)
    sign = "=" if one.value == other.value else "<" if one.value < other.value else ">"
    named = (
        replace(figure, subject=subject[:1].upper() + subject[1:])
        for figure, subject in zip(figures, subjects, strict=True)
    )
    return Comparison(tuple(named), f"Computed: {one.text} {sign} {other.text}.")


def _difference(figures: Sequence[DatedFigure]) -> Comparison:
    one, other = (figure.quantity.number.value for figure in figures)
    unit = figures[0].quantity.number.unit or ""
    apart = f"{_written(one)} − {_written(other)} = {_written(one - other)} {unit}".rstrip()
    return Comparison(tuple(figures), f"Computed: {apart}.")


def _written(value: float) -> str:
    """Return a number as articles write it.

    >>> _written(12000000.0), _written(-2.50)
    ('12,000,000', '−2.5')
    """
    return (f"{round(value, 6):,.10g}" if value % 1 else f"{value:,.0f}").replace("-", "−")
