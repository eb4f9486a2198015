"""The units of quantities: how each is written, its canonical name, and what it measures."""

import re
from functools import cache

Kind = str  # what a unit measures: "money", "length", "time" …

# By kind, the canonical names of units and patterns of how they are written after a number.
_UNITS: dict[Kind, dict[str, str]] = {
    "share": {"%": r"percent|per\s?cent|pct|percentage\spoints?"},
    "money": {
        "$": r"(?:us|u\.\s?s\.|american|canadian|australian)?\s?dollars?|usd", "€": "euros?|eur",
        "£": r"pounds\ssterling|gbp", "rubles": "r(?:o?u)bles?|rub", "yen": "yen", "yuan": "yuan",
        "lira": r"(?:turkish\s)?liras?", "hryvnias": "hryvni?as?|uah", "cents": "cents?",
        "crowns": "crowns|kron(?:er?|or|ur)|korun[ay]?|sek|nok|dkk|czk", "francs": "francs?|chf",
        "zlotys": "zlot(?:ys?|ies)|pln", "forints": "forints?|huf", "lei": "lei", "leva": "leva",
        "pence": "pence", "rupees": "rupees?|inr", "pesos": "pesos?", "reais": "reais",
        "rand": "rand|zar", "baht": "baht", "shekels": "shekels?", "dinars": "dinars?",
        "dirhams": "dirhams?", "riyals": "ri[ya]als?", "shillings": "shillings?",
        "naira": "naira", "guilders": "guilders?", "tenge": "tenge", "rupiah": "rupiah",
    },
    "speed": {
        "km/h": r"km/h|kph|kilomet(?:er|re)s\s(?:per|an)\shour",
        "mph": r"mph|miles\s(?:per|an)\shour", "knots": "knots?",
        "m/s": r"m/s|met(?:er|re)s\s(?:per|a)\ssecond",
    },
    "area": {
        "km²": r"km²|km2|sq(?:uare|\.)?\s(?:km|kilomet(?:er|re)s?)",
        "m²": r"m²|m2|sq(?:uare|\.)?\s(?:m|met(?:er|re)s?)\b",
        "square miles": r"sq(?:uare|\.)?\s(?:mi|miles?)",
        "square feet": r"sq(?:uare|\.)?\s(?:ft|feet|foot)",
        "hectares": "hectares?|ha", "acres": "acres?",
    },
    "volume": {
        "m³": r"m³|cubic\smet(?:er|re)s?", "litres": "lit(?:er|re)s?", "gallons": "gallons?",
        "barrels": "barrels?",
    },
    "length": {
        "km": "km|kilomet(?:er|re)s?|kms", "cm": "cm|centimet(?:er|re)s?",
        "mm": "mm|millimet(?:er|re)s?", "m": "met(?:er|re)s?|m", "miles": "miles?|mi",
        "nautical miles": r"nautical\smiles?", "feet": "feet|foot|ft", "inches": "inch(?:es)?",
        "yards": "yards?",
    },
    "weight": {
        "tonnes": r"(?:metric\s)?ton(?:ne)?s?", "kg": "kg|kilos?|kilograms?", "grams": "grams?",
        "pounds": "pounds?|lbs?",
    },
    "age": {"years old": r"years?[\s-]olds?|years\sof\sage"},
    "time": {
        "seconds": "seconds?|secs?", "minutes": "minutes?|mins?", "hours": "hours?|hrs?",
        "days": "days?", "weeks": "weeks?", "months": "months?", "years": "years?|yrs?",
        "decades": "decades?", "centuries": "centur(?:y|ies)",
    },
    "temperature": {
        "°C": r"°\s?c|degrees\scelsius", "°F": r"°\s?f|degrees\sfahrenheit", "°": "°|degrees?",
    },
    "energy": {
        "kWh": r"kwh|kilowatt[\s-]hours?", "MW": "mw|megawatts?", "GW": "gw|gigawatts?",
    },
}  # fmt: skip
_SIGNS = {
    "US$": "$", "A$": "$", "C$": "$", "$": "$", "USD ": "$", "€": "€", "EUR ": "€", "£": "£",
    "GBP ": "£", "¥": "yen", "₽": "rubles", "₺": "lira", "₴": "hryvnias",
}  # fmt: skip
_WAYS = {name: ways for units in _UNITS.values() for name, ways in units.items()}
_KINDS = {name: kind for kind, units in _UNITS.items() for name in units}
_ALSO: dict[str, Kind] = {"pounds": "money"}  # what a unit of the same name measures

AFTER = rf"(?:%|°\s?[cf]\b|°|(?:{'|'.join(_WAYS.values())})(?!\w))"
"""Pattern of a unit after a number, to be matched without case."""
BEFORE = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
"""Pattern of a currency before a number, to be matched without case."""


@cache
def unit_named(words: str) -> str:
    """Return the canonical name of a unit, written as `AFTER` or `BEFORE` matches it.

    >>> unit_named("per cent"), unit_named("kilometres"), unit_named("US$")
    ('%', 'km', '$')
    """
    if words == "%":
        return words
    ways = (name for name, ways in _WAYS.items() if re.fullmatch(ways, words, re.IGNORECASE))
    return _SIGNS.get(words.upper()) or next(ways)


def kind_of(unit: str) -> Kind:
    """Return what a unit measures.

    >>> kind_of("km"), kind_of("$"), kind_of("days")
    ('length', 'money', 'time')
    """
    return _KINDS[unit]


def kinds_of(unit: str) -> frozenset[Kind]:
    """Return all that a unit may measure: pounds are a weight and a currency.

    >>> sorted(kinds_of("pounds")), sorted(kinds_of("crowns"))
    (['money', 'weight'], ['money'])
    """
    return frozenset({_KINDS[unit], _ALSO.get(unit, _KINDS[unit])})
