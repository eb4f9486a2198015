"""The units that figures come in: how each is written, what it is called, what it measures."""

import re
from functools import cache

Kind = str  # what a unit measures: "money", "length", "time" …

# Kind, the unit's one name, and the ways of writing it after a number.
_AFTER = """
share   %      percent|per\\s?cent|pct|percentage\\spoints?
money   $      (?:us|american|canadian|australian)?\\s?dollars?|usd
money   €      euros?|eur
money   £      pounds\\ssterling|gbp
money   rubles r(?:o?u)bles?|rub
money   lira   (?:turkish\\s)?liras?|try
money   hryvnias hryvni?as?|uah
money   yen    yen
money   yuan   yuan
money   cents  cents?
speed   km/h   km/h|kph|kilomet(?:er|re)s\\s(?:per|an)\\shour
speed   mph    mph|miles\\s(?:per|an)\\shour
area    km²    km²|km2|sq(?:uare|\\.)?\\s(?:km|kilomet(?:er|re)s?)
area    m²     m²|m2|sq(?:uare|\\.)?\\s(?:m|met(?:er|re)s?)\\b
area    square_miles sq(?:uare|\\.)?\\s(?:mi|miles?)
area    square_feet  sq(?:uare|\\.)?\\s(?:ft|feet|foot)
area    hectares hectares?|ha
area    acres  acres?
volume  m³     m³|cubic\\smet(?:er|re)s?
volume  litres lit(?:er|re)s?
volume  gallons gallons?
volume  barrels barrels?
length  km     km|kilomet(?:er|re)s?|kms
length  cm     cm|centimet(?:er|re)s?
length  mm     mm|millimet(?:er|re)s?
length  m      met(?:er|re)s?|m
length  miles  miles?|mi
length  feet   feet|foot|ft
length  inches inch(?:es)?
length  yards  yards?
weight  tonnes (?:metric\\s)?ton(?:ne)?s?
weight  kg     kg|kilos?|kilograms?
weight  grams  grams?
weight  pounds pounds?|lbs?
age     years_old years?[\\s-]olds?|years\\sof\\sage
time    seconds  seconds?|secs?
time    minutes  minutes?|mins?
time    hours  hours?|hrs?
time    days   days?
time    weeks  weeks?
time    months months?
time    years  years?|yrs?
time    decades decades?
time    centuries centur(?:y|ies)
temperature °C °\\s?c|degrees\\scelsius
temperature °F °\\s?f|degrees\\sfahrenheit
temperature °  °|degrees?
energy  kWh    kwh|kilowatt[\\s-]hours?
energy  MW     mw|megawatts?
energy  GW     gw|gigawatts?
"""
_BEFORE = {
    "US$": "$", "A$": "$", "C$": "$", "$": "$", "USD ": "$", "€": "€", "EUR ": "€", "£": "£",
    "GBP ": "£", "¥": "¥", "₽": "rubles", "₺": "lira", "₴": "hryvnias",
}  # fmt: skip

_ROWS = [tuple(line.split(None, 2)) for line in _AFTER.strip().splitlines()]
_KINDS: dict[str, Kind] = {name.replace("_", " "): kind for kind, name, _ in _ROWS} | {"¥": "money"}

# A sign needs no space before it, and no end of a word after it.
AFTER = rf"(?:%|°\s?[cf]\b|°|(?:{'|'.join(ways for _, _, ways in _ROWS)})(?!\w))"
BEFORE = "|".join(re.escape(sign) for sign in sorted(_BEFORE, key=len, reverse=True))


def unit_before(sign: str) -> str:
    """Give the one name of a currency that is written before a number."""
    return _BEFORE[sign.upper()]


@cache
def unit_after(words: str) -> str:
    """Give the one name of a unit that is written after a number, as `AFTER` finds it.

    >>> unit_after("per cent"), unit_after("kilometres"), unit_after("Years")
    ('%', 'km', 'years')
    """
    if words == "%":
        return words
    for _, name, ways in _ROWS:
        if re.fullmatch(ways, words, re.IGNORECASE):
            return name.replace("_", " ")
    raise ValueError(words)


def unit_of(words: str) -> str | None:
    """Give the unit that `words` are, None where they are none.

    >>> unit_of("Days"), unit_of("civilians")
    ('days', None)
    """
    return unit_after(words) if re.fullmatch(AFTER, words, re.IGNORECASE) else None


def kind_of(unit: str) -> Kind:
    """Give what a unit measures.

    >>> kind_of("km"), kind_of("$"), kind_of("days")
    ('length', 'money', 'time')
    """
    return _KINDS[unit]
