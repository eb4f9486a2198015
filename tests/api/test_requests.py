"""The requests of HTTP, in an address and in a body."""

from datetime import date

import pytest
from pydantic import ValidationError

from dragoman.api.requests import (
    ArticlesParameters,
    AskParameters,
    AskRequest,
    FiltersMessage,
    SearchParameters,
    SearchRequest,
)
from dragoman.search.errors import DateNotUnderstood, PeriodReversed
from dragoman.search.question import (
    MODES,
    MOST_CHARACTERS,
    MOST_PASSAGES,
    READ_TO_ANSWER,
    Filters,
    Question,
)


def test_what_is_not_said_is_as_the_library_has_it():
    request, question = SearchRequest(question="a"), Question("a")
    assert (request.limit, request.mode) == (question.limit, question.mode)
    assert request.per_article == question.per_article
    assert request.to_filters() == question.filters == Filters()
    assert SearchParameters(q="a").to_request().to_filters() == Filters()
    assert AskRequest(question="a").rerank == AskParameters(q="a").rerank == READ_TO_ANSWER


@pytest.mark.parametrize(
    ("by_get", "by_post"), [(SearchParameters, SearchRequest), (AskParameters, AskRequest)]
)
def test_an_address_says_the_same_as_a_message(by_get, by_post):
    days = {"since": "2022-03-01", "until": "2022-04-01", "as_of": "2022-03-29"}
    rest = {"limit": 7, "mode": "dense", "rerank": 3}
    address = by_get(q="a", source=["b", "c"], tag=["d"], **rest, **days)
    filters = FiltersMessage(sources=["b", "c"], tags=["d"], **days)
    assert address.to_request() == by_post(question="a", filters=filters, **rest)
    assert address.to_request().to_filters() == Filters(
        ("b", "c"), date(2022, 3, 1), date(2022, 4, 1), date(2022, 3, 29), ("d",)
    )


def test_null_is_taken_as_absent():
    asked = AskRequest(question="a", history=None, filters=None)
    assert (asked.turns(), asked.to_filters()) == ([], Filters())
    assert SearchRequest(question="a", filters=None).to_filters() == Filters()


@pytest.mark.parametrize(
    "day", ["yesterday", "", "2022-02-30", "29.03.2022", "20220329", "2022-13"]
)
@pytest.mark.parametrize("name", ["since", "until", "as_of"])
def test_a_day_that_is_none_is_named(name, day):
    with pytest.raises(DateNotUnderstood, match=f"{name} is '{day}'.* YYYY-MM-DD"):
        FiltersMessage(**{name: day}).to_filters()


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(PeriodReversed, match="2022-05-01 is after until 2022-04-01"):
        FiltersMessage(since="2022-05-01", until="2022-04-01").to_filters()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (SearchRequest, {"question": "a"}),
        (SearchParameters, {"q": "a"}),
        (AskRequest, {"question": "a"}),
        (AskParameters, {"q": "a"}),
        (FiltersMessage, {}),
        (ArticlesParameters, {}),
    ],
)
def test_no_message_takes_a_field_it_does_not_know(kind, fields):
    kind(**fields)
    with pytest.raises(ValidationError, match="colour"):
        kind(**fields, colour="red")


def test_the_documented_limits_are_the_real_ones():
    fields = SearchRequest.model_json_schema()["properties"]
    assert fields["question"]["maxLength"] == MOST_CHARACTERS
    assert (fields["limit"]["minimum"], fields["limit"]["maximum"]) == (1, MOST_PASSAGES)
    assert fields["mode"]["enum"] == list(MODES)


def test_filters_may_be_null_in_each_field():
    nothing = {"sources": None, "since": None, "until": None, "as_of": None, "tags": None}
    assert FiltersMessage.model_validate(nothing).to_filters() == Filters()
