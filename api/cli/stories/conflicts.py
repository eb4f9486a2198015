"""`dragoman conflicts`: where reports of one day disagree, and what is corrected."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ....search.dragoman import Dragoman
from ....search.language.dates import in_words
from .. import terminal
from ..options import (
    ArchiveOption,
    AsOfOption,
    EncoderOption,
    JsonOption,
    SinceOption,
    SourceOption,
    TagOption,
    UntilOption,
    filters_from,
)
from ..progress import prepare
from .showing import (
    MOST_REPORTS,
    end_if_nothing,
    show_line,
    show_notes,
    show_others,
    show_rest,
)

if TYPE_CHECKING:
    from ....search.stories.conflicts.found import Conflict, Conflicts, Side

LimitOption = Annotated[
    int, typer.Option("--limit", "-k", metavar="N", help="The number of conflicts, up to 100.")
]
SkipOption = Annotated[
    int, typer.Option("--offset", metavar="N", help="Pass over the first N conflicts.")
]
_SAYS = {"correction": "corrects", "retraction": "withdraws"}


def conflicts(
    matter: Annotated[
        list[str],
        typer.Argument(metavar="MATTER…", help="A few words that say what it is about."),
    ],
    limit: LimitOption = 20,
    source: SourceOption = None,
    tag: TagOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    offset: SkipOption = 0,
    json: JsonOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Print where reports of one day about a matter disagree.

    What articles correct is printed too. The exit status is 3 if none disagree and nothing is
    corrected.
    """
    filters = filters_from(source, since, until, as_of, tag)
    with Dragoman.open(archive, encoder) as dragoman:
        prepare(dragoman)
        found = dragoman.stories.conflicts(" ".join(matter), filters, limit, offset)
    if json:
        terminal.show_json(found.to_json())
    else:
        _show(found, offset)
    end_if_nothing(found)


def _show(found: "Conflicts", offset: int) -> None:
    for conflict in found.conflicts:
        _show_conflict(conflict)
    show_rest(found.total, offset, len(found.conflicts))
    for correction in found.corrections:
        terminal.show(Text(f"{_SAYS[correction.kind]} {correction.of}", "bold"))
        show_line(correction.line)
        terminal.show()
    _show_rest_of_corrections(found, offset)
    show_notes(found)


def _show_rest_of_corrections(found: "Conflicts", offset: int) -> None:
    left = found.total_corrections - offset - len(found.corrections)
    if left > 0:
        more = terminal.counted(left, "more correction")
        terminal.show(Text(f"… and {more}: --offset {offset + len(found.corrections)}", "dim"))


def _show_conflict(conflict: "Conflict") -> None:
    terminal.show(Text(f"{in_words(conflict.day)}  {conflict.kind}", "bold"))
    for side in conflict.sides:
        _show_side(side, named=conflict.kind != "denial")
    terminal.show()


def _show_side(side: "Side", named: bool) -> None:
    said = Text(f"  {side.said}" if named else "  one side", "bold yellow")
    if side.independent > 1:
        said.append(f"  {side.independent:,} independent reports", "dim")
    terminal.show(said)
    for line in side.reports[:MOST_REPORTS]:
        show_line(line)
    show_others(len(side.reports))
