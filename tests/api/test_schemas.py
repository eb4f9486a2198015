"""The responses of HTTP: the library's results, described."""

import json
from datetime import UTC, date, datetime

import pytest

from dragoman.api.schemas import ArticleTextMessage, AskMessage, SearchMessage
from dragoman.corpus.article import Article, Passage
from dragoman.index.archive import ArticleRef
from dragoman.search.answer import Answer, Citation, Figure
from dragoman.search.results import Part, RankedPassage, Scores, SearchResult

ARTICLE = Article(
    id="talks",
    title="The talks",
    text="Peace at last, in Dolmabahçe.",
    source="Daily Sabah",
    url="https://example.org/talks",
    published=date(2022, 3, 29),
    published_at=datetime(2022, 3, 29, 20, 30, tzinfo=UTC),
    dated_by="address",
    event=date(2022, 3, 28),
    form="digest",
    authors=("A. Writer", "B. Writer"),
)


PASSAGE = RankedPassage(
    rank=1,
    passage=Passage("talks", 3, (9, 28), "last, in Dolmabahçe"),
    article=ARTICLE,
    score=0.5,
    scores=Scores(dense=0.25, fused=0.5),
    highlights=((0, 4),),
    also_in=(ArticleRef("talks-2", "Talks", "Reuters", None, date(2022, 3, 30)),),
    parts=(Part("dense", 0.25, 2.0),),
)


@pytest.mark.parametrize("explain", [False, True])
def test_a_search_is_sent_as_the_library_spells_it(explain):
    spelt = SearchResult("What lasts?", "What lasts?", (PASSAGE,), took_ms=4.23456).to_dict(explain)
    message = SearchMessage.model_validate(spelt)
    assert json.loads(message.model_dump_json(exclude_unset=True)) == spelt


def test_an_answer_is_sent_as_the_library_spells_it():
    citation = Citation(1, "Peace at last", (0, 13), "talks#0", ARTICLE, (0, 5), PASSAGE.also_in)
    figure = Figure(3.0, "three", "km", None, "about", date(2022, 3, 28), None, 1)
    spelt = Answer(
        "And?", "What lasts?", "partial", "Peace at last [1]", 0.5, (citation,), (PASSAGE,),
        (figure,), ("A note.",), 1.5, {"retrieve": 1.5},
    ).to_dict()  # fmt: skip
    message = AskMessage.model_validate(spelt)
    assert json.loads(message.model_dump_json(exclude_unset=True)) == spelt


def test_a_whole_article_is_sent_with_all_that_is_known_of_it():
    sent = ArticleTextMessage.model_validate(ARTICLE).model_dump(mode="json")
    assert sent == {
        "id": "talks",
        "title": "The talks",
        "source": "Daily Sabah",
        "url": "https://example.org/talks",
        "published": "2022-03-29",
        "published_at": "2022-03-29T20:30:00+00:00",
        "dated_by": "address",
        "notice": None,
        "text": "Peace at last, in Dolmabahçe.",
        "authors": ["A. Writer", "B. Writer"],
        "tags": [],
        "event": "2022-03-28",
        "form": "digest",
    }
