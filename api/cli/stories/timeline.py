"""`dragoman timeline`: the events of a matter, by their own days."""

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
    SourceOption,
    TagOption,
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
    from datetime import date

    from ....search.stories.timeline import Change, Event, Timeline

EventsOption = Annotated[
    int, typer.Option("--limit", "-k", metavar="N", help="The number of events, up to 100.")
]
SkipOption = Annotated[
    int, typer.Option("--offset", metavar="N", help="Pass over the first N events.")
]
FromOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only events of this day or later.")
]
ToOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only events of this day or earlier.")
]


def timeline(
    matter: Annotated[
        list[str],
        typer.Argument(metavar="MATTER…", help="A few words that say what it is about."),
    ],
    limit: EventsOption = 20,
    source: SourceOption = None,
    tag: TagOption = None,
    since: FromOption = None,
    until: ToOption = None,
    as_of: AsOfOption = None,
    offset: SkipOption = 0,
    json: JsonOption = False,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Print the events of a matter by their own days.

    Each has the sentences that tell of it, with their sources. The exit status is 3 if the
    articles tell of none.
    """
    filters = filters_from(source, since, until, as_of, tag)
    with Dragoman.open(archive, encoder) as dragoman:
        prepare(dragoman)
        found = dragoman.stories.timeline(" ".join(matter), filters, limit, offset)
    if json:
        terminal.show_json(found.to_json())
    else:
        _show(found, offset)
    end_if_nothing(found)


def _show(found: "Timeline", offset: int) -> None:
    for event in found.events:
        _show_event(event)
    show_rest(found.total, offset, len(found.events))
    show_notes(found)


def _show_event(event: "Event") -> None:
    said = Text(period_in_words(event.first, event.last), "bold")
    if event.cancelled:
        said.append("  cancelled", "red")
    elif event.announced:
        said.append("  announced", "yellow")
    if event.independent > 1:
        said.append(f"  {event.independent:,} independent reports", "dim")
    terminal.show(said)
    for report in event.reports[:MOST_REPORTS]:
        show_line(report.line)
        if report.dated_by_article:
            terminal.show(Text("names no day: that of its article", "dim"), "  ")
    show_others(len(event.reports))
    for change in event.changes:
        is_shown = change.line == event.reports[0].line
        terminal.show(Text(_changed(change) + ":" * (not is_shown), "yellow"), "  ")
        if not is_shown:
            show_line(change.line)
    terminal.show()


def _changed(change: "Change") -> str:
    before = period_in_words(*change.before)
    if change.after is None:
        return f"cancelled, having been announced for {before}"
    return f"{change.kind} from {before} to {period_in_words(*change.after)}"


def period_in_words(first: "date", last: "date") -> str:
    """Return a period as articles write it: "28 March 2022 to 2 April 2022"."""
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
