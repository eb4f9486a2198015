"""The numbers that a text names, with their units and bounds.

English only. Number words are read by text2num, everything else by rules (docs/experiments.md,
Figures over time). Dates, times, scores, fractions and numbers of pages or telephones are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite

from text_to_num import text2num

from ...corpus.article import Span
from .bounds import Bound, bound_of
from .dates import BLANK, without_dates
from .letters import with_ascii_letters
from .lexicon import CHANGES, NUMBER_WORDS, SCALE_ABBREVIATIONS, SCALES, WEEKDAYS
from .units import AFTER, BEFORE, unit_named

_FACTORS = {"dozen": 12, **SCALES, **SCALE_ABBREVIATIONS}
_SMALL, _LARGE, _SHORT = map("|".join, (NUMBER_WORDS, SCALES, SCALE_ABBREVIATIONS))
_SPACE = "[ \u00a0\u2009\u202f]"
_DIGITS = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:\.\d+)?"
    r"|\d{1,15}(?:\.\d{1,9})?"
)
# "A hundred and five", but "five and six thousand" are two numbers.
_AND = rf"(?:{'|'.join(f'(?<={scale})' for scale in SCALES)})[ ]and[ ]"
_WORDS = rf"(?:(?:{_SMALL})|an?[ ](?:{_LARGE}))\b(?:(?:[ -]|{_AND})(?:{_SMALL}|{_LARGE})\b)*"
_NUMBER = re.compile(
    rf"""
    (?<!\w)(?=[\d$€£¥₽₺₴−acefghnostu-])  # quick to reject most places
    (?P<sign>{BEFORE})?(?:
        (?<![\w-])half[ ]an?[ ](?P<half_of>dozen|{_LARGE})\b
      | (?<![\w-])(?P<dozens>an?|{_SMALL})[ ]dozen\b
      | (?<![\w-])(?P<words>{_WORDS})
      | (?<![\w.,:/#№])(?<![a-zA-Z]-)(?!0\d)(?P<digits>(?:(?<!\S)[-−](?=\d))?(?:{_DIGITS}))
        (?![\d/]|,\d)
    )
    (?P<and_half>[ ]and[ ]a[ ]half)?
    (?:(?P<scale>[ ](?:{_LARGE}|mn|mln|bn|tn|dozen)|-?(?:million|billion|trillion)|{_SHORT})
      (?![\w²³]))?
    (?P<plus>\+)?
    (?:[\s-]?(?P<unit>{AFTER}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SCALE = re.compile(rf"(?:{_LARGE})\b", re.IGNORECASE)
_METRES_NEXT = re.compile(
    r"\s*$|[.,;:)]|\s+(?:high|long|tall|wide|deep|away|in|from|above|below)\b", re.IGNORECASE
)
_TO = re.compile(r"\s*[-–—]\s*|\s+(?:to|and|or)\s+")
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_CHANGED_FROM = re.compile(
    rf"\b{CHANGES}\b[^.;]{{0,60}}\b(?:from|by)\s+(?:[a-z]+\s+){{0,2}}\Z", re.IGNORECASE
)

_IN_TEN = r"\s(?:in|out\sof)\s(?:every\s)?(?:three|four|five|ten|10|100)\b"
_IN_THE_MORNING = (
    r"\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight|"
    rf"(?:on|every|each)\s(?:{'|'.join(WEEKDAYS)}|(?:week)?days?\b))"
)
# One pattern for each kind of beginning: a single one would take three times as long.
_NOT_COUNTED = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.MULTILINE)
    for pattern in (
        rf"""
        (?=[\d(\[+'’])(?:
          \[[\d,;\s–-]+\] | ^[-*•\s]*\(?\d{{1,3}}[.)](?=\s|\Z)  # notes, lists
        | (?<=\s)\(\d{{1,2}}\)(?=\s)
        | \b\d{{1,2}}(?:[:.]\d\d){{0,2}}\s*(?:[ap]\.?m\b|gmt\b|utc\b|o['’]clock)  # times
        | \b\d{{1,2}}:\d\d\b
        | (?<=\bat\s)(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|\s?(?:{AFTER}|per|[bm]illion))
        | (?<=\bat\s)(?:1?\d|2[0-3])(?={_IN_THE_MORNING})
        | \b\d+(?:st|nd|rd|th)\b | \b(?:19|20)\d0s\b | ['’]\d0s\b
        | \+\d[\d\s()-]{{6,20}}\d | \(?\b\d{{3}}\)?[-.\s]\d{{3}}[-.]\d{{4}}\b  # telephones
        | (?<![\d,.])(?<!\d\s)0\d+(?:[\s-]\d{{2,}})+
        | \b\d+(?:\.\d+){{2,}}\b | \b\d+(?:/\d+)+\b
        | \b1\s(?:in|out\sof)\s(?:every\s)?(?:{_SMALL}|\d+)\b | \b\d{_IN_TEN}
        )""",
        r"""
        \b(?:https?://|www\.)\S+ | (?<=\S)@\S+
        | \b(?:call|tel|phone|hotline)\b[.:]?\s*(?:on|at)?\s*\d[\d\s()-]{3,20}\d
        """,
        rf"""
        \b(?=[ot]|[fsehn][a-z])(?:
          (?<!-)one\s(?:of|another|day|who|that|side|on|way|thing|point|by\sone)\b
        | (?:(?:{_SMALL}|{_LARGE})[\s-]){{1,4}}
          (?:thirds?|quarters?|fourths|fifths?|sixths?|tenths?|half|o['’]clock)\b
        | (?:{_SMALL})(?:[\s-](?:sided|fold|way|party|time)\b
            |[\s-]on[\s-](?:one|two|three)\b|{_IN_TEN})
        | (?<=\bat\s)(?:{_SMALL})(?={_IN_THE_MORNING})
        )""",
    )
)
# Searched backwards from a number: trying it at each word of a text takes several times as long.
_NUMBERED = re.compile(
    r"\b(?:art(?:icle)?s?|section|chapter|resolution|pages?|pp?|nos?|numbers?|room|flight|line|group|"
    r"part|vol(?:ume)?|channel|route|highway|interstate|level|phase|stage|boeing|airbus|apollo|"
    r"windows|title|track|type|terminal|category|hangar|warehouse|gate|platform|brigade|battalion|"
    r"division|regiment|squadron|unit|reactor|ward|grade|zone|sector|runway|berth|quay|pier|shaft|"
    r"building|apartment|flat|suite|studio|bus|tram|paragraph|clause|rule|lot|lane|mark)\b\.?\s+\Z",
    re.IGNORECASE,
)
_NO_ONE = re.compile(r"\b(?:no|every|each|this|that|the|another)[\s-]\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PEOPLE_NEXT = re.compile(
    r"\s+(?:people|men|women|children|civilians|soldiers|troops|refugees|dead|injured|killed)\b"
)
_LONGEST_LEAD = 24  # characters before a number that may say that it is one of a page
_CURRENCIES = "$€£¥₽₺₴"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text names it: `text` is what stands at `span`, with its unit.

    Of a range, `value` is the lower end and `upper` the other. `unit` is in canonical spelling
    ("%", "$", "km", "days"). `whole` is the span with the words of the bound.
    """

    value: float
    upper: float | None
    text: str
    unit: str | None
    bound: Bound | None
    span: Span
    whole: Span


def numbers_in(text: str) -> list[Number]:
    """Return the numbers that a text names, in text order.

    >>> for number in numbers_in("On 2 May over $30bn went to half a million people in 3 days"):
    ...     print(number.text, number.value, number.unit, number.bound)
    $30bn 30000000000.0 $ at least
    half a million 500000.0 None None
    3 days 3.0 days None
    """
    plain = with_ascii_letters(text)
    masked = _without_uncounted(plain)
    found: list[Number] = []
    for number in _numbers(plain, masked):
        link = masked[found[-1].whole[1] : number.whole[0]] if found else ""
        if link == " " and _continues(found[-1], number, plain):
            found[-1] = _added(found[-1], number, plain)
        elif _TO.fullmatch(link):
            found[-1:] = _joined(found[-1], number, link, plain)
        else:
            found.append(number)
    return [replace(one, text=text[slice(*one.span)]) for one in found]


def _without_uncounted(text: str) -> str:
    """Return `text` with dates and other numbers that count nothing blank; all offsets stay."""
    masked = without_dates(text)
    for pattern in _NOT_COUNTED:
        for match in pattern.finditer(text):
            start, end = match.span()
            masked = f"{masked[:start]}{BLANK * (end - start)}{masked[end:]}"
    return masked


def _numbers(text: str, masked: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(masked):
        scale, unit = (match["scale"] or "").strip(" -").lower(), match["unit"]
        if scale == "m" and not match["sign"] and _METRES_NEXT.match(masked, match.end()):
            scale, unit = "", "m"
        value = _value(match)
        if value is None or _is_label(match, masked, unit):
            continue
        value = float(Decimal(str(value)) * _FACTORS.get(scale, 1))  # 8.3 million exactly
        if not isfinite(value):
            continue  # hundreds of digits
        bound, whole = bound_of(masked, match.span())
        written = unit or match["sign"]
        named = unit_named(written) if written else None
        yield Number(value, None, text[slice(*match.span())], named, bound, match.span(), whole)


def _value(match: re.Match[str]) -> float | None:
    """Return the value of a match without its scale; None if the words are no number."""
    half = 0.5 if match["and_half"] else 0.0
    if match["half_of"]:
        return 0.5 * _FACTORS[match["half_of"].lower()]
    if match["digits"]:
        return float(re.sub(f"{_SPACE}|,", "", match["digits"]).replace("−", "-")) + half
    if match["dozens"]:
        return 12.0 * NUMBER_WORDS.get(match["dozens"].lower(), 1)
    try:
        return float(text2num(match["words"].lower().removeprefix("a "), "en")) + half
    except ValueError:
        return None  # such as a year, "nineteen eighty-four"


def _is_label(match: re.Match[str], text: str, unit: str | None) -> bool:
    """Return whether a number is a year or part of a name: "Article 5", "the Seven Years War"."""
    start, end = match.span()
    if match["words"] and start > 0 and text[start].isupper():
        name_end = match.end("words")
        if text[name_end : name_end + 2].lstrip()[:1].isupper():
            return True
    after = text[end : end + 2]
    if match["sign"] or unit or match["scale"]:
        return False
    if after[:1].isalpha() or (after[:1] == "-" and after[1:].isalpha()):
        return True  # "3D", "two-sided", "747-style"
    before = text, max(0, start - _LONGEST_LEAD), start
    if not match["digits"]:
        return match[0].lower() == "one" and bool(_NO_ONE.search(*before))
    if "," not in match[0] and _NUMBERED.search(*before):
        return True
    is_year = _YEAR.fullmatch(match[0]) and not _PEOPLE_NEXT.match(text, end)
    return bool(is_year) and not bound_of(text, (start, end))[0]


def _continues(one: Number, other: Number, text: str) -> bool:
    """Return whether two numbers are one: "2 million 300 thousand hryvnias"."""
    scales = [_SCALE.search(text[slice(*number.span)]) for number in (one, other)]
    first, second = (_FACTORS[scale[0].lower()] if scale else 0 for scale in scales)
    return first > second > 0 and one.unit is None and other.whole[0] == other.span[0]


def _added(one: Number, other: Number, text: str) -> Number:
    span, whole = (one.span[0], other.span[1]), (one.whole[0], other.whole[1])
    value = one.value + other.value
    return Number(value, None, text[slice(*span)], other.unit, one.bound, span, whole)


def _joined(one: Number, other: Number, link: str, text: str) -> list[Number]:
    """Return the range from `one` to `other`, both if they are none, or neither of a score."""
    before = text[max(0, one.whole[0] - 80) : one.whole[0]]
    between = _BETWEEN.search(before)
    is_money = other.unit is None and one.text[0] in _CURRENCIES  # "$2–3 billion"
    if (
        other.whole[0] != other.span[0]
        or not (is_money or one.unit in (None, other.unit))
        or ("and" in link and not between)
        or ("to" in link and _CHANGED_FROM.search(before))
    ):
        return [one, other]
    value = _in_scale_of(other, one)
    if value > other.value:
        is_score = not link.strip(" -–—") and "-" not in one.text
        return [] if is_score else [one, other]
    start = one.whole[0] - len(between[0]) if between else one.span[0]
    span, whole = (start, other.span[1]), (min(start, one.whole[0]), other.whole[1])
    unit, bound = other.unit or one.unit, one.bound or other.bound
    return [Number(value, other.value, text[slice(*span)], unit, bound, span, whole)]


def _in_scale_of(other: Number, one: Number) -> float:
    """Return the value of `one`, in the scale of `other` as in "3 to 5 million"."""
    scale = re.search(rf"(?:{_LARGE}|mn|mln|bn|tn|k|m)\b", other.text, re.IGNORECASE)
    is_plain = re.fullmatch(rf"\D?(?:{_DIGITS}|{_SMALL})", one.text, re.IGNORECASE)
    return one.value * _FACTORS[scale[0].lower()] if scale and is_plain else one.value
