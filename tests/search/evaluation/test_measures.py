"""Measures against values computed by hand, and answers as SQuAD compares them."""

from math import log2

import numpy as np
import pytest

from dragoman.search.evaluation.measures import (
    RANKING_MEASURES,
    auroc,
    auroc_of,
    calibration_error,
    calibration_error_of,
    ranking_values,
)
from dragoman.search.language.normalising import has_answer, normalised


def measured(ranking, relevant):
    values = ranking_values([ranking], [relevant])
    assert list(values) == list(RANKING_MEASURES)
    return {name: value[0] for name, value in values.items()}


def test_the_second_of_two_relevant_articles_counts_less():
    found = measured(["x", "a", "y", "b"], {"a": 1, "b": 1})
    ideal = 1 + 1 / log2(3)
    assert found["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)
    assert (found["R@1"], found["R@4"], found["MRR@10"]) == (0, 1, 0.5)


def test_grades_count_as_gains():
    found = measured(["a", "b"], {"a": 1, "b": 2})
    assert found["nDCG@10"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))


@pytest.mark.parametrize(("place", "r10", "r100", "mrr"), [(10, 1, 1, 0.1), (11, 0, 1, 0)])
def test_what_comes_after_the_tenth_place_counts_only_where_it_should(place, r10, r100, mrr):
    ranking = [f"other {n}" for n in range(100)]
    ranking[place - 1] = "a"
    found = measured(ranking, {"a": 1})
    assert (found["R@10"], found["R@100"]) == (r10, r100)
    assert found["MRR@10"] == pytest.approx(mrr)


def test_nothing_found_is_nothing_gained():
    assert set(measured([], {"a": 1}).values()) == {0}


def test_the_order_given_is_the_order_measured():
    values = ranking_values([["b", "a"], ["a", "b"]], [{"a": 1}, {"a": 1}])
    assert values["MRR@10"].tolist() == [0.5, 1.0]


@pytest.mark.parametrize(
    ("text", "answer", "is_there"),
    [
        ("It cost $5 a gallon.", "5", True),
        ("It cost $5.", "$5", True),
        ("It cost $50.", "$5", False),
        ("The Black Sea, at last", "black  sea", True),
        ("Blacksea", "Black Sea", False),
        ("A man, a plan", "the man plan", True),
        ("It was Colombia’s first.", "Colombia", True),
        ("The drivers' strike", "driver", False),
        ('The film "Grease" was shown.', "“Grease”", True),
        ("Nothing of it", "the", False),
        ("", "", False),
    ],
)
def test_an_answer_is_found_as_whole_words(text, answer, is_there):
    assert has_answer(text, [answer]) == is_there


def test_any_of_the_answers_will_do():
    assert has_answer("Held in Antalya.", ["Istanbul", "Antalya"])
    assert not has_answer("Held in Antalya.", [])


def test_normalising_leaves_letters_within_words_alone():
    assert normalised("An anthem; the theatre's a-side") == "anthem theatres aside"


def test_what_scores_alike_everywhere_tells_nothing_apart():
    assert auroc(np.zeros(3), np.zeros(5)) == 0.5
    assert auroc(np.ones(3), np.zeros(5)) == 1
    assert auroc(np.zeros(3), np.ones(5)) == 0


def test_the_interval_of_what_is_told_apart_without_fail_is_narrow():
    found = auroc_of(np.array([2.0, 3.0]), np.array([0.0, 1.0, 1.0]))
    assert (found.mean, found.low, found.high, found.count) == (1, 1, 1, 5)


def test_a_bin_is_right_on_the_whole_not_one_by_one():
    # Two to a bin, nine bins of them right; in the last, .8 is said of what never happens.
    confidence = np.repeat(np.arange(10) / 10, 2) + np.tile([0.0, 0.01], 10)
    came_true = confidence.copy()
    assert calibration_error(confidence, came_true) == pytest.approx(0)
    came_true[16:18] = 0
    assert calibration_error(confidence, came_true) == pytest.approx((0.8 + 0.81) / 20)
    came_true[:2] = came_true[1::-1]
    assert calibration_error(confidence, came_true) == pytest.approx((0.8 + 0.81) / 20)


def test_the_order_of_equal_confidences_does_not_matter():
    half = np.full(40, 0.5)
    assert calibration_error(half, np.repeat([0.0, 1.0], 20)) == 0
    assert calibration_error(half, np.tile([0.0, 1.0], 20)) == 0
    assert calibration_error(half, np.ones(40)) == 0.5


def test_the_interval_of_a_calibration_error_is_over_questions():
    found = calibration_error_of(np.full(30, 0.9), np.ones(30))
    assert found.mean == found.low == found.high == pytest.approx(0.1)
    assert found.count == 30
    assert calibration_error_of(np.array([0.9]), np.array([1.0])).count == 1
