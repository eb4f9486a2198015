"""What the reader's model adds to retrieval, and what it costs: `reading.py FOLDER [MODEL]`.

FOLDER is a BEIR-style test collection, whose articles are indexed at the first run; MODEL a folder
with a reader's model, by default the one that is shipped. For each question the best passages are
put in the reader's order, or in that of both scores added, and rankings of articles are measured.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from dragoman.index.encoding.encoder import open_encoder
from dragoman.index.encoding.weights import sha256_of
from dragoman.search.evaluation.collection import read_collection
from dragoman.search.evaluation.indexed_collection import IndexedCollection, index_collection
from dragoman.search.evaluation.measures import MRR, NDCG, ranking_values
from dragoman.search.evaluation.retrieval import answer_hit
from dragoman.search.evaluation.statistics import difference, mean_of
from dragoman.search.question import MOST_PASSAGES, Filters
from dragoman.search.reading.model import FOLDER, MODEL_FILE, ReaderModel, open_reader_model
from dragoman.search.results import RankedPassage

DEPTHS = (5, 10, 20, 50)
WEIGHTS = (0.1, 0.2, 0.3, 0.5)  # of the reader, where retrieval's score is added to it
HIT = "answer-hit@4"

Found = list[tuple[RankedPassage, float]]  # best first, each with the reader's probability
Values = dict[str, np.ndarray]


def measure_reading(indexed: IndexedCollection, folder: Path) -> Table:
    """Compare the order by retrieval alone with those that the reader has a say in.

    Peak memory says what the reader needs where the articles were indexed by an earlier run.
    """
    searched = _searched(indexed)
    peak = _peak_mib()
    reader = open_reader_model(folder, sha256_of(folder / MODEL_FILE))
    found, milliseconds = _read_all(searched, indexed, reader)
    cost = (
        f"{milliseconds:.1f} ms for a passage read, {_peak_mib() - peak:.0f} MiB more at the peak"
    )
    base = _values(indexed, [[passage for passage, _ in of] for of in found])
    table = Table("order", NDCG, "difference", "p", MRR, HIT)
    table.title = f"{len(found)} questions, {cost}"
    table.add_row("retrieval", *_row(base, base))
    for depth in DEPTHS:
        orders: list[tuple[str, Callable[[RankedPassage, float], float]]] = [
            (f"reader, best {depth}", lambda _, answers: answers)
        ]
        orders += [
            (f"both, best {depth}, {w:g}", lambda p, answers, w=w: p.score + w * answers)
            for w in WEIGHTS
        ]
        for name, score in orders:
            ordered = [_reordered(of, depth, score) for of in found]
            table.add_row(name, *_row(_values(indexed, ordered), base))
    return table


def _searched(indexed: IndexedCollection) -> list[tuple[RankedPassage, ...]]:
    return [
        indexed.dragoman.search(
            question.text,
            MOST_PASSAGES,
            filters=Filters(as_of=question.asked),
            per_article=None,
            all_copies=True,
        ).passages
        for question in indexed.collection.questions
    ]


def _read_all(
    searched: Sequence[Sequence[RankedPassage]], indexed: IndexedCollection, reader: ReaderModel
) -> tuple[list[Found], float]:
    found, passages, seconds = [], 0, 0.0
    for question, best in zip(indexed.collection.questions, searched, strict=True):
        read = [(one.article.title, one.passage.text) for one in best[: max(DEPTHS)]]
        started = time.perf_counter()
        answers = [reading.probability for reading in reader.read(question.text, read)]
        seconds += time.perf_counter() - started
        passages += len(read)
        answers += [0.0] * (len(best) - len(answers))
        found.append(list(zip(best, answers, strict=True)))
    return found, 1000 * seconds / max(passages, 1)


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _reordered(
    found: Found, depth: int, score: Callable[[RankedPassage, float], float]
) -> list[RankedPassage]:
    best = sorted(found[:depth], key=lambda one: -score(*one))
    return [passage for passage, _ in [*best, *found[depth:]]]


def _values(indexed: IndexedCollection, ordered: Sequence[Sequence[RankedPassage]]) -> Values:
    questions = indexed.collection.questions
    rankings = [list(dict.fromkeys(one.article.id for one in of)) for of in ordered]
    relevant = [{j.article: j.score for j in question.relevant} for question in questions]
    values = ranking_values(rankings, relevant)
    hits = [
        answer_hit([one.passage.text for one in of[:4]], question.answers)
        for of, question in zip(ordered, questions, strict=True)
        if question.answers
    ]
    return {NDCG: values[NDCG], MRR: values[MRR], HIT: np.array(hits or [np.nan], float)}


def _row(values: Values, base: Values) -> list[str]:
    tested = difference(values[NDCG], base[NDCG])
    ndcg, mrr, hit = (mean_of(values[name]) for name in (NDCG, MRR, HIT))
    shown = [f"{one.mean:.3f} ({one.low:.3f}–{one.high:.3f})" for one in (ndcg, mrr, hit)]
    return [shown[0], f"{tested.mean:+.3f}", f"{tested.p:.3f}", *shown[1:]]


def main() -> None:
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER
    indexed = index_collection(read_collection(sys.argv[1]), open_encoder())
    with indexed.dragoman:
        Console(width=140).print(measure_reading(indexed, folder))


if __name__ == "__main__":
    main()
