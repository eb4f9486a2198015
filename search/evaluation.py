"""Evaluation: how well, and how fast, the modes find what a test collection judges relevant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import cast
from unicodedata import normalize

import numpy as np

from ..corpus.errors import BrokenQuestion, JudgedArticleMissing, QuestionError, UnknownMode
from .collection import JudgedQuestion
from .dragoman import Dragoman
from .indexed_collection import IndexedCollection
from .measures import MRR, NDCG, has_answer, ranking_values
from .question import MODES, MOST_CHARACTERS, MOST_PASSAGES, Filters, Mode, Question
from .results import RankedPassage
from .statistics import Difference, Mean, Values, difference, mean_of

ANSWER_HITS = {"answer-hit@1": 1, "answer-hit@4": 4}  # measures, by how many passages are looked at
TESTED = (NDCG, MRR)
ORDER: tuple[Mode, ...] = ("lexical", "dense", "hybrid")  # the parts, then what joins them
_SHOWN = 10  # passages, of the search that is timed

OnSearched = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A judged question as it is asked.

    `rewritten` says that its rewrite is asked; `undated`, that it should be asked as of its day
    and states none; `cut`, that it was too long to be asked whole.
    """

    judged: JudgedQuestion
    text: str
    filters: Filters
    rewritten: bool
    undated: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class ModeResult:
    """What one mode came to, each sequence in the order of the questions.

    `rankings` are ids of articles; `values` has an array for each measure, in which NaN stands for
    a question without known answers; `milliseconds` is what each search took as a user has it.
    """

    mode: Mode
    rankings: tuple[tuple[str, ...], ...]
    values: dict[str, Values]
    milliseconds: Values

    def means(self) -> dict[str, Mean]:
        """Give the mean of each measure, over the questions for which it is known."""
        known = {name: values[~np.isnan(values)] for name, values in self.values.items()}
        return {name: mean_of(values) for name, values in known.items() if len(values)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a mode does against the best single mode by one measure."""

    mode: Mode
    baseline: Mode
    measure: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was asked, what each mode came to, and how the modes compare."""

    asked: tuple[AskedQuestion, ...]
    results: tuple[ModeResult, ...]
    comparisons: tuple[Comparison, ...]


def evaluate(
    indexed: IndexedCollection,
    modes: Sequence[Mode] = ORDER,
    limit: int | None = None,
    rewrites: bool = False,
    as_of_asked: bool = False,
    on_searched: OnSearched | None = None,
) -> Evaluation:
    """Ask the first `limit` questions of a collection, or all of them, in each of `modes`.

    Rankings are of articles, each at the place of its best passage; at most the 100 best passages
    of a question count. `rewrites` asks a question's rewrite where it has one; `as_of_asked` asks
    it as of the day on which it was asked, where that is known. `on_searched` is called with the
    searches done and the searches in all. Raises BrokenQuestion where a question cannot be asked,
    and JudgedArticleMissing.
    """
    questions = indexed.collection.questions[:limit]
    asked = tuple(_asked(question, rewrites, as_of_asked) for question in questions)
    _check_judged(indexed.dragoman, questions)
    searches = count(1)

    def note_search() -> None:
        if on_searched:
            on_searched(next(searches), len(asked) * len(modes))

    results = tuple(_result(indexed.dragoman, asked, mode, note_search) for mode in modes)
    return Evaluation(asked, results, tuple(_comparisons(results)))


def parse_modes(names: str) -> tuple[Mode, ...]:
    """Read modes with commas between, or raise UnknownMode.

    >>> parse_modes("lexical, hybrid")
    ('lexical', 'hybrid')
    """
    asked = dict.fromkeys(name.strip() for name in names.split(","))
    for name in asked:
        if name not in MODES:
            raise UnknownMode(mode=name, modes=", ".join(MODES))
    return tuple(cast(Mode, name) for name in asked)


def _asked(judged: JudgedQuestion, rewrites: bool, as_of_asked: bool) -> AskedQuestion:
    rewrite = judged.rewrite if rewrites else None
    whole = normalize("NFC", rewrite or judged.text)  # as it is searched for, and so counted
    text = whole[:MOST_CHARACTERS]
    try:
        Question(text)
    except QuestionError as error:
        raise BrokenQuestion(where=judged.where, reason=str(error)) from error
    return AskedQuestion(
        judged=judged,
        text=text,
        filters=Filters(as_of=judged.asked if as_of_asked else None),
        rewritten=rewrite is not None,
        undated=as_of_asked and judged.asked is None,
        cut=text != whole,
    )


def _check_judged(dragoman: Dragoman, questions: Sequence[JudgedQuestion]) -> None:
    known = {article.id for article in dragoman.articles()}
    for question in questions:
        for judgement in question.relevant:
            if judgement.article not in known:
                raise JudgedArticleMissing(where=judgement.where, id=judgement.article)


def _result(
    dragoman: Dragoman,
    asked: Sequence[AskedQuestion],
    mode: Mode,
    note_search: Callable[[], None],
) -> ModeResult:
    dragoman.search(asked[0].text, _SHOWN, mode)  # what only the first search waits for
    rankings, shown, milliseconds = [], [], []
    for question in asked:
        started = perf_counter()
        found = dragoman.search(question.text, _SHOWN, mode, question.filters)
        milliseconds.append(1000 * (perf_counter() - started))
        shown.append(found.passages)
        rankings.append(_ranked_articles(dragoman, question, mode))
        note_search()
    relevant = [{j.article: j.score for j in question.judged.relevant} for question in asked]
    values = ranking_values(rankings, relevant) | _answer_hits(asked, shown)
    return ModeResult(mode, tuple(rankings), values, np.array(milliseconds))


def _ranked_articles(dragoman: Dragoman, asked: AskedQuestion, mode: Mode) -> tuple[str, ...]:
    """Rank articles as deep as can be, with nothing held back for the sake of other articles."""
    found = dragoman.search(
        asked.text, MOST_PASSAGES, mode, asked.filters, per_article=None, all_copies=True
    )
    return tuple(dict.fromkeys(passage.article.id for passage in found.passages))


def _answer_hits(
    asked: Sequence[AskedQuestion], shown: Sequence[Sequence[RankedPassage]]
) -> dict[str, Values]:
    hits = {name: np.full(len(asked), np.nan) for name in ANSWER_HITS}
    for number, (question, passages) in enumerate(zip(asked, shown, strict=True)):
        if question.judged.answers:
            texts = [passage.passage.text for passage in passages]
            for name, first in ANSWER_HITS.items():
                hits[name][number] = answer_hit(texts[:first], question.judged.answers)
    return hits


def answer_hit(texts: Sequence[str], answers: Sequence[str]) -> bool:
    """Say whether one of the texts holds one of the answers."""
    return any(has_answer(text, answers) for text in texts)


def _comparisons(results: Sequence[ModeResult]) -> Iterator[Comparison]:
    singles = [result for result in results if result.mode != "hybrid"]
    if not singles:
        return
    best = max(singles, key=lambda result: result.values[NDCG].mean())
    for result in results:
        if result is not best:
            for name in TESTED:
                tested = difference(result.values[name], best.values[name])
                yield Comparison(result.mode, best.mode, name, tested)
