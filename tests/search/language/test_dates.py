"""The dates that a text names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.language.dates import named_dates

DAYS = st.dates(date(1600, 1, 1), date(2099, 9, 23))
WRITTEN = (
    "{0:%Y-%m-%d}",
    "{0.day}.{0.month}.{0.year}",
    "{0.day} {0:%B %Y}",
    "{0:%A}, {0:%d %b %Y}",
    "the {0.day}th of {0:%B}, {0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%b} {0.day}th {0.year}",
)


@given(DAYS, st.sampled_from(WRITTEN), st.sampled_from(["{}", "Held on {}.", "({}, in Kyiv)"]))
def test_a_day_is_read_however_it_is_written(day, written, around):
    (named,) = named_dates(around.format(written.format(day)))
    assert named.in_year(1234) == (day, day)


@given(DAYS, st.timedeltas(timedelta(1), timedelta(99)), st.sampled_from([" to ", "–", " until "]))
def test_so_is_a_range(first, length, to):
    last = first + length
    (named,) = named_dates(f"from {first:%d %B %Y}{to}{last:%d %B %Y}")
    assert named.in_year(1234) == (first, last)


@given(DAYS)
def test_a_day_without_a_year_is_that_of_any(day):
    (named,) = named_dates(f"on {day.day} {day:%B}")
    assert not named.has_year
    assert named.in_year(day.year) == (day, day)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in March 2022", 31),
        ("in February 2024", 29),
        ("in 2024", 366),
        ("in early March 2022", 10),
        ("in the middle of March 2022", 10),
        ("in late March 2022", 11),
        ("in the first week of March 2022", 7),
        ("in the last days of March 2022", 7),
        ("in the first half of 2022", 182),
        ("on the eve of 29 March 2022", 1),
        ("in spring 2022", 92),
        ("in the winter of 2023", 91),
    ],
)
def test_how_many_days_are_meant(text, days):
    (named,) = named_dates(text)
    first, last = named.in_year(2000) or pytest.fail(text)
    assert (last - first).days + 1 == days


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("1 23.-/March Mayof,to"))
def test_no_text_is_too_odd_and_spans_follow_one_another(text):
    reached = 0
    for span in dict.fromkeys(named.span for named in named_dates(text)):
        assert reached <= span[0] < span[1] <= len(text)
        reached = span[1]


def test_two_days_of_a_month_are_told_apart_from_a_range():
    days = [named.in_year(2022) for named in named_dates("on 10 and 12 March")]
    assert days == [(date(2022, 3, 10),) * 2, (date(2022, 3, 12),) * 2]
    (between,) = named_dates("between 10 and 12 March")
    assert between.in_year(2022) == (date(2022, 3, 10), date(2022, 3, 12))


def test_months_that_are_other_words_or_names():
    none = (
        "took part in the march; the March? may not; March! said by April Sunder; has August Keller"
    )
    assert named_dates(none) == []
    for text in (
        "in march",
        "by may",
        "In March Ukraine said",
        "in August Keller left",
        "late May",
    ):
        assert len(named_dates(text)) == 1, text


def test_numbers_that_are_no_dates():
    assert named_dates("30 may return; 2,022 people; $2022; 2022% of 1999 soldiers; 10.30") == []
    assert [named.in_year(2022) for named in named_dates("on 30 February")] == [None]


@pytest.mark.parametrize("text", ["in ſeptember 2022", "on 1ſt May", "APRİL 2022", "1 mayıs"])
def test_letters_that_match_without_case_are_read_or_left(text):
    for named in named_dates(text):
        assert 0 <= named.span[0] < named.span[1] <= len(text)
