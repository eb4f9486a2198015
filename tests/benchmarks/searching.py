"""What a search costs, stage by stage, and beside a plain fusion of both indexes."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from rich.table import Table

from dragoman.index.local.archive import LocalArchive
from dragoman.search.dragoman import Dragoman
from dragoman.search.query.query import Query
from dragoman.search.question import Question
from dragoman.search.retrieval.highlighting import Highlighter
from dragoman.search.retrieval.ranking import rank
from dragoman.search.retrieval.retriever import Candidates, retrieve
from dragoman.search.retrieval.searching import rank_candidates

_DEPTH = 100
_SHOWN = 5
_ROUNDS = 5

Step = Callable[[Query], object]


def measure_search(archive: Path, asked: Sequence[str] = (), name: str = "made up") -> Table:
    """Time each stage of a search, a plain fusion, and the whole, question by question.

    Without questions, the titles of fifty articles are asked.
    """
    with Dragoman.open(archive) as dragoman:
        dragoman.warm_up()
        texts = list(asked) or [article.title for article in dragoman.articles(limit=50)]
        opened = LocalArchive(archive)
        queries = [Query(Question(text), opened.snapshot()) for text in texts]
        times = _medians(_steps(dragoman, opened, queries), queries)
        opened.close()
    table = Table("stage", "median ms", "share", title=f"Searching {name}, {len(texts)} questions")
    table.title_justify = "left"
    for stage, milliseconds in _stages(times).items():
        table.add_row(stage, f"{milliseconds:.2f}", f"{milliseconds / times['search']:.0%}")
    table.add_section()
    table.add_row("the whole search", f"{times['search']:.2f}", "100%")
    parts = times["encode"] + times["FAISS"] + times["tantivy"]
    table.add_row("… as a multiple of its parts", f"{times['search'] / parts:.2f}")
    table.add_row("… of a plain fusion", f"{times['search'] / times['fusion']:.2f}")
    return table


def _steps(dragoman: Dragoman, archive: LocalArchive, queries: Sequence[Query]) -> dict[str, Step]:
    """Give what is timed, by name. From `retrieve` on, each holds the one before it."""
    encoder, snapshot = dragoman.encoder, archive.snapshot()
    vectors = {
        one.text: encoder.encode_question(one.text) for asked in queries for one in _asked_as(asked)
    }

    def each(step: Step) -> Step:
        return lambda asked: [step(one) for one in _asked_as(asked)]

    def found(asked: Query) -> Candidates:
        return retrieve(asked, archive, encoder)

    return {
        "encode": each(lambda asked: encoder.encode_question(asked.text)),
        "FAISS": each(lambda asked: snapshot.vectors.search(vectors[asked.text], _DEPTH)),
        "tantivy": each(lambda asked: snapshot.matching(asked.text, _DEPTH)),
        "fusion": lambda asked: _fusion(asked, found(asked), archive),
        "retrieve": found,
        "rank": lambda asked: rank(asked, found(asked), archive),
        "fold": lambda asked: rank_candidates(asked, archive, encoder),
        "search": lambda asked: dragoman.search(asked.text),
    }


def _asked_as(asked: Query) -> list[Query]:
    """Give what is looked for: a question that names a time is looked for without it, too."""
    timeless = asked.without_time
    return [asked] if timeless is asked else [asked, timeless]


def _fusion(asked: Query, found: Candidates, archive: LocalArchive) -> object:
    """Show the passages that a weighted sum of both scores puts first, and nothing more."""
    dense, lexical = found.dense or {}, found.lexical or {}
    best = max(lexical.values(), default=1.0)
    fused = {number: dense[number] + lexical.get(number, 0.0) / best for number in dense}
    first = sorted(fused, key=lambda number: -fused[number])[:_SHOWN]
    stored = archive.passages(first)
    marker = Highlighter(asked.terms)
    return [(one, marker.spans(one.passage.text)) for one in stored.values()]


def _medians(steps: Mapping[str, Step], queries: Sequence[Query]) -> dict[str, float]:
    """Time the steps, in an order drawn by lot for each question; give medians in milliseconds.

    The fastest of a question's rounds counts: what else runs on the machine only slows.
    """
    chance = random.Random(2022)
    fastest = {name: [float("inf")] * len(queries) for name in steps}
    for asked in queries[:3]:  # what only the first waits for
        for step in steps.values():
            step(asked)
    for _ in range(_ROUNDS):
        for place, asked in enumerate(queries):
            for name in chance.sample(list(steps), k=len(steps)):
                afresh = Query(asked.question, asked.snapshot)  # its analysis is part of the cost
                started = time.perf_counter()
                steps[name](afresh)
                took = 1000 * (time.perf_counter() - started)
                fastest[name][place] = min(took, fastest[name][place])
    return {name: median(of_step) for name, of_step in fastest.items()}


def _stages(times: Mapping[str, float]) -> dict[str, float]:
    """Give what each stage takes by itself."""
    return {
        "encode the question": times["encode"],
        "FAISS": times["FAISS"],
        "tantivy": times["tantivy"],
        "exact similarities": times["retrieve"]
        - sum(times[n] for n in ("encode", "FAISS", "tantivy")),
        "weigh the features": times["rank"] - times["retrieve"],
        "fold duplicates": times["fold"] - times["rank"],
        "fetch and highlight": times["search"] - times["fold"],
    }
