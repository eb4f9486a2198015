"""Which questions ask for a number, and of what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.figures.how_many import how_many

ASKED = [
    ("How many civilians were killed by 1 May 2022?", "civilians"),
    ("According to the UN, how many civilians have died?", "civilians"),
    ("how many people died in mariupol", "people"),
    ("How many people have been displaced so far?", "people"),
    ("How many people fled to Poland?", "people"),
    ("How many refugees does the UN count?", "refugees"),
    ("How many of the wounded were children?", "wounded"),
    ("How many tonnes of grain were shipped?", "grain"),
    ("How many were injured, by the UN's count, last March?", ""),
    ("What is the latest UN figure for refugees?", "refugees"),
    ("What is the latest number of refugees?", "refugees"),
    ("What was the UN count of injured on 29 March?", "injured"),
    ("What is the death toll?", "death toll"),
    ("What was the population of Warsaw in 1939?", "population"),
    ("What number of Ukrainians left?", "Ukrainians"),
    ("How much aid did the EU pledge?", "aid"),
]
KINDS = [
    ("How many civilians were killed?", {None}),
    ("How many days did the talks take?", {"time"}),
    ("How many tonnes of grain were shipped?", {"weight"}),
    ("How much did the bridge cost?", {"money"}),
    ("How much money was lent?", {"money"}),
    ("How much time do they have?", {"time"}),
    ("How much per cent of them voted?", {"share"}),
    ("How long will the talks last?", {"time", "length"}),
    ("How far is the front from Kyiv?", {"time", "length"}),
    ("How old is the pact?", {"time", "age"}),
    ("What percentage of voters said no?", {"share"}),
    ("What share of the voters said no?", {"share"}),
    ("What is the cost of the bridge?", {"money"}),
    ("What is the length of the bridge?", {"time", "length"}),
]
OTHERS = [
    "Who led the delegation?",
    "Where were the talks held?",
    "How did it end?",
    "How often do they meet?",
    "How did they know many people?",
    "What is the phone number of the ministry?",
    "What was the number one song?",
    "What does the United Nations say about the real number of deaths?",
    "Which area did they take?",
    "What is the name of the law that set the speed limit?",
    "How many more people were killed in May than in March?",
    "",
]


@pytest.mark.parametrize(("question", "counted"), ASKED)
def test_what_is_counted(question, counted):
    asked = how_many(question)
    assert asked is not None
    assert asked.counted == counted


@pytest.mark.parametrize(("question", "kinds"), KINDS)
def test_the_kinds_of_units_that_fit(question, kinds):
    asked = how_many(question)
    assert asked is not None
    assert asked.kinds == kinds


@pytest.mark.parametrize("question", OTHERS)
def test_what_asks_for_something_else(question):
    assert how_many(question) is None


def test_the_unit_that_is_named():
    for question, unit in [("How many miles is it?", "miles"), ("How many people came?", None)]:
        asked = how_many(question)
        assert asked is not None
        assert asked.unit == unit


@given(st.text())
def test_what_is_counted_is_in_the_questions_words(text):
    asked = how_many(f"How many {text}")
    assert asked is None or all(word in text for word in asked.counted.split())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How wıde is it?", "length"),
        ("What is the DİSTANCE?", "length"),
        ("How faſt is it?", "speed"),
    ],
)
def test_letters_that_match_without_case_are_read_as_the_plain_ones(question, kind):
    asked = how_many(question)
    assert asked is not None
    assert asked.kinds == {kind}
