"""Evaluation of search: how well, and how fast, each mode finds what is judged relevant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import Any, NamedTuple, cast
from unicodedata import normalize

import numpy as np

from ..dragoman import Dragoman
from ..errors import (
    BrokenQuestion,
    JudgedArticleMissing,
    QuestionError,
    RerankOutOfRange,
    UnknownMode,
)
from ..language.normalising import has_answer
from ..query.rewriting import standalone_question
from ..question import MODES, MOST_CHARACTERS, MOST_PASSAGES, Filters, Mode, Question
from ..results import RankedPassage, SearchResult
from .collection import JudgedQuestion
from .indexed_collection import IndexedCollection
from .measures import MRR, NDCG, ranking_values
from .statistics import Difference, Mean, Values, difference, mean_of

ANSWER_HITS = {"answer-hit@1": 1, "answer-hit@4": 4}  # measures, by how many passages are looked at
TESTED = (NDCG, MRR)
_SINGLE = ("lexical", "dense")  # modes of one index
_SHOWN = 10  # passages, of the search that is timed

OnSearched = Callable[[int, int], None]


class System(NamedTuple):
    """What is measured: a mode, and how many of its top passages are reranked."""

    mode: Mode
    rerank: int = 0

    @property
    def name(self) -> str:
        """The name, as `parse_modes` reads it."""
        return f"{self.mode}+{self.rerank}" if self.rerank else self.mode


# The single modes, then the one that joins them.
ORDER = (System("lexical"), System("dense"), System("hybrid"))


@dataclass(frozen=True, slots=True)
class EvaluationOptions:
    """Which questions of a collection are asked, and how.

    `limit` is how many are asked, the first ones; None: all. `rewrites` asks a question's rewrite
    where it has one; `follow_ups` asks it as rewritten from its own history; `as_of_asked` asks it
    as of the day on which it was asked, where that is known.
    """

    limit: int | None = None
    rewrites: bool = False
    follow_ups: bool = False
    as_of_asked: bool = False


DEFAULT_OPTIONS = EvaluationOptions()


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A judged question as it is asked.

    `rewritten`: its rewrite is asked. `followed`: its history changed its wording. `undated`: it
    should be asked as of its day, and states none. `cut`: it was too long to be asked whole.
    """

    judged: JudgedQuestion
    text: str
    filters: Filters
    rewritten: bool
    followed: bool
    undated: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class ModeResult:
    """The results of one mode, each sequence in the order of the questions.

    `rankings` are ids of articles. `values` has an array for each measure, with NaN for a question
    without known answers. `milliseconds` is the time of each search as a user makes it.
    """

    mode: str
    rankings: tuple[tuple[str, ...], ...]
    values: dict[str, Values]
    milliseconds: Values

    def means(self) -> dict[str, Mean]:
        """Return the mean of each measure, over the questions for which it is known."""
        known = {name: values[~np.isnan(values)] for name, values in self.values.items()}
        return {name: mean_of(values) for name, values in known.items() if len(values)}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference between a mode and a baseline by one measure."""

    mode: str
    baseline: str
    measure: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The questions asked, the result of each mode, and how the modes compare."""

    asked: tuple[AskedQuestion, ...]
    results: tuple[ModeResult, ...]
    comparisons: tuple[Comparison, ...]


def evaluate(
    indexed: IndexedCollection,
    modes: Sequence[System] = ORDER,
    options: EvaluationOptions = DEFAULT_OPTIONS,
    on_searched: OnSearched | None = None,
) -> Evaluation:
    """Ask the questions of a collection in each of `modes`.

    Rankings are of articles, each at the rank of its best passage, from the top 100 passages of a
    question. `on_searched` is called with the number of searches done and the total. Raises
    BrokenQuestion where a question cannot be asked, and JudgedArticleMissing.
    """
    questions = indexed.collection.questions[: options.limit]
    asked = tuple(as_asked(question, options) for question in questions)
    check_judged(indexed.dragoman, questions)
    searches = count(1)

    def note_search() -> None:
        if on_searched:
            on_searched(next(searches), len(asked) * len(modes))

    results = tuple(_result(indexed.dragoman, asked, mode, note_search) for mode in modes)
    return Evaluation(asked, results, tuple(_comparisons(results)))


def parse_modes(names: str) -> tuple[System, ...]:
    """Parse modes with commas between, or raise UnknownMode or RerankOutOfRange.

    "hybrid+20" is the hybrid mode with the top 20 passages reranked.

    >>> [system.name for system in parse_modes("lexical, hybrid+20")]
    ['lexical', 'hybrid+20']
    """
    return tuple(dict.fromkeys(_system(name.strip()) for name in names.split(",")))


def _system(name: str) -> System:
    mode, plus, rerank = name.partition("+")
    if mode not in MODES or (plus and not rerank.isdecimal()):
        raise UnknownMode(mode=name, modes=", ".join(MODES))
    system = System(cast(Mode, mode), int(rerank or 0))
    if system.rerank > MOST_PASSAGES:
        raise RerankOutOfRange(rerank=system.rerank, most=MOST_PASSAGES)
    return system


def as_asked(judged: JudgedQuestion, options: EvaluationOptions) -> AskedQuestion:
    """Return a judged question as it is asked with these options, or raise BrokenQuestion."""
    rewrite = judged.rewrite if options.rewrites else None
    told = judged.text
    if options.follow_ups:
        told = standalone_question(judged.text, judged.history)
    whole = normalize("NFC", rewrite or told)  # as it is searched for, and so counted
    text = whole[:MOST_CHARACTERS]
    try:
        Question(text)
    except QuestionError as error:
        raise BrokenQuestion(where=judged.where, reason=str(error)) from error
    return AskedQuestion(
        judged=judged,
        text=text,
        filters=Filters(as_of=judged.asked if options.as_of_asked else None),
        rewritten=rewrite is not None,
        followed=rewrite is None and told != judged.text,
        undated=options.as_of_asked and judged.asked is None,
        cut=text != whole,
    )


def check_judged(dragoman: Dragoman, questions: Sequence[JudgedQuestion]) -> None:
    """Raise JudgedArticleMissing if the archive lacks an article that is judged relevant."""
    known = {article.id for article in dragoman.articles()}
    for question in questions:
        for judgement in question.relevant:
            if judgement.article not in known:
                raise JudgedArticleMissing(where=judgement.where, id=judgement.article)


def _result(
    dragoman: Dragoman,
    asked: Sequence[AskedQuestion],
    system: System,
    note_search: Callable[[], None],
) -> ModeResult:
    def search(question: AskedQuestion, limit: int, **options: Any) -> SearchResult:
        return dragoman.search(
            question.text, limit, system.mode, question.filters, rerank=system.rerank, **options
        )

    search(asked[0], _SHOWN)  # the first search loads models, and is not timed
    rankings, shown, milliseconds = [], [], []
    for question in asked:
        started = perf_counter()
        found = search(question, _SHOWN)
        milliseconds.append(1000 * (perf_counter() - started))
        shown.append(found.passages)
        # As deep as possible, without folding copies or limiting passages per article.
        deep = search(question, MOST_PASSAGES, per_article=None, all_copies=True)
        rankings.append(tuple(dict.fromkeys(passage.article.id for passage in deep.passages)))
        note_search()
    relevant = [{j.article: j.score for j in question.judged.relevant} for question in asked]
    values = ranking_values(rankings, relevant) | _answer_hits(asked, shown)
    return ModeResult(system.name, tuple(rankings), values, np.array(milliseconds))


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
    """Return whether one of the texts holds one of the answers."""
    return any(has_answer(text, answers) for text in texts)


def _comparisons(results: Sequence[ModeResult]) -> Iterator[Comparison]:
    """Compare each mode with the best single one, and each reranked mode with the plain one."""
    by_name = {result.mode: result for result in results}
    singles = [result for result in results if result.mode in _SINGLE]
    if singles:
        best = max(singles, key=lambda result: result.values[NDCG].mean())
        for result in results:
            if result is not best:
                yield from _compared(result, best)
    for result in results:
        mode, plus, _ = result.mode.partition("+")
        if plus and mode in by_name and mode not in _SINGLE:
            yield from _compared(result, by_name[mode])


def _compared(result: ModeResult, baseline: ModeResult) -> Iterator[Comparison]:
    for name in TESTED:
        tested = difference(result.values[name], baseline.values[name])
        yield Comparison(result.mode, baseline.mode, name, tested)
