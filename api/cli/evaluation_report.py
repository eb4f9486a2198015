"""The report of an evaluation, of searches or of answers: tables, failures, JSON.

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
from ...search.evaluation.answers import (
    FIRST_PASSAGES,
    AnsweredQuestion,
    AnswerEvaluation,
    RightAnswers,
)
from ...search.evaluation.failures import Failure
from ...search.evaluation.indexed_collection import IndexedCollection, Indexing
from ...search.evaluation.measures import RANKING_MEASURES, rank_of
from ...search.evaluation.retrieval import ANSWER_HITS, AskedQuestion, Evaluation, ModeResult
from ...search.evaluation.statistics import Difference, Mean, Values
from ..errors import FileNotWritable
from . import terminal
from .terminal import show

# Searches, on a terminal


def show_evaluation(evaluation: Evaluation, indexed: IndexedCollection) -> None:
    """Print what was asked, the means of each mode, how the modes compare, and the times."""
    left_out = (len(indexed.collection.unanswerable), "left out: no answer in the articles")
    _show_notes(evaluation.asked, indexed, left_out)
    _show_table("Articles, with 95 % intervals", _means(evaluation, RANKING_MEASURES))
    if any(question.judged.answers for question in evaluation.asked):
        _show_table("Answers in the first passages", _means(evaluation, tuple(ANSWER_HITS)))
    for baseline in dict.fromkeys(compared.baseline for compared in evaluation.comparisons):
        best = ", the best single mode" if baseline in ("lexical", "dense") else ""
        _show_table(f"Against {baseline}{best}", _comparisons(evaluation, baseline))
    times = {result.mode: result.milliseconds for result in evaluation.results}
    _show_times("Search", times, indexed.indexing)


def _means(evaluation: Evaluation, measures: Sequence[str]) -> Table:
    table = Table(box=None)
    table.add_column("mode", no_wrap=True)
    for name in measures:
        table.add_column(name, justify="right", no_wrap=True)
    for result in evaluation.results:
        means = result.means()
        table.add_row(Text(result.mode, "bold"), *(_mean_cell(means[name]) for name in measures))
    return table


def _comparisons(evaluation: Evaluation, baseline: str) -> Table:
    table = Table("mode", "measure", box=None)
    for name in ("difference", "95 % interval", "p"):
        table.add_column(name, justify="right")
    for compared in evaluation.comparisons:
        if compared.baseline == baseline:
            table.add_row(compared.mode, compared.measure, *difference_cells(compared.difference))
    return table


def show_failures(failures: Sequence[Failure]) -> None:
    """Print the worst questions: the ranks of their judged articles, and what came first."""
    if not failures:
        show("\nNo question failed: what was judged relevant came first.")
    for number, failure in enumerate(failures, start=1):
        marker = f"{number:>2}  "
        indent = " " * len(marker)
        show()
        show(Text(failure.question, "bold"), Text(marker, "bold cyan"))
        for article, rank in failure.relevant:
            place = f"ranked {rank}:" if rank else "not among the candidates:"
            show(f"{place} {_described(article)}", indent)
        if failure.top and failure.top not in [article for article, _ in failure.relevant]:
            show(Text(f"on top: {_described(failure.top)}", "dim"), indent)


def _described(article: Article) -> str:
    source = article.source or "source not stated"
    return " · ".join((article.title, source, terminal.dating(article), article.id))


# Answers, on a terminal


def show_answers(evaluation: AnswerEvaluation, indexed: IndexedCollection) -> None:
    """Print how often answers are right, how well the unanswerable are refused, and the times."""
    without = (len(evaluation.unanswerable), "of them with no answer in the articles")
    _show_notes([question.asked for question in evaluation.questions], indexed, without)
    right = evaluation.right_answers()
    if right:
        _show_table("The answer holds what is expected, with 95 % intervals", _right(right))
    _show_table("Answered or not, with 95 % intervals", _abstention(evaluation.abstention()))
    _show_times("Asking", evaluation.milliseconds(), indexed.indexing)


def _right(right: Mapping[str, RightAnswers]) -> Table:
    table = Table("question", box=None)
    for name in ("asked", "right", f"found in {FIRST_PASSAGES}", "right of these"):
        table.add_column(name, justify="right", no_wrap=True)
    for word, answers in right.items():
        overall, found = answers.overall, answers.found
        of_found = (f"{found.count:,}", _mean_cell(found)) if found else ("0", "")
        table.add_row(word, f"{overall.count:,}", _mean_cell(overall), *of_found)
    return table


def _abstention(measured: Mapping[str, Mean]) -> Table:
    table = Table("measure", box=None)
    for name in ("asked", "value"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, mean in measured.items():
        table.add_row(name, f"{mean.count:,}", _mean_cell(mean))
    return table


# What both have


def _show_table(title: str, table: Table) -> None:
    show()
    show(Text(title, "italic"))
    terminal.show_table(table)


def _show_notes(
    asked: Sequence[AskedQuestion], indexed: IndexedCollection, *notes: tuple[int, str]
) -> None:
    collection, indexing = indexed.collection, indexed.indexing
    counts = (
        *notes,
        (len(collection.unjudged), "left out: no article judged relevant"),
        (sum(question.rewritten for question in asked), "asked as rewritten"),
        (sum(question.followed for question in asked), "asked as understood from their history"),
        (sum(question.undated for question in asked), "asked as of no day: they state none"),
        (sum(question.cut for question in asked), "cut: longer than a question may be"),
        (len(indexing.problems), "articles not read"),
    )
    show(
        f"{collection.folder.resolve().name}: {len(asked):,} questions, "
        f"{indexing.articles:,} articles, {indexing.passages:,} passages"
    )
    for count, what in counts:
        if count:
            show(Text(f"{count:,} {what}", "dim"))


def _show_times(what: str, milliseconds: Mapping[str, Values], indexing: Indexing) -> None:
    times = (
        f"{name} {_percentile(of, 50):.1f} / {_percentile(of, 95):.1f}"
        for name, of in milliseconds.items()
    )
    show()
    show(Text.assemble((f"{what}, ms, p50 / p95: ", "bold"), " · ".join(times)))
    rate = indexing.passages_per_second
    said = "not measured: it was interrupted" if rate is None else f"{rate:,.1f} passages/s"
    show(Text.assemble(("Indexing: ", "bold"), f"{said} (finished {indexing.finished})"))


def _percentile(milliseconds: Values, percent: int) -> float:
    return float(np.percentile(milliseconds, percent))


def _mean_cell(mean: Mean) -> Text:
    interval = f"{short(mean.low)}–{short(mean.high)}"
    return Text.assemble((short(mean.mean), "bold"), "\n", (interval, "dim"))


def difference_cells(difference: Difference) -> tuple[str, str, str]:
    """Return a difference, its interval and its p value as they are printed."""
    interval = f"{short(difference.low, '+')} to {short(difference.high, '+')}"
    p = "< .001" if difference.p < 0.001 else short(difference.p)
    return short(difference.mean, "+"), interval, p


def short(value: float, sign: str = "") -> str:
    """Return a figure from -1 to 1 in four characters, without a 0 before the point.

    >>> short(0.9751), short(-0.02, "+"), short(1.0)
    ('.975', '-.020', '1.00')
    """
    written = f"{value:{sign}.3f}"
    return written[:-1] if "1." in written else written.replace("0.", ".", 1)


# As JSON


def check_writable(path: Path) -> None:
    """Raise FileNotWritable if the file cannot be written, before anything is measured."""
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
    """Return all figures of searches, question by question too, as they are written to JSON."""
    return {
        **_measured(indexed, len(evaluation.asked)),
        "modes": {result.mode: _mode_message(result) for result in evaluation.results},
        "comparisons": [asdict(comparison) for comparison in evaluation.comparisons],
        "per_question": [
            _searched_message(number, asked, evaluation.results)
            for number, asked in enumerate(evaluation.asked)
        ],
    }


def answers_message(evaluation: AnswerEvaluation, indexed: IndexedCollection) -> dict[str, Any]:
    """Return all figures of answers, question by question too, as they are written to JSON."""
    times = evaluation.milliseconds()
    return {
        **_measured(indexed, len(evaluation.questions)),
        "right": {word: asdict(of) for word, of in evaluation.right_answers().items()},
        "abstention": {name: asdict(mean) for name, mean in evaluation.abstention().items()},
        "latency_ms": {stage: _latency_message(of) for stage, of in times.items()},
        "per_question": [_answered_message(question) for question in evaluation.questions],
    }


def _measured(indexed: IndexedCollection, asked: int) -> dict[str, Any]:
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
        "latency_ms": _latency_message(result.milliseconds),
    }


def _latency_message(milliseconds: Values) -> dict[str, float]:
    return {f"p{percent}": _percentile(milliseconds, percent) for percent in (50, 95)}


def _asked_message(asked: AskedQuestion) -> dict[str, Any]:
    return {
        "id": asked.judged.id,
        "question": asked.text,
        "as_of": asked.filters.as_of and asked.filters.as_of.isoformat(),
        "rewritten": asked.rewritten,
        "followed": asked.followed,
        "cut": asked.cut,
    }


def _searched_message(
    number: int, asked: AskedQuestion, results: Iterable[ModeResult]
) -> dict[str, Any]:
    return {
        **_asked_message(asked),
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


def _answered_message(question: AnsweredQuestion) -> dict[str, Any]:
    asked, answer = question.asked, question.answer
    return {
        **_asked_message(asked),
        "answerable": question.answerable,
        "expected": asked.judged.answers,
        "status": answer.status,
        "confidence": answer.confidence,
        "answer": answer.answer,
        "right": question.right,
        "found": question.found,
        "cited": [citation.article.id for citation in answer.citations],
        "ms": question.milliseconds,
    }
