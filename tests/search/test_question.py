from datetime import date, datetime

import pytest

from dragoman.search.errors import (
    ConfidenceOutOfRange,
    DateNotUnderstood,
    EmptyQuestion,
    FiltersNotUnderstood,
    LimitOutOfRange,
    PerArticleOutOfRange,
    PeriodReversed,
    QuestionNotString,
    QuestionTooLong,
    RerankOutOfRange,
    SinceAfterAsOf,
    TurnNotUnderstood,
    UnknownMode,
    UnknownRole,
)
from dragoman.search.question import MODES, Filters, Question, Turn, parse_day, turns_of

MARCH, APRIL = date(2022, 3, 29), date(2022, 4, 29)


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n\t", "…"])
def test_an_empty_question_is_refused(text):
    with pytest.raises(EmptyQuestion):
        Question(text)


def test_a_question_copied_from_a_terminal_has_no_colours():
    assert Question("\x1b[31mWho\x1b[0m spoke?").text == "Who spoke?"
    with pytest.raises(EmptyQuestion):
        Question("\x1b[31m\x1b[0m")


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


def test_nothing_later_than_the_day_as_of_which_is_asked_can_answer():
    told_ahead = Filters(since=APRIL, as_of=MARCH)
    with pytest.raises(SinceAfterAsOf, match=r"from since 2022-04-29 on .* as of 2022-03-29"):
        Question("Who?", filters=told_ahead)
    Question("Who?", filters=Filters(since=MARCH, as_of=MARCH))


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


@pytest.mark.parametrize("question", [None, 7, b"Who?", ["Who?"]])
def test_what_is_no_string_is_no_question(question):
    with pytest.raises(QuestionNotString, match="Give it as a string"):
        Question(question)


@pytest.mark.parametrize("number", [2.5, "5", True, None])
def test_what_is_no_whole_number_is_no_limit(number):
    with pytest.raises(LimitOutOfRange):
        Question("Who?", limit=number)
    with pytest.raises(RerankOutOfRange):
        Question("Who?", rerank=number)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan"), "0.5", True])
def test_a_least_confidence_is_a_number_from_0_to_1(confidence):
    assert Question("Who?", min_confidence=1).min_confidence == 1
    with pytest.raises(ConfidenceOutOfRange, match="from 0 to 1"):
        Question("Who?", min_confidence=confidence)


@pytest.mark.parametrize("number", [0, -1, 1.5, "2", True])
def test_so_many_of_one_article_is_a_whole_number_or_none(number):
    assert Question("Who?", per_article=None).per_article is None
    with pytest.raises(PerArticleOutOfRange, match="from 1, or None"):
        Question("Who?", per_article=number)


def test_filters_take_one_name_or_several_and_days_as_they_are_written():
    one = Filters("Press TV", since="2022-03-29", until=datetime(2022, 4, 29, 12))
    assert one == Filters(("Press TV",), MARCH, APRIL) == Filters(["Press TV"], MARCH, APRIL)
    assert hash(one) == hash(Filters(["Press TV"], MARCH, APRIL))
    assert Filters(None) == Filters(()) == Filters()


@pytest.mark.parametrize("sources", [7, [None], ["Press TV", 3], b"Press TV"])
def test_what_names_no_outlet_is_refused(sources):
    with pytest.raises(FiltersNotUnderstood, match="names of outlets"):
        Filters(sources)


@pytest.mark.parametrize("day", [20220329, 1.5, ["2022-03-29"]])
def test_what_is_no_day_at_all_is_refused(day):
    with pytest.raises(DateNotUnderstood, match="since"):
        Filters(since=day)


@pytest.mark.parametrize("filters", ["Press TV", {"since": "2022-03-01"}, 7])
def test_filters_are_filters(filters):
    with pytest.raises(FiltersNotUnderstood, match=r"Give Filters\("):
        Question("Who?", filters=filters)


# What was said before, as chat APIs write it

ASKED = {"role": "user", "content": "Who led Russia's delegation?"}
ANSWERED = {"role": "assistant", "content": "Medinsky."}
TURNS = [Turn("user", "Who led Russia's delegation?"), Turn("assistant", "Medinsky.")]


@pytest.mark.parametrize(
    "history",
    [
        TURNS,
        [ASKED, ANSWERED],
        (turn for turn in (TURNS[0], ANSWERED)),
        [{**ASKED, "name": "reader", "id": 7}, {**ANSWERED, "tool_calls": []}],
        [{"role": "system", "content": "Be brief."}, ASKED, ANSWERED],
        [{"role": "developer", "content": ["Be brief."]}, ASKED, ANSWERED],
        [ASKED, {"role": "assistant", "content": None}, {"role": "tool", "content": "3"}, ANSWERED],
        [ASKED, {"role": "assistant"}, {"role": "assistant", "content": []}, ANSWERED],
        [
            {"role": "user", "content": [{"type": "text", "text": "Who led Russia's delegation?"},
                                         {"type": "image_url", "image_url": {"url": "x"}}]},
            ANSWERED,
        ],
    ],
)  # fmt: skip
def test_a_history_may_be_what_chat_apis_send(history):
    assert turns_of(history) == TURNS


def test_no_history_is_none():
    assert turns_of(None) == turns_of([]) == []


def test_text_parts_are_joined():
    parts = [{"type": "text", "text": "Who led"}, {"type": "text", "text": "the delegation?"}]
    assert turns_of([{"role": "user", "content": parts}]) == [
        Turn("user", "Who led\nthe delegation?")
    ]


@pytest.mark.parametrize(
    "history",
    ["Who?", ["Who?"], ASKED, [None], [{"content": "Who?"}], [{"role": "user", "content": 3}],
     [{"role": "user", "content": {"text": "Who?"}}]],
)  # fmt: skip
def test_a_turn_that_is_not_one_is_refused(history):
    with pytest.raises(TurnNotUnderstood, match=r"not understood: .*Give each as a Turn"):
        turns_of(history)


@pytest.mark.parametrize("role", ["bot", "", None, ["user"]])
def test_an_unknown_role_is_refused_with_the_known_ones(role):
    with pytest.raises(UnknownRole, match="user, assistant"):
        turns_of([{"role": role, "content": "Who?"}])
