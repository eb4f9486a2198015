"""Answers as plain values: the shape that HTTP sends and that `--json` prints."""

import json
from datetime import date

import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.index.archive import ArticleRef
from dragoman.search.answer import Answer, Citation, Figure
from dragoman.search.results import RankedPassage, Scores

TEXT = "At least 1,151 civilians were killed."
ARTICLE = Article("un", "UN figures", TEXT, source="UN", published=date(2022, 3, 29))
HEAD = {"id": "un", "title": "UN figures", "source": "UN", "url": None, "published": "2022-03-29",
        "published_at": None, "dated_by": None, "notice": None}  # fmt: skip
CITATION = Citation(
    number=1,
    quote=TEXT,
    span=(0, 37),
    passage="un#0",
    article=ARTICLE,
    answer=(9, 14),
    also_in=(ArticleRef("copy", "UN figures", None, None, None),),
)
FIGURE = Figure(
    1151.0, "1,151", None, "civilians killed", "at least", date(2022, 3, 28), date(2022, 3, 29), 1
)
RANKED = RankedPassage(1, Passage("un", 0, (0, 37), TEXT), ARTICLE, 0.5, Scores())
ANSWER = Answer(
    question_asked="And the killed?",
    question_understood="How many civilians were killed?",
    status="answered",
    answer=f"{TEXT} [1]",
    confidence=0.912345,
    citations=(CITATION,),
    passages=(RANKED,),
    figures=(FIGURE,),
    warnings=("A note.",),
    took_ms=12.3456,
    stages={"retrieve": 10.0049, "answer": 2.3407},
)


def test_an_answer_has_the_shape_that_was_designed():
    assert ANSWER.to_dict() == {
        "question": "And the killed?",
        "question_asked": "And the killed?",
        "question_understood": "How many civilians were killed?",
        "status": "answered",
        "answer": f"{TEXT} [1]",
        "confidence": 0.9123,
        "citations": [
            {
                "number": 1,
                "quote": TEXT,
                "span": [0, 37],
                "answer": [9, 14],
                "passage": "un#0",
                "article": HEAD,
                "also_in": [
                    {
                        "id": "copy",
                        "title": "UN figures",
                        "source": None,
                        "url": None,
                        "published": None,
                        "published_at": None,
                        "dated_by": None,
                        "notice": None,
                    }
                ],
            }
        ],
        "figures": [
            {
                "value": 1151.0,
                "text": "1,151",
                "unit": None,
                "counted": "civilians killed",
                "bound": "at least",
                "day": "2022-03-28",
                "published": "2022-03-29",
                "citation": 1,
            }
        ],
        "reason": None,
        "warnings": ["A note."],
        "undated": 0,
        "passages": [RANKED.to_dict()],
        "offsets": "unicode",
        "took_ms": 12.35,
        "stages": {"retrieve": 10.0, "answer": 2.34},
    }


def test_its_json_is_the_same():
    assert json.loads(ANSWER.to_json()) == ANSWER.to_dict()


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Where were the talks of 29 March held?", "answered"),
        ("How many civilians were killed?", "answered"),
        ("Which team won the ice hockey final?", "not_in_corpus"),
    ],
)
def test_a_real_answer_is_json(talks, question, status):
    answer = talks.ask(question)
    message = json.loads(answer.to_json())
    assert message == answer.to_dict()
    assert message["status"] == status
    assert bool(message["citations"]) == (status == "answered")
