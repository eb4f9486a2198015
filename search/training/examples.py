"""Training examples: a passage that answers with negatives, in batches."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...corpus.article import Span
from ..reading.heading import heading
from ..reading.pairs import Pair, PairTokenizer, PassageTokens
from .data import Row, TrainingData
from .phrasing import FORMS, OUTLETS, any_day, as_typed, dated, other_day, tells_time
from .unanswerable import changed_question, sentences_without

MOST_TOKENS = 320  # few are longer, and those cost more than they help
# The most rows of a set in an epoch; other sets are used in full. Their questions are unlike those
# that news is asked (reviews, posts, papers, claims, "Who commanded something?"), or were learned
# from long before.
MOST_ROWS = {
    "squadshifts_amazon": 1000,
    "squadshifts_reddit": 1000,
    "squadshifts_wiki": 3000,
    "tweetqa": 5000,
    "qasrl_gs": 1500,
    "qamr": 2000,
    "condaqa": 2000,
    "covidqa": 300,
    "fm2_claims": 800,
    "boolq_dev": 1000,
    "selqa": 1000,
}
# Negatives of a row: how many are drawn, and from how many of the first, which are the hardest.
_SPAN_NEGATIVES = (1, 2)
_RANK_NEGATIVES = (2, 4)
# The shares of rows whose negative is, where it can be made, the passage with a changed question
# that it does not answer, or the passage without its answer. Questions that people wrote to look
# answerable come first.
_CHANGED_QUESTIONS = 0.5
_WITHOUT_ANSWERS = 0.15
# The shares of passages whose outlet and day are told, and of the questions of those that ask for
# that day: half of these have the same question about another day as their negative.
_WITH_OUTLET = 0.5
_WITH_DAY = 0.6
_ASKED_FOR_DAY = 0.3
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
    known, and then the negatives teach nothing about spans either. Where nothing is `answered`, all
    pairs are negatives.
    """

    pairs: tuple[Pair, ...]
    answer: TokenSpan | None
    answered: bool = True

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
        self._rows = data.part("training")
        numbers = sorted({n for row in self._rows for n in (row.passage, *row.negatives)})
        titled = [data.passages[number] for number in numbers]
        tokens = tokenizer.passages(titled)
        self._passages = {
            number: KnownPassage(text, of_passage)
            for number, (_, text), of_passage in zip(numbers, titled, tokens, strict=True)
        }

    def batches(self, epoch: int, most_tokens: int) -> list[Batch]:
        """Return the batches of an epoch: similar lengths, within `most_tokens` padded."""
        chance = random.Random(f"{self._seed} {epoch}")  # noqa: S311 -- nothing is secret here
        maker = ExampleMaker(self._passages, self._tokenizer, chance)
        examples = list(maker.examples(capped(self._rows, chance)))
        chance.shuffle(examples)
        batches = list(_batches(examples, most_tokens))
        chance.shuffle(batches)
        return batches


def capped(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """Return the rows, those of sets in MOST_ROWS sampled down to its limits."""
    by_set: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_set[row.set].append(row)
    kept = []
    for name, of_set in by_set.items():
        most = min(MOST_ROWS.get(name, len(of_set)), len(of_set))
        kept += chance.sample(of_set, most)
    return kept


class ExampleMaker:
    """Makes the examples of an epoch, as chance has it."""

    def __init__(
        self, passages: dict[int, KnownPassage], tokenizer: PairTokenizer, chance: random.Random
    ) -> None:
        self._passages = passages
        self._tokenizer = tokenizer
        self._chance = chance

    def examples(self, rows: Sequence[Row]) -> Iterator[Example]:
        """Yield the examples of rows in any order, those cut off before their answer left out.

        The unanswerable questions of a passage are dealt out, one each, to its other questions.
        """
        written: dict[int, list[str]] = defaultdict(list)
        answerable = []
        for row in self._chance.sample(rows, len(rows)):
            if row.unanswerable:
                written[row.passage].append(row.question)
            else:
                answerable.append(row)
        for row in answerable:
            questions = written[row.passage]
            if example := self.example(row, questions.pop() if questions else None):
                yield example
        for passage, questions in written.items():
            for question in questions:
                tokens = self._headed(self._passages[passage].tokens, *self._dateline())
                yield Example((self._pair(as_typed(question, self._chance), tokens),), None, False)

    def example(self, row: Row, unanswerable: str | None) -> Example | None:
        """Return the example of a row; None where the answer is cut off.

        `unanswerable` is a question that its passage does not answer.
        """
        chance, passage = self._chance, self._passages[row.passage]
        dateline = self._dateline()
        question, misdated = self._about_the_day(row, passage.text, dateline[1])
        question = as_typed(question, chance)
        tokens = self._headed(passage.tokens, *dateline)
        first = self._pair(question, tokens)
        answer = token_span(first, row.answers[0]) if row.answers else None
        if row.answers and not answer:
            return None
        if misdated or unanswerable:
            hard = self._pair(as_typed(misdated or unanswerable or "", chance), tokens)
            return Example((first, hard), answer)
        hard = self._made_unanswerable(row, question, dateline) if row.answers else None
        others = (hard,) if hard else tuple(self._of_others(row, question))
        return Example((first, *others), answer)

    def _dateline(self) -> tuple[str | None, dt.date | None]:
        chance = self._chance
        outlet = chance.choice(OUTLETS) if chance.random() < _WITH_OUTLET else None
        return outlet, any_day(chance) if chance.random() < _WITH_DAY else None

    def _about_the_day(self, row: Row, text: str, day: dt.date | None) -> tuple[str, str | None]:
        """Return the question, perhaps about the article's day, and one about another day.

        Neither names a day where the question or the passage tells another time.
        """
        chance = self._chance
        if not day or chance.random() >= _ASKED_FOR_DAY or tells_time(f"{row.question} {text}"):
            return row.question, None
        form = chance.randrange(len(FORMS))
        asked = dated(row.question, day, form, chance)
        if chance.random() < 0.5:
            return asked, None
        return asked, dated(row.question, other_day(day, chance), form, chance)

    def _made_unanswerable(
        self, row: Row, question: str, dateline: tuple[str | None, dt.date | None]
    ) -> Pair | None:
        """Return the row's pair made unanswerable; None where chance has it or it cannot be."""
        passage, chance = self._passages[row.passage], self._chance
        drawn = chance.random()
        if drawn < _CHANGED_QUESTIONS:
            others = [self._passages[number].text for number in row.negatives]
            changed = changed_question(question, passage.text, others, chance)
            tokens = passage.tokens
        elif drawn < _CHANGED_QUESTIONS + _WITHOUT_ANSWERS:
            changed = question
            tokens = passage.only(sentences_without(passage.text, row.answers))
        else:
            return None
        if not changed or not tokens.text:
            return None
        return self._pair(changed, self._headed(tokens, *dateline))

    def _of_others(self, row: Row, question: str) -> Iterator[Pair]:
        count, among = _SPAN_NEGATIVES if row.answers else _RANK_NEGATIVES
        numbers = row.negatives[:among]
        for number in self._chance.sample(numbers, min(count, len(numbers))):
            yield self._pair(
                question, self._headed(self._passages[number].tokens, *self._dateline())
            )

    def _headed(
        self, passage: PassageTokens, outlet: str | None, day: dt.date | None
    ) -> PassageTokens:
        line = heading("", outlet, day)
        if not line:
            return passage
        line = f"{line}:" if passage.title else line
        return replace(passage, title=[*self._tokenizer.question(line), *passage.title])

    def _pair(self, question: str, passage: PassageTokens) -> Pair:
        return self._tokenizer.pair(self._tokenizer.question(question), passage, MOST_TOKENS)


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
