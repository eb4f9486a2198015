"""Dragoman beside others on one test collection: `make compare DATA=FOLDER`.

Every system ranks the same passages, in this run; where it uses vectors, they are the same. Figures
are of articles, each at its best passage, from the 100 best passages; answers are looked for in the
first four passages, as a user of that system has them. Each question is put to all systems, in an
order drawn by lot, and timed, for ten passages: ours come with articles and highlights, the others'
by number.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from others import (
    DEEP,
    Search,
    ours,
    plain_bm25,
    read_passages,
    reciprocal_rank_fusion,
    txtai_hybrid,
)
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.api.cli.evaluation_report import difference_cells, short
from dragoman.api.cli.progress import IndexingProgress, SearchingProgress
from dragoman.index.encoding.encoder import open_encoder
from dragoman.index.local.archive import LocalArchive
from dragoman.search.evaluation.collection import JudgedQuestion, read_collection
from dragoman.search.evaluation.indexed_collection import IndexedCollection, index_collection
from dragoman.search.evaluation.measures import ranking_values
from dragoman.search.evaluation.retrieval import answer_hit
from dragoman.search.evaluation.statistics import Values, difference
from dragoman.search.question import MOST_CHARACTERS

MEASURES = ("nDCG@10", "R@10", "MRR@10", "answer-hit@4")
OURS = "ours, hybrid"
SHOWN = 10
console = Console(width=100, highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a BEIR-style test collection")
    collection = read_collection(parser.parse_args().folder)
    with IndexingProgress(if_stopped="") as progress:
        indexed = index_collection(collection, open_encoder(), progress)
    measured = measure(systems(indexed), collection.questions)
    name, passages = collection.folder.resolve().name, indexed.indexing.passages
    console.print(f"{name}: {len(collection.questions):,} questions, {passages:,} passages\n")
    console.print(figures(measured), "", differences(measured))


def systems(indexed: IndexedCollection) -> dict[str, Search]:
    """Give every system by its name, ready to search."""
    dragoman = indexed.dragoman
    archive, encoder = LocalArchive(dragoman.folder), dragoman.encoder
    passages, vectors = read_passages(archive)
    return {
        OURS: ours(dragoman, "hybrid"),
        "ours, lexical": ours(dragoman, "lexical"),
        "ours, dense": ours(dragoman, "dense"),
        "reciprocal rank fusion": reciprocal_rank_fusion(archive, encoder, passages),
        "plain BM25": plain_bm25(passages),
        "txtai, hybrid": txtai_hybrid(passages, vectors, encoder),
    }


def measure(
    systems: Mapping[str, Search], questions: Sequence[JudgedQuestion]
) -> dict[str, dict[str, Values]]:
    """Give each system's values, by measure, question by question; as `ms`, the milliseconds."""
    relevant = [{j.article: j.score for j in question.relevant} for question in questions]
    rankings = {name: [] for name in systems}
    measured = {name: {"answer-hit@4": [], "ms": []} for name in systems}
    chance = random.Random(2022)
    for search in systems.values():
        search(questions[0].text[:MOST_CHARACTERS], SHOWN)  # what only the first waits for
    with SearchingProgress(if_stopped="") as progress:
        for number, question in enumerate(questions, start=1):
            text = question.text[:MOST_CHARACTERS]
            # A search pays for what the one before it did to the processor: each in its turn.
            for name in chance.sample(list(systems), k=len(systems)):
                started = perf_counter()
                shown = systems[name](text, SHOWN)
                measured[name]["ms"].append(1000 * (perf_counter() - started))
                if question.answers:
                    hit = answer_hit([found.text for found in shown[:4]], question.answers)
                    measured[name]["answer-hit@4"].append(hit)
            for name, search in systems.items():
                rankings[name].append(list(dict.fromkeys(p.article for p in search(text, DEEP))))
            progress(number, len(questions))
    return {
        name: {key: np.array(values, float) for key, values in of_system.items()}
        | ranking_values(rankings[name], relevant)
        for name, of_system in measured.items()
    }


def figures(measured: Mapping[str, Mapping[str, Values]]) -> Table:
    """Tell the mean of each measure and the median time."""
    table = Table("system", box=None)
    for name in (*MEASURES, "median ms"):
        table.add_column(name, justify="right")
    for name, values in measured.items():
        means = (
            short(values[measure].mean()) if len(values[measure]) else "–" for measure in MEASURES
        )
        table.add_row(name, *means, f"{np.median(values['ms']):.1f}")
    return table


def differences(measured: Mapping[str, Mapping[str, Values]]) -> Table:
    """Tell by how much our hybrid mode is better than each, with 95 % intervals and p values."""
    table = Table(f"{OURS}, less", box=None)
    for name in MEASURES:
        table.add_column(name, justify="right")
    for other, values in measured.items():
        if other != OURS:
            cells = (_difference(measured[OURS][m], values[m]) for m in MEASURES)
            table.add_row(other, *cells)
    return table


def _difference(values: Values, others: Values) -> Text:
    if not len(values):
        return Text("–")
    mean, interval, p = difference_cells(difference(values, others))
    return Text.assemble(f"{mean}, p {p}", "\n", (interval, "dim"))


if __name__ == "__main__":
    main()
