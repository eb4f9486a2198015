import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.evaluation.measures import auroc, auroc_of
from dragoman.search.reading.reader import FoundSpan, Reading
from dragoman.search.training.calibration import best_threshold, calibrate
from dragoman.search.training.data import Row
from dragoman.search.training.measures import ReadRow, exact, f1

scores = st.lists(st.integers(0, 9), min_size=1, max_size=20).map(lambda of: np.array(of, float))


def reading(probability: float) -> Reading:
    return Reading(probability, probability, (FoundSpan((0, 12), (0, 4), 0.0),), 0.0)


def read(answers: float, *negatives: float) -> ReadRow:
    row = Row("set", "Where?", 1, ((0, 4),), tuple(range(2, 2 + len(negatives))))
    return ReadRow(row, "Kyiv it was.", reading(answers), tuple(map(reading, negatives)))


@given(scores, scores)
def test_auroc_is_the_share_of_pairs_in_order(positive, negative):
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(np.mean(pairs))
    assert auroc(negative, positive) == pytest.approx(1 - np.mean(pairs))


def test_its_interval_holds_it():
    found = auroc_of(np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.0, 2.0, 3.0]))
    assert found.low < found.mean < found.high


@pytest.mark.parametrize(
    ("answer", "answers", "same", "alike"),
    [
        ("the Treaty.", ["treaty"], 1, 1),
        ("a day in May", ["May", "a long day"], 0, 0.5),
        ("Rome", ["Kyiv"], 0, 0),
        ("the", ["a"], 1, 1),
        ("the", ["Kyiv"], 0, 0),
    ],
)
def test_answers_are_compared_as_squad_does(answer, answers, same, alike):
    assert exact(answer, answers) == same
    assert f1(answer, answers) == pytest.approx(alike)


def test_ties_count_against_the_passage_that_answers():
    assert read(0.5, 0.1, 0.2).rank == 1
    assert read(0.5, 0.5, 0.9).rank == 3


def test_calibrated_probabilities_say_how_often_it_is_so():
    """Of readings with a score of 1 three in four answer, of those with 0 one in four."""
    rows = [read(1, 1), read(1), read(1), read(0)] * 200
    fitted = calibrate(rows, [reading(0)] * 600)
    assert fitted.probability(1, 0) == pytest.approx(0.75, abs=0.01)
    assert fitted.probability(0, 0) == pytest.approx(0.25, abs=0.01)


def test_the_threshold_parts_what_is_worth_answering():
    answering = [reading(score) for score in (0.9, 0.8, 0.4)]
    others = [reading(score) for score in (0.2, 0.3, 0.1)]
    assert 0.3 < best_threshold(answering, [1.0, 1.0, 0.0], others) <= 0.8
    assert best_threshold(answering, [0.0, 0.0, 0.0], others) > 0.3
    assert best_threshold([reading(0.3)], [1.0], [reading(0.2)]) == 0.3


@given(scores, scores)
def test_no_other_threshold_is_better(answering, others):
    def worth(threshold: int) -> int:
        return int(sum(answering >= threshold) + sum(others < threshold))

    readings = [[reading(score / 10) for score in of] for of in (answering, others)]
    best = best_threshold(readings[0], [1.0] * len(answering), readings[1])
    assert worth(round(10 * best)) == max(worth(score) for score in range(11))
