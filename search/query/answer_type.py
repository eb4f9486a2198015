"""The type of answer that a question asks for: a person, a place, a time, a number …

English only. Used to rule out spans of the reader that cannot be the answer.
"""

import re
from typing import Literal

from ..language.dates import named_dates
from ..language.lexicon import NUMBER_WORDS, SCALES, WEEKDAYS
from .quantity import quantity_asked

Kind = Literal["who", "where", "when", "number", "yes or no", "why", "how", "quote", "what"]

_VERBS = "is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must"
# The first that matches counts.
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "quote",
        r"\b(?:what|how)\s+(?:did|does|do|has|have|had)\b.*\b(?:say|said|tell|told|write|written|"
        r"claim(?:ed)?|ask(?:ed)?|warn(?:ed)?|announced?|stress(?:ed)?|call(?:ed)?|describe[ds]?|"
        r"promise[ds]?|urged?|think|comment(?:ed)?|respond(?:ed)?|react(?:ed)?)\b",
    ),
    ("yes or no", rf"^(?:and\s+)?(?:{_VERBS})(?:n['’]t)?\b"),
    (
        "when",
        r"\bwhen\b|\b(?:what|which)\s+(?:date|day|days|month|year|years|decade|century|time|"
        r"weekday|season)\b",
    ),
    ("who", r"\bwho(?:m|se)?\b"),
    (
        "where",
        r"\bwhere\b|\b(?:what|which)\s+(?:countr(?:y|ies)|cit(?:y|ies)|states?|towns?|places?|"
        r"regions?|capitals?|continents?|venues?)\b",
    ),
    (
        "why",
        r"\bwhy\b|^\W*(?:the\s+)?reasons?\b(?!\s+(?:is|are|was|were)\b)|"
        r"\bwhat\s+(?:caused|led\s+to)\b|\bfor\s+what\s+reason\b",
    ),
    ("how", r"\bhow\b"),
)
_PATTERNS: list[tuple[Kind, re.Pattern[str]]] = [
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS
]
_NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join(NUMBER_WORDS)}|(?:dozen|{'|'.join(SCALES)})s?|half|third|quarter|once|"
    r"twice|none|nobody|no)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"\d|\b(?:{'|'.join(WEEKDAYS)})s?\b|\b(?:today|yesterday|tomorrow|tonight|"
    r"now|noon|midnight|century|centuries|decades?|years?|months?|weeks?|days?|hours?|minutes?|"
    r"morning|afternoon|evening|night|spring|summer|autumn|winter|ago|soon|later|earlier)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]")


def kind_of(question: str) -> Kind:
    """Return the kind of answer that a question asks for.

    >>> kind_of("Who led the delegation?"), kind_of("Did they meet in Minsk?")
    ('who', 'yes or no')
    >>> kind_of("How many were injured?"), kind_of("What did Kalın say about Mariupol?")
    ('number', 'quote')
    """
    text = question.strip()
    found: Kind = "what"
    for kind, pattern in _PATTERNS:
        if pattern.search(text):
            found = kind
            break
    return "number" if found not in ("quote", "yes or no") and quantity_asked(text) else found


def fits(kind: Kind, answer: str) -> bool:
    """Return whether `answer` can be of that kind: a number has a figure, a person a name.

    >>> fits("number", "over 5.4 million"), fits("number", "civilians"), fits("when", "in May")
    (True, False, True)
    """
    if kind == "number":
        return bool(_NUMBER.search(answer))
    if kind == "when":
        return bool(_TIME.search(answer)) or any(named_dates(answer))
    if kind in ("who", "where"):
        return bool(_NAME.search(answer))
    return True
