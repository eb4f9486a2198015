import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.reading.pairs import Pair
from dragoman.search.training.data import Row
from dragoman.search.training.examples import (
    MOST_TOKENS,
    Examples,
    KnownPassage,
    example_of,
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


def test_an_example_has_the_passage_that_answers_first(tokens, tokenizer):
    start = TEXT.index("Istanbul")
    made = example_of(row(1, ((start, start + 8),)), tokens, tokenizer, random.Random(1))
    assert made is not None
    assert len(made.pairs) == 2
    first = made.pairs[0]
    assert made.answer is not None
    found = [first.offsets[place - first.first] for place in made.answer]
    assert TEXT[found[0][0] : found[-1][1]] == "Istanbul"


def test_a_row_without_a_span_has_two_negatives_and_no_answer_to_find(tokens, tokenizer):
    made = example_of(row(1), tokens, tokenizer, random.Random(1))
    assert made is not None
    assert made.answer is None
    assert len(made.pairs) == 3


def test_a_hard_example_changes_the_question_or_takes_the_answer_out(tokenizer):
    text = "Talks were held in Istanbul, in Turkey. Russia came first. It rained."
    (tokens,) = tokenizer.passages([("", text)])
    passages = {n: KnownPassage(text, tokens) for n in (1, 2)}
    start = text.index("Istanbul")
    asked = Row("set", "Where was Russia?", 1, ((start, start + 8),), (2,))
    made = [example_of(asked, passages, tokenizer, random.Random(seed)) for seed in range(60)]
    pairs = [example.pairs for example in made if example]
    assert len(pairs) == 60
    assert all(len(of) == 2 for of in pairs)
    first = pairs[0][0]
    assert all(of[0] == first for of in pairs)
    others = [of[1] for of in pairs]
    cut = [other for other in others if len(other.offsets) < len(first.offsets)]
    assert cut
    assert all(text[slice(*other.offsets[0])] == "Russia" for other in cut)
    changed = [other for other in others if other.ids[: other.first] != first.ids[: first.first]]
    assert changed
    assert all(other.offsets == first.offsets for other in changed)
    assert len(cut) + len(changed) < 60  # others are ordinary


def test_an_answer_in_what_is_cut_off_makes_no_example(tokens, tokenizer):
    assert example_of(row(4, ((2000, 2005),)), tokens, tokenizer, random.Random(1)) is None


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
    kept = [example.pairs[0].ids for batch in batches for example in batch]
    assert len(kept) == len(data.part("training"))
    assert len({tuple(ids) for ids in kept}) == len(kept)
    assert len(batches) > 5
    for batch in batches:
        pairs = sum(len(example.pairs) for example in batch)
        assert pairs * max(example.tokens for example in batch) <= 600


def test_the_longest_pair_is_a_whole_number_of_steps():
    assert padded_length(MOST_TOKENS) == MOST_TOKENS
