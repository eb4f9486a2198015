"""The tool that tells who said what."""

from collections.abc import Callable
from inspect import getdoc
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from pydantic import BaseModel, Field

from ...search.question import MOST_CHARACTERS, Filters
from ...search.stories.speech.statements import Quotes, Statement
from .messages import NOTICE
from .reach import Reach
from .stories import MOST_REPORTS, READING, AsOf, Day, Skipped, Told

Speaker = Annotated[
    str | None,
    Field(description="Whose words: a name, in any spelling.", max_length=MOST_CHARACTERS),
]
OnMatter = Annotated[
    str | None,
    Field(description="A few words that say what about, in English.", max_length=MOST_CHARACTERS),
]


class StatementMessage(BaseModel):
    """What somebody says, as the article has it that was published first."""

    speaker: str
    office: str | None
    verb: str
    form: str
    quote: str = Field(description="What is said, word for word as the article has it.")
    addressee: str | None
    day: str | None
    independent: int
    reports: list[Told]

    @classmethod
    def of(cls, one: Statement, service: str | None) -> "StatementMessage":
        """Return the message of a statement."""
        said = one.first.quotation
        return cls(
            speaker=one.speaker,
            office=said.office or None,
            verb=said.verb,
            form=said.form,
            quote=one.first.quote,
            addressee=said.addressee,
            day=one.day.isoformat() if one.day else None,
            independent=one.independent,
            reports=[Told.of(telling.line, service) for telling in one.tellings[:MOST_REPORTS]],
        )


class QuotesMessage(BaseModel):
    """What is said, the latest first."""

    notice: str = NOTICE
    quotes: list[StatementMessage]
    total: int
    nearest: list[str] = Field(description="Speakers with a like name, where nobody has this one.")
    undated: int = Field(description="Articles left out because they state no day.")
    warnings: list[str]


def add_quotes(server: MCPServer, reach: Callable[[], Reach]) -> None:
    """Give the server the tool about who said what."""

    async def quotes(
        speaker: Speaker = None,
        about: OnMatter = None,
        since: Day = None,
        until: Day = None,
        as_of: AsOf = None,
        offset: Skipped = 0,
    ) -> QuotesMessage:
        """Return what a speaker says, or what is said about a matter, or both, the latest first,
        word for word. `since` and `until` are days of publication."""
        to = reach()
        to.note(": ".join(filter(None, (speaker, about))))

        def found() -> Quotes:
            filters = Filters(since=since, until=until, as_of=as_of)
            return to.dragoman.stories.quotes(speaker, about, filters, offset=offset)

        return _quotes_message(await to.run("search", found), to.service)

    about = getdoc(quotes)
    server.add_tool(quotes, title="Quotes", description=about, annotations=READING)


def _quotes_message(found: Quotes, service: str | None) -> QuotesMessage:
    return QuotesMessage(
        quotes=[StatementMessage.of(one, service) for one in found.quotes],
        total=found.total,
        nearest=[*found.nearest],
        undated=found.undated,
        warnings=[*found.warnings],
    )
