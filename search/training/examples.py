"""Rows as the model learns from them: a passage that answers, some that do not, in batches."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...corpus.article import Span
from ..reading.pairs import Pair, PairTokenizer, PassageTokens
from .data import Row, TrainingData
from .unanswerable import changed_question, sentences_without

MOST_TOKENS = 320  # few are longer, and each costs more than it teaches
# How many rows of a set at most: these are reviews, posts and papers, unlike news. Others count
# in full.
MOST_ROWS = {
    "squadshifts_amazon": 4000,
    "squadshifts_reddit": 4000,
    "covidqa": 500,
    "fm2_claims": 1500,
}
# The first two negatives are the hardest; where only ranking is learned, all four serve.
_SPAN_NEGATIVES = (1, 2)  # so many, out of the first so many
_RANK_NEGATIVES = (2, 4)
# Of the rows with spans, this share has in place of a negative the question changed so that the
# passage does not answer it, and this the passage without its answer, where that can be made.
_CHANGED_QUESTIONS = 0.6
_WITHOUT_ANSWERS = 0.2
# Lengths are multiples of this: torch keeps memory for every shape that it has met.
_STEP_OF_LENGTH = 8
_SORTED_AT_ONCE = 64  # batches, within which examples are sorted by length

TokenSpan = tuple[int, int]
NO_ANSWER: TokenSpan = (0, 0)  # the place of [CLS]


@dataclass(frozen=True, slots=True)
class KnownPassage:
    """A passage's text and tokens."""

    text: str
    tokens: PassageTokens

    def only(self, sentences: Sequence[Span]) -> PassageTokens:
        """Give the tokens that begin in these spans of the text, and of the title."""
        kept = [
            place
            for place, (start, _) in enumerate(self.tokens.offsets)
            if any(first <= start < end for first, end in sentences)
        ]
        return PassageTokens(
            self.tokens.title,
            [self.tokens.text[place] for place in kept],
            [self.tokens.offsets[place] for place in kept],
        )


@dataclass(frozen=True, slots=True)
class Example:
    """The pair that answers, then those that do not: another passage, or another question.

    `answer` is the span to be found in the first, as places in its tokens, or None where it is
    not known; then nothing is learned about spans from the others either.
    """

    pairs: tuple[Pair, ...]
    answer: TokenSpan | None

    @property
    def tokens(self) -> int:
        """The length of its longest pair, padded."""
        return padded_length(max(len(pair.ids) for pair in self.pairs))


Batch = list[Example]


def padded_length(tokens: int) -> int:
    """Give the length to which so many tokens are padded.

    >>> padded_length(8), padded_length(9)
    (8, 16)
    """
    return -(-tokens // _STEP_OF_LENGTH) * _STEP_OF_LENGTH


class Examples:
    """All examples of the training part, and their batches, which a seed and an epoch decide."""

    def __init__(self, data: TrainingData, tokenizer: PairTokenizer, seed: int) -> None:
        self._tokenizer = tokenizer
        self._seed = seed
        self._rows = capped(data.part("training"), seed)
        wanted = {n for row in self._rows for n in (row.passage, *row.negatives)}
        numbers = sorted(wanted)
        titled = [data.passages[number] for number in numbers]
        tokens = tokenizer.passages(titled)
        self._passages = {
            number: KnownPassage(text, of_passage)
            for number, (_, text), of_passage in zip(numbers, titled, tokens, strict=True)
        }

    def batches(self, epoch: int, most_tokens: int) -> list[Batch]:
        """Give the batches of an epoch: examples of like length, at most so many tokens padded."""
        chance = random.Random(f"{self._seed} {epoch}")  # noqa: S311 -- nothing is secret here
        made = (example_of(row, self._passages, self._tokenizer, chance) for row in self._rows)
        examples = [example for example in made if example]
        chance.shuffle(examples)
        batches = list(_batches(examples, most_tokens))
        chance.shuffle(batches)
        return batches


def capped(rows: Sequence[Row], seed: int) -> list[Row]:
    """Leave out what a set has too much of, drawn by the seed."""
    by_set: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_set[row.set].append(row)
    chance = random.Random(seed)  # noqa: S311
    kept = []
    for name, of_set in by_set.items():
        most = min(MOST_ROWS.get(name, len(of_set)), len(of_set))
        kept += chance.sample(of_set, most)
    return kept


def example_of(
    row: Row,
    passages: dict[int, KnownPassage],
    tokenizer: PairTokenizer,
    chance: random.Random,
) -> Example | None:
    """Make an example of a row; None where the answer lies in what is cut off."""
    question = tokenizer.question(row.question)
    first = tokenizer.pair(question, passages[row.passage].tokens, MOST_TOKENS)
    answer = token_span(first, row.answers[0]) if row.answers else None
    if row.answers and not answer:
        return None
    hard = _unanswerable(row, passages, tokenizer, chance) if row.answers else None
    if hard:
        return Example((first, hard), answer)
    count, among = _SPAN_NEGATIVES if row.answers else _RANK_NEGATIVES
    numbers = row.negatives[:among]
    others = [
        tokenizer.pair(question, passages[number].tokens, MOST_TOKENS)
        for number in chance.sample(numbers, min(count, len(numbers)))
    ]
    return Example((first, *others), answer)


def _unanswerable(
    row: Row,
    passages: dict[int, KnownPassage],
    tokenizer: PairTokenizer,
    chance: random.Random,
) -> Pair | None:
    """Make a pair of the row's question and passage, one of them changed; None where by chance."""
    passage = passages[row.passage]
    drawn = chance.random()
    if drawn < _CHANGED_QUESTIONS:
        others = [passages[number].text for number in row.negatives]
        changed = changed_question(row.question, passage.text, others, chance)
        pair = (changed, passage.tokens)
    elif drawn < _CHANGED_QUESTIONS + _WITHOUT_ANSWERS:
        pair = (row.question, passage.only(sentences_without(passage.text, row.answers)))
    else:
        return None
    question, tokens = pair
    if not question or not tokens.text:
        return None
    return tokenizer.pair(tokenizer.question(question), tokens, MOST_TOKENS)


def token_span(pair: Pair, span: tuple[int, int]) -> TokenSpan | None:
    """Give the places of the first and the last token that a span of the text touches.

    None where the pair does not reach so far.
    """
    touched = [
        pair.first + place
        for place, (start, end) in enumerate(pair.offsets)
        if start < span[1] and end > span[0]
    ]
    if not touched or pair.offsets[-1][1] < span[1]:
        return None
    return touched[0], touched[-1]


def _batches(examples: Sequence[Example], most_tokens: int) -> Iterator[Batch]:
    mean = sum(len(e.pairs) * e.tokens for e in examples) / max(len(examples), 1)
    stretch = max(int(_SORTED_AT_ONCE * most_tokens / max(mean, 1)), 1)
    for start in range(0, len(examples), stretch):
        batch: Batch = []
        pairs = 0
        for example in sorted(examples[start : start + stretch], key=lambda e: e.tokens):
            pairs += len(example.pairs)
            if batch and pairs * example.tokens > most_tokens:
                yield batch
                batch, pairs = [], len(example.pairs)
            batch.append(example)
        if batch:
            yield batch
