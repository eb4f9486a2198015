"""The `dragoman` command."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.text import Text

from ...corpus.errors import ColumnsUnusable, DragomanError
from ...index.errors import AddressNotUnderstood, ArticleMissing
from ...search.answer import Answer
from ...search.dragoman import Dragoman
from ...search.errors import QuestionError
from ...search.question import READ_TO_ANSWER, Mode
from ..chat_model import chat_model_from
from ..errors import WrongUsage
from . import terminal
from .adding import add, watch
from .backup import backup, copy, restore
from .evaluating import evaluate
from .keys import keys
from .listing import article, articles, info
from .mcp import mcp
from .options import (
    AllOption,
    ArchiveOption,
    AsOfOption,
    CopiesOption,
    EncoderOption,
    ExplainOption,
    FacetsOption,
    JsonOption,
    LimitOption,
    MinConfidenceOption,
    ModeOption,
    OffsetOption,
    RayOption,
    ReadOption,
    RerankerOption,
    RerankOption,
    SinceOption,
    SourceOption,
    TagOption,
    UntilOption,
    filters_from,
)
from .progress import IndexingProgress, prepare, upgrade
from .service_options import ServiceCommand
from .serving import serve
from .stories.conflicts import conflicts
from .stories.figures import figures
from .stories.quotes import quotes
from .stories.showing import show_undated
from .stories.timeline import timeline

if TYPE_CHECKING:
    from ...search.question import Turn

NOT_FOUND = 3
_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WRONG_USAGE = (AddressNotUnderstood, QuestionError, WrongUsage, ColumnsUnusable)

app = typer.Typer(
    help="Ask a question of a collection of news articles; get an answer, with its sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Boxes and styles are for people; other programs get plain help.
    rich_markup_mode=None if terminal.is_plain(terminal.out) else "rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # takes a while to import

        print(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback()
def _dragoman(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    pass


@app.command(epilog='Example: dragoman ask "Who led the Ukrainian delegation?"')
def ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUESTION…",
            help="A question, with or without quotes. Without one, on a terminal: a dialogue.",
        ),
    ] = None,
    limit: LimitOption = 5,
    mode: ModeOption = "hybrid",
    source: SourceOption = None,
    tag: TagOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    rerank: ReadOption = READ_TO_ANSWER,
    min_confidence: MinConfidenceOption = None,
    json: JsonOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Answer a question in the articles' own words.

    The sources are cited. The exit status is 3 if the articles have no answer.
    """
    filters = filters_from(source, since, until, as_of, tag)
    if not question and (json or not sys.stdin.isatty()):
        raise typer.BadParameter("give a question. It can only be left out on a terminal.")
    chat_model = chat_model_from(os.environ)
    with Dragoman.open(archive, encoder, reranker, chat_model=chat_model) as dragoman:
        prepare(dragoman)

        def answer_to(question: str, history: "Sequence[Turn]" = ()) -> Answer:
            return dragoman.ask(
                question, history, limit, cast(Mode, mode), filters, rerank, min_confidence
            )

        if not question:
            from .dialogue import converse

            converse(answer_to, _show_failure)
            return
        answer = answer_to(" ".join(question))
    if json:
        terminal.show_json(answer.to_json())
    else:
        terminal.show_answer(answer)
    show_undated(answer.undated)
    if answer.status == "not_in_corpus":
        raise typer.Exit(NOT_FOUND)


@app.command(
    epilog='Example: dragoman search "Who led the Ukrainian delegation?" --since 2022-03-01'
)
def search(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION…", help="A question, with or without quotes.")
    ],
    limit: LimitOption = 5,
    mode: ModeOption = "hybrid",
    source: SourceOption = None,
    tag: TagOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    all_of_article: AllOption = False,
    rerank: RerankOption = 0,
    offset: OffsetOption = 0,
    facets: FacetsOption = False,
    explain: ExplainOption = False,
    all_copies: CopiesOption = False,
    json: JsonOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Print the best passages for a question.

    The exit status is 3 if nothing is found.
    """
    filters = filters_from(source, since, until, as_of, tag)
    with Dragoman.open(archive, encoder, reranker) as dragoman:
        prepare(dragoman)
        result = dragoman.search(
            " ".join(question),
            limit,
            cast(Mode, mode),
            filters,
            None if all_of_article else 2,
            all_copies,
            rerank,
            offset,
            facets,
        )
        if json:
            terminal.show_json(result.to_json(explain))
        else:
            terminal.show_passages(result, explain)
        show_undated(result.undated)
        if not result.passages:
            terminal.err.print(Text(" ".join(result.warnings)), soft_wrap=True)
            raise typer.Exit(NOT_FOUND)


app.command(epilog='Example: dragoman timeline "peace talks" --since 2022-03-28')(timeline)
app.command(epilog="Example: dragoman quotes --speaker Kalın --about corridor")(quotes)
app.command(epilog='Example: dragoman figures "How many people were killed?" --csv')(figures)
app.command(epilog="Example: dragoman conflicts death toll --as-of 2022-05-02")(conflicts)
app.command(epilog="Example: dragoman add my-articles/ feed.jsonl --archive my-archive")(add)
app.command(epilog="Example: dragoman watch my-articles/ --archive my-archive")(watch)


@app.command(epilog="Example: dragoman remove istanbul-talks-open-at-dolmabahce")
def remove(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Ids, as `dragoman articles` shows them.")
    ],
    archive: ArchiveOption = None,
) -> None:
    """Remove articles, with all their passages."""
    with Dragoman.open(archive) as dragoman:
        prepare(dragoman, encodes=archive is None)
        removed = dragoman.remove(ids)
    terminal.err.print(f"{len(removed):,} removed")
    missing = [id for id in ids if id not in removed]
    for id in missing:
        terminal.show_error(ArticleMissing(id=id).with_command)
    if missing:
        raise typer.Exit(1)


app.command(epilog="Example: dragoman articles --archive my-archive")(articles)
app.command(epilog="Example: dragoman article istanbul-talks-open-at-dolmabahce")(article)
app.command(epilog="Example: dragoman info")(info)


@app.command(epilog="Example: dragoman rebuild --encoder models/my-encoder")
def rebuild(
    archive: ArchiveOption = None, encoder: EncoderOption = None, ray: RayOption = None
) -> None:
    """Rebuild the indexes from the stored articles.

    With another --encoder, the articles are encoded again.
    """
    with Dragoman.open(archive, encoder) as dragoman:
        upgrade(dragoman)
        with IndexingProgress(if_stopped="The archive stays as it was.") as progress:
            done = dragoman.rebuild(progress, ray or None)
        held = dragoman.info()
    encoded = f", {done.passages:,} passages encoded again" if done.passages else ""
    terminal.err.print(f"rebuilt: {held.articles:,} articles{encoded}")


app.command(epilog="Example: dragoman backup news.zip --archive my-archive")(backup)
app.command(epilog="Example: dragoman restore news.zip --archive my-archive")(restore)
app.command(epilog="Example: dragoman copy news milvus://localhost:19530/news")(copy)
app.command(epilog="Example: dragoman evaluate my-collection/ --failures 5")(evaluate)
app.command(cls=ServiceCommand, epilog="Example: dragoman serve --port 8080")(serve)
app.command(epilog="Example: dragoman mcp --archive my-archive")(mcp)
app.add_typer(keys, name="keys", epilog="Example: dragoman keys create newsroom")


def main() -> None:
    """Run the command. An error ends it with a line and status 1, or 2 for wrong usage; Ctrl-C
    with 130. If the reader of its output stops early, as `head` does, it ends quietly with 0.
    """
    terminal.replace_unprintable()
    try:
        _run()
    except BrokenPipeError:
        _discard_output()
        sys.exit(0)
    except Exception as error:
        _discard_output()
        _show_failure(error)
        sys.exit(2 if isinstance(error, _WRONG_USAGE) else 1)


def _run() -> None:
    """Run the command, and raise BrokenPipeError if its output is no longer read."""
    try:
        app(prog_name="dragoman")
    except SystemExit as ended:
        # Typer and Rich end with 1 where the pipe is broken; that is its only trace.
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None
        sys.stdout.flush()  # here, where a broken pipe can be handled, not when Python exits
        raise


def _discard_output() -> None:
    """Discard all further output, so that Python does not fail again when it exits."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    devnull = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(devnull, sys.stdout.fileno())


def _show_failure(error: Exception) -> None:
    """Print the message of a DragomanError, and any other error as unexpected."""
    if isinstance(error, DragomanError):
        terminal.show_error(error.with_command)
        return
    if os.environ.get("DRAGOMAN_TRACEBACK"):
        raise error
    if isinstance(error, OSError) and error.errno in _NOT_WRITTEN:
        terminal.show_error(f"the output could not be written ({error.strerror}). Free some space.")
        return
    terminal.show_error(
        f"something unexpected went wrong ({type(error).__name__}: {error}). "
        "DRAGOMAN_TRACEBACK=1 shows where; please report it."
    )
