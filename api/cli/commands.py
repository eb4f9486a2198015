"""The `dragoman` command."""

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer
from rich.text import Text

from ...corpus.errors import DragomanError, ReadingError
from ...index.errors import ArticleMissing
from ...search.answer import Answer
from ...search.dragoman import Dragoman
from ...search.errors import QuestionError
from ...search.question import READ_TO_ANSWER, Filters, Mode, parse_day
from ..errors import AddressUnusable
from ..settings import chat_model_from
from . import terminal
from .options import (
    AllOption,
    AllowHostOption,
    ArchiveOption,
    AsOfOption,
    CopiesOption,
    EncoderOption,
    ExplainOption,
    HostOption,
    JsonOption,
    LimitOption,
    ModeOption,
    ReadOption,
    RerankerOption,
    RerankOption,
    SinceOption,
    SourceOption,
    UntilOption,
)
from .progress import IndexingProgress

if TYPE_CHECKING:
    from ...search.question import Turn

NOT_FOUND = 3
_MODES = "lexical,dense,hybrid"
_KEPT = "What was added so far is kept; the same command goes on."

app = typer.Typer(
    help="Ask a question of a collection of news articles; get an answer, with its sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(epilog='[dim]Example:[/] dragoman ask "Who led the Ukrainian delegation?"')
def ask(
    question: Annotated[
        str | None,
        typer.Argument(help="What you want to know. Without it, on a terminal: a dialogue."),
    ] = None,
    limit: LimitOption = 5,
    mode: ModeOption = "hybrid",
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    rerank: ReadOption = READ_TO_ANSWER,
    json: JsonOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Answer a question in the articles' own words, with the sources, or say they have none."""
    from . import (
        dialogue as answers,  # follow-ups are understood by patterns that take a while to make
    )

    filters = _filters(source, since, until, as_of)
    if question is None and (json or not sys.stdin.isatty()):
        raise typer.BadParameter("give a question. Only on a terminal can it be left out.")
    chat_model = chat_model_from(os.environ)
    with Dragoman.open(archive, encoder, reranker, chat_model=chat_model) as dragoman:
        _prepare(dragoman)

        def answer_to(question: str, history: "Sequence[Turn]" = ()) -> Answer:
            return dragoman.ask(question, history, limit, cast(Mode, mode), filters, rerank)

        if question is None:
            answers.converse(answer_to, _show_failure)
            return
        answer = answer_to(question)
        if json:
            terminal.show_json(answer.to_json())
        else:
            answers.show_answer(answer)
    if answer.status == "not_in_corpus":
        raise typer.Exit(NOT_FOUND)


@app.command(
    epilog='[dim]Example:[/] dragoman search "Who led the Ukrainian delegation?" --since 2022-03-01'
)
def search(
    question: Annotated[str, typer.Argument(help="What you want to know, in your own words.")],
    limit: LimitOption = 5,
    mode: ModeOption = "hybrid",
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    all_of_article: AllOption = False,
    rerank: RerankOption = 0,
    explain: ExplainOption = False,
    all_copies: CopiesOption = False,
    json: JsonOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Print the best-ranked passages for a question, with their sources."""
    filters = _filters(source, since, until, as_of)
    with Dragoman.open(archive, encoder, reranker) as dragoman:
        _prepare(dragoman)
        result = dragoman.search(
            question,
            limit,
            cast(Mode, mode),
            filters,
            None if all_of_article else 2,
            all_copies,
            rerank,
        )
        if json:
            terminal.show_json(result.to_json(explain))
        else:
            terminal.show_passages(result, explain)
        if not result.passages:
            terminal.err.print(Text(" ".join(result.warnings)), soft_wrap=True)
            raise typer.Exit(NOT_FOUND)


@app.command(epilog="[dim]Example:[/] dragoman add my-articles/ feed.jsonl --archive my-archive")
def add(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…", help="Files (.txt .md .html .json .jsonl), and folders of them."
        ),
    ],
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Add articles to the archive; those that have changed replace their former selves."""
    with Dragoman.open(archive, encoder) as dragoman:
        _prepare(dragoman)
        try:
            with IndexingProgress(if_stopped=_KEPT) as progress:
                added = dragoman.add(paths, progress)
        except ReadingError as error:
            terminal.show_error(f"{error} Nothing was added.")
            raise typer.Exit(1) from error
    terminal.show_added(added)
    if added.problems:
        raise typer.Exit(1)


@app.command(epilog="[dim]Example:[/] dragoman remove istanbul-talks-open-at-dolmabahce")
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="As `dragoman articles` shows.")],
    archive: ArchiveOption = None,
) -> None:
    """Remove articles, with all their passages."""
    with Dragoman.open(archive) as dragoman:
        _prepare(dragoman, encodes=archive is None)
        removed = dragoman.remove(ids)
    terminal.err.print(f"{len(removed):,} removed")
    missing = [id for id in ids if id not in removed]
    for id in missing:
        terminal.show_error(ArticleMissing(id=id).with_command)
    if missing:
        raise typer.Exit(1)


@app.command(epilog="[dim]Example:[/] dragoman articles --archive my-archive")
def articles(archive: ArchiveOption = None) -> None:
    """List the articles of the archive."""
    with Dragoman.open(archive) as dragoman:
        _prepare(dragoman, encodes=archive is None)
        terminal.show_articles(dragoman.articles())


@app.command(epilog="[dim]Example:[/] dragoman info")
def info(archive: ArchiveOption = None) -> None:
    """Say what the archive holds, and where it is."""
    with Dragoman.open(archive) as dragoman:
        _prepare(dragoman, encodes=archive is None)
        terminal.show_info(dragoman.info())


@app.command(epilog="[dim]Example:[/] dragoman rebuild --encoder models/my-encoder")
def rebuild(archive: ArchiveOption = None, encoder: EncoderOption = None) -> None:
    """Build the indexes again from the stored articles; with another encoder, encode them again."""
    with Dragoman.open(archive, encoder) as dragoman:
        with IndexingProgress(if_stopped="The archive stays as it was.") as progress:
            done = dragoman.rebuild(progress)
        info = dragoman.info()
    encoded = f", {done.passages:,} passages encoded again" if done.passages else ""
    terminal.err.print(f"rebuilt: {info.articles:,} articles{encoded}")


@app.command(epilog="[dim]Example:[/] dragoman evaluate my-collection/ --failures 5")
def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Holds corpus.jsonl, queries.jsonl and qrels.tsv, as BEIR's do."
        ),
    ],
    modes: Annotated[
        str,
        typer.Option(
            metavar="MODES",
            help="Which modes to compare, with commas between; hybrid+20 reads the best 20 again.",
        ),
    ] = _MODES,
    ask: Annotated[
        bool,
        typer.Option("--ask", help="Measure answers, and that none is given where there is none."),
    ] = False,
    half: Annotated[
        Literal["first", "second"] | None,
        typer.Option(help="Ask only this half; questions about one article are in the same."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1, help="Ask only the first N of the judged questions, and of the others."
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write all of it there, by question as well."),
    ] = None,
    failures: Annotated[
        int, typer.Option(min=0, help="Show the N questions that the last mode did worst on.")
    ] = 0,
    rewrites: Annotated[
        bool, typer.Option("--rewrites", help="Ask the rewrites of questions that have one.")
    ] = False,
    follow_ups: Annotated[
        bool,
        typer.Option("--follow-ups", help="Ask questions as understood from their own history."),
    ] = False,
    as_of_asked: Annotated[
        bool, typer.Option("--as-of-asked", help="Ask each question as of its own date.")
    ] = False,
    encoder: EncoderOption = None,
) -> None:
    """Measure how well questions find the articles judged relevant to them, or are answered.

    The articles are indexed once, into the cache; later runs only search. Rankings are of articles,
    each at its best passage; at most the 100 best passages of a question count.
    """
    # What measures takes a while to import, and nothing else needs it.
    from ...index.encoding.encoder import open_encoder
    from ...search.evaluation.collection import read_collection
    from ...search.evaluation.indexed_collection import index_collection
    from ...search.evaluation.retrieval import parse_modes
    from .evaluating import measure_answers, measure_searches
    from .evaluation_report import check_writable, write_message

    if ask and (failures or modes != _MODES):
        raise typer.BadParameter("--modes and --failures are of searches; leave them out.")
    chosen = parse_modes(modes)
    if json:
        check_writable(json)
    collection = read_collection(folder)
    if half:
        collection = collection.half(half)
    _say_if_compiled_first(Dragoman.open(encoder=encoder))
    with IndexingProgress(if_stopped=_KEPT) as progress:
        indexed = index_collection(collection, open_encoder(encoder), progress)
    terminal.show_problems(indexed.indexing.problems)
    with indexed.dragoman:
        if ask:
            message = measure_answers(indexed, limit, rewrites, as_of_asked, follow_ups)
        else:
            message = measure_searches(
                indexed, chosen, limit, rewrites, as_of_asked, follow_ups, failures
            )
    if json:
        write_message(json, message)


@app.command(epilog="[dim]Example:[/] dragoman serve   →   curl 'localhost:8000/v1/search?q=...'")
def serve(
    host: HostOption = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    allow_host: AllowHostOption = None,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Answer over HTTP. Listens on this machine alone unless told otherwise."""
    import uvicorn  # with FastAPI a quarter of a second: only where it is served

    from ..http.app import LOCAL_HOSTS, create_app

    chat_model = chat_model_from(os.environ)
    with Dragoman.open(archive, encoder, reranker, chat_model=chat_model) as dragoman:
        _prepare(dragoman)
        dragoman.warm_up()
        named = f"[{host}]" if ":" in host else host
        service = create_app(dragoman, [*LOCAL_HOSTS, named, *(allow_host or ())])
        config = uvicorn.Config(service, log_level="warning", server_header=False)
        with _listening(host, port) as listener:
            port = listener.getsockname()[1]
            terminal.err.print(
                Text(f"Dragoman answers at http://{named}:{port} (docs: /docs)"), soft_wrap=True
            )
            uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0
        # What comes from looking a name up has negative numbers, which strerror does not know.
        reason = os.strerror(number) if number > 0 else "there is no such address"
        raise AddressUnusable(host=host, port=port, reason=reason) from error


def _filters(
    source: list[str] | None, since: str | None, until: str | None, as_of: str | None
) -> Filters:
    return Filters(
        sources=tuple(source or ()),
        since=parse_day(since, "--since"),
        until=parse_day(until, "--until"),
        as_of=parse_day(as_of, "--as-of"),
    )


def _prepare(dragoman: Dragoman, encodes: bool = True) -> None:
    """Do what is done once, with progress: compile the encoder, index the bundled articles."""
    if encodes:
        _say_if_compiled_first(dragoman)
    with IndexingProgress(if_stopped=_KEPT) as progress:
        dragoman.prepare(progress)


def _say_if_compiled_first(dragoman: Dragoman) -> None:
    if dragoman.needs_compiling():
        terminal.err.print("Preparing the encoder, once; this takes a quarter of a minute…")


def main() -> None:
    """Run the command; errors end it with one line and their exit status, never a traceback.

    Ctrl-C ends it with 130, and a reader of its output who has gone, with 1: Typer sees to both.
    """
    terminal.replace_unprintable()
    try:
        app(prog_name="dragoman")
    except Exception as error:
        _show_failure(error)
        sys.exit(2 if isinstance(error, QuestionError) else 1)


def _show_failure(error: Exception) -> None:
    """Say what went wrong: an error of ours by its message, any other as unexpected."""
    if isinstance(error, DragomanError):
        terminal.show_error(error.with_command)
        return
    if os.environ.get("DRAGOMAN_TRACEBACK"):
        raise error
    terminal.show_error(
        f"something unexpected went wrong ({type(error).__name__}: {error}). "
        "DRAGOMAN_TRACEBACK=1 shows where; please report it."
    )
