"""Training examples: a passage that answers with negatives, in batches."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...corpus.article import Span
from ..reading.pairs import Pair, PairTokenizer, PassageTokens
from .data import Row, TrainingData
from .unanswerable import changed_question, sentences_without

MOST_TOKENS = 320  # few are longer, and those cost more than they help
# The most rows of a set. These are reviews, posts, papers and claims, unlike news; other sets are
# used in full.
MOST_ROWS = {
    "squadshifts_amazon": 4000,
    "squadshifts_reddit": 4000,
    "covidqa": 500,
    "fm2_claims": 1500,
}
# Negatives of a row: how many are drawn, and from how many of the first, which are the hardest.
_SPAN_NEGATIVES = (1, 2)
_RANK_NEGATIVES = (2, 4)
# The shares of rows with spans whose negative is, where it can be made, the passage with a changed
# question that it does not answer, or the passage without its answer.
_CHANGED_QUESTIONS = 0.6
_WITHOUT_ANSWERS = 0.2
# Lengths are padded to multiples of this, since torch keeps memory for every shape it has met.
_STEP_OF_LENGTH = 8
_SORTED_AT_ONCE = 64  # batches, within which examples are sorted by length

TokenSpan = tuple[int, int]
NO_ANSWER: TokenSpan = (0, 0)  # [CLS]


@dataclass(frozen=True, slots=True)
class KnownPassage:
    """A passage's text and tokens."""

    text: str
    tokens: PassageTokens

    def only(self, sentences: Sequence[Span]) -> PassageTokens:
        """Return the title's tokens, and those of the text that begin in one of these spans."""
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
    """The pair that answers, then the negatives: another passage, or another question.

    `answer` is the span to be found in the first pair, in token positions; None where it is not
    known, and then the negatives teach nothing about spans either.
    """

    pairs: tuple[Pair, ...]
    answer: TokenSpan | None

    @property
    def tokens(self) -> int:
        """The length of its longest pair, padded."""
        return padded_length(max(len(pair.ids) for pair in self.pairs))


Batch = list[Example]


def padded_length(tokens: int) -> int:
    """Return the length to which so many tokens are padded.

    >>> padded_length(8), padded_length(9)
    (8, 16)
    """
    return -(-tokens // _STEP_OF_LENGTH) * _STEP_OF_LENGTH


class Examples:
    """The examples of the training part, in batches that depend on the seed and the epoch."""

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
        """Return the batches of an epoch: similar lengths, within `most_tokens` padded."""
        chance = random.Random(f"{self._seed} {epoch}")  # noqa: S311 -- nothing is secret here
        made = (example_of(row, self._passages, self._tokenizer, chance) for row in self._rows)
        examples = [example for example in made if example]
        chance.shuffle(examples)
        batches = list(_batches(examples, most_tokens))
        chance.shuffle(batches)
        return batches


def capped(rows: Sequence[Row], seed: int) -> list[Row]:
    """Return the rows, those of sets in MOST_ROWS sampled down to its limits."""
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
    """Return the example of a row; None where the answer is cut off."""
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
    """Return the row's pair made unanswerable; None where chance has it or it cannot be made."""
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
    """Return the positions of the first and the last token that a span of the text touches.

    None where the pair is cut before the end of the span.
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
