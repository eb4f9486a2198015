"""Evaluations of a collection whose figures can be computed in one's head.

By words: "apples" finds a; "bees ripen" finds b, by three fields, before a, by two; "zebras"
finds nothing. By initials: "apples" is nearest to a; "bees ripen" to b (.71), then a (.32);
"zebras" is as far from all, which then keep the order in which they were added: c is the third.
"""

from datetime import date
from math import log2

import numpy as np
import pytest

from dragoman.search.errors import BrokenQuestion, JudgedArticleMissing, UnknownMode
from dragoman.search.evaluation.collection import read_collection
from dragoman.search.evaluation.failures import worst
from dragoman.search.evaluation.indexed_collection import index_collection
from dragoman.search.evaluation.retrieval import EvaluationOptions, System, evaluate, parse_modes
from tiny_collection import ARTICLES, QUESTIONS, write_collection

SECOND, THIRD = 1 / log2(3), 1 / log2(4)  # what nDCG gives for the second and third place


@pytest.fixture
def indexed(tmp_path, encoder):
    def index(**files):
        collection = read_collection(write_collection(tmp_path / "collection", **files))
        return index_collection(collection, encoder, cache=tmp_path / "cache")

    return index


@pytest.fixture
def tiny(indexed):
    return indexed()


def values(evaluation, mode, measure):
    (result,) = (result for result in evaluation.results if result.mode == mode)
    return result.values[measure].tolist()


def test_the_figures_are_those_computed_by_hand(tiny):
    found = evaluate(tiny)
    assert [result.mode for result in found.results] == ["lexical", "dense", "hybrid"]
    assert values(found, "lexical", "nDCG@10") == pytest.approx([1, SECOND, 0])
    assert values(found, "lexical", "MRR@10") == pytest.approx([1, 1 / 2, 0])
    assert values(found, "lexical", "R@1") == [1, 0, 0]
    assert values(found, "lexical", "R@100") == [1, 1, 0]
    assert values(found, "dense", "nDCG@10") == pytest.approx([1, SECOND, THIRD])
    assert values(found, "dense", "MRR@10") == pytest.approx([1, 1 / 2, 1 / 3])
    assert values(found, "dense", "R@4") == [1, 1, 1]
    mean = found.results[0].means()["nDCG@10"]
    assert mean.mean == pytest.approx((1 + SECOND) / 3)
    assert (mean.low, mean.high, mean.count) == (0, 1, 3)


def test_answers_are_looked_for_in_the_first_passages_of_questions_that_have_some(tiny):
    found = evaluate(tiny, [System("lexical")])
    assert values(found, "lexical", "answer-hit@1")[:2] == [1, 0]
    assert values(found, "lexical", "answer-hit@4")[:2] == [1, 1]
    assert np.isnan(values(found, "lexical", "answer-hit@1")[2])
    assert found.results[0].means()["answer-hit@1"].count == 2


def test_answers_are_looked_for_in_what_users_see(indexed):
    """One article has the four best passages, but of a user's first five it may have two."""
    ships = {"_id": "ships", "text": "\n\n".join(["Ships sail. " * 60] * 5)}
    sand = {"_id": "sand", "text": "Sand, on ships."}
    question = {"_id": "q", "text": "ships sail", "metadata": {"answers": ["sand"]}}
    collection = indexed(
        articles=[ships, sand], questions=[question], judgements=[("q", "sand", 1)]
    )
    ranked = collection.dragoman.search("ships sail", mode="lexical", per_article=None).passages
    assert [passage.article.id for passage in ranked[:4]] == ["ships"] * 4
    assert values(evaluate(collection, [System("lexical")]), "lexical", "answer-hit@4") == [1]


def test_the_modes_are_compared_with_the_best_single_one(tiny):
    compared = evaluate(tiny).comparisons
    assert {(c.mode, c.baseline) for c in compared} == {("lexical", "dense"), ("hybrid", "dense")}
    lexical = next(c for c in compared if (c.mode, c.measure) == ("lexical", "nDCG@10"))
    assert lexical.difference.mean == pytest.approx(-THIRD / 3)
    assert (
        lexical.difference.p == 1
    )  # only one question tells them apart, and either sign is as far
    assert evaluate(tiny, [System("hybrid")]).comparisons == ()


def test_what_cannot_be_measured_by_is_not_asked(tiny):
    assert [asked.judged.id for asked in evaluate(tiny).asked] == ["first", "second", "never"]


def test_only_the_first_are_asked(tiny):
    assert [
        asked.judged.id for asked in evaluate(tiny, options=EvaluationOptions(limit=2)).asked
    ] == ["first", "second"]


def test_every_search_is_told_of(tiny):
    told = []
    evaluate(
        tiny, [System("lexical"), System("dense")], on_searched=lambda *done: told.append(done)
    )
    assert told == [(n, 6) for n in range(1, 7)]


def test_every_search_is_timed(tiny):
    milliseconds = evaluate(tiny, [System("lexical")]).results[0].milliseconds
    assert milliseconds.shape == (3,)
    assert (milliseconds > 0).all()


def test_rewrites_are_asked_where_there_are_some(indexed):
    again = {"_id": "again", "text": "and they?", "metadata": {"rewrite": "apples"}}
    judged = [("again", "a", 1), ("first", "a", 1)]
    collection = indexed(questions=[again, QUESTIONS[0]], judgements=judged)
    assert values(evaluate(collection, [System("lexical")]), "lexical", "R@1") == [0, 1]
    found = evaluate(collection, [System("lexical")], EvaluationOptions(rewrites=True))
    assert values(found, "lexical", "R@1") == [1, 1]
    assert [asked.rewritten for asked in found.asked] == [True, False]


def test_follow_ups_are_asked_as_understood_from_their_history(indexed):
    history = [{"role": "user", "text": "Do apples ripen?"}, {"role": "assistant", "text": "Yes."}]
    known = {"history": history, "rewrite": "cats"}
    why = {"_id": "why", "text": "When?", "metadata": known}
    judged = [("why", "a", 1), ("first", "a", 1)]
    collection = indexed(questions=[why, QUESTIONS[0]], judgements=judged)
    assert values(evaluate(collection, [System("lexical")]), "lexical", "R@1") == [0, 1]
    found = evaluate(collection, [System("lexical")], EvaluationOptions(follow_ups=True))
    assert values(found, "lexical", "R@1") == [1, 1]
    assert [asked.text for asked in found.asked] == ["When do apples ripen?", "apples"]
    assert [asked.followed for asked in found.asked] == [True, False]
    both = evaluate(
        collection, [System("lexical")], EvaluationOptions(rewrites=True, follow_ups=True)
    )
    assert both.asked[0].text == "cats"
    assert (both.asked[0].rewritten, both.asked[0].followed) == (True, False)


def test_questions_are_asked_as_of_their_day(indexed):
    days = ("2022-03-28", "2022-03-29", None)
    questions = [{"_id": str(day), "text": "cats", "metadata": {"date": day}} for day in days]
    collection = indexed(questions=questions, judgements=[(day, "c", 1) for day in days])
    found = evaluate(collection, [System("lexical")], EvaluationOptions(as_of_asked=True))
    assert values(found, "lexical", "R@1") == [0, 1, 1]
    assert found.asked[0].filters.as_of == date(2022, 3, 28)
    assert [asked.undated for asked in found.asked] == [False, False, True]
    assert values(evaluate(collection, [System("lexical")]), "lexical", "R@1") == [1, 1, 1]


def test_a_question_that_is_too_long_is_cut(indexed):
    long = {"_id": "long", "text": "apples " * 1000}
    collection = indexed(
        questions=[long, QUESTIONS[0]], judgements=[("long", "a", 1), ("first", "a", 1)]
    )
    found = evaluate(collection, [System("lexical")])
    assert [asked.cut for asked in found.asked] == [True, False]
    assert len(found.asked[0].text) == 2000
    assert values(found, "lexical", "R@1") == [1, 1]


@pytest.mark.parametrize("text", ["", "?!"])
def test_a_question_that_cannot_be_asked(indexed, text):
    collection = indexed(questions=[{"_id": "q", "text": text}], judgements=[("q", "a", 1)])
    with pytest.raises(BrokenQuestion, match=r"queries\.jsonl, line 1: not a question"):
        evaluate(collection)


@pytest.mark.parametrize("lost", [{"_id": "z", "text": " "}, {"_id": "y", "text": "Yaks."}])
def test_a_judged_article_that_is_missing_or_could_not_be_read(indexed, lost):
    collection = indexed(articles=[*ARTICLES, lost], judgements=[("first", "z", 1)])
    with pytest.raises(JudgedArticleMissing, match=r"qrels\.tsv, line 2: this judges.*'z'"):
        evaluate(collection)


def test_modes_are_read():
    assert parse_modes("dense , dense,hybrid") == (System("dense"), System("hybrid"))
    assert parse_modes("hybrid+20") == (System("hybrid", 20),)
    for names, wrong in (("lexical,fast", "'fast'"), ("", "''")):
        with pytest.raises(UnknownMode, match=wrong):
            parse_modes(names)


# Failures


def test_the_worst_come_first_with_what_was_on_top(tiny):
    failed = worst(evaluate(tiny), tiny.dragoman, most=10)
    assert [failure.question for failure in failed] == ["zebras", "bees ripen"]
    ((article, rank),) = failed[0].relevant
    assert (article.title, rank) == ("Cats", 3)
    assert failed[0].top.title == "Apples"
    assert failed[1].top.title == "Bees"
    assert len(worst(evaluate(tiny), tiny.dragoman, most=1)) == 1


def test_an_article_that_is_no_candidate_has_no_rank(tiny):
    (failure, _) = worst(evaluate(tiny, [System("lexical")]), tiny.dragoman, most=10)
    assert failure.question == "zebras"
    assert [rank for _, rank in failure.relevant] == [None]
    assert failure.top is None
