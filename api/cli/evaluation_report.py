"""What people see of an evaluation: tables to compare, failures to learn from, JSON to keep.

Everything that comes from the collection goes through `Text`, which never reads it as markup.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table
from rich.text import Text

from ...corpus.article import Article
from ...search.evaluation.failures import Failure
from ...search.evaluation.indexed_collection import IndexedCollection, Indexing
from ...search.evaluation.measures import RANKING_MEASURES, rank_of
from ...search.evaluation.retrieval import ANSWER_HITS, AskedQuestion, Evaluation, ModeResult
from ...search.evaluation.statistics import Difference, Mean, Values
from ..errors import FileNotWritable
from .terminal import dating, out

# On a terminal


def show_evaluation(evaluation: Evaluation, indexed: IndexedCollection) -> None:
    """Print what was asked, the means of each mode, how the modes compare, and the times."""
    left_out = (len(indexed.collection.unanswerable), "left out: no answer in the articles")
    show_notes(evaluation.asked, indexed, left_out)
    show_table("Articles, with 95 % intervals", _means(evaluation, RANKING_MEASURES))
    if any(question.judged.answers for question in evaluation.asked):
        show_table("Answers in the first passages", _means(evaluation, tuple(ANSWER_HITS)))
    for baseline in dict.fromkeys(compared.baseline for compared in evaluation.comparisons):
        best = ", the best single mode" if baseline in ("lexical", "dense") else ""
        show_table(f"Against {baseline}{best}", _comparisons(evaluation, baseline))
    times = {result.mode: result.milliseconds for result in evaluation.results}
    show_times("Search", times, indexed.indexing)


def show_table(title: str, table: Table) -> None:
    """Print a table under its title."""
    out.print("", Text(title, "italic"), table, sep="\n")


def show_notes(
    asked: Sequence[AskedQuestion], indexed: IndexedCollection, *notes: tuple[int, str]
) -> None:
    """Print what was asked of what, and the `notes`, counts and what is counted."""
    collection, indexing = indexed.collection, indexed.indexing
    name = collection.folder.resolve().name
    counts = (
        *notes,
        (len(collection.unjudged), "left out: no article judged relevant"),
        (sum(question.rewritten for question in asked), "asked as rewritten"),
        (sum(question.followed for question in asked), "asked as understood from their history"),
        (sum(question.undated for question in asked), "asked as of no day: they state none"),
        (sum(question.cut for question in asked), "cut: longer than a question may be"),
        (len(indexing.problems), "articles not read"),
    )
    first = (
        f"{name}: {len(asked):,} questions, {indexing.articles:,} articles, "
        f"{indexing.passages:,} passages"
    )
    out.print(Text(first))
    for count, what in counts:
        if count:
            out.print(Text(f"{count:,} {what}", "dim"))


def _means(evaluation: Evaluation, measures: Sequence[str]) -> Table:
    table = Table(box=None)
    table.add_column("mode", no_wrap=True)
    for name in measures:
        table.add_column(name, justify="right", no_wrap=True)
    for result in evaluation.results:
        means = result.means()
        table.add_row(Text(result.mode, "bold"), *(mean_cell(means[name]) for name in measures))
    return table


def mean_cell(mean: Mean) -> Text:
    """Give a mean, and under it its interval, as they are printed."""
    interval = f"{short(mean.low)}–{short(mean.high)}"
    return Text.assemble((short(mean.mean), "bold"), "\n", (interval, "dim"))


def _comparisons(evaluation: Evaluation, baseline: str) -> Table:
    table = Table("mode", "measure", box=None)
    for name in ("difference", "95 % interval", "p"):
        table.add_column(name, justify="right")
    for compared in evaluation.comparisons:
        if compared.baseline == baseline:
            table.add_row(compared.mode, compared.measure, *difference_cells(compared.difference))
    return table


def difference_cells(difference: Difference) -> tuple[str, str, str]:
    """Give a difference, its interval and its p value as they are printed."""
    interval = f"{short(difference.low, '+')} to {short(difference.high, '+')}"
    p = "< .001" if difference.p < 0.001 else short(difference.p)
    return short(difference.mean, "+"), interval, p


def short(value: float, sign: str = "") -> str:
    """Write a figure from -1 to 1 in the least room: no 0 before the point, four characters.

    >>> short(0.9751), short(-0.02, "+"), short(1.0)
    ('.975', '-.020', '1.00')
    """
    written = f"{value:{sign}.3f}"
    return written[:-1] if "1." in written else written.replace("0.", ".", 1)


def show_times(what: str, milliseconds: Mapping[str, Values], indexing: Indexing) -> None:
    """Print what each of several things took, and how fast the articles were indexed."""
    times = (
        f"{name} {percentile(of, 50):.1f} / {percentile(of, 95):.1f}"
        for name, of in milliseconds.items()
    )
    said = Text.assemble((f"{what}, ms, p50 / p95: ", "bold"), " · ".join(times))
    out.print("", said, _indexing(indexing), sep="\n")


def percentile(milliseconds: Values, percent: int) -> float:
    """Give a percentile as a plain number."""
    return float(np.percentile(milliseconds, percent))


def _indexing(indexing: Indexing) -> Text:
    rate = indexing.passages_per_second
    said = "not measured: it was interrupted" if rate is None else f"{rate:,.1f} passages/s"
    return Text.assemble(("Indexing: ", "bold"), f"{said} (finished {indexing.finished})")


def show_failures(failures: Sequence[Failure]) -> None:
    """Print the questions done worst on, where the judged articles were, and what was on top."""
    if not failures:
        out.print("\nNo question failed: what was judged relevant came first.")
    for number, failure in enumerate(failures, start=1):
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_row(Text(f"{number:>2}", "bold cyan"), Text(failure.question, "bold"))
        for article, rank in failure.relevant:
            place = f"ranked {rank}:" if rank else "not among the candidates:"
            grid.add_row("", Text(f"{place} {_described(article)}"))
        if failure.top and failure.top not in [article for article, _ in failure.relevant]:
            grid.add_row("", Text(f"on top: {_described(failure.top)}", "dim"))
        out.print("", grid)


def _described(article: Article) -> str:
    source = article.source or "source not stated"
    return " · ".join((article.title, source, dating(article), article.id))


# As JSON


def check_writable(path: Path) -> None:
    """Raise FileNotWritable where the file cannot be written, before anything is measured."""
    is_new = not path.exists()
    try:
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError as error:
        raise FileNotWritable(path=path, reason=error.strerror or error) from error


def write_message(path: Path, message: Mapping[str, Any]) -> None:
    """Write a message as JSON, or raise FileNotWritable."""
    try:
        path.write_text(json.dumps(message, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise FileNotWritable(path=path, reason=error.strerror or error) from error


def evaluation_message(evaluation: Evaluation, indexed: IndexedCollection) -> dict[str, Any]:
    """Give everything that was measured, question by question, as it is written to JSON."""
    return {
        **what_was_measured(indexed, len(evaluation.asked)),
        "modes": {result.mode: _mode_message(result) for result in evaluation.results},
        "comparisons": [asdict(comparison) for comparison in evaluation.comparisons],
        "per_question": [
            _question_message(number, asked, evaluation.results)
            for number, asked in enumerate(evaluation.asked)
        ],
    }


def what_was_measured(indexed: IndexedCollection, asked: int) -> dict[str, Any]:
    """Say of which collection so many questions were asked, with which encoder, and when."""
    collection = indexed.collection
    return {
        "dragoman": version("dragoman"),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "encoder": indexed.dragoman.encoder.fingerprint,
        "corpus": {"name": collection.folder.resolve().name, "sha256": indexed.sha256},
        "indexing": asdict(indexed.indexing),
        "questions": {
            "asked": asked,
            "unanswerable": len(collection.unanswerable),
            "unjudged": len(collection.unjudged),
        },
    }


def _mode_message(result: ModeResult) -> dict[str, Any]:
    return {
        "measures": {name: asdict(mean) for name, mean in result.means().items()},
        "latency_ms": latency_message(result.milliseconds),
    }


def latency_message(milliseconds: Values) -> dict[str, float]:
    """Give the percentiles that are written."""
    return {f"p{percent}": percentile(milliseconds, percent) for percent in (50, 95)}


def asked_message(asked: AskedQuestion) -> dict[str, Any]:
    """Give how a question was asked."""
    return {
        "id": asked.judged.id,
        "question": asked.text,
        "as_of": asked.filters.as_of and asked.filters.as_of.isoformat(),
        "rewritten": asked.rewritten,
        "followed": asked.followed,
        "cut": asked.cut,
    }


def _question_message(
    number: int, asked: AskedQuestion, results: Iterable[ModeResult]
) -> dict[str, Any]:
    return {
        **asked_message(asked),
        "modes": {
            result.mode: {
                "measures": {name: _known(of[number]) for name, of in result.values.items()},
                "ranks": {
                    judgement.article: rank_of(judgement.article, result.rankings[number])
                    for judgement in asked.judged.relevant
                },
                "ms": float(result.milliseconds[number]),
            }
            for result in results
        },
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
