"""Bounds that are denied, ranges in words, currencies, and numbers that count nothing."""

import pytest

from dragoman.search.language.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It may not store more than 8,000 logs.", (8000, None, None, "at most")),
        ("Boats may go no faster than six knots.", (6, None, "knots", "at most")),
        ("No fewer than 300 came.", (300, None, None, "at least")),
        ("It has not only more than 300 beds.", (300, None, None, "at least")),
        ("The toll did not exceed 40.", (40, None, None, "at most")),
        ("Between five and six thousand people fled.", (5000, 6000, None, None)),
        ("It cost a hundred and five francs.", (105, None, "francs", None)),
        ("It costs 12 million crowns.", (12e6, None, "crowns", None)),
    ],
)
def test_the_number_its_unit_and_its_bound(text, expected):
    (number,) = numbers_in(text)
    assert (number.value, number.upper, number.unit, number.bound) == expected


@pytest.mark.parametrize(
    "text",
    ["The 36th brigade came.", "It stands in hangar 12.", "It opens at six in the morning.", "1."],
)
def test_what_counts_nothing(text):
    assert numbers_in(text) == []
