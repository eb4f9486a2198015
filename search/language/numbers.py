"""The numbers that a text names, with their units and bounds.

English only. Number words are read by text2num, everything else by rules (why: ARCHITECTURE.md,
Figures over time).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite

from text_to_num import text2num

from ...corpus.article import Span
from .bounds import Bound, bound_of
from .letters import with_ascii_letters
from .other_numbers import LARGE, SMALL, is_in_name, is_other_number, without_other_numbers
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
_WORDS = rf"(?:(?:{SMALL})|an?[ ](?:{LARGE}))\b(?:(?:[ -]|[ ]and[ ])(?:{SMALL}|{LARGE})\b)*"
_NUMBER = re.compile(
    rf"""
    (?<!\w)(?=[\d$€£¥₽₺₴₹−acefghnostu-])  # soon told: what follows is tried at few places
    (?P<sign>{BEFORE})?(?:
        (?<![\w-])half[ ]an?[ ](?P<half_of>dozen|{LARGE})\b
      | (?<![\w-])(?P<dozen>(?:an?|{SMALL})[ ]dozen\b)
      | (?<![\w-])(?P<words>{_WORDS})
      | (?<![\w.,:/#№])(?<![a-zA-Z]-)(?!0\d)(?P<digits>(?:(?<!\S)[-−](?=\d))?(?:{_DIGITS}))(?![\d/])
    )
    (?P<and_half>[ ]and[ ]a[ ]half)?
    (?:(?P<scale>[ ](?:{LARGE}|mn|mln|bn|tn|trn|dozen)|-?(?:million|billion|trillion)
        |bn|mn|mln|tn|k|b|m)
      (?![\w²³]))?
    (?P<plus>\+)?
    (?:[\s-]?(?P<unit>{AFTER}))?
    """,
    re.IGNORECASE | re.VERBOSE,
)

_METRES_NEXT = re.compile(
    r"(?:\s*$|[.,;:)]|\s+(?:high|long|tall|wide|deep|away|from|above|below|in|of|and|to|at|by|on|"
    r"race|sprint|final|freestyle|hurdles|butterfly|relay|wall|tower|deep-water)\b)",
    re.IGNORECASE,
)

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
    plain = with_ascii_letters(text)
    return [replace(one, text=text[slice(*one.span)]) for one in _joined(plain)]


def _joined(text: str) -> list[NamedNumber]:
    """Give the numbers of a text, the two of a range as one, without those of a score."""
    masked = without_other_numbers(text)
    found: list[NamedNumber] = []
    for number in _numbers(text, masked):
        link = masked[found[-1].whole[1] : number.whole[0]] if found else ""
        joined = _range(found[-1], number, link, text) if _TO.fullmatch(link) else None
        if joined is _SCORE:
            found.pop()
        else:
            found[-1:] = [joined] if joined else [*found[-1:], number]
    return found


def _numbers(text: str, masked: str) -> Iterator[NamedNumber]:
    for match in _NUMBER.finditer(masked):
        end = match.end()
        scale, unit = (match["scale"] or "").strip(" -").lower(), match["unit"]
        if scale == "m" and not match["sign"] and _METRES_NEXT.match(masked, end):
            scale, unit = "", "m"
        value = _value(match)
        span = match.span()
        if value is None or _is_other(match, masked, unit):
            continue
        value = float(Decimal(str(value)) * _SCALES.get(scale, 1))  # 8.3 million exactly
        if not isfinite(value):
            continue  # digits, but of no number that anyone counted
        sign = unit_before(match["sign"]) if match["sign"] else None
        bound, whole = bound_of(masked, span)
        named = unit_after(unit) if unit else sign
        yield NamedNumber(value, None, text[slice(*span)], named, bound, span, whole)


def _is_other(match: re.Match[str], text: str, unit: str | None) -> bool:
    if match["words"] and is_in_name(text, match.span("words")):
        return True
    return not (match["sign"] or unit or match["scale"]) and is_other_number(text, match.span())


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
    scale = re.search(rf"(?:{LARGE}|mn|mln|bn|tn|k|m)\b", other.text, re.IGNORECASE)
    written = re.fullmatch(rf"\D?(?:{_DIGITS}|{SMALL})", one.text, re.IGNORECASE)
    return one.value * _SCALES[scale[0].lower()] if scale and written else one.value
