import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.language.lexicon import MONTHS
from dragoman.search.reading.pairs import Pair
from dragoman.search.training.data import Row
from dragoman.search.training.examples import (
    MOST_TOKENS,
    ExampleMaker,
    Examples,
    KnownPassage,
    padded_length,
    token_span,
)

TEXT = "Talks were held in Istanbul, Turkey."


@pytest.fixture(scope="module")
def tokens(tokenizer):
    names = {1: ("", TEXT), 2: ("", "No."), 3: ("", "Nor here."), 4: ("", "talks " * 500)}
    tokens = tokenizer.passages(list(names.values()))
    return {
        number: KnownPassage(text, of_passage)
        for (number, (_, text)), of_passage in zip(names.items(), tokens, strict=True)
    }


def row(passage: int, answers=(), negatives=(2, 3)) -> Row:
    return Row("set", "Where?", passage, answers, negatives)


def tokenizer_of(tokenizer, ids) -> str:
    return tokenizer._tokenizer.decode(ids, skip_special_tokens=False)


def made_of(row: Row, passages, tokenizer, seed=1, unanswerable=None):
    return ExampleMaker(passages, tokenizer, random.Random(seed)).example(row, unanswerable)


def test_an_example_has_the_passage_that_answers_first(tokens, tokenizer):
    start = TEXT.index("Istanbul")
    made = made_of(row(1, ((start, start + 8),)), tokens, tokenizer)
    assert made is not None
    assert len(made.pairs) == 2
    first = made.pairs[0]
    assert made.answer is not None
    found = [first.offsets[place - first.first] for place in made.answer]
    assert TEXT[found[0][0] : found[-1][1]] == "Istanbul"


def test_a_row_without_a_span_has_two_negatives_and_no_answer_to_find(tokens, tokenizer):
    made = made_of(row(1), tokens, tokenizer)
    assert made is not None
    assert made.answer is None
    assert len(made.pairs) == 3


def test_a_hard_example_changes_the_question_or_takes_the_answer_out(tokenizer):
    text = "Talks were held in Istanbul, in Turkey. Russia came first. It rained."
    (tokens,) = tokenizer.passages([("", text)])
    passages = {n: KnownPassage(text, tokens) for n in (1, 2)}
    start = text.index("Istanbul")
    asked = Row("set", "Where was Russia?", 1, ((start, start + 8),), (2,))
    made = [made_of(asked, passages, tokenizer, seed) for seed in range(60)]
    pairs = [example.pairs for example in made if example]
    assert len(pairs) == 60
    assert all(len(of) == 2 for of in pairs)
    cut = [of for of in pairs if len(of[1].offsets) < len(of[0].offsets)]
    assert cut
    assert all(text[slice(*other.offsets[0])] == "Russia" for _, other in cut)
    asking = [(first.ids[: first.types.index(1)], other.ids) for first, other in pairs]
    changed = [1 for question, other in asking if other[: len(question)] != question]
    assert changed
    assert len(cut) + len(changed) < 60  # others are ordinary


def test_a_question_written_to_be_unanswerable_is_the_negative(tokens, tokenizer):
    start = TEXT.index("Istanbul")
    asked = Row("set", "Where was it in 1999?", 1, ((start, start + 8),), ())
    made = [made_of(asked, tokens, tokenizer, seed, "Who paid?") for seed in range(20)]
    for example in made:
        assert example is not None
        first, other = example.pairs
        assert first.offsets == other.offsets
        assert "where" not in tokenizer_of(tokenizer, other.ids)


def test_unanswerable_questions_are_dealt_out_and_the_rest_stand_alone(tokens, tokenizer):
    start = TEXT.index("Istanbul")
    rows = [row(1, ((start, start + 8),))]
    rows += [Row("set", f"Who paid {n}?", 1, (), (), True) for n in range(3)]
    made = list(ExampleMaker(tokens, tokenizer, random.Random(1)).examples(rows))
    assert [(len(example.pairs), example.answered) for example in made] == [
        (2, True),
        (1, False),
        (1, False),
    ]


def test_a_question_may_ask_for_the_articles_day(tokens, tokenizer):
    """And then some have the same question about another day as their negative."""
    start = TEXT.index("Istanbul")
    asked = row(1, ((start, start + 8),))
    made = [made_of(asked, tokens, tokenizer, seed) for seed in range(300)]
    read = [
        [tokenizer_of(tokenizer, pair.ids) for pair in example.pairs] for example in made if example
    ]
    months = [name.lower() for name in MONTHS]
    wrong = 0
    for first, *others in read:
        question, _, passage = first.partition("[SEP]")
        named = next((month for month in months if month in question), None)
        if named:
            assert named in passage
            other, _, passage = others[0].partition("[SEP]")
            wrong += any(month in other and month not in passage for month in months)
    assert wrong


def test_an_answer_in_what_is_cut_off_makes_no_example(tokens, tokenizer):
    assert made_of(row(4, ((2000, 2005),)), tokens, tokenizer) is None


@given(st.integers(0, 30), st.integers(1, 6))
def test_a_span_covers_the_tokens_that_it_touches(start, length):
    offsets = [(n, n + 3) for n in range(0, 40, 4)]  # words of three letters
    pair = Pair([0] * 13, [0] * 13, 2, offsets)
    span = (start, start + length)
    touched = [n + 2 for n, (a, b) in enumerate(offsets) if max(a, start) < min(b, span[1])]
    assert token_span(pair, span) == ((touched[0], touched[-1]) if touched else None)


def test_batches_hold_every_example_once_and_are_the_same_for_the_same_seed(data, tokenizer):
    examples = Examples(data, tokenizer, seed=1)
    batches = examples.batches(0, 600)
    assert batches == Examples(data, tokenizer, seed=1).batches(0, 600)
    assert batches != examples.batches(1, 600)
    assert sum(map(len, batches)) == len(data.part("training"))
    assert len(batches) > 5
    for batch in batches:
        pairs = sum(len(example.pairs) for example in batch)
        assert pairs * max(example.tokens for example in batch) <= 600


def test_the_longest_pair_is_a_whole_number_of_steps():
    assert padded_length(MOST_TOKENS) == MOST_TOKENS
