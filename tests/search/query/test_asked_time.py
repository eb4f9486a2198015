"""The time that a question asks about, and what is of it."""

from datetime import date

import pytest

from dragoman.search.query.asked_time import AskedTime, asked_time

TODAY = date(2024, 5, 10)  # a Friday


def asked(question: str, as_of: date | None = None) -> AskedTime:
    return AskedTime(question, as_of, as_of or TODAY)


@pytest.mark.parametrize(
    ("question", "without", "words"),
    [
        ("Who won the prize in March 2024?", "Who won the prize?", "March 2024"),
        ("On 29 March 2022, who led the talks?", "who led the talks?", "29 March 2022"),
        ("What was said at the end of March?", "What was said?", "end of March"),
        ("Who won in the year 2022?", "Who won?", "2022"),
        ("Who was hurt by 1 May 2022?", "Who was hurt?", "1 May 2022"),
        ("Who was hurt as of 1 May?", "Who was hurt?", "1 May"),
        ("Who met on Tuesday?", "Who met?", "Tuesday"),
        ("Who met last Tuesday, and why?", "Who met, and why?", "last Tuesday"),
        ("What changed between March and May 2022?", "What changed?", "March and May 2022"),
        ("Who met on 10 and 12 March?", "Who met?", "10 and 12 March"),
        ("Who spoke over the past week?", "Who spoke?", "past week"),
        ("Who spoke in March last year?", "Who spoke?", "March last year"),
        ("Who swam in spring 2022?", "Who swam?", "spring 2022"),
    ],
)
def test_its_words_and_the_question_without_them(question, without, words):
    assert (asked(question).without, asked(question).words) == (without, words)


@pytest.mark.parametrize(
    "question",
    [
        "How many took part in the march?",
        "How many logs may the mill store?",
        "May the mill use the river?",
        "What was said by April Sunder?",
        "How many people has August Keller hired?",
        "Who died in the 2015 earthquake?",
        "March! Who carried the flag?",
    ],
)
def test_words_that_are_no_times(question):
    assert asked(question).phrases == []
    assert asked(question).without == question


@pytest.mark.parametrize(
    ("question", "of_it", "not_of_it"),
    [
        ("in March 2024?", "2024-03-02", "2024-04-01"),
        ("in March?", "2019-03-31", "2019-05-01"),
        ("on 29 March 2022?", "2022-03-30", "2022-03-28"),  # news of a day, on the next
        ("by 1 May 2022?", "2021-01-01", "2022-05-02"),
        ("before 29 March 2022?", "2022-03-28", "2022-03-29"),
        ("after 29 March 2022?", "2022-03-30", "2022-03-29"),
        ("since March 2022?", "2022-03-01", "2022-02-28"),
        ("in the first week of April 2022?", "2022-04-07", "2022-04-09"),
        ("in winter 2022?", "2023-02-01", "2022-02-01"),
        ("on Tuesday?", "2022-03-29", "2022-03-28"),
        ("yesterday?", "2024-05-09", "2024-05-08"),
    ],
)
def test_which_days_an_article_of_it_has(question, of_it, not_of_it):
    time = asked(f"Who spoke {question}")
    assert time.is_of(date.fromisoformat(of_it))
    assert not time.is_of(date.fromisoformat(not_of_it), None)


def test_as_of_a_day_it_is_the_last_one_by_then():
    time = asked("Who spoke on Tuesday, in March?", date(2022, 5, 12))
    assert time.is_of(date(2022, 5, 10))
    assert time.is_of(date(2022, 3, 1))
    assert not time.is_of(date(2021, 3, 3))
    assert not time.is_of(date(2022, 5, 3))


def test_texts_tell_of_it_or_deny_it():
    time, published = asked("Who spoke on 29 March 2022?"), date(2022, 3, 31)
    assert time.is_told("On Tuesday, he spoke.", published)
    assert not time.is_named("On Tuesday, he spoke.", published)
    assert time.is_named("On 29 March, he spoke.", published)
    assert time.is_denied("On Wednesday, he spoke.", published)
    assert not time.is_denied("He spoke for the first time since 24 February.", published)
    assert not time.is_denied("He spoke in March.", published)
    assert asked("Who spoke in 1998?").is_named("The 1998 speech.", None)


def test_it_is_analysed_once():
    assert asked_time("Who met in May?", TODAY) is asked_time("Who met in May?", TODAY)


@pytest.mark.parametrize(
    ("question", "recent"),
    [
        ("Who recently resigned?", True),
        ("Which shop cut its prices this week?", True),
        ("How many trees are shown this year?", True),
        ("Who resigned over the past month?", True),
        ("Who resigned last week?", False),
        ("Who resigned yesterday?", False),
        ("Who resigned on Tuesday?", False),
        ("Who resigned in May 2024?", False),
        ("What is the latest count?", False),
    ],
)
def test_whether_it_asks_of_what_was_recently(question, recent):
    assert asked(question).is_recent == recent
