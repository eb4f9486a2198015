"""What kind of answer a question asks for, by its words: a person, a place, a time, a number …

English only. It decides little: which of the spans that the reader found cannot be meant.
"""

import re
from typing import Literal

from ..language.dates import named_dates
from .quantity import how_many

Kind = Literal["who", "where", "when", "number", "yes or no", "why", "how", "quote", "what"]

_VERBS = "is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must"
# Where several fit, the first counts.
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
    ("why", r"\bwhy\b|\bwhat\s+(?:caused|led\s+to)\b|\bfor\s+what\s+reason\b"),
    ("how", r"\bhow\b"),
)
_PATTERNS: list[tuple[Kind, re.Pattern[str]]] = [
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS
]
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|once|twice|"
    r"none|nobody|no)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|yesterday|tomorrow|tonight|"
    r"now|noon|midnight|century|centuries|decades?|years?|months?|weeks?|days?|hours?|minutes?|"
    r"morning|afternoon|evening|night|spring|summer|autumn|winter|ago|soon|later|earlier)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]")


def kind_of(question: str) -> Kind:
    """Say what kind of answer a question asks for.

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
    return "number" if found not in ("quote", "yes or no") and how_many(text) else found


def fits(kind: Kind, answer: str) -> bool:
    """Say whether words can be an answer of that kind: a number has a figure, a person a name.

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
