import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.answering.answerability import (
    WEIGHTS_FILE,
    AnswerabilityModel,
    Features,
    answerability_model,
    features_of,
)
from dragoman.search.dragoman import Dragoman
from made_candidates import made_candidate

HALF = Features(*[0.5] * len(Features._fields))


def test_the_confidence_is_the_logistic_of_what_the_signals_weigh():
    weighing = AnswerabilityModel(dict.fromkeys(Features._fields, 0.0) | {"margin": 2.0}, -1.0, 0.5)
    assert weighing.confidence(HALF._replace(margin=0.5)) == pytest.approx(0.5)
    assert weighing.confidence(HALF._replace(margin=1.0)) == pytest.approx(1 / (1 + math.exp(-1)))


@given(
    st.lists(st.floats(-100, 100), min_size=len(Features._fields), max_size=len(Features._fields))
)
def test_whatever_the_signals_the_confidence_is_a_probability(values):
    assert 0 < answerability_model().confidence(Features(*values)) < 1


def test_the_weights_that_ship_are_of_these_signals():
    assert set(json.loads(WEIGHTS_FILE.read_text())["weights"]) == set(Features._fields)
    assert 0 < answerability_model().threshold < 1


@pytest.mark.parametrize("signal", ["probability", "wording", "fits"])
def test_what_speaks_for_an_answer_makes_it_more_likely(signal):
    more = HALF._replace(**{signal: 2.0})
    assert answerability_model().confidence(more) > answerability_model().confidence(HALF)


def test_the_features_are_of_the_best_candidate(tmp_path, encoder):
    (tmp_path / "talks.txt").write_text("Talks\n\nTalks were held in Istanbul on Tuesday.")
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(tmp_path / "talks.txt")
        query = dragoman.query("Where were talks held with Macron?")
        terms = query.terms
    candidate = made_candidate("Talks were held in Istanbul.", "Istanbul", probability=0.5)
    signals = features_of(candidate, terms)
    assert signals.probability == pytest.approx(0.0)
    assert signals.margin == 5.0
    assert signals.names == 0.0  # Macron
    assert signals.passage_names == 0.0
    assert 0 < signals.wording < 1
