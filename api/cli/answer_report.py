"""What people see of an evaluation of answers: tables, times, and JSON to keep."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.table import Table

from ...search.evaluation.answers import (
    FIRST_PASSAGES,
    AnsweredQuestion,
    AnswerEvaluation,
    RightAnswers,
)
from ...search.evaluation.indexed_collection import IndexedCollection
from ...search.evaluation.statistics import Mean
from .evaluation_report import (
    asked_message,
    latency_message,
    mean_cell,
    show_notes,
    show_table,
    show_times,
    what_was_measured,
)


def show_answers(evaluation: AnswerEvaluation, indexed: IndexedCollection) -> None:
    """Print how often answers are right, how often none is given as should be, and the times."""
    without = (len(evaluation.unanswerable), "of them with no answer in the articles")
    show_notes([question.asked for question in evaluation.questions], indexed, without)
    right = evaluation.right_answers()
    if right:
        show_table("The answer holds what is expected, with 95 % intervals", _right(right))
    show_table("Answered or not, with 95 % intervals", _abstention(evaluation.abstention()))
    show_times("Asking", evaluation.milliseconds(), indexed.indexing)


def _right(right: Mapping[str, RightAnswers]) -> Table:
    table = Table("question", box=None)
    for name in ("asked", "right", f"found in {FIRST_PASSAGES}", "right of these"):
        table.add_column(name, justify="right", no_wrap=True)
    for word, answers in right.items():
        overall, found = answers.overall, answers.found
        of_found = (f"{found.count:,}", mean_cell(found)) if found else ("0", "")
        table.add_row(word, f"{overall.count:,}", mean_cell(overall), *of_found)
    return table


def _abstention(measured: Mapping[str, Mean]) -> Table:
    table = Table("measure", box=None)
    for name in ("asked", "value"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, mean in measured.items():
        table.add_row(name, f"{mean.count:,}", mean_cell(mean))
    return table


def answers_message(evaluation: AnswerEvaluation, indexed: IndexedCollection) -> dict[str, Any]:
    """Give everything that was measured, question by question, as it is written to JSON."""
    return {
        **what_was_measured(indexed, len(evaluation.questions)),
        "right": {word: asdict(of) for word, of in evaluation.right_answers().items()},
        "abstention": {name: asdict(mean) for name, mean in evaluation.abstention().items()},
        "latency_ms": {
            stage: latency_message(of) for stage, of in evaluation.milliseconds().items()
        },
        "per_question": [_question_message(question) for question in evaluation.questions],
    }


def _question_message(question: AnsweredQuestion) -> dict[str, Any]:
    asked, answer = question.asked, question.answer
    return {
        **asked_message(asked),
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
