"""Figures compared: how many more, which is the longer of two, which is the longest.

English only. Such a question is taken apart into questions for one quantity each; what is computed
of their figures is marked as computed, beside what is quoted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.lexicon import is_outcome
from .finding import Evidence
from .history import DatedFigure, history_of

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
# "Which pier is longer, that of Aldwick or that of Brancombe?"
_WHICH_OF_TWO = re.compile(
    rf"\b(?:which|what|who)\b\s*(?P<noun>[^,?]*?)\s*\b(?P<verb>is|was|are|were|has|had|have)\s+(?:the\s+)?"
    rf"(?:(?P<word>{_WORDS})|(?P<more>more|less|fewer)\s+(?P<what>[^,?:]+?))\s*"
    rf"[,:]\s*(?P<one>[^?]+?),?\s+or\s+(?P<other>[^?]+)",
    re.IGNORECASE,
)
_WHICH_COST_MORE = re.compile(
    r"\b(?:which|what)\b\s*(?P<noun>[^,?]*?)\s*\b(?:cost|costs)\s+(?P<more>more|less)\s*"
    r"[,:]\s*(?P<one>[^?]+?),?\s+or\s+(?P<other>[^?]+)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    rf"\b(?:which|what)\b\s*(?P<noun>[^,?]*?)\s*\b(?P<verb>is|was|are|were|has|had|have|costs?)\s+the\s+"
    rf"(?:(?P<word>{_WORDS})|(?P<most>most|least|fewest)\b\s*(?P<what>[\w\s-]*?))"
    rf"(?:\s+(?P<after>(?!of\b|in\b)[\w\s-]+?))?\s*\??\s*\Z",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    rf"\bhow\s+(?:(?:many|much)\s+(?P<more>more|fewer|less)|much\s+(?P<word>{_WORDS}))\b"
    r"(?P<left>[^?]*?)\s+than\s+(?P<right>[^?]+)",
    re.IGNORECASE,
)
_THAT_OF = re.compile(
    r"^(?:that|those|the\s+one|the\s+ones)\s+(?=of|at|in|on|for|from)", re.IGNORECASE
)
_IN_FRONT = re.compile(
    r"^(?P<lead>(?:in|at|of|on|by|for|from|the)\b(?:\s+the\b)?)?\s*(?P<rest>.+)$", re.IGNORECASE
)
_NAME = re.compile(r"(?<=\s)[A-Z][\w’-]+(?:\s+[A-Z][\w’-]+)*")


class Comparison(NamedTuple):
    """Figures compared, the ones that the answer names first, and what is computed of them."""

    figures: tuple[DatedFigure, ...]
    computed: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions to compare the figures of; `sign` is -1 if the least is asked for."""

    questions: tuple[str, ...]
    subjects: tuple[str, ...]
    sign: int
    of_difference: bool = False


def compares(question: str) -> bool:
    """Return whether a question asks to compare figures.

    >>> compares("Which pier is the longest?"), compares("How long is the pier?")
    (True, False)
    """
    return _taken_apart(question) is not None


def compare(
    question: str, evidence: Sequence[Evidence], spellings: Spellings = DEFAULT_SPELLINGS
) -> Comparison | None:
    """Return the figures that a question compares, None if the evidence does not give them all.

    Both must have the same unit, and each must be of a subject of its own.
    """
    asked = _taken_apart(question)
    if not asked:
        return None
    evidence = [Evidence(one.article, one.span) for one in evidence]  # read for another question
    if len(asked.questions) == 1:
        history = history_of(asked.questions[0], evidence, None, spellings)
        figures = history.figures if history else ()
        return _most(figures, asked.sign) if all(one.subject for one in figures) else None
    found = [history_of(one, evidence, None, spellings) for one in asked.questions]
    firsts = [history.figures[0] for history in found if history and history.figures]
    if len(firsts) < len(asked.questions) or firsts[0].mentions[0] == firsts[1].mentions[0]:
        return None
    if not _is_comparable(firsts):
        return None
    return _difference(firsts) if asked.of_difference else _greater(firsts, asked)


def _taken_apart(question: str) -> _Asked | None:
    if found := _DIFFERENCE.search(question):
        return _of_difference(found)
    if found := _WHICH_OF_TWO.search(question) or _WHICH_COST_MORE.search(question):
        return _of_two(found)
    if found := _SUPERLATIVE.search(question):
        return _of_all(found)
    return None


def _of_two(found: re.Match[str]) -> _Asked | None:
    parts, noun = found.groupdict(), found["noun"].strip()
    how, sign, verb = _how(parts.get("word"), parts.get("more"), parts.get("what"))
    subjects = tuple(
        _THAT_OF.sub(f"the {noun} " if noun else "", found[name].strip())
        for name in ("one", "other")
    )
    if noun:
        named = frozenset(noun.lower().split())
        subjects = tuple(
            one if named & set(one.lower().split()) else f"the {noun} {one}" for one in subjects
        )
    questions = tuple(f"{how} {verb} {one}{' have' if verb == 'does' else ''}?" for one in subjects)
    return _Asked(questions, subjects, sign)


def _of_all(found: re.Match[str]) -> _Asked | None:
    noun = (found["noun"] or found["after"] or "").strip()
    what = (found["what"] or "").strip()
    if found["verb"].lower().startswith("cost") or what.startswith(("expensive", "costly")):
        noun = noun or what.partition(" ")[2]
        sign = -1 if (found["most"] or "").lower() == "least" else 1
        return _Asked((f"How expensive is the {noun}?",), (), sign) if noun else None
    how, sign, verb = _how(found["word"], found["most"], what)
    if not noun or not (found["word"] or what):
        return None
    return _Asked((f"{how} {verb} the {noun}{' have' if verb == 'does' else ''}?",), (), sign)


def _how(word: str | None, more: str | None, what: str | None) -> tuple[str, int, str]:
    """Return "How long", 1 and "is" for "longer"; "How many cars", 1 and "does" for "more cars"."""
    if word:
        adjective, sign = _ADJECTIVES[word.lower()]
        return f"How {adjective}", sign, "is"
    sign = -1 if more and more.lower() in ("less", "fewer", "least", "fewest") else 1
    if not what or what.lower() in ("expensive", "costly"):
        return "How expensive", sign, "is"
    return f"How many {what}", sign, "does"


def _of_difference(found: re.Match[str]) -> _Asked | None:
    left, right = found["left"].strip(), found["right"].strip()
    how, sign, _ = _how(found["word"], found["more"], None)
    how = how if found["word"] else "How many" if "many" in found[0].lower().split() else "How much"
    if other := _with_the_other(left, right):
        return _Asked((f"{how} {left}?", f"{how} {other}?"), (), sign, of_difference=True)
    return None


def _with_the_other(left: str, right: str) -> str | None:
    """Return the left side with what the right side names in place of its counterpart.

    >>> _with_the_other("people died in Aria", "in Boria")
    'people died in Boria'
    >>> _with_the_other("civilians were injured", "killed")
    'civilians were killed'
    """
    right = _THAT_OF.sub("", right)
    if is_outcome(right.split()[-1]):
        words = left.split()
        places = [place for place, word in enumerate(words) if is_outcome(word)]
        return " ".join([*words[: places[-1]], right, *words[places[-1] + 1 :]]) if places else None
    front = _IN_FRONT.match(right)
    lead = front["lead"] if front else None
    if lead:
        name = r"(?:\s+(?:(?:at|in|of|for|on|near)\s+)?[A-Z][\w’-]*)*"
        pattern = rf"\b{re.escape(lead)}\s+\w[\w’-]*{name}"
        places = [*re.finditer(pattern, left)]
        return left[: places[-1].start()] + right + left[places[-1].end() :] if places else None
    names = [*_NAME.finditer(f" {left}")]
    if not names:
        return None
    start, end = names[-1].start() - 1, names[-1].end() - 1
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


def _greater(figures: Sequence[DatedFigure], asked: _Asked) -> Comparison:
    pairs = list(zip(figures, asked.subjects, strict=True))
    named = [_named(one, subject) for one, subject in pairs]
    signs = "=" if _value(figures[0]) == _value(figures[1]) else "<>"
    sign = signs if signs == "=" else (">" if _value(figures[0]) > _value(figures[1]) else "<")
    texts = [one.quantity.number.text for one in figures]
    return Comparison(tuple(named), f"Computed: {texts[0]} {sign} {texts[1]}.")


def _difference(figures: Sequence[DatedFigure]) -> Comparison:
    one, other = (_value(figure) for figure in figures)
    unit = figures[0].quantity.number.unit or ""
    apart = f"{_written(one)} − {_written(other)} = {_written(one - other)} {unit}".rstrip()
    return Comparison(tuple(figures), f"Computed: {apart}.")


def _named(figure: DatedFigure, subject: str) -> DatedFigure:
    return replace(figure, subject=subject[:1].upper() + subject[1:])


def _value(figure: DatedFigure) -> float:
    return figure.quantity.number.value


def _written(value: float) -> str:
    """Return a number as articles write it.

    >>> _written(12000000.0), _written(-2.50)
    ('12,000,000', '−2.5')
    """
    return (
        f"{round(value, 6):,.10g}".replace("-", "−")
        if value % 1
        else f"{value:,.0f}".replace("-", "−")
    )
