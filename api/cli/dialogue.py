"""The dialogue on a terminal: questions, each of which may refer to those before."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...search.answer import Answer
from ...search.question import Turn
from . import terminal

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings

GREETING = (
    "Ask the articles a question; the next one may refer to it.\n"
    "Ctrl-C stops an answer. Ctrl-D or “quit” ends the dialogue."
)

Ask = Callable[[str, Sequence[Turn]], Answer]
OnError = Callable[[Exception], None]


def converse(ask: Ask, on_error: OnError) -> None:
    """Have a dialogue until the end of input, "quit" or "exit"; "help" says how.

    `ask` is called with each question and the turns before it; what it raises is given to
    `on_error`, and the dialogue goes on. Ctrl-C stops an answer; at the prompt it clears the line,
    and on an empty line raises KeyboardInterrupt.
    """
    terminal.err.print(GREETING, style="dim", soft_wrap=True)
    next_line = _line_reader()
    history: list[Turn] = []
    while True:
        try:
            question = next_line().strip()
        except EOFError:
            return
        if question in ("quit", "exit"):
            return
        if question.casefold() == "help":
            terminal.err.print(GREETING, style="dim", soft_wrap=True)
        elif question:
            history += _exchange(question, history, ask, on_error)


def _exchange(question: str, history: Sequence[Turn], ask: Ask, on_error: OnError) -> list[Turn]:
    """Answer a question, and return what the next one may refer to."""
    try:
        answer = ask(question, history)
        terminal.show_answer(answer)
    except KeyboardInterrupt:
        terminal.err.print("\nStopped.")
        return []
    except Exception as error:
        on_error(error)
        return []
    asked = Turn("user", question)
    # "And in Mariupol?" still needs the question that had no answer, but never the refusal.
    return [asked] if answer.answer is None else [asked, Turn("assistant", answer.answer)]


def _line_reader() -> Callable[[], str]:
    """Return a function that reads a line; on a terminal it can be edited and has a history.

    The prompt goes to stderr, so that stdout has the answers and nothing else.
    """
    can_edit = terminal.is_screen(terminal.err) and not terminal.err.is_dumb_terminal
    if not can_edit:
        return _plain_line
    # A tenth of a second to import: only where there is a dialogue.
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.output import create_output

    session: PromptSession[str] = PromptSession(
        FormattedText([("" if terminal.NO_COLOR else "bold ansicyan", "? ")]),
        output=create_output(sys.stderr),
        key_bindings=_keys(),
        enable_suspend=True,
        reserve_space_for_menu=0,
    )
    return session.prompt


def _plain_line() -> str:
    try:
        return terminal.err.input("[bold cyan]?[/] ")
    except EOFError:
        terminal.err.print()
        raise


def _keys() -> "KeyBindings":
    from prompt_toolkit.enums import DEFAULT_BUFFER
    from prompt_toolkit.filters import has_focus
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    @keys.add("c-c", filter=has_focus(DEFAULT_BUFFER))
    def clear_or_end(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    return keys
