"""Results as plain values: the shape that HTTP sends and that `--json` prints."""

import json
from datetime import date, datetime

import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.index.archive import ArticleRef
from dragoman.search.results import Part, RankedPassage, Scores, SearchResult

ARTICLE = Article(
    id="talks",
    title="The talks",
    text="Peace at last, in Dolmabahçe.",
    source="Daily Sabah",
    url="https://example.org/talks",
    published=date(2022, 3, 29),
    published_at=datetime.fromisoformat("2022-03-29T20:30:00+03:00"),
    event=date(2022, 3, 28),
    form="digest",
    authors=("A. Writer", "B. Writer"),
)
COPY = ArticleRef("talks-2", "Talks", "Reuters", None, date(2022, 3, 30), None, "address")
RESULT = SearchResult(
    "What lasts?",
    "What lasts?",
    (
        RankedPassage(
            rank=1,
            passage=Passage("talks", 3, (9, 28), "last, in Dolmabahçe"),
            article=ARTICLE,
            score=0.5,
            scores=Scores(dense=0.25, fused=0.5),
            highlights=((0, 4),),
            also_in=(COPY,),
            parts=(Part("dense", 0.25, 2.0, "close in meaning"),),
        ),
    ),
    took_ms=4.23456,
)


def test_a_result_has_the_shape_that_was_designed():
    assert RESULT.to_dict() == {
        "question": "What lasts?",
        "question_understood": "What lasts?",
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
                    "published_at": "2022-03-29T20:30:00+03:00",
                    "dated_by": None,
                    "notice": None,
                },
                "also_in": [
                    {
                        "id": "talks-2",
                        "title": "Talks",
                        "source": "Reuters",
                        "url": None,
                        "published": "2022-03-30",
                        "published_at": None,
                        "dated_by": "address",
                        "notice": None,
                    }
                ],
            }
        ],
        "warnings": [],
        "undated": 0,
        "offsets": "unicode",
        "took_ms": 4.23,
    }


def test_an_explanation_is_given_where_it_is_asked_for():
    assert RESULT.to_dict(explain=True)["passages"][0]["explanation"] == {
        "parts": [
            {
                "name": "dense",
                "value": 0.25,
                "weight": 2.0,
                "contribution": 0.5,
                "reason": "close in meaning",
            }
        ],
        "matched": ["last"],
    }


@pytest.mark.parametrize("explain", [False, True])
def test_its_json_is_the_same(explain):
    assert json.loads(RESULT.to_json(explain)) == RESULT.to_dict(explain)
    assert "Dolmabahçe" in RESULT.to_json(explain)
