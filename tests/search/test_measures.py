"""Measures of a ranking, against values computed by hand, and answers as SQuAD compares them."""

from math import log2

import pytest

from dragoman.search.measures import RANKING_MEASURES, has_answer, normalised, ranking_values


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
