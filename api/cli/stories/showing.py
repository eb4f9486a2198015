"""How the lines of a story are printed, and how a command about one ends."""

from typing import TYPE_CHECKING, Protocol

import typer
from rich.text import Text

from .. import terminal

if TYPE_CHECKING:
    from ....search.stories.lines import Line, Reason

NOT_FOUND = 3
MOST_REPORTS = 5
"""How many reports of one thing are printed; as JSON there are all."""
_INDENT = "  "


class Story(Protocol):
    """What is known of a matter, or why nothing is."""

    @property
    def undated(self) -> int:
        """How many articles are left out because they state no day."""
        ...

    @property
    def reason(self) -> "Reason | None":
        """Why there is nothing, or None."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know about it; where there is nothing, the first says why."""
        ...


def show_line(line: "Line") -> None:
    """Print a sentence and its source."""
    terminal.show(Text(f"“{' '.join(line.sentence.split())}”"), _INDENT)
    head = Text(f"{line.article.title} · ", "dim").append(terminal.provenance(line.article))
    terminal.show(head, _INDENT)
    if line.also_in:
        terminal.show(terminal.also_in(line.also_in), _INDENT)


def show_others(reports: int) -> None:
    """Print how many reports there are beside those that are printed, if any."""
    if reports > MOST_REPORTS:
        more = terminal.counted(reports - MOST_REPORTS, "more report")
        terminal.show(Text(f"… and {more}", "dim"), _INDENT)


def show_rest(total: int, offset: int, shown: int) -> None:
    """Print how many are left after those shown, and how to have them, or that none are."""
    if total > offset + shown:
        left = f"… and {total - offset - shown:,} more: --offset {offset + shown}"
        terminal.show(Text(left, "dim"))
    elif total and not shown:
        terminal.show_warning(f"there are only {total:,}: give a smaller --offset.")


def show_notes(story: Story) -> None:
    """Print what there is to know about a story beside its lines, on stderr."""
    for warning in story.warnings[1:] if story.reason else story.warnings:
        terminal.show_warning(warning)
    show_undated(story.undated)


def show_undated(articles: int) -> None:
    """Print on stderr how many articles were left out because they state no day, if any."""
    if articles:
        said = f"undated: {terminal.counted(articles, 'article')} left out, which state no day."
        terminal.show_warning(said)


def end_if_nothing(story: Story) -> None:
    """Say why there is nothing, and end with status 3."""
    if story.reason:
        terminal.err.print(Text(story.warnings[0]), soft_wrap=True)
        raise typer.Exit(NOT_FOUND)
