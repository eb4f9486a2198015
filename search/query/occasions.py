"""Occasions of one contest, which have figures and winners of their own: rounds, legs, halves.

English only.
"""

import re

_OCCASIONS = {
    "first round": r"first\s+round|first\s+ballot",
    "second round": r"second\s+round|run-?offs?|second\s+ballot",
    "third round": r"third\s+round",
    "quarter-final": r"quarter-?\s?finals?",
    "semi-final": r"semi-?\s?finals?",
    "first leg": r"first\s+leg|home\s+leg",
    "second leg": r"second\s+leg|return\s+(?:leg|match)|away\s+leg",
    "first half": r"first\s+half",
    "second half": r"second\s+half",
}
_NAMES = tuple(_OCCASIONS)
_MENTION = re.compile(
    "|".join(
        rf"(?P<o{place}>\b(?:{pattern})\b)" for place, pattern in enumerate(_OCCASIONS.values())
    ),
    re.IGNORECASE,
)
# "Both will meet in a runoff": that is to come.
_TO_COME = re.compile(
    r"\b(?:will|would|to|face|faces|before|after|than\s+in)\b[^.;:\n]{0,60}\Z", re.IGNORECASE
)
_REACH = 80  # characters before an occasion that may say that it is to come


def occasion_asked(question: str) -> str | None:
    """Return the occasion that a question names, None if it names none or several.

    >>> occasion_asked("What was the turnout in the runoff?")
    'second round'
    """
    named = {_name(found) for found in _MENTION.finditer(question)}
    return named.pop() if len(named) == 1 else None


def occasion_told(text: str) -> str | None:
    """Return the occasion that a text named last, other than as one to come.

    >>> occasion_told("Result of the first round: the two will meet in a runoff.")
    'first round'
    """
    told = None
    for found in _MENTION.finditer(text):
        if not _TO_COME.search(text, max(0, found.start() - _REACH), found.start()):
            told = _name(found)
    return told


def _name(found: re.Match[str]) -> str:
    return _NAMES[int((found.lastgroup or "o0")[1:])]
