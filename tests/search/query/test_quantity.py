"""Which questions ask for a number, and of what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.query.quantity import doer_in, quantity_asked

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
# Not by "how many", and not for a number though they name one.
NUMBERS = """
What is the latest UN figure for civilians killed?
What is the civilian death toll in Ukraine?
What is the population of Mariupol?
What is the distance between Kyiv and Moscow?
What is the distance of the front from Kyiv?
What was the death toll of the earthquake?
What is the number of refugees in Poland?
What number of people fled?
What percentage of voters stayed away?
What share of the budget goes to defence?
What proportion of the grain was exported?
What is the total number of injured?
What was the total cost of the bridge?
What is the price of a barrel of oil?
What is the current rate of inflation?
What is the inflation rate in Turkey?
What is the unemployment rate?
What is the height of the tower?
What is the length of the Bosporus?
What is the depth of the Black Sea?
What is the area of Crimea?
What is the age of the president?
What was the speed of the missile?
What was the temperature in Kyiv?
What is the value of the frozen assets?
What is the size of the Russian army?
What was the attendance at the match?
What's the death toll?
What’s the population of Warsaw?
What was the official count of the dead?
What is the UN's tally of refugees?
What is the estimated number of displaced people?
What is the budget of the ministry?
What was the amount of aid pledged by the EU?
What is the capacity of the theatre?
What are the latest casualty figures?
What was the casualty toll among soldiers?
What was the number of delegates?
What is the UN figure for refugees?
And what is the civilian death toll?
What is the highest death toll reported so far?
What is Ukraine's population?
What is Turkey's share of the grain trade?
What is the duration of the cease-fire?
What is the weight of the shipment?
What was the salary of the minister?
What was the turnover of the firm in 2021?
What is the width of the strait?
What amount of money did they pledge?
What was the civilian death count by 1 May?
What is the toll of the war on civilians?
What is the daily number of refugees?
What was the speed limit on the bridge?
What was the total nominal GDP of Warsaw in 2010?
What is the average speed with a head wind?
What is the age range of the delegates?
What is the price of grain today?
""".strip().splitlines()
NO_NUMBERS = """
What is the name of the Ukrainian negotiator?
What did Guterres say about the number of civilians killed?
What did the UN say about the death toll?
What does the death toll mean for the talks?
What is the reason for the high death toll?
What is the source of the figures?
What is the area where the talks took place called?
What is the name of the area?
Which area did Russia take?
What is the capital of Belarus?
What is the phone number of the embassy?
What was the number one demand?
What is the cause of the rising death toll?
What is the effect of the price of oil on the talks?
What is Turkey's role in the talks?
What was discussed about the number of troops?
What is known about the number of victims?
What did Erdoğan think of the price of peace?
What is the main figure in the talks?
Who is the key figure in the delegation?
What figure did Zelenskyy compare himself to?
What was the state of the population in Mariupol?
What is the population demanding?
What was the population told?
What does the population of Mariupol need?
What is the budget for?
What count did the court convict him on?
What rate did the bank set?
What was the point of the sum?
What is the total ban about?
What is the model number of the drone?
What is the flight number?
What is the price that Ukraine would pay for neutrality?
What is the language of the population?
What is the religion of most of the population?
What is the currency of Ukraine?
Which figure did the UN give?
What are the figures based on?
What is the area known for?
What are the areas under Russian control?
What is the age of consent debate about?
What is the speed limit named after?
What is the capacity in which Abramovich attended?
What is the distance runner's name?
How do they count the dead?
How did the price rise affect people?
What is the count of Monte Cristo about?
What is the figure on the coin?
What is the size of it all about?
What are the prices like?
What was the temperature like between the two delegations?
Which population was evacuated?
What was the historical figure mentioned by Putin?
What was the rate-setter's name?
What is the value that Erdoğan stressed?
Who gave the number of civilians killed?
Where do the UN figures come from?
When was the death toll published?
Does the death toll include soldiers?
Why is the number higher?
""".strip().splitlines()


@pytest.mark.parametrize(("question", "counted"), ASKED)
def test_what_is_counted(question, counted):
    asked = quantity_asked(question)
    assert asked is not None
    assert asked.counted == counted


@pytest.mark.parametrize(("question", "kinds"), KINDS)
def test_the_kinds_of_units_that_fit(question, kinds):
    asked = quantity_asked(question)
    assert asked is not None
    assert asked.kinds == kinds


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much did the bridge cost?", "money"),
        ("How much time do they have?", "time"),
        ("How much of the vote was counted?", "share"),
        ("How many of the wounded were children?", "share"),
    ],
)
def test_kinds_among_others(question, kind):
    asked = quantity_asked(question)
    assert asked is not None
    assert kind in asked.kinds


@pytest.mark.parametrize("question", NUMBERS)
def test_what_asks_for_a_number(question):
    assert quantity_asked(question) is not None


@pytest.mark.parametrize("question", [*OTHERS, *NO_NUMBERS])
def test_what_asks_for_something_else(question):
    assert quantity_asked(question) is None


def test_the_unit_that_is_named():
    for question, unit in [("How many miles is it?", "miles"), ("How many people came?", None)]:
        asked = quantity_asked(question)
        assert asked is not None
        assert asked.unit == unit


@given(st.text())
def test_what_is_counted_is_in_the_questions_words(text):
    asked = quantity_asked(f"How many {text}")
    assert asked is None or all(word in text for word in asked.counted.split())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How wıde is it?", "length"),
        ("What is the DİSTANCE to Kyiv?", "length"),
        ("How faſt is it?", "speed"),
    ],
)
def test_letters_that_match_without_case_are_read_as_the_plain_ones(question, kind):
    asked = quantity_asked(question)
    assert asked is not None
    assert asked.kinds == {kind}


def test_what_something_costs_is_an_amount():
    asked = quantity_asked("What did the strikes cost the port?")
    assert asked is not None
    assert "money" in asked.kinds


@pytest.mark.parametrize(
    ("question", "doer"),
    [
        ("How many seats did the Greens win?", "Greens"),
        ("How many ships does the navy now have?", ""),
        ("How many seats have already got a name?", ""),
    ],
)
def test_who_has_so_many_is_no_adverb(question, doer):
    assert doer_in(question) == doer
