import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.index.encoding.weights import default_model_folder
from dragoman.search.reading.pairs import MOST_TOKENS, PairTokenizer

CLS, SEP = 101, 102


@pytest.fixture(scope="module")
def tokenizer() -> PairTokenizer:
    return PairTokenizer(default_model_folder() / "tokenizer.json")


def test_question_title_and_text_stand_in_that_order(tokenizer):
    question = tokenizer.question("Who met?")
    (passage,) = tokenizer.passages([("Talks", "Lavrov met Kuleba.")])
    pair = tokenizer.pair(question, passage)
    assert pair.ids == [CLS, *question, SEP, *passage.title, *passage.text, SEP]
    assert pair.types == [0] * (len(question) + 2) + [1] * (len(pair.ids) - len(question) - 2)
    assert pair.ids[pair.first :] == [*passage.text, SEP]
    assert "Lavrov met Kuleba."[pair.offsets[0][0] :].startswith("Lav")


@given(st.text(), st.text(), st.text())
@settings(deadline=None)
def test_tokens_stand_where_they_say(question, title, text):
    tokenizer = PairTokenizer(default_model_folder() / "tokenizer.json")
    (passage,) = tokenizer.passages([(title, text)])
    pair = tokenizer.pair(tokenizer.question(question), passage)
    assert len(pair.ids) == len(pair.types) <= MOST_TOKENS
    assert pair.first + len(pair.offsets) == len(pair.ids) - 1
    assert all(0 <= start <= end <= len(text) for start, end in pair.offsets)


@pytest.mark.parametrize("words", [100, 5_000])
def test_what_is_too_long_is_cut(tokenizer, words):
    long = "talks " * words
    (passage,) = tokenizer.passages([(long, long)])
    pair = tokenizer.pair(tokenizer.question(long), passage)
    assert len(pair.ids) <= MOST_TOKENS
    assert pair.ids.count(SEP) == 2
    assert pair.ids[-1] == SEP


def test_a_title_is_cut_as_the_encoder_reads_it(tokenizer):
    (passage,) = tokenizer.passages([("talks " * 100, "")])
    assert len(passage.title) == 27  # of 160 characters, six to the word, and one begun
