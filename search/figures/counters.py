"""Who counted: the source that a sentence names for its figure."""

import re

from ...corpus.article import Span

_SAYS = (
    "said|says|say|reported|reports|report|announced|announces|counted|counts|wrote|writes|claimed|"
    "claims|claim|stated|states|confirmed|confirms|added|adds|told|estimates?|estimated|spoke|speaks|"
    "recorded|registered|heard|informed|informs|warned|warns|believes?"
)
_SETS = "put|puts|revised|raised|lowered|cut|corrected|updated"
_PLAIN = r"[^\W\d_][\w’'.-]*"
# Up to eight words without a comma: "the town council of Marrow", "Ana Petrak".
_WHO = rf"{_PLAIN}(?:\s+{_PLAIN}){{0,7}}?"
_BEFORE = re.compile(
    rf"(?:\A|[,;:.”\"]\s+|\b(?:and|but|while|whereas)\s+)[\"“]?(?P<who>{_WHO}),?\s+(?:has\s+|had\s+|have\s+|also\s+)?"
    rf"(?:(?:{_SAYS})\b|found(?=\s*[.,;]|\s+that)|(?:{_SETS})\s+the\b)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?i:according\s+to|(?:{_SAYS})\s+by)\s+(?P<who>{_PLAIN}(?:\s+{_PLAIN}){{0,7}})"
    rf"|[,:”\"]?\s(?:informs?|informed|reported|reports|said|says|announced|wrote|writes|stated)\s+"
    rf"(?P<last>(?:the\s+|[A-Z]){_PLAIN}(?:\s+{_PLAIN}){{0,7}})(?=\s*[.,;]|\s*\Z)"
)
_ENDS = re.compile(
    r"\s+(?:on|at|in|by|as|that|which|who|whose|late|early|yesterday|today|this|last)\b.*\Z",
    re.DOTALL | re.IGNORECASE,
)
_COUNTED_BY = re.compile(
    r"\A(?:estimates?|figures?|data|counts?)\s+(?:by|of|from)\s+", re.IGNORECASE
)
_DETERMINER = re.compile(
    r"\A(?:(?:and|but|while|whereas)\s+)?(?:the|an?|its|his|her|their|our)\s+", re.IGNORECASE
)
_EMPHASIS = re.compile(r"\s+(?:(?:itself|himself|herself|themselves|still|now|however)\b\s*)+\Z")
# Words that name nobody: "it said", "which said", "what officials say".
_NOBODY = frozenset(
    """
    he she they it we i you who which that this these those there what as also has had have is was
    were are been so far reports report people article version though although first
    """.split()
)
_NO_NAMES = frozenset("a according all an for in some the with".split())  # as a name's first word


def counter_of(sentence: str, number: Span) -> str | None:
    """Return who gives the number at a span, as the sentence names them; None if it does not.

    >>> counter_of("At least 21 people died, the governor's office said on Sunday.", (9, 11))
    "governor's office"
    >>> counter_of("In Dorn 40 people were arrested.", (8, 10)) is None
    True
    """
    start = sentence.rfind(";", 0, number[0]) + 1
    end = sentence.find(";", number[1])
    part = sentence[start : end if end >= 0 else len(sentence)]
    start += len(part) - len(part.lstrip())
    part, place = part.lstrip(), number[0] - start
    spoken = [
        (match.start(), name) for match in _BEFORE.finditer(part) if (name := _name(match["who"]))
    ]
    before = [name for at, name in spoken if at < place]
    after = [name for at, name in spoken if at >= place]
    after += [
        name
        for match in _AFTER.finditer(part)
        if (name := _name(match["who"] or match["last"], ends=True))
    ]
    return before[-1] if before else (after[0] if after else None)


def _name(who: str, ends: bool = False) -> str | None:
    """Return a name without its article, None if it is a pronoun or has one."""
    who = _COUNTED_BY.sub("", who)
    who = _ENDS.sub("", who) if ends else who
    who = _DETERMINER.sub("", who.rstrip("."), count=1).strip()
    who = _EMPHASIS.sub("", who)
    words = who.lower().split()
    if not words or words[0] in _NO_NAMES or not _NOBODY.isdisjoint(words):
        return None
    return who
