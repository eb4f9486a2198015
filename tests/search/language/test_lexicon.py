"""Words listed once, for all that read them."""

import re

import pytest

from dragoman.search.language.lexicon import CHANGES, NUMBER_WORDS, OUTCOMES, is_outcome


def test_number_words_have_their_values():
    assert [NUMBER_WORDS[word] for word in ("one", "twelve", "nineteen", "twenty", "ninety")] == [
        1, 12, 19, 20, 90
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["killed", "Fled", "missing", "homeless", "displaced"])
def test_what_became_of_people_is_an_outcome(word):
    assert is_outcome(word)


@pytest.mark.parametrize("word", ["people", "hundred", "United", "need", "civilians"])
def test_things_are_no_outcomes(word):
    assert not is_outcome(word)


def test_no_word_names_two_outcomes():
    words = [word for names in OUTCOMES.values() for word in names.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("word", ["rose", "rising", "fell", "shrank", "reduced", "Growth"])
def test_words_of_change(word):
    assert re.fullmatch(CHANGES, word, re.IGNORECASE)
