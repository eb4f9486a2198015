from datetime import date

import pytest

from dragoman.search.errors import (
    DateNotUnderstood,
    EmptyQuestion,
    LimitOutOfRange,
    PeriodReversed,
    QuestionTooLong,
    UnknownMode,
)
from dragoman.search.question import MODES, Filters, Question, parse_day

MARCH, APRIL = date(2022, 3, 29), date(2022, 4, 29)


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n\t", "…"])
def test_an_empty_question_is_refused(text):
    with pytest.raises(EmptyQuestion):
        Question(text)


def test_a_question_may_be_long_but_not_endless():
    Question("x" * 2000)
    with pytest.raises(QuestionTooLong, match=r"10,000 .* 2,000"):
        Question("x" * 10_000)


@pytest.mark.parametrize("limit", [0, -1, 101, 10_000])
def test_limits_out_of_range_are_refused(limit):
    with pytest.raises(LimitOutOfRange, match=f"{limit} .* from 1 to 100"):
        Question("Who?", limit=limit)


def test_an_unknown_mode_is_refused_with_the_known_ones():
    with pytest.raises(UnknownMode, match=r"'magic'.*hybrid, dense, lexical"):
        Question("Who?", mode="magic")  # pyright: ignore[reportArgumentType]
    assert [Question("Who?", mode=mode).mode for mode in MODES] == list(MODES)


def test_a_period_must_not_be_reversed():
    Filters(since=MARCH, until=MARCH)
    with pytest.raises(PeriodReversed, match=r"2022-04-29 .* 2022-03-29"):
        Filters(since=APRIL, until=MARCH)
    with pytest.raises(PeriodReversed):
        Filters(since=APRIL, as_of=MARCH)


def test_the_earlier_of_until_and_as_of_counts():
    assert Filters(until=APRIL, as_of=MARCH).last_day == MARCH
    assert Filters(until=MARCH).last_day == Filters(as_of=MARCH).last_day == MARCH
    assert Filters().last_day is None
    assert Filters().all_pass
    assert not Filters(as_of=MARCH).all_pass


@pytest.mark.parametrize(
    "value", ["", "yesterday", "2022-3-1", "2022-13-01", "20220329", "2022-W13-2", "2022-03-29T10"]
)
def test_what_is_no_day_is_refused_by_the_name_its_user_knows(value):
    with pytest.raises(DateNotUnderstood, match=r"--since.*YYYY-MM-DD"):
        parse_day(value, "--since")


def test_days_are_read():
    assert parse_day(" 2022-03-29 ", "since") == MARCH
    assert parse_day(MARCH, "since") == MARCH
    assert parse_day(None, "since") is None
