"""The numbers that a text names, with their units and bounds.

English only. What is no figure is left out: dates, years, times of day, ordinals, numbers of
telephones, sections and lists, scores. Number words are read by text2num; digits, bounds and units
by rules (why: ARCHITECTURE.md, Figures).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from text_to_num import text2num

from .answer import Bound
from .dates import named_dates
from .spans import Span
from .units import AFTER, BEFORE, unit_after, unit_before

_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3,
    "million": 10**6, "mln": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "bn": 10**9, "b": 10**9,
    "trillion": 10**12, "trn": 10**12, "tn": 10**12,
}  # fmt: skip
_SPACE = "[ \u00a0\u2009\u202f]"
_DIGITS = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d])(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,15}(?:\.\d{1,9}|,\d{1,2})?"
)
_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_LARGE = "hundred|thousand|million|billion|trillion"
_WORDS = rf"(?:(?:{_SMALL})|an?[ ](?:{_LARGE}))\b(?:(?:[ -]|[ ]and[ ])(?:{_SMALL}|{_LARGE})\b)*"
_NUMBER = re.compile(
    rf"""
    (?<!\w)(?=[\d$€£¥₽₺₴₹−acefghnostu-])  # soon told: what follows is tried at few places
    (?P<sign>{BEFORE})?(?:
        (?<![\w-])half[ ]an?[ ](?P<half_of>dozen|{_LARGE})\b
      | (?<![\w-])(?P<dozen>(?:an?|{_SMALL})[ ]dozen\b)
      | (?<![\w-])(?P<words>{_WORDS})
      | (?<![\w.,:/#№])(?<![a-zA-Z]-)(?!0\d)(?P<digits>(?:(?<!\S)[-−](?=\d))?(?:{_DIGITS}))(?![\d/])
    )
    (?P<and_half>[ ]and[ ]a[ ]half)?
    (?:(?P<scale>[ ](?:{_LARGE}|mn|mln|bn|tn|trn|dozen)|-?(?:million|billion|trillion)
        |bn|mn|mln|tn|k|b|m)
      (?![\w²³]))?
    (?P<plus>\+)?
    (?:[\s-]?(?P<unit>{AFTER}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What is no figure, whatever number is in it.
_NUMBERED = (
    "articles?|art|section|chapter|resolution|pages?|pp?|no|nos|nr|numbers?|room|gate|flight|"
    "line|group|table|figure|fig|part|volume|vol|channel|route|highway|interstate|level|phase|"
    "stage|boeing|airbus|apollo|windows|type|terminal|platform|paragraph|protocol|annex|point|"
    "question|rule|title|track|unit|version|bus|grade|category|pier|psalm|lot|law|decree"
)
# In three parts by how they begin: as one pattern it would take thrice as long.
_NO_FIGURE = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.MULTILINE)
    for pattern in (
        rf"""
        (?=[\d(\[+'’])(?:
          \[[\d,;\s–-]+\]
        | ^\(?\d{{1,3}}[.)](?=\s) | (?<=\s)\(\d{{1,2}}\)(?=\s)
        | \b\d{{1,2}}(?:[:.]\d\d){{1,2}}\s*(?:[ap]\.?m\b|gmt\b|utc\b|cet\b|o['’]clock|local)
        | \b\d{{1,2}}\s*(?:[ap]\.?m\b|[ap]\.m\.|o['’]clock) | \b\d{{1,2}}:\d\d\b
        | (?<=\bat\s)(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|\s?(?:%|per|[bm]illion))
        | \b\d+(?:st|nd|rd|th)\b
        | \+\d[\d\s()-]{{6,20}}\d | \(?\b\d{{3}}\)?[-.\s]\d{{3}}[-.]\d{{4}}\b
        | (?<![\d,.])(?<!\d\s)0\d+(?:[\s-]\d{{2,}})+
        | \b\d+(?:\.\d+){{2,}}\b(?!,\d)(?<!\.\d\d\d)
        | \b\d+(?:/\d+)+\b | \b\d+\s(?:in|out\sof)\s(?:every\s)?(?:{_SMALL}|\d+)\b
        | \b(?:19|20)\d0s\b | ['’]\d0s\b
        )""",
        r"""
        \b(?:https?://|www\.)\S+ | (?<=\S)@\S+
        | \b(?:call|tel|telephone|phone|fax|hotline|dial)\b[.:]?\s*(?:on|at)?
          \s*\d[\d\s()-]{3,20}\d
        """,
        rf"""
        \b(?=[ot]|[fsehn][a-z])(?:
          (?<!-)one\s(?:of|another|day|or\sanother|who|that|side|hand|by\sone|thing|point)\b
        | (?:(?:{_SMALL}|{_LARGE})[\s-]){{1,4}}
          (?:thirds?|quarters?|fourths|fifths?|sixths?|tenths?|halves|half|o['’]clock)\b
        | (?:{_SMALL})(?:[\s-](?:sided|fold|way|party|on|to-one|time)\b
          |\s(?:in|out\sof)\s(?:every\s)?(?:{_SMALL}|\d+)\b)
        )""",
    )
)
# Looked for from a number backwards: at each word of a text it would take several times as long.
_NUMBERED_BEFORE = re.compile(rf"\b(?:{_NUMBERED})\b\.?\s+\Z", re.IGNORECASE)
_NO_ONE = re.compile(
    r"\b(?:no|any|every|some|each|which|this|that|the|another)[\s-]\Z", re.IGNORECASE
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR_LEAD = re.compile(
    r"\b(?:of|in|since|from|until|during|before|after|year)\s+\Z", re.IGNORECASE
)
_COUNTED_NEXT = re.compile(
    r"\s+(?:(?!(?:was|is|has|as|its|his|this|says)\b)[a-z-]{2,}s|people|men|women|children|dead|"
    r"injured|killed|wounded|troops|civilian)\b"
)
_METRES_NEXT = re.compile(
    r"(?:\s*$|[.,;:)]|\s+(?:high|long|tall|wide|deep|away|from|above|below|in|of|and|to|at|by|on|"
    r"race|sprint|final|freestyle|hurdles|butterfly|relay|wall|tower|deep-water)\b)",
    re.IGNORECASE,
)

_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(
        "at least|no fewer than|no less than|not less than|not fewer than|more than|well over|"
        "just over|over|above|upwards of|in excess of|a minimum of|greater than|exceed|exceeds|"
        "exceeded|exceeding|surpass|surpassed|surpassing|topped|beyond".split("|"),
        "at least",
    ),
    **dict.fromkeys(
        "at most|up to|as many as|as much as|no more than|not more than|fewer than|less than|"
        "just under|under|below|a maximum of".split("|"),
        "at most",
    ),
    **dict.fromkeys(
        "about|around|some|roughly|approximately|approx.|nearly|almost|close to|an estimated|"
        "estimated|the estimated|circa|c.|ca.|in the region of|more or less".split("|"),
        "about",
    ),
}
_LONGEST_FIRST = sorted(_BOUNDS, key=len, reverse=True)
_BOUND_BEFORE = re.compile(
    rf"(?<!\w)(?P<bound>{'|'.join(map(re.escape, _LONGEST_FIRST))})"
    r"\s+(?:the\s+|an?\s+)?\Z",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\s*,?\s+(?:(?P<least>or\s+more|at\s+least|if\s+not\s+more|plus)|"
    r"(?P<most>or\s+(?:fewer|less)|at\s+(?:the\s+)?most)|(?P<about>or\s+so|give\s+or\s+take))\b",
    re.IGNORECASE,
)
_LONGEST_BOUND = 24
_CURRENCIES = "$€£¥₽₺₴₹"
_TO = re.compile(r"\s*[-–—]\s*|\s+(?:to|and|or)\s+")
_CHANGE = re.compile(
    r"\b(?:ris|rose|grew|grow|increas|fell|fall|drop|declin|climb|jump|surg|went|go(?:es)?|up|down|"
    r"cut|reduc|slash|chang|rais)\w*\b[^.;]{0,60}\b(?:from|by)\s+(?:[a-z]+\s+){0,2}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A number as a text names it: `text` is what stands at `span`, with its unit.

    Of a range, `value` is the lower end and `upper` the other one. `unit` is in one spelling ("%",
    "$", "km", "days"). `whole` is its span with the words of its bound.
    """

    value: float
    upper: float | None
    text: str
    unit: str | None
    bound: Bound | None
    span: Span
    whole: Span


def named_numbers(text: str) -> list[NamedNumber]:
    """Give the numbers that a text names, in its order.

    >>> for number in named_numbers("On 2 May over $30bn went to half a million people in 3 days"):
    ...     print(number.text, number.value, number.unit, number.bound)
    $30bn 30000000000.0 $ at least
    half a million 500000.0 None None
    3 days 3.0 days None
    """
    masked = _without_other_numbers(text)
    found: list[NamedNumber] = []
    for number in _numbers(text, masked):
        link = masked[found[-1].whole[1] : number.whole[0]] if found else ""
        joined = _range(found[-1], number, link, text) if _TO.fullmatch(link) else None
        if joined is _SCORE:
            found.pop()
        else:
            found[-1:] = [joined] if joined else [*found[-1:], number]
    return found


def _without_other_numbers(text: str) -> str:
    """Give `text` with what is no figure made blank, so that all offsets stay."""
    for start, end in _others(text):
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _others(text: str) -> Iterator[Span]:
    for pattern in _NO_FIGURE:
        for match in pattern.finditer(text):
            yield match.span()
    for named in named_dates(text):
        yield named.span


def _numbers(text: str, masked: str) -> Iterator[NamedNumber]:
    for match in _NUMBER.finditer(masked):
        end = match.end()
        scale, unit = (match["scale"] or "").strip(" -").lower(), match["unit"]
        if scale == "m" and not match["sign"] and _METRES_NEXT.match(masked, end):
            scale, unit = "", "m"
        value = _value(match)
        if value is None or _is_other(match, masked, unit):
            continue
        value = float(Decimal(str(value)) * _SCALES.get(scale, 1))  # 8.3 million exactly
        sign = unit_before(match["sign"]) if match["sign"] else None
        bound, whole = _bound(match, masked)
        span = (match.start(), end)
        named = unit_after(unit) if unit else sign
        yield NamedNumber(value, None, text[slice(*span)], named, bound, span, whole)


def _value(match: re.Match[str]) -> float | None:
    """Give the value of a match without its scale; None where the words are no number."""
    half = 0.5 if match["and_half"] else 0.0
    if match["half_of"]:
        return 0.5 * _SCALES[match["half_of"].lower()]
    if match["digits"]:
        return _digits(match["digits"]) + half
    if match["dozen"]:
        return 12 * _in_words(match["dozen"].rsplit(None, 1)[0])
    try:
        return _in_words(match["words"]) + half
    except ValueError:
        return None  # such as a year, "nineteen eighty-four"


def _in_words(words: str) -> float:
    words = words.lower()
    if words in ("a", "an"):
        return 1
    return float(text2num(words.removeprefix("a "), "en"))


def _digits(digits: str) -> float:
    digits = re.sub(_SPACE, "", digits).replace("−", "-")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", digits):
        return float(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))
    return float(digits.replace(",", ""))


def _is_other(match: re.Match[str], text: str, unit: str | None) -> bool:
    """Say whether a match is a year, or part of a name, for all that it looks like a number."""
    if match["words"] and _is_name(match, text):
        return True
    if match["sign"] or unit or match["scale"]:
        return False
    after = text[match.end() : match.end() + 1]
    if after == "-" and text[match.end() + 1 : match.end() + 2].isalpha():
        return True  # "two-sided", "747-style"
    if match["digits"] and after.isalpha():
        return True  # "3D", "F16s"
    before = text, max(0, match.start() - _LONGEST_BOUND), match.start()
    if match["digits"] and "," not in match["digits"] and _NUMBERED_BEFORE.search(*before):
        return True
    if match["words"] and match["words"].lower() == "one" and _NO_ONE.search(*before):
        return True
    if match["digits"] and _YEAR.fullmatch(match["digits"]):
        is_count = _COUNTED_NEXT.match(text, match.end()) and not _YEAR_LEAD.search(*before)
        return not (is_count or _BOUND_BEFORE.search(*before))
    return False


def _is_name(match: re.Match[str], text: str) -> bool:
    """Tell "the Seven Years War" and "the Three Gorges" from a number."""
    next_word = match["unit"] or text[match.end() :].lstrip()[:1]
    return match["words"][:1].isupper() and match.start() > 0 and next_word[:1].isupper()


def _bound(match: re.Match[str], text: str) -> tuple[Bound | None, Span]:
    """Give the bound of a number, and its span with the words of that."""
    start, end = match.span()
    before = _BOUND_BEFORE.search(text, max(0, start - _LONGEST_BOUND), start)
    if before:
        return _BOUNDS[" ".join(before["bound"].lower().split())], (before.start(), end)
    if match["plus"]:
        return "at least", (start, end)
    after = _BOUND_AFTER.match(text, end)
    if not after:
        return None, (start, end)
    bound = "at least" if after["least"] else "at most" if after["most"] else "about"
    return bound, (start, after.end())


_SCORE = NamedNumber(0, None, "", None, None, (0, 0), (0, 0))


def _range(one: NamedNumber, other: NamedNumber, link: str, text: str) -> NamedNumber | None:
    """Give the range from `one` to `other`, _SCORE for "3-2", None where they are two numbers."""
    before = text[max(0, one.whole[0] - 80) : one.whole[0]]
    between = re.search(r"\bbetween\s+\Z", before, re.IGNORECASE)
    is_money = other.unit is None and one.text[0] in _CURRENCIES  # "$2–3 billion"
    if other.whole[0] != other.span[0] or not (is_money or one.unit in (None, other.unit)):
        return None
    if "and" in link and not between:
        return None
    if "to" in link and _CHANGE.search(before):
        return None
    value = _in_scale_of(other, one)
    if not link.strip(" -–—") and "-" not in one.text and value > other.value:
        return _SCORE
    if value > other.value:
        return None
    span = (one.span[0], other.span[1])
    if between:
        span = (one.whole[0] - len(between[0]), other.span[1])
    unit = other.unit or one.unit
    whole = (min(span[0], one.whole[0]), other.whole[1])
    bound = one.bound or other.bound
    return NamedNumber(value, other.value, text[slice(*span)], unit, bound, span, whole)


def _in_scale_of(other: NamedNumber, one: NamedNumber) -> float:
    """Give the value of `one`, which has the scale of `other` in "3 to 5 million"."""
    scale = re.search(rf"(?:{_LARGE}|mn|mln|bn|tn|k|m)\b", other.text, re.IGNORECASE)
    written = re.fullmatch(rf"\D?(?:{_DIGITS}|{_SMALL})", one.text, re.IGNORECASE)
    return one.value * _SCALES[scale[0].lower()] if scale and written else one.value
