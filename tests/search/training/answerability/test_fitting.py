import numpy as np
import pytest

from dragoman.search.answering.answerability import Features
from dragoman.search.training.answerability.fitting import archives_table, confidences, fitted


def groups(seed: int, shift: float) -> dict[str, list[Features]]:
    """Questions whose probability tells the answered from the others, and whose margin misleads."""
    chance = np.random.default_rng(seed)
    count = len(Features._fields)

    def some(probability: float, margin: float) -> list[Features]:
        values = chance.normal(0, 1, (200, count))
        values[:, 0] += probability + shift
        values[:, 1] += margin
        return [Features(*row) for row in values]

    return {"answered": some(2, -1), "unanswerable": some(0, 1), "off topic": some(-3, 1)}


@pytest.fixture(scope="module")
def archives():
    return {"one": groups(1, 0.0), "two": groups(2, 0.5)}


def test_no_feature_counts_against_an_answer(archives):
    model = fitted(archives)
    assert model.weights["probability"] > 0
    assert model.weights["margin"] == 0
    assert min(model.weights.values()) >= 0


def test_most_are_answered_and_hardly_any_off_topic(archives):
    model = fitted(archives)
    answered, strange = (
        np.concatenate([confidences(model, of[group]) for of in archives.values()])
        for group in ("answered", "off topic")
    )
    assert np.mean(answered >= model.threshold) == pytest.approx(0.88, abs=0.01)
    assert np.mean(strange >= model.threshold) < 0.05


def test_each_archive_has_its_line(archives):
    table = archives_table(fitted(archives), archives)
    assert list(table.columns[0].cells) == ["one", "two"]
