"""Words listed once, for all that read them."""

import re

import pytest

from dragoman.search.language.lexicon import (
    CHANGES,
    MONTHS,
    NUMBER_WORDS,
    OUTCOMES,
    SENTENCE_OPENERS,
    TITLES,
    WEEKDAYS,
    is_outcome,
    negated,
)


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


@pytest.mark.parametrize(
    "text",
    ["It isn’t so.", "Nobody came.", "They agreed on no truce.", "Peskov denies it.", "He DIDN'T."],
)
def test_a_text_that_negates_or_denies(text):
    assert negated(text)


@pytest.mark.parametrize("text", ["They noted it.", "The northern front held.", "No's", ""])
def test_a_text_that_does_not(text):
    assert not negated(text)


def test_sentence_openers_are_no_titles_and_no_months():
    assert not SENTENCE_OPENERS & TITLES
    assert not SENTENCE_OPENERS & {*MONTHS, *WEEKDAYS}
