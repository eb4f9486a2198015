"""How answers are measured: figures that can be computed in one's head."""

import numpy as np
import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.search.answer import Answer, Citation
from dragoman.search.evaluation.answers import (
    QUESTION_WORDS,
    AnsweredQuestion,
    AnswerEvaluation,
    evaluate_answers,
    question_word,
    without_markers,
)
from dragoman.search.evaluation.collection import JudgedQuestion, Judgement, read_collection
from dragoman.search.evaluation.indexed_collection import index_collection
from dragoman.search.evaluation.retrieval import AskedQuestion, EvaluationOptions
from dragoman.search.question import Filters
from dragoman.search.results import RankedPassage, Scores
from tiny_collection import write_collection

TALKS = Article("talks", "Talks", "They met in Antalya.")
OTHER = Article("other", "Other", "Ships sail.")
SPAN = (0, len(TALKS.text))


def ranked(*articles):
    return tuple(
        RankedPassage(rank, Passage(article.id, 0, SPAN, article.text), article, 1.0, Scores())
        for rank, article in enumerate(articles, start=1)
    )


def answered(
    text, question="Where did they meet?", expected=("Antalya",), passages=(TALKS,), cited=TALKS,
    confidence=0.9, answerable=True, stages=None, milliseconds=10.0,
):  # fmt: skip
    relevant = (Judgement("talks", 1, "here"),) if answerable else ()
    judged = JudgedQuestion(
        "q", question, "here", answerable, expected if answerable else (), relevant=relevant
    )
    asked = AskedQuestion(
        judged, question, Filters(), rewritten=False, followed=False, undated=False, cut=False
    )
    status = "answered" if text else "not_in_corpus"
    citations = (Citation(1, cited.text, SPAN, f"{cited.id}#0", cited),) if text else ()
    answer = Answer(
        question, question, status, text, confidence, citations, ranked(*passages),
        stages=stages or {},
    )  # fmt: skip
    return AnsweredQuestion(asked, answer, milliseconds)


def refused(confidence=0.1, **known):
    return answered(None, confidence=confidence, **known)


def unanswerable(text, confidence):
    return answered(text, confidence=confidence, answerable=False)


def evaluation(*questions):
    return AnswerEvaluation(questions)


def test_an_answer_is_right_if_it_holds_what_is_expected():
    assert answered("In Antalya [1].").right
    assert not answered("In Antalyaköy [1].").right
    assert not answered("In Geneva [1].").right
    assert not refused().right


def test_the_number_of_a_citation_is_no_answer():
    assert not answered("They met [1][2].", expected=("2",)).right
    assert answered("They met 2 times [1].", expected=("2",)).right
    assert without_markers(None) == ""


def test_right_answers_are_counted_by_question_word_and_where_the_article_was_found():
    deep = (OTHER, OTHER, OTHER, OTHER, TALKS)
    figures = evaluation(
        answered("In Antalya [1]."),
        answered("In Geneva [1].", passages=(OTHER, TALKS)),
        answered("In Antalya [1].", question="Which city was it?", passages=deep),
        answered("Yes [1].", question="Was it there?", expected=()),
        unanswerable("In Antalya [1].", 0.9),
    ).right_answers()
    assert list(figures) == ["all", "where", "which"]
    assert (figures["all"].overall.mean, figures["all"].overall.count) == (pytest.approx(2 / 3), 3)
    assert (figures["all"].found.mean, figures["all"].found.count) == (0.5, 2)
    assert figures["where"].overall.mean == figures["where"].found.mean == 0.5
    assert figures["which"].overall.mean == 1
    assert figures["which"].found is None


def test_what_is_answered_is_told_from_what_is_refused():
    figures = evaluation(
        answered("In Antalya [1].", confidence=0.9),
        answered("In Geneva [1].", confidence=0.7, cited=OTHER),
        refused(confidence=0.5),
        unanswerable("In Antalya [1].", 0.6),
        unanswerable(None, 0.2),
    ).abstention()
    assert figures["answered, of the answerable"].mean == pytest.approx(2 / 3)
    assert figures["judged article cited, of the answerable"].mean == pytest.approx(1 / 3)
    assert figures["refused, of the unanswerable"].mean == 0.5
    assert figures["answered or refused as should be"].mean == pytest.approx(3 / 5)
    assert figures["answered or refused as should be"].count == 5
    # Of six pairs of one of either kind, only .5 and .6 stand the wrong way round.
    assert figures["AUROC of the confidence"].mean == pytest.approx(5 / 6)
    gaps = (1 - 0.9, 1 - 0.7, 1 - 0.5, 0.6, 0.2)  # five values, each in a bin of its own
    assert figures["calibration error"].mean == pytest.approx(sum(gaps) / 5)


def test_without_unanswerable_questions_less_can_be_told():
    figures = evaluation(answered("In Antalya [1]."), refused()).abstention()
    assert {name: mean.mean for name, mean in figures.items()} == {
        "answered, of the answerable": 0.5,
        "judged article cited, of the answerable": 0.5,
    }


def test_every_stage_is_timed_over_the_questions_that_came_to_it():
    taken = evaluation(
        answered("In Antalya [1].", stages={"search": 4.0, "read": 5.0}, milliseconds=10.0),
        refused(stages={"search": 2.0}, milliseconds=3.0),
    ).milliseconds()
    assert {stage: values.tolist() for stage, values in taken.items()} == {
        "all": [10.0, 3.0],
        "search": [4.0, 2.0],
        "read": [5.0],
    }
    assert taken["all"].dtype == np.float64


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Whom did he meet?", "who"),
        ("What's the toll?", "what"),
        ("When did who meet?", "when"),
        ("In what year?", "what"),
        ("WHERE was it?", "where"),
        ("Which?", "which"),
        ("Why not?", "why"),
        ("About how many came?", "how many/much"),
        ("How long was it?", "how, other"),
        ("However, is it so?", "other"),
        ("Somewhat late?", "other"),
    ],
)
def test_the_question_word_is_the_first(text, word):
    assert question_word(text) == word
    assert word in QUESTION_WORDS


# Over a collection


@pytest.fixture
def indexed(tmp_path, encoder):
    def index(**files):
        collection = read_collection(write_collection(tmp_path / "collection", **files))
        return index_collection(collection, encoder, cache=tmp_path / "cache")

    return index


def test_every_question_is_asked_and_told_of_those_without_an_answer_last(indexed):
    told = []
    found = evaluate_answers(indexed(), on_asked=lambda *done: told.append(done))
    ids = [question.asked.judged.id for question in found.questions]
    assert ids == ["first", "second", "never", "unanswerable"]
    assert told == [(n, 4) for n in range(1, 5)]
    assert [question.answer.question_asked for question in found.questions] == [
        "apples", "bees ripen", "zebras", "apples"
    ]  # fmt: skip
    assert [question.answerable for question in found.questions] == [True, True, True, False]
    assert found.questions[0].found
    assert not found.questions[3].found
    assert all(question.milliseconds > 0 for question in found.questions)


def test_only_the_first_of_either_kind_are_asked(indexed):
    found = evaluate_answers(indexed(), EvaluationOptions(limit=1))
    assert [question.asked.judged.id for question in found.questions] == ["first", "unanswerable"]


def test_rewrites_and_days_are_asked(indexed):
    known = {"rewrite": "cats", "date": "2022-03-28"}
    question = {"_id": "q", "text": "they?", "metadata": known}
    collection = indexed(questions=[question], judgements=[("q", "c", 1)])
    (plain,) = evaluate_answers(collection).questions
    (rewritten,) = evaluate_answers(collection, EvaluationOptions(rewrites=True)).questions
    both = EvaluationOptions(rewrites=True, as_of_asked=True)
    (dated,) = evaluate_answers(collection, both).questions
    asked = [one.answer.question_asked for one in (plain, rewritten, dated)]
    assert asked == ["they?", "cats", "cats"]
    assert rewritten.found
    assert not dated.found  # the one on cats was published on the day after
