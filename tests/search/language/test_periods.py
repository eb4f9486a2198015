"""What time a question names: a table of questions, and what each is read as."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.language.periods import TimePreference, time_preference
from dragoman.search.query.query import may_name_time

TODAY = date(2022, 5, 10)  # a Tuesday
YEARS = (2022,)

TIMES = [
    # days
    ("Where were the talks of 29 March held?", "2022-03-29"),
    ("What happened on 10 March?", "2022-03-10"),
    ("What happened on 10 March 2021?", "2021-03-10"),
    ("What was agreed on March 29th?", "2022-03-29"),
    ("What was agreed on the 29th of March?", "2022-03-29"),
    ("What was agreed on March 29, 2022?", "2022-03-29"),
    ("What was agreed March 29?", "2022-03-29"),
    ("what was agreed on march 29", "2022-03-29"),
    ("what was agreed on 29 may 2021", "2021-05-29"),
    ("Was there a call on Monday, 2 May 2022?", "2022-05-02"),
    ("Who called on Monday the 2nd of May?", "2022-05-02"),
    ("Who met on 29.03.2022?", "2022-03-29"),
    ("Who met on 2022-03-29?", "2022-03-29"),
    ("Who met on 29 Mar 2022?", "2022-03-29"),
    ("Who met on Sept. 5, 2021?", "2021-09-05"),
    ("What did the March 29 talks bring?", "2022-03-29"),
    ("Who met on 10 and 14 March?", "2022-03-10, 2022-03-14"),
    ("Did 2,500 people leave on 30 April?", "2022-04-30"),
    ("What was said on the eve of 29 March?", "2022-03-28"),
    # ranges
    ("What happened between 10 and 12 March 2022?", "2022-03-10/2022-03-12"),
    ("Who met from 28 to 30 March?", "2022-03-28/2022-03-30"),
    ("Who met 28–30 March 2022?", "2022-03-28/2022-03-30"),
    ("Who met from March 28 to 30, 2022?", "2022-03-28/2022-03-30"),
    ("What happened from 29 March to 2 May 2022?", "2022-03-29/2022-05-02"),
    ("What changed between March and May 2022?", "2022-03-01/2022-05-31"),
    ("What changed between 2014 and 2022?", "2014-01-01/2022-12-31"),
    # months, years and their parts
    ("Which calls were made in March 2022?", "2022-03-01/2022-03-31"),
    ("Which calls were made in March?", "2022-03-01/2022-03-31"),
    ("Which calls were made in february?", "2022-02-01/2022-02-28"),
    ("How many had left by May 2022?", "2022-05-01/2022-05-31"),
    ("How many had left by the end of March 2022?", "2022-03-21/2022-03-31"),
    ("What was said at the beginning of May?", "2022-05-01/2022-05-10"),
    ("What happened in early April?", "2022-04-01/2022-04-10"),
    ("What happened in mid-April 2022?", "2022-04-11/2022-04-20"),
    ("What happened in late March?", "2022-03-21/2022-03-31"),
    ("Late March brought what?", "2022-03-21/2022-03-31"),
    ("Who spoke in the first week of April?", "2022-04-01/2022-04-07"),
    ("Who spoke in the last week of April?", "2022-04-24/2022-04-30"),
    ("Who spoke in the second half of March?", "2022-03-16/2022-03-31"),
    ("What did the May report count?", "2022-05-01/2022-05-31"),
    ("What happened in 2022?", "2022-01-01/2022-12-31"),
    ("What is the pact of 1936?", "1936-01-01/1936-12-31"),
    ("What happened in early 2022?", "2022-01-01/2022-05-01"),
    ("Who won the 2022 talks?", "2022-01-01/2022-12-31"),
    ("How many fled in the year 2022?", "2022-01-01/2022-12-31"),
    ("Which word was chosen for 2022?", "2022-01-01/2022-12-31"),
    ("What did a 2021 review say?", "2021-01-01/2021-12-31"),
    # counted from today
    ("What happened last March?", "2022-03-01/2022-03-31"),
    ("What happened last May?", "2021-05-01/2021-05-31"),
    ("What happened this May?", "2022-05-01/2022-05-31"),
    ("What happened in March last year?", "2021-03-01/2021-03-31"),
    ("What did Akar say yesterday?", "2022-05-09"),
    ("What did Akar say today?", "2022-05-10"),
    ("Who called the day before yesterday?", "2022-05-08"),
    ("Who called two days ago?", "2022-05-08"),
    ("Who called a week ago?", "2022-05-02/2022-05-08"),
    ("Who called two months ago?", "2022-03-01/2022-03-31"),
    ("What happened last week?", "2022-05-02/2022-05-08"),
    ("What happened this month?", "2022-05-01/2022-05-31"),
    ("What happened last year?", "2021-01-01/2021-12-31"),
    ("What happened in the last three days?", "2022-05-07/2022-05-10"),
    ("What happened over the past week?", "2022-05-03/2022-05-10"),
    ("Who met on Monday?", "2022-05-09"),
    ("Who met last Tuesday?", "2022-05-03"),
    ("Who launched a rocket Wednesday?", "2022-05-04"),
    ("Who was missing early Thursday?", "2022-05-05"),
]

TIMELESS = [
    "Who led the Ukrainian delegation?",
    "What may Turkey do about the straits?",
    "When may 10 countries join?",
    "May 10 countries join NATO?",
    "How many of the 30 may return?",
    "Did they march on Kyiv?",
    "Did they march 10 km?",
    "Who led the March on Rome?",
    "What did Theresa May say?",
    "Who sat with Putin?",
    "Who will be back in a second?",
    "Did 2,500 people flee?",
    "Did 2022 soldiers die?",
    "Which 10 countries were there?",
    "Was it in The Hague 2 or 3?",
    "Who paid $5 billion, or €2000?",
    "Is it 10.30 or 07.30 GMT?",
    "Did 2000 soldiers and 1900 civilians die?",
    "Who is second to Putin?",
    "What is Article 5 of 14?",
    "Who spoke on Bloody Sunday?",
    "How large is 3.87 million?",
    "Was the august body asked?",
    "Does Resolution 1973 apply, now that they met?",
    "When must they leave, at the latest?",
    "Mart?",
    "Was it 30 February?",
    "Ne oldu 29 Mart'ta?",
    "What does the ministry do every Monday?",
    "What shall today's children learn?",
    "What is the city now called?",
]

NEWEST = [
    "What is the latest UN figure?",
    "What are the newest figures?",
    "What do the most recent reports say?",
    "How many have died so far?",
    "How many have fled to date?",
    "Where are the talks now?",
    "Who is currently foreign minister?",
    "As of today, how many have died?",
]


WORDS = """
    1 10 30 31 2022 1999 2022-02-30 31.12.9999 999 first last this next the of in on to - between
    and week weeks day days month months year years ago before after yesterday today now latest
    current
    January may March, Sept Monday Sunday mid early late half end eve so far date present
""".split()


def periods(text: str) -> tuple[tuple[date, date], ...]:
    """Read "2022-03-29, 2022-04-01/2022-04-10"."""
    both = (period.partition("/") for period in text.split(", ") if period)
    return tuple(
        (date.fromisoformat(first), date.fromisoformat(last or first)) for first, _, last in both
    )


@pytest.mark.parametrize(("question", "expected"), TIMES)
def test_a_question_that_names_a_time(question, expected):
    assert may_name_time(question)
    assert time_preference(question, TODAY, YEARS) == TimePreference(periods(expected))


@pytest.mark.parametrize("question", TIMELESS)
def test_a_question_that_names_none(question):
    assert not time_preference(question, TODAY, YEARS)


@pytest.mark.parametrize("question", NEWEST)
def test_a_question_for_the_newest(question):
    assert may_name_time(question)
    assert time_preference(question, TODAY, YEARS) == TimePreference(newest=True)


def test_most_questions_need_no_closer_look():
    assert not may_name_time("Who led the Ukrainian delegation in Istanbul?")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened since 24 February 2022?", "2022-02-24/2022-05-10"),
        ("What happened after 1 April 2022?", "2022-04-01/2022-05-10"),
    ],
)
def test_since_a_day_is_until_today(question, expected):
    assert time_preference(question, date(2022, 5, 10)).periods == periods(expected)


@pytest.mark.parametrize("question", ["Who led before 2020?", "Was it 10/03/2022?", "03/29/2022"])
def test_what_is_not_read_as_a_time(question):
    assert not time_preference(question, date(2022, 5, 10))


def test_the_newest_of_a_time():
    asked = time_preference("What was the latest figure in March?", TODAY, YEARS)
    assert asked == TimePreference(periods("2022-03-01/2022-03-31"), newest=True)


def test_a_day_without_a_year_is_that_of_every_year_there_is():
    asked = time_preference("Who met on 29 February?", TODAY, (2023, 2020, 2022, 2024))
    assert asked.periods == periods("2020-02-29, 2024-02-29")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who met on 10 March?", "2022-03-10"),
        ("Who met on 10 May?", "2022-05-10"),
        ("Who met on 11 May?", "2021-05-11"),
        ("Who met in May?", "2022-05-01/2022-05-31"),
        ("Who met in late June?", "2021-06-21/2021-06-30"),
        ("Who met on 29 February?", "2020-02-29"),
        ("Who meets next March?", "2023-03-01/2023-03-31"),
    ],
)
def test_or_the_most_recent_one_where_no_years_are_given(question, expected):
    assert time_preference(question, TODAY).periods == periods(expected)


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join), st.dates())
def test_no_question_is_too_odd_to_be_read(text, today):
    for years in ((), (1, 2022, 9999)):
        for first, last in time_preference(text, today, years).periods:
            assert first <= last


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_what_names_a_time_is_worth_a_closer_look(text):
    asked = f"Who? {text}"
    assert may_name_time(asked) or not time_preference(asked, TODAY, YEARS)


@pytest.mark.parametrize("text", ["Who left laſt year?", "What was said thıs week?", "İN MAY?"])
def test_letters_that_match_without_case_do_no_harm(text):
    assert time_preference(text, date(2022, 5, 2)) is not None
