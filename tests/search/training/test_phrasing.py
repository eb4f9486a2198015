import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.language.lexicon import MONTHS
from dragoman.search.training.phrasing import (
    FORMS,
    as_typed,
    dated,
    mistyped,
    other_day,
    tells_time,
)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, st.integers(), st.integers(0, len(FORMS) - 1))
def test_a_dated_question_names_the_month_and_still_asks(day, seed, form):
    question = dated("Who won?", day, form, random.Random(seed))
    assert MONTHS[day.month - 1].title() in question
    assert question.endswith("?")
    assert "who won" in question.lower()
    assert tells_time(question)


@given(DAYS, st.integers())
def test_another_day_is_in_another_month(day, seed):
    other = other_day(day, random.Random(seed))
    assert other.month != day.month


@given(st.text(max_size=60), st.integers())
def test_a_typing_error_changes_a_letter_or_two(question, seed):
    found = mistyped(question, random.Random(seed))
    assert abs(len(found) - len(question)) <= 1


def test_some_questions_lose_their_mark_or_a_letter_or_all_but_keywords():
    question = "Where were the talks held?"
    found = [as_typed(question, random.Random(seed)) for seed in range(300)]
    assert 100 < found.count(question) < 250
    assert "Where were the talks held" in found
    assert "talks held" in found
    assert any(len(one.split()) == 5 and one.rstrip("?") != question[:-1] for one in found)
