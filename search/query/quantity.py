"""Whether a question asks for a quantity, and of what.

English only. Also the single place that decides whether a question asks "how many".
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..language.letters import with_ascii_letters
from ..language.lexicon import is_outcome
from ..language.units import AFTER, Kind, kind_of, unit_named

Kinds = frozenset[Kind | None]  # None stands for a plain number

_COUNT: Kinds = frozenset({None})
_SHARE: Kinds = frozenset({"share"})
_AMOUNT: Kinds = frozenset({"money", "weight", "volume", "share", "area", "energy", None})
# What the answer is measured in, by the adjective after "how" and by the noun after "what is the".
_ADJECTIVES: dict[str, Kinds] = {
    "many": _COUNT,
    "much": _AMOUNT | {"length"},
    "long": frozenset({"time", "length"}),
    "far": frozenset({"time", "length"}),
    "old": frozenset({"time", "age"}),
    **dict.fromkeys(("tall", "high", "deep", "wide"), frozenset({"length"})),
    **dict.fromkeys(("big", "large"), frozenset({"area", "length", "weight"})),
    "heavy": frozenset({"weight"}),
    **dict.fromkeys(("fast", "strong"), frozenset({"speed"})),
    "full": frozenset({"share"}),
    **dict.fromkeys(("hot", "cold"), frozenset({"temperature"})),
    "expensive": frozenset({"money"}),
}
# Nouns that only say that there is a number: what is counted follows them, or comes before.
_TOTALS: dict[str, Kinds] = {
    **dict.fromkeys(("number", "count", "tally", "figure", "figures"), _COUNT),
    **dict.fromkeys(("percentage", "percent", "proportion", "share"), frozenset({"share"})),
    **dict.fromkeys(("total", "amount", "sum", "quantity", "value", "rate", "size"), _AMOUNT),
}
_MEASURES: dict[str, Kinds] = {
    **dict.fromkeys(("toll", "population", "capacity", "attendance"), _COUNT),
    **dict.fromkeys(
        "budget cost damage debt deficit fare income price profit rent revenue salary turnover "
        "wage".split(),
        frozenset({"money"}),
    ),
    **dict.fromkeys(("turnout", "inflation", "unemployment"), frozenset({"share"})),
    "magnitude": _COUNT,
    "level": frozenset({"length", "share"}),
    **dict.fromkeys(("distance", "height", "width", "depth"), frozenset({"length"})),
    "length": frozenset({"time", "length"}),
    "age": frozenset({"time", "age"}),
    "duration": frozenset({"time"}),
    **{kind: frozenset({kind}) for kind in ("weight", "area", "speed", "temperature")},
}
_OTHERS = "|".join(sorted((_TOTALS | _MEASURES).keys() - {"total", "number", "figure", "figures"}))
_HOW = re.compile(rf"\bhow\s+(?P<how>{'|'.join(_ADJECTIVES)})\b(?P<rest>[^?]*)", re.IGNORECASE)
_GOES_ON = (
    "of|for|in|on|at|by|from|between|among|to|since|until|as|so|now|today|during|before|after|"
    "with|when|reported|limit|range"
)
_WHAT = re.compile(
    rf"""
    \b(?:what|which)(?:
        (?:\s+(?:is|was|are|were)|['’]s)\s+(?P<which>(?:[\w’'-]+\s+){{0,5}}?)
      | \s+(?=(?:number|percentage|percent|proportion|share|amount|age)\s+
          (?:of|did|do|does|was|were|is|are)\b)
    )
    (?P<measure>total(?!\s+[\w-]+\s+of\b)|number(?!\s+(?:one|\d))|figures?(?=\s+(?:for|of)\b|\W*\Z)
      |{_OTHERS})\b
    (?(which)(?:(?<=total)|(?=\s*(?:[^\w\s'’-]|\Z)|\s+(?:{_GOES_ON})\b(?!\s+which\b))))
    (?:\s+(?:of|for)\b)?(?P<rest>[^?]*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COSTS = re.compile(
    r"\bwhat\s+(?:did|does|do|will|would|has|have)\s+[^?]+?\s+cost\b"
    r"|\bwhat\s+(?:is|are|was|were)\s+[^?]+\s+worth\W*\Z",
    re.IGNORECASE,
)
# "How much does the tax bring in": money, and no share.
_EARNS = re.compile(
    r"\bhow\s+much\s+(?:did|does|do|will|would|has|have|is|are)\s+[^?]+?\s"
    r"(?:bring|brings|brought|take|takes|taken|took)\s+in\b"
    r"|\bhow\s+much\s+[^?]+\s(?:earn|earned|fetch|fetched)\b",
    re.IGNORECASE,
)
# "Number of dead in Aria", as it is typed: what is it?
_TYPED = re.compile(
    r"(?!.*\b(?:wh(?:o|om|ose|at|en|ere|ich|y)|how|is|are|was|were|does|did|do|has|have|had|will)\b)"
    rf"\W*(?:(?:the|latest|current|total)\s+)*(?:\w+\s+)?(?:number\s+of|{_OTHERS})\b",
    re.IGNORECASE,
)
_PLAIN_NEXT = re.compile(rf"\s+(?!(?:{_GOES_ON})\b)\w", re.IGNORECASE)
_AS_SHARE = re.compile(
    r"\b(?:as\s+a|in)\s+(?:percentage|percent|per\s+cent|share)\b", re.IGNORECASE
)
_MEASURE = re.compile(
    rf"\s+(?:is|are|was|were|will)\b\s+((?:[\w’'-]+\s+)*?(?P<measure>{'|'.join(_MEASURES)}))\b",
    re.IGNORECASE,
)
# "How much does a ticket for the ferry cost?", "how much would the toll be"
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r" (?:(?:does|do|did|will|would) (?:an?|one|each|every)"
    r"|(?:is|are|was|were) (?:the|an?)|(?:does|did|will|would) the(?=[^?]*\b(?:be|cost)\b))"
    r" ([a-z][^?,]*?)"
    r"(?: (?:for|of|in|to|from|at|on|by|with|between|be|cost|costs|weigh|hold)\b|\W*\Z)",
    re.IGNORECASE,
)
_OWNER_WORD = r"(?!(?:already|currently|ever|far|just|now|only|so|still|yet)\b)[^\W\d_][\w’-]*"
_DOER = re.compile(
    rf"\bhow many [^?]*?\b(?:did|do|does|will|have|has|had) (?:the )?((?:{_OWNER_WORD} ){{0,3}}"
    rf"{_OWNER_WORD}) (?:win|won|get|got|have|own|employ|hold|lose|lost)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\bhow\s+(?:many|much)\s+(?:more|fewer|less)\b.*\bthan\b", re.IGNORECASE)
# Numbers that name something, and questions what a number is about, based on, called.
# "How much land": what the unit measures.
_BY_NOUN: dict[str, Kinds] = {
    **dict.fromkeys(("land", "territory"), frozenset({"area"})),
    "money": frozenset({"money"}),
    "time": frozenset({"time"}),
}
_MEASURED = re.compile(rf"\s+({'|'.join(_BY_NOUN)})\b", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:phone|flight|model|serial|room|atomic)\s*\Z", re.IGNORECASE)
_IS_ABOUT = re.compile(
    r"\b(?:about|after|against|called|for|like|named|on|with)\W*\Z", re.IGNORECASE
)
_UNIT = re.compile(rf"\s*(?:(?:more|other|of\s+the)\s+)?(?P<unit>{AFTER})", re.IGNORECASE)
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
# "How long is the bridge", but not "how long was he in prison".
_IS = re.compile(r"\s+(?:is|are|was|were)\s+(?:the\s+|[A-Z])(?!.*\b\w+(?:ed|ing)\b)")
_LABELS = re.compile(
    r"\s*(?:did|do|does|is|was|will|has)\b.*\b(?:wear|wears|wearing|worn|carry|bear|dial|ring|call)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*")
# Words that end the noun after "how many": auxiliaries, prepositions, and verbs without "-ed".
_NOUN_ENDS = frozenset(
    """
    is are was were be been has have had do does did can could will would should may might must
    there in on at by from to since until before after during for with as over under between within
    into across around about per than that who which whom when where if and or but because
    came die fell flee get give got leave live make remain speak take took went work
    """.split()
)
_FILLERS = frozenset(
    """
    the a an more other of all many latest newest current official estimated total overall exact
    actual real approximate most recent reported average
    """.split()
)


@dataclass(frozen=True, slots=True)
class QuantityAsked:
    """The quantity that a question asks for.

    `counted` is what is counted, in the question's words ("civilians"); it may be empty. `kinds`
    are the kinds of units that the answer may have, None among them for a plain number. `unit` is
    the unit that is asked for by name ("days"). `is_measure` says that `counted` ends with the name
    of a measure: "price", "level". `how` is the adjective of "how deep", `is_of_state` says that it
    is asked of what something is: "how long is it". `is_label` says that the number only names
    something: "which number does he wear".
    """

    counted: str
    kinds: Kinds
    unit: str | None = None
    is_measure: bool = field(default=False, repr=False)
    how: str | None = field(default=None, repr=False)
    is_of_state: bool = field(default=False, repr=False)
    is_label: bool = field(default=False, repr=False)


@lru_cache(maxsize=100)  # asked by the answer type and again by the figures
def quantity_asked(question: str) -> QuantityAsked | None:
    """Return the quantity that a question asks for, None if it asks for something else.

    >>> quantity_asked("How many civilians were killed by 1 May 2022?")
    QuantityAsked(counted='civilians', kinds=frozenset({None}), unit=None)
    >>> quantity_asked("What is the latest number of refugees?").counted
    'refugees'
    >>> quantity_asked("Who led the delegation?")
    """
    plain = with_ascii_letters(question)
    if _COMPARES.search(plain):
        return None
    if typed := _TYPED.match(plain):
        head, rest = question[: typed.end()].strip(), question[typed.end() :]
        joined = " in" if _PLAIN_NEXT.match(rest) else ""
        return quantity_asked(f"What is the {head}{joined}{rest}")
    # The patterns match the plain text; what is counted is cut from the question itself.
    if _EARNS.search(plain):
        return QuantityAsked("", _BY_NOUN["money"])
    if how := _HOW.search(plain):
        asked = _asked_how(how["how"].lower(), question[slice(*how.span("rest"))])
        return replace(asked, kinds=_SHARE) if _AS_SHARE.search(plain) else asked
    if costs := _COSTS.search(plain):
        is_worth = costs[0].rstrip(" ?").endswith("worth")
        return QuantityAsked("", _MEASURES["cost"] if is_worth else _ADJECTIVES["much"])
    if (what := _WHAT.search(plain)) and not _IS_ABOUT.search(plain):
        which, rest = (question[slice(*what.span(name))] for name in ("which", "rest"))
        return _asked_what(what["measure"].lower(), which, rest)
    return None


def subject_in(question: str) -> str:
    """Return "ticket" of "how much does a ticket for the ferry cost"."""
    found = _HOW_MUCH.search(question)
    return _subject(question[found.end() :]) if found else ""


def _subject(rest: str) -> str:
    """Return the words of what follows "how much" up to the first preposition."""
    found = _SUBJECT.match(rest)
    return found[1] if found else ""


def doer_in(question: str) -> str:
    """Return who is asked to have won or got how many: "how many seats did the Greens win"."""
    found = _DOER.search(question)
    return found[1] if found else ""


def _asked_how(how: str, rest: str) -> QuantityAsked:
    unit = _UNIT.match(rest)
    if how == "many" and unit:
        return _asked_in_unit(unit["unit"], rest[unit.end() :])
    if how == "much" and (measured := _MEASURED.match(rest)):
        return QuantityAsked("", _BY_NOUN[measured[1].lower()])
    if how in ("big", "large", "high") and (measure := _MEASURE.match(rest)):
        return QuantityAsked(
            measure[1].strip(), _MEASURES[measure["measure"].lower()], is_measure=True
        )
    kinds = _ADJECTIVES[how]
    if _OF.match(rest):  # "How many of the voters": maybe so many per cent
        kinds |= {"share"} if how == "many" else {"length"}
    subject = _subject(rest).split() if how == "much" else []
    if subject and not any(None in _MEASURES.get(word.lower(), ()) for word in subject):
        kinds -= {None}  # a number of things is not how much one of them is
    is_of_state = bool(_IS.match(rest)) and not any(map(is_outcome, rest.split()))
    return QuantityAsked(_noun(rest), kinds, how=how, is_of_state=is_of_state)


def _asked_in_unit(unit: str, rest: str) -> QuantityAsked:
    """Tell "how many tonnes of grain", where grain is counted, from "how many days"."""
    name = unit_named(unit)
    counted = _noun(rest) if _OF.match(rest) else ""
    return QuantityAsked(counted, frozenset({kind_of(name)}), name)


def _asked_what(measure: str, which: str, rest: str) -> QuantityAsked | None:
    words = [word for word in which.split() if word.lower() not in _FILLERS]
    if (
        _NAMES.search(which)
        or "of" in which.split()
        or any(word.lower() in _NOUN_ENDS for word in words)
    ):
        return None  # "What is the cause of the rising death toll?"
    if measure == "number" and _LABELS.match(rest):
        return QuantityAsked("", _COUNT, is_label=True)
    if measure in _TOTALS:
        return QuantityAsked(_noun(rest) or " ".join(words), _TOTALS[measure])
    kinds = _MEASURES[measure]
    if measure == "toll" and not words:  # of a road, or of a flood
        kinds |= {"money"}
    return QuantityAsked(" ".join([*words, measure]), kinds, is_measure=True)


def _noun(rest: str) -> str:
    """Return "civilians" of " civilians were killed by 1 May"."""
    noun: list[str] = []
    for word in _WORD.findall(rest):
        if word.lower() in _NOUN_ENDS or (noun and is_outcome(word)):
            break
        if word.lower() not in _FILLERS:
            noun.append(word)
    return " ".join(noun)
