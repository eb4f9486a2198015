"""The `evaluate` command: measure search and answers on a test collection."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ...search.dragoman import Dragoman
from . import terminal
from .options import EncoderOption
from .progress import KEPT, IndexingProgress, SearchingProgress, announce_compiling

# What evaluates takes most of a second to import, and other commands import this module.
if TYPE_CHECKING:
    from ...search.evaluation.collection import Collection
    from ...search.evaluation.indexed_collection import IndexedCollection
    from ...search.evaluation.retrieval import EvaluationOptions, System

_MODES = "lexical,dense,hybrid"
_INDEXED = "The articles are indexed; only searching is left."


def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="A test collection: corpus.jsonl, queries.jsonl and qrels.tsv."
        ),
    ],
    modes: Annotated[
        str,
        typer.Option(
            metavar="MODES",
            help="The modes to compare, with commas between; hybrid+20 reranks the top 20.",
        ),
    ] = _MODES,
    ask: Annotated[
        bool, typer.Option("--ask", help="Measure answers and refusals instead of searches.")
    ] = False,
    half: Annotated[
        Literal["first", "second"] | None,
        typer.Option(help="Ask one half; questions about the same article stay together."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Ask the first N questions; with --ask also the first N unanswerable ones.",
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write all figures to FILE, by question too."),
    ] = None,
    failures: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show the N worst questions of the last mode.")
    ] = 0,
    rewrites: Annotated[
        bool, typer.Option("--rewrites", help="Ask the collection's rewrites where it has them.")
    ] = False,
    follow_ups: Annotated[
        bool, typer.Option("--follow-ups", help="Rewrite questions by their conversation history.")
    ] = False,
    as_of_asked: Annotated[
        bool, typer.Option("--as-of-asked", help="Ask each question as of its own date.")
    ] = False,
    encoder: EncoderOption = None,
) -> None:
    """Measure search or answers on a test collection.

    The collection is in BEIR's format. Its articles are indexed once, into the cache; later runs
    only search. Rankings are of articles, each at its best passage, from the top 100 passages of a
    question.
    """
    from ...corpus.extras import require
    from ...search.evaluation.collection import read_collection
    from ...search.evaluation.retrieval import EvaluationOptions, parse_modes
    from .evaluation_report import check_writable, write_message

    if ask and (failures or modes != _MODES):
        raise typer.BadParameter("--modes and --failures are of searches; leave them out.")
    systems = parse_modes(modes)
    require("evaluate", "dragoman evaluate")
    if json:
        check_writable(json)
    collection = read_collection(folder)
    options = EvaluationOptions(limit, rewrites, follow_ups, as_of_asked)
    indexed = _indexed(collection.half(half) if half else collection, encoder)
    with indexed.dragoman:
        if ask:
            message = _measure_answers(indexed, options)
        else:
            message = _measure_searches(indexed, systems, options, failures)
    if json:
        write_message(json, message)


def _indexed(collection: "Collection", encoder: str | None) -> "IndexedCollection":
    from ...index.encoding.encoder import open_encoder
    from ...search.evaluation.indexed_collection import index_collection

    announce_compiling(Dragoman.open(encoder=encoder))
    with IndexingProgress(if_stopped=KEPT) as progress:
        indexed = index_collection(collection, open_encoder(encoder), progress)
    terminal.show_problems(indexed.indexing.problems)
    return indexed


def _measure_searches(
    indexed: "IndexedCollection",
    systems: "tuple[System, ...]",
    options: "EvaluationOptions",
    failures: int,
) -> dict[str, Any]:
    from ...search.evaluation.failures import worst
    from ...search.evaluation.retrieval import evaluate as evaluate_searches
    from .evaluation_report import evaluation_message, show_evaluation, show_failures

    with SearchingProgress(if_stopped=_INDEXED) as progress:
        found = evaluate_searches(indexed, systems, options, progress)
    show_evaluation(found, indexed)
    if failures:
        show_failures(worst(found, indexed.dragoman, failures))
    return evaluation_message(found, indexed)


def _measure_answers(indexed: "IndexedCollection", options: "EvaluationOptions") -> dict[str, Any]:
    from ...search.evaluation.answers import evaluate_answers
    from .evaluation_report import answers_message, show_answers

    with SearchingProgress(if_stopped=_INDEXED) as progress:
        answers = evaluate_answers(indexed, options, progress)
    show_answers(answers, indexed)
    return answers_message(answers, indexed)
