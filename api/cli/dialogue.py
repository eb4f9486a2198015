"""An answer as people see it in a terminal, and the dialogue that they have with it there."""

from collections.abc import Callable, Sequence

from rich.table import Table
from rich.text import Text

from ...search.answer import Answer, Citation
from ...search.question import Turn
from . import terminal

UNANSWERED = "The articles here do not answer this."
_NEAREST = 3  # passages named where there is no answer


def show_answer(answer: Answer) -> None:
    """Print an answer and what it cites; where there is none, what comes nearest."""
    if answer.question_understood != answer.question_asked:
        shown = "".join(c for c in answer.question_understood if c.isprintable())
        terminal.err.print(Text(f"understood as: {shown}", "dim"))
    if answer.answer is None:
        _show_nearest(answer)
    else:
        terminal.out.print(Text(answer.answer, "bold"), "", sep="\n")
        for citation in answer.citations:
            _show_citation(citation)
    for warning in answer.warnings:
        terminal.show_warning(warning)


def _show_citation(citation: Citation) -> None:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")  # whatever is quoted is quoted whole
    grid.add_row(Text(f"[{citation.number}]", "bold cyan"), Text(citation.article.title, "bold"))
    grid.add_row("", terminal.provenance(citation.article))
    if citation.also_in:
        grid.add_row("", terminal.also_in(citation.also_in))
    quote = Text(f"“{citation.quote}”")
    if citation.answer:
        start, end = citation.answer
        quote.stylize("bold yellow", start + 1, end + 1)
    grid.add_row("", quote)
    terminal.out.print(grid, "", sep="\n")


def _show_nearest(answer: Answer) -> None:
    terminal.out.print(Text(UNANSWERED, "bold"))
    nearest = list(dict.fromkeys(ranked.article for ranked in answer.passages))[:_NEAREST]
    if nearest:
        terminal.out.print("", Text("Nearest to it:", "dim"), sep="\n")
    for article in nearest:
        terminal.out.print(Text(f"  {article.title}"))
        terminal.out.print(Text("  ").append_text(terminal.provenance(article)))


def converse(
    ask: Callable[[str, Sequence[Turn]], Answer], on_error: Callable[[Exception], None]
) -> None:
    """Have a dialogue: each question is asked with what was said before, until the end of input, or
    "quit".

    What `ask` raises is given to `on_error`, and the dialogue goes on.
    """
    history: list[Turn] = []
    while True:
        try:
            question = terminal.err.input("[bold cyan]?[/] ").strip()
        except EOFError:
            terminal.err.print()
            return
        if question in ("quit", "exit"):
            return
        if question:
            history += _exchange(question, history, ask, on_error)


def _exchange(
    question: str,
    history: Sequence[Turn],
    ask: Callable[[str, Sequence[Turn]], Answer],
    on_error: Callable[[Exception], None],
) -> list[Turn]:
    try:
        answer = ask(question, history)
    except Exception as error:
        on_error(error)
        return []
    show_answer(answer)
    return [Turn("user", question), Turn("assistant", answer.answer or UNANSWERED)]
