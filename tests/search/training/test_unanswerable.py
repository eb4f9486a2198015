import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.training.unanswerable import changed_question, sentences_without

TEXT = (
    "Delegates from Ukraine met in Istanbul on 29 March 2022. Before, in 1998, Russia and Belarus "
    "had met in Minsk. Talks of 1998 brought 14 prisoners home, and of 2022 none. It did not rain."
)


def changes(question: str, text: str = TEXT, others: tuple[str, ...] = ()) -> set[str | None]:
    """All that chance makes of a question."""
    seeds = range(200)
    return {changed_question(question, text, others, random.Random(seed)) for seed in seeds}


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Where did Ukraine meet?", "Where did Belarus meet?"),
        ("where did ukraine meet", "where did belarus meet"),
        ("Who met in 2022?", "Who met in 1998?"),
        ("Who met in March?", "Who met in June?"),
        ("Which 29 delegates met?", "Which 14 delegates met?"),
        ("Who met after Russia?", "Who met before Russia?"),
        ("Last of all, who met?", "First of all, who met?"),
        ("Who was there?", "Who was not there?"),
        ("Who was there?", "Who wasn't there?"),
        ("What did not happen?", "What did happen?"),
        ("Who has never met?", "Who has met?"),
    ],
)
def test_names_numbers_words_and_negations_are_exchanged(question, wanted):
    assert wanted in changes(question)


def test_what_takes_the_place_of_something_is_like_it():
    """A year stands for a year, a number for a number, a name for a name."""
    years = {words(made)[-1] for made in changes("Who met in 2022?") if made and "not" not in made}
    assert years - {"2022"} == {"1998"}
    names = {words(made)[-2] for made in changes("Where did Russia meet?") if made}
    assert names <= {"Russia", "Ukraine", "Istanbul", "Belarus", "Minsk"}


def test_where_the_passage_has_no_other_number_one_digit_is_another():
    made = changes("Who sees 37 ships?", "Ann saw ships.") - {None}
    assert "Who sees 31 ships?" in made
    assert all(re.fullmatch(r"Who sees 3\d ships\?", one) for one in made if one)


def test_names_come_from_other_passages_too():
    assert "Where did Turkey meet?" in changes(
        "Where did Ukraine meet?", "We met.", ("In Turkey.",)
    )


def test_how_long_stays_as_it_is():
    assert changes("How long?") == {None}


def test_what_has_nothing_to_exchange_is_not_changed():
    assert changes("why?", "No.") == {None}


@given(st.text(max_size=60), st.text(max_size=200), st.lists(st.text(max_size=60), max_size=2))
def test_a_changed_question_is_another_one(question, text, others):
    changed = changed_question(question, text, others, random.Random(0))
    assert changed is None or changed.lower() != question.lower()


def test_the_same_seed_makes_the_same_question():
    made = [changed_question("Who met in 2022?", TEXT, [], random.Random(3)) for _ in range(2)]
    assert made[0] == made[1]


def test_sentences_with_an_answer_or_its_words_are_left_out():
    start = TEXT.index("1998")
    kept = [TEXT[slice(*span)] for span in sentences_without(TEXT, [(start, start + 4)])]
    assert [sentence.split()[0] for sentence in kept] == ["Delegates", "It"]


@given(st.lists(st.sampled_from(["It rained.", "He won.", "Ann left."]), min_size=1), st.data())
def test_no_sentence_that_is_kept_has_the_answer(sentences, data):
    text = " ".join(sentences)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for first, last in sentences_without(text, [(start, end)]):
        assert last <= start or end <= first
        assert text[start:end] not in text[first:last]
