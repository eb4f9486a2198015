"""Numbers however they are written, and what is none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.language.numbers import numbers_in

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
PIECES = """
    1 12 3,153 3 153 3.87 1.234.567 0800 2022 10.30 a.m. $ € % km m bn million thousand hundred half
    a dozen two seventeen twenty- one of in to and between – - / : ( ) [3] +90 29 March May since at
    least more than up about or so no. Article 5 www.x.org/1 3-2 1990s 4th people killed ° − . , ;
""".split()


def in_words(number: int) -> str:
    """Write a number below a thousand million as English does."""
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            link = " and " if rest and rest < 100 else " "
            return f"{in_words(number // size)} {name}{link + in_words(rest) if rest else ''}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


def values(text: str) -> list[float]:
    return [number.value for number in numbers_in(text)]


@given(st.integers(2, 10**9 - 1))
def test_words_digits_and_separators_read_the_same(number):
    separated = f"{number:,}"
    written = [
        in_words(number),
        separated,
        separated.replace(",", " "),
        separated.replace(",", "\u202f"),
    ]
    assert [values(f"Then {way} people left.") for way in written] == [[number]] * 4


@given(st.integers(1, 9999), st.sampled_from(["million", "billion", "thousand"]))
def test_a_scale_multiplies(number, scale):
    times = {"thousand": 10**3, "million": 10**6, "billion": 10**9}[scale]
    assert values(f"Some {number / 100} {scale} left.") == [number * times // 100]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_every_number_is_where_it_says(text):
    end = 0
    for number in numbers_in(text):
        start, last = number.span
        assert text[start:last] == number.text
        assert end <= start < last
        assert number.whole[0] <= start
        assert last <= number.whole[1]
        assert number.upper is None or number.value <= number.upper
        end = last


@pytest.mark.parametrize(
    "text",
    [
        "29 March 2022",
        "in 2022",
        "the pact of 1936 lets them",
        "at 10.30 a.m. or 16:00, at 9 p.m.",
        "the 14th meeting, the 2nd",
        "+90 212 555 12 34",
        "tel. 555 1234",
        "0800 123 456",
        "192.168.0.1",
        "see [3], [4, 5] and (6) above",
        "1. First\n2) Second",
        "Article 19, Section 3.2, page 4, No. 7",
        "https://example.org/2022/1151",
        "G7, Covid-19, B-52, MH17, F16s",
        "the 1990s and the ’70s",
        "they won 3-2 and 1–0",
        "on 9/11, 24/7",
        "no one, one of them, every one",
        "two-thirds, three quarters",
        "one in five, 3 in 10",
        "the Seven Years War",
        "nineteen eighty-four",
        "hundreds, tens of thousands",
        "room 101",
        "1.234.567 or 3,87 billion",
    ],
)
def test_what_is_no_figure(text):
    assert numbers_in(f"It was {text}" if text[0].islower() else text) == []


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("3 to 5 days", 3, 5),
        ("3–5 days", 3, 5),
        ("between 3 and 5 days", 3, 5),
        ("three to five million people", 3e6, 5e6),
        ("10,000-15,000 men", 10000, 15000),
        ("$2–3 billion", 2e9, 3e9),
    ],
)
def test_a_range_is_one_number(text, lower, upper):
    (number,) = numbers_in(text)
    assert (number.value, number.upper) == (lower, upper)


def test_from_one_number_to_another_is_no_range_where_something_rose():
    assert values("It rose from 3 to 5 million.") == [3, 5e6]
    assert values("They need from 3 to 5 days.") == [3]


def test_a_long_text_is_read_to_its_end():
    assert numbers_in("1 " * 5000)
    assert numbers_in("9" * 5000) == []
    assert values("1" + " " * 50_000 + "people") == [1]


def test_digits_of_no_finite_number_are_none():
    assert values("9,999" + ",999" * 200 + " of 12 people") == [12]
    assert values("9" + " 999" * 200 + " billion, or 12 people") == [12]


LIKE_ASCII = {"i": "ıİ", "I": "ıİ", "s": "ſ", "S": "ſ", "k": "\u212a", "K": "\u212a"}
PHRASES = [
    "ESTIMATED 30 people",
    "an estimated half a million, at least 5 million dollars and circa sixty kilometres",
    "close to six or so kids, sixty-six KM, in excess of 6 kg and six dozen miles",
    "5k and 3 to 5 million, circa 6 kids",
    "between six and sixteen billion euros, as much as US$ 3 trillion, 9 sq. km",
]


@given(st.sampled_from(PHRASES), st.data())
def test_letters_that_match_without_case_are_read_as_the_plain_ones(phrase, data):
    letters = (st.sampled_from([letter, *LIKE_ASCII.get(letter, "")]) for letter in phrase)
    odd = "".join(data.draw(st.tuples(*letters)))
    found = numbers_in(odd)
    assert [one.text for one in found] == [odd[slice(*one.span)] for one in found]
    assert [replace(one, text="") for one in found] == [
        replace(one, text="") for one in numbers_in(phrase)
    ]


def test_a_weekday_after_a_number_makes_it_no_game():
    assert values("The toll rose to six on Wednesday after two died.") == [6, 2]
    assert values("They lost six-on-two.") == []
