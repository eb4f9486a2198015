import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.text.analysis import STOP_WORDS, acronyms_apart, analyzer, stop_stems


def terms(text: str) -> list[str]:
    return analyzer(stemmed=False).analyze(acronyms_apart(text))


def test_accents_case_and_endings_do_not_matter():
    assert analyzer().analyze("İBRAHİM negotiated") == analyzer().analyze("ibrahim negotiating")


@pytest.mark.parametrize("written", ["UN", "U.N.", "un"])
def test_an_acronym_has_no_dots(written):
    assert terms(f"The {written}-led talks") == ["the", "un", "led", "talks"]


def test_an_acronym_is_told_from_a_stop_word():
    assert terms("The US")[1] == terms("the U.S.")[1] != "us"
    assert terms("Who works for WHO?")[0] == "who" != terms("Who works for WHO?")[-1]


def test_in_capitals_alone_acronyms_cannot_be_told():
    assert terms("WHO WILL HELP US") == ["who", "will", "help", "us"]
    assert terms("WHO") != ["who"]


def test_initials_and_ends_of_sentences_stay_apart():
    assert terms("I met A. Smith. I. Kalin too") == ["i", "met", "a", "smith", "i", "kalin", "too"]


@given(st.text())
def test_what_has_no_capitals_stays(text):
    assert acronyms_apart(text.lower()) == text.lower()


def test_stop_stems_are_of_the_stop_words():
    assert stop_stems() == {stem for word in STOP_WORDS for stem in analyzer().analyze(word)}
