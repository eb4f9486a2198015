"""`dragoman quotes`: who said what."""

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
    from ....search.stories.speech.statements import Quotes, Statement, Telling

SpeakerOption = Annotated[
    str | None, typer.Option("--speaker", metavar="NAME", help="Whose words, in any spelling.")
]
AboutOption = Annotated[
    str | None, typer.Option("--about", metavar="TEXT", help="A few words that say what about.")
]
QuotesOption = Annotated[
    int, typer.Option("--limit", "-k", metavar="N", help="The number of quotes, up to 100.")
]
SkipOption = Annotated[
    int, typer.Option("--offset", metavar="N", help="Pass over the first N quotes.")
]
_INDENT = "  "


def quotes(
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    limit: QuotesOption = 20,
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
    """Print who said what, word for word, with the sources.

    It is of a speaker, about a matter, or both. The exit status is 3 if the articles quote
    nobody so.
    """
    filters = filters_from(source, since, until, as_of, tag)
    with Dragoman.open(archive, encoder) as dragoman:
        prepare(dragoman)
        found = dragoman.stories.quotes(speaker, about, filters, limit, offset)
    if json:
        terminal.show_json(found.to_json())
    else:
        _show(found, offset)
    end_if_nothing(found)


def _show(found: "Quotes", offset: int) -> None:
    for statement in found.quotes:
        _show_statement(statement)
    show_rest(found.total, offset, len(found.quotes))
    show_notes(found)


def _show_statement(statement: "Statement") -> None:
    said = statement.first.quotation
    head = Text(statement.speaker, "bold")
    if said.office and said.office.casefold() != statement.speaker.casefold():
        head.append(f", {' '.join(said.office.split())}", "dim")
    if statement.day:
        head.append(f" · {in_words(statement.day)}")
    if said.addressee:
        head.append(f" · to {' '.join(said.addressee.split())}", "dim")
    terminal.show(head)
    show_line(statement.first.line)
    for telling in statement.tellings[1:MOST_REPORTS]:
        _show_source(telling)
    show_others(len(statement.tellings))
    terminal.show()


def _show_source(telling: "Telling") -> None:
    article = telling.line.article
    head = Text(f"{article.title} · ", "dim").append(terminal.provenance(article))
    terminal.show(head, _INDENT)
