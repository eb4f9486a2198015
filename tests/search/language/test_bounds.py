"""Bounds of numbers, by the words around them."""

import pytest

from dragoman.search.language.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 30 people", "at least"),
        ("more than 30 people", "at least"),
        ("over 30 people", "at least"),
        ("30 or more people", "at least"),
        ("30+ people", "at least"),
        ("up to 30 people", "at most"),
        ("fewer than 30 people", "at most"),
        ("no more than 30 people", "at most"),
        ("some 30 people", "about"),
        ("nearly a hundred people", "about"),
        ("an estimated 30 people", "about"),
        ("30 or so people", "about"),
        ("the toll passed 30", "at least"),
        ("the toll in the port of Aran on Sunday has passed 30", "at least"),
        ("the number of people hurt has passed 30", "at least"),
        ("30 people", None),
        ("parliament passed 30 laws", None),
        ("all over 3 countries", "at least"),
    ],
)
def test_bounds(text, bound):
    assert [number.bound for number in numbers_in(text)] == [bound]
