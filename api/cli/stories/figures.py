"""`dragoman figures`: the figures behind a question, over time."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ....corpus.extras import require
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
from .showing import end_if_nothing, show_line, show_notes, show_rest

if TYPE_CHECKING:
    from ....search.stories.figures.series import CountedFigure, FigureSeries

LimitOption = Annotated[
    int, typer.Option("--limit", "-k", metavar="N", help="The number of figures, up to 100.")
]
SkipOption = Annotated[
    int, typer.Option("--offset", metavar="N", help="Pass over the first N figures.")
]
FromOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only figures of this day or later.")
]
ToOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only figures of this day or earlier.")
]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")]
PlotOption = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Draw the figures into this file, .svg or .png."),
]


def figures(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION…", help="A question for a number.")
    ],
    limit: LimitOption = 100,
    source: SourceOption = None,
    tag: TagOption = None,
    since: FromOption = None,
    until: ToOption = None,
    as_of: AsOfOption = None,
    offset: SkipOption = 0,
    json: JsonOption = False,
    csv: CsvOption = False,
    plot: PlotOption = None,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Print the figures that answer a question, over time.

    Each has who counted and its sources. The exit status is 3 if the articles give none.
    """
    if json and csv:
        raise typer.BadParameter("--json and --csv exclude each other: give one of them.")
    if plot:
        _check(plot)
    filters = filters_from(source, since, until, as_of, tag)
    with Dragoman.open(archive, encoder) as dragoman:
        prepare(dragoman)
        found = dragoman.stories.figures(" ".join(question), filters, limit, offset)
    if plot and found.figures:
        _draw(found, plot)
    if json:
        terminal.show_json(found.to_json())
    elif csv:
        typer.echo(found.to_csv(), nl=False)
    else:
        _show(found, offset)
    end_if_nothing(found)


def _check(plot: Path) -> None:
    kind = plot.suffix.lower()
    if kind not in (".svg", ".png"):
        raise typer.BadParameter(
            f"--plot draws SVG and PNG: name a file that ends in .svg or .png, not {plot}."
        )
    if kind == ".png":
        require("plot", "A drawing as PNG")


def _draw(found: "FigureSeries", plot: Path) -> None:
    is_png = plot.suffix.lower() == ".png"
    drawn = found.to_png() if is_png else found.to_svg().encode()
    try:
        plot.write_bytes(drawn)
    except OSError as error:
        raise typer.BadParameter(f"--plot: {plot} cannot be written: {error.strerror}.") from error


def _show(found: "FigureSeries", offset: int) -> None:
    for figure in found.figures:
        _show_figure(figure)
    show_rest(found.total, offset, len(found.figures))
    show_notes(found)


def _show_figure(figure: "CountedFigure") -> None:
    number = " ".join(part for part in (figure.bound, figure.text, figure.counted) if part)
    said = Text(in_words(figure.day) if figure.day else "undated", "bold")
    said.append(f"  {figure.of}:" if figure.of else "").append(f"  {number}", "bold green")
    if figure.counted_by:
        said.append(f"  counted by {figure.counted_by}", "dim")
    if figure.independent > 1:
        said.append(f"  {figure.independent:,} independent reports", "dim")
    terminal.show(said)
    for line in figure.reports:
        show_line(line)
    terminal.show()
