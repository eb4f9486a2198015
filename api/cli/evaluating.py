"""What `dragoman evaluate` does once the articles are indexed: ask, show, and give as JSON."""

from collections.abc import Sequence
from typing import Any

from ...search.evaluation.answers import evaluate_answers
from ...search.evaluation.failures import worst
from ...search.evaluation.indexed_collection import IndexedCollection
from ...search.evaluation.retrieval import System, evaluate
from .answer_report import answers_message, show_answers
from .evaluation_report import evaluation_message, show_evaluation, show_failures
from .progress import SearchingProgress

_INDEXED = "The articles are indexed; only searching is left."


def measure_searches(
    indexed: IndexedCollection,
    modes: Sequence[System],
    limit: int | None,
    rewrites: bool,
    as_of_asked: bool,
    follow_ups: bool,
    failures: int,
) -> dict[str, Any]:
    """Search for the questions of a collection, show what it came to, and give it as JSON."""

    with SearchingProgress(if_stopped=_INDEXED) as bar:
        found = evaluate(indexed, modes, limit, rewrites, as_of_asked, bar, follow_ups)
    show_evaluation(found, indexed)
    if failures:
        show_failures(worst(found, indexed.dragoman, failures))
    return evaluation_message(found, indexed)


def measure_answers(
    indexed: IndexedCollection,
    limit: int | None,
    rewrites: bool,
    as_of_asked: bool,
    follow_ups: bool,
) -> dict[str, Any]:
    """Ask the questions of a collection, show what it came to, and give it as JSON."""

    with SearchingProgress(if_stopped=_INDEXED) as bar:
        answers = evaluate_answers(indexed, limit, rewrites, as_of_asked, bar, follow_ups)
    show_answers(answers, indexed)
    return answers_message(answers, indexed)
