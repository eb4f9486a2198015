"""Whether a question asks for a number, and of what."""

import re
from dataclasses import dataclass

from ..language.letters import with_ascii_letters
from ..language.lexicon import is_outcome
from ..language.units import AFTER, Kind, kind_of, unit_after

# What may stand after "the number": not "the population told", "the total ban", "the area where".
_GOES_ON = (
    "of|for|in|on|at|by|from|between|among|to|since|until|till|as|so|now|today|yesterday|across|"
    "per|during|before|after|around|over|within|along|throughout|under|there|worldwide|according|"
    "when|last|this|dead|injured|killed|wounded|displaced|missing|pledged|paid|raised|spent|lost|"
    "needed|given|limit|range|with|reported|recorded|confirmed|counted|agreed|approved"
)
_ASKS = re.compile(
    rf"""
    \bhow\s+(?P<how>many|much|long|far|old|tall|high|deep|wide|big|large|heavy|fast|hot|cold|
      expensive)\b(?P<rest>[^?]*)
    | \b(?:what|which)(?:
        (?:\s+(?:is|was|are|were|has\s+been)|['’]s)\s+
        (?P<which>(?:(?!(?:of|which|that|who|do|does|did|name|used|about|with|from|to|by|behind)\b)
          [\w’'-]+\s+){{0,5}}?)
      | (?=\s+(?:number|percentage|percent|proportion|share|amount|sum|quantity|age)\s+(?:of|did|do|
          does|was|were|is|are|has|have)\b)\s+)
      (?P<measure>number(?!\s+(?:one|\d))|toll|count|tally|figures?|total(?!\s+[a-z-]+\s+of)|
        percentage|percent|proportion|share|rate|population|capacity|cost|price|value|budget|amount|
        sum|quantity|size|length|distance|height|width|depth|weight|area|age|speed|temperature|
        duration|salary|revenue|turnover|attendance)\b
      (?(which)(?:
        (?<=total)(?!\s+\S+\s+that\b)
        | (?=\s*(?:[^\w\s'’-]|\Z) | \s+(?:{_GOES_ON})\b(?!\s+(?:which|whom|it)\b))))
      (?:\s+(?:of|for|in|on)\b)?(?P<of>[^?]*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Who is "the main figure", and what "the figure on the coin" is, is no count.
_FIGURES_NOTHING = re.compile(
    r"\b(?:central|historical|key|leading|main|political|public|religious)\s+figures?\b"
    r"|\b(?:the|an?)\s+figures?\s+(?:in|on|at|among|from|to|under)\b",
    re.IGNORECASE,
)
# "The value of peace", "the weight of evidence", and what a number is like or about.
_NO_MEASURE = re.compile(
    r"\s*(?:the\s+|their\s+|its\s+)?(?:blame|democracy|demands|diplomacy|evidence|failure|folly|"
    r"freedom|friendship|neutrality|peace|success|truth|victory)\b"
    r"|\b(?:about|after|against|called|for|like|named|with)\s*\Z",
    re.IGNORECASE,
)
# Of these there is mostly one that is meant; of a price, or a number, it must be said of what.
_SAY_ALL = ("toll", "population", "temperature", "attendance")
# What a number names rather than counts.
_NAMES = re.compile(
    r"\b(?:phone|telephone|flight|model|atomic|serial|room|registration|identification|jersey|"
    r"exchange\s+control)\s*\Z",
    re.IGNORECASE,
)
_SIZES: frozenset[Kind | None] = frozenset({"area", "length", "weight"})
_COMPARES = re.compile(r"\bhow\s+(?:many|much)\s+(?:more|fewer|less)\b.*\bthan\b", re.IGNORECASE)
_KINDS: dict[str, frozenset[Kind | None]] = {
    "long": frozenset({"time", "length"}), "far": frozenset({"length", "time"}),
    "old": frozenset({"age", "time"}), "tall": frozenset({"length"}), "high": frozenset({"length"}),
    "deep": frozenset({"length"}), "wide": frozenset({"length"}), "fast": frozenset({"speed"}),
    "big": _SIZES, "large": _SIZES,
    "heavy": frozenset({"weight"}), "hot": frozenset({"temperature"}),
    "cold": frozenset({"temperature"}), "expensive": frozenset({"money"}),
    "percentage": frozenset({"share"}), "percent": frozenset({"share"}),
    "proportion": frozenset({"share"}), "cost": frozenset({"money"}),
    "price": frozenset({"money"}), "budget": frozenset({"money"}),
    "salary": frozenset({"money"}), "revenue": frozenset({"money"}),
    "turnover": frozenset({"money"}), "length": frozenset({"length", "time"}),
    "distance": frozenset({"length"}), "height": frozenset({"length"}),
    "width": frozenset({"length"}), "depth": frozenset({"length"}),
    "weight": frozenset({"weight"}), "area": frozenset({"area"}),
    "age": frozenset({"age", "time"}), "speed": frozenset({"speed"}),
    "temperature": frozenset({"temperature"}), "duration": frozenset({"time"}),
}  # fmt: skip
_AMOUNTS = frozenset({"money", "weight", "volume", "share", "area", "energy", "data", None})
_MONEY = re.compile(
    r"\b(?:cost|costs|pay|paid|pays|spend|spent|worth|money|price|earn|earned|sell|sold|lend|lent|"
    r"owe|owed|donate[ds]?|pledged?|funding|invest(?:ed)?|fined?)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*(?:per\s?cent|percent|percentage|of\s+a\s+percent)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*")
_AUXILIARIES = frozenset(
    "is are was were be been being has have had do does did can could will would should may might "
    "must there".split()
)
_PREPOSITIONS = frozenset(
    "in on at by from to since until till before after during for with without as according over "
    "under between against within inside into across around about per than that who which whom "
    "when where while if so and or but because near".split()
)
# Verbs of questions that do not end in "ed".
_VERBS = frozenset(
    "came cost die fell flee fought get give got leave live make need play remain speak stand "
    "take took use vote want went work".split()
)


@dataclass(frozen=True, slots=True)
class HowMany:
    """What a question that asks for a number is after.

    `counted` is what is counted, as the question says it ("civilians"), maybe nothing. `kinds` are
    the kinds of units that the answer may have; None in it stands for a plain number. `unit` is the
    one that is asked for by its name ("days").
    """

    counted: str
    kinds: frozenset[Kind | None]
    unit: str | None = None


def how_many(question: str) -> HowMany | None:
    """Give what a question asks the number of, None for one that asks for something else.

    >>> how_many("How many civilians were killed by 1 May 2022?")
    HowMany(counted='civilians', kinds=frozenset({None}), unit=None)
    >>> how_many("What is the latest number of refugees?").counted
    'refugees'
    >>> how_many("Who led the delegation?")
    """
    match = _ASKS.search(with_ascii_letters(question))
    if not match or _COMPARES.search(question) or _FIGURES_NOTHING.search(match[0]):
        return None
    # What is counted is in the question's own words.
    which, rest, of = (question[slice(*match.span(name))] for name in ("which", "rest", "of"))
    if match["how"]:
        return _asked_how(match["how"].lower(), rest)
    return _asked_what(match["measure"].lower(), which, of)


def _asked_how(how: str, rest: str) -> HowMany:
    counted = _noun(rest)
    if how == "many":
        return _many(counted, rest)
    if how == "much":
        if _PERCENT.match(rest):
            return HowMany(counted, frozenset({"share"}))
        if re.match(r"\s*(?:longer|time)\b", rest, re.IGNORECASE):
            return HowMany(counted, _KINDS["duration"])
        return HowMany(counted, frozenset({"money"}) if _MONEY.search(rest) else _AMOUNTS)
    return HowMany(counted, _KINDS[how])


def _many(counted: str, rest: str) -> HowMany:
    """Tell "how many tonnes of grain" from "how many civilians"."""
    unit = re.match(rf"\s*(?:(?:more|other|of\s+the)\s+)?(?P<unit>{AFTER})", rest, re.IGNORECASE)
    if not unit:
        of_all = re.match(r"\s*of\b", rest, re.IGNORECASE)  # may be so many per cent of them
        return HowMany(counted, frozenset({None, "share"} if of_all else {None}))
    after = re.match(r"\s+of\s+(?:the\s+)?", rest[unit.end() :])
    counted = _noun(rest[unit.end() + after.end() :]) if after else unit["unit"].strip()
    named = unit_after(unit["unit"])
    return HowMany(counted, frozenset({kind_of(named)}), named)


def _asked_what(measure: str, which: str, of: str) -> HowMany | None:
    if _NAMES.search(which) or _NO_MEASURE.search(of):
        return None
    counted = _noun(re.sub(r"^\s*(?:the|all)\b", "", of, flags=re.IGNORECASE))
    words = [word for word in which.split() if word.lower() not in _EMPTY]
    if not (words or measure in _SAY_ALL or re.search(r"\w", of)):
        return None
    if measure in ("number", "count", "tally", "figure", "figures", "total"):
        counted = " ".join([*(() if counted else words), counted]).strip()
        return HowMany(counted, _AMOUNTS if measure == "total" else frozenset({None}))
    if measure in ("amount", "sum", "quantity", "value", "rate", "share", "size"):
        kinds = frozenset({"share"}) if measure == "share" else _AMOUNTS
        return HowMany(" ".join([*words, counted]).strip(), kinds)
    if measure in ("percentage", "percent", "proportion"):
        return HowMany(counted, _KINDS[measure])
    return HowMany(" ".join([*words, measure]), _KINDS.get(measure, frozenset({None})))


_EMPTY = frozenset(
    "the a an is was are were has been latest newest current official estimated total overall "
    "exact actual real approximate most recent reported average".split()
)


def _noun(rest: str) -> str:
    """Give "civilians" of " civilians were killed by 1 May".

    The noun ends where an auxiliary, a preposition or a verb stands.
    """
    words = _WORD.findall(rest)
    noun: list[str] = []
    while words and words[0].lower() not in _AUXILIARIES | _PREPOSITIONS:
        if noun and (is_outcome(words[0]) or words[0].lower() in _VERBS):
            break
        word = words.pop(0)
        if word.lower() not in _FILLERS:
            noun.append(word)
    return " ".join(noun)


_FILLERS = frozenset("the a an more other of all many were-".split())
