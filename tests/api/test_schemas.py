"""The shapes that all faces share."""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from dragoman.api.schemas import (
    ArticlesParameters,
    FiltersMessage,
    SearchParameters,
    SearchRequest,
    article_text_message,
    search_message,
)
from dragoman.corpus.article import Article, Passage
from dragoman.index.archive import ArticleRef
from dragoman.search.errors import DateNotUnderstood, PeriodReversed
from dragoman.search.question import MODES, MOST_CHARACTERS, MOST_PASSAGES, Filters, Question
from dragoman.search.results import RankedPassage, Scores, SearchResult

ARTICLE = Article(
    id="talks",
    title="The talks",
    text="Peace at last, in Dolmabahçe.",
    source="Daily Sabah",
    url="https://example.org/talks",
    published=date(2022, 3, 29),
    event=date(2022, 3, 28),
    form="digest",
    authors=("A. Writer", "B. Writer"),
)


def test_a_result_is_sent_as_it_was_designed():
    passage = Passage("talks", 3, (9, 28), "last, in Dolmabahçe")
    scores = Scores(dense=0.25, fused=0.5)
    copy = ArticleRef("talks-2", "Talks", "Reuters", None, date(2022, 3, 30))
    ranked = RankedPassage(1, passage, ARTICLE, 0.5, scores, ((0, 4),), (copy,))
    message = search_message(SearchResult("What lasts?", (ranked,), took_ms=4.23456))
    assert json.loads(message.model_dump_json(exclude_unset=True)) == {
        "question": "What lasts?",
        "passages": [
            {
                "rank": 1,
                "id": "talks#3",
                "text": "last, in Dolmabahçe",
                "score": 0.5,
                "scores": {"dense": 0.25, "lexical": None, "fused": 0.5},
                "span": [9, 28],
                "highlights": [[0, 4]],
                "article": {
                    "id": "talks",
                    "title": "The talks",
                    "source": "Daily Sabah",
                    "url": "https://example.org/talks",
                    "published": "2022-03-29",
                },
                "also_in": [
                    {
                        "id": "talks-2",
                        "title": "Talks",
                        "source": "Reuters",
                        "url": None,
                        "published": "2022-03-30",
                    }
                ],
            }
        ],
        "took_ms": 4.23,
    }


def test_a_whole_article_is_sent_with_all_that_is_known_of_it():
    sent = article_text_message(ARTICLE).model_dump(mode="json")
    assert sent == {
        "id": "talks",
        "title": "The talks",
        "source": "Daily Sabah",
        "url": "https://example.org/talks",
        "published": "2022-03-29",
        "text": "Peace at last, in Dolmabahçe.",
        "authors": ["A. Writer", "B. Writer"],
        "event": "2022-03-28",
        "form": "digest",
    }


def test_what_is_not_said_is_as_the_library_has_it():
    request, question = SearchRequest(question="a"), Question("a")
    assert (request.limit, request.mode) == (question.limit, question.mode)
    assert request.per_article == question.per_article
    assert request.filters.filters() == question.filters == Filters()
    assert SearchParameters(q="a").request() == request


def test_an_address_says_the_same_as_a_message():
    days = {"since": "2022-03-01", "until": "2022-04-01", "as_of": "2022-03-29"}
    address = SearchParameters(q="a", limit=7, mode="dense", source=["b", "c"], **days)
    filters = FiltersMessage(sources=["b", "c"], **days)
    assert address.request() == SearchRequest(question="a", limit=7, mode="dense", filters=filters)
    assert address.request().filters.filters() == Filters(
        ("b", "c"), date(2022, 3, 1), date(2022, 4, 1), date(2022, 3, 29)
    )


@pytest.mark.parametrize(
    "day", ["yesterday", "", "2022-02-30", "29.03.2022", "20220329", "2022-13"]
)
@pytest.mark.parametrize("name", ["since", "until", "as_of"])
def test_a_day_that_is_none_is_named(name, day):
    with pytest.raises(DateNotUnderstood, match=f"{name} is '{day}'.* YYYY-MM-DD"):
        FiltersMessage(**{name: day}).filters()


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(PeriodReversed, match="2022-05-01 is after until 2022-04-01"):
        FiltersMessage(since="2022-05-01", until="2022-04-01").filters()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (SearchRequest, {"question": "a"}),
        (SearchParameters, {"q": "a"}),
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
