"""How often the right article is found, and how high: reciprocal rank and recall at 5."""

import json
from collections import defaultdict
from pathlib import Path

from rich.table import Table

from dragoman.search.dragoman import Dragoman
from dragoman.search.question import MODES, Mode

_DEPTH = 40  # passages, so that ten articles are among them


def measure_quality(data: Path, archive: Path) -> Table:
    """Compare the modes on a BEIR-style folder: corpus.jsonl, queries.jsonl, qrels.tsv."""
    questions = [json.loads(line) for line in (data / "queries.jsonl").open()]
    relevant = _relevant(data / "qrels.tsv")
    table = Table("mode", "MRR@10", "R@1", "R@5", title=f"Quality on {data.name}")
    table.title_justify = "left"
    with Dragoman.open(archive) as dragoman:
        dragoman.add(data / "corpus.jsonl")
        for mode in MODES:
            ranks = [
                _rank(dragoman, question["text"], mode, relevant[question["_id"]])
                for question in questions
                if question["_id"] in relevant
            ]
            mrr = sum(1 / rank for rank in ranks if rank <= 10) / len(ranks)
            recalls = (sum(rank <= k for rank in ranks) / len(ranks) for k in (1, 5))
            table.add_row(mode, f"{mrr:.4f}", *(f"{recall:.4f}" for recall in recalls))
    return table


def _relevant(path: Path) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text().splitlines()[1:]:
        question, article, score = line.split("\t")
        if int(score) > 0:
            relevant[question].add(article)
    return relevant


def _rank(dragoman: Dragoman, question: str, mode: Mode, relevant: set[str]) -> float:
    """Give the rank of the first relevant article, or infinity."""
    found = dragoman.search(question, _DEPTH, mode, per_article=None).passages
    articles = dict.fromkeys(passage.article.id for passage in found)
    ranks = (rank for rank, article in enumerate(articles, start=1) if article in relevant)
    return next(ranks, float("inf"))
