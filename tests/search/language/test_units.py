"""Units, however they are written."""

import re

import pytest

from dragoman.search.language.numbers import numbers_in
from dragoman.search.language.units import AFTER, kind_of, unit_named


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("60%", "%", 60),
        ("60 per cent", "%", 60),
        ("60 percent", "%", 60),
        ("$30bn", "$", 3e10),
        ("US$30 billion", "$", 3e10),
        ("30 billion dollars", "$", 3e10),
        ("€1.5 billion", "€", 1.5e9),
        ("12 kilometres", "km", 12),
        ("a 12-km road", "km", 12),
        ("100m from here", "m", 100),
        ("100m people", None, 1e8),
        ("5.4m", "m", 5.4),
        ("$5.4m", "$", 5.4e6),
        ("20,000 tons", "tonnes", 20000),
        ("two-day talks", "days", 2),
        ("two and a half hours", "hours", 2.5),
        ("3 sq km", "km²", 3),
        ("−15 °C", "°C", -15),
        ("a 45-year-old man", "years old", 45),
    ],
)
def test_units_have_one_name(text, unit, value):
    assert [(number.unit, number.value) for number in numbers_in(text)] == [(unit, value)]


@pytest.mark.parametrize("written", ["per cent", "KM", "square miles", "pounds", "years of age"])
def test_a_unit_that_is_matched_has_a_name_and_a_kind(written):
    assert re.fullmatch(AFTER, written, re.IGNORECASE)
    assert kind_of(unit_named(written))
