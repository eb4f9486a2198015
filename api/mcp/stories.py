"""The tools about the developing story: what the articles tell of a matter, over time."""

from collections.abc import Callable
from inspect import getdoc
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from ...search.question import MOST_CHARACTERS, Filters
from ...search.stories.lines import Line
from ...search.stories.timeline import Event, Timeline
from .messages import NOTICE, CitedArticle, cited_article
from .reach import Reach

READING = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
MOST_REPORTS = 5  # of an event

Matter = Annotated[
    str,
    Field(
        description="A few words that say what it is about, in English.", max_length=MOST_CHARACTERS
    ),
]
Day = Annotated[str | None, Field(description="A day, as YYYY-MM-DD.")]
AsOf = Annotated[
    str | None,
    Field(description="Tell what was known by this day, YYYY-MM-DD: nothing published later."),
]


class Told(BaseModel):
    """A sentence of an article, word for word."""

    quote: str
    article: CitedArticle

    @classmethod
    def of(cls, line: Line, service: str | None) -> "Told":
        """Return the message of a line."""
        return cls(quote=line.sentence, article=cited_article(line.article, service))


class EventMessage(BaseModel):
    """What happened, or is to happen, from the first day to the last."""

    first: str
    last: str
    announced: bool = Field(description="Whether no report tells of it as done.")
    independent: int = Field(description="The reports that are not copies of another.")
    reports: list[Told]


class TimelineMessage(BaseModel):
    """The events of a matter in the order of their days."""

    notice: str = NOTICE
    events: list[EventMessage]
    total: int
    undated: int = Field(description="Articles left out because they state no day.")
    warnings: list[str]


def add_stories(server: MCPServer, reach: Callable[[], Reach]) -> None:
    """Give the server the tools about stories."""

    async def timeline(
        matter: Matter, since: Day = None, until: Day = None, as_of: AsOf = None
    ) -> TimelineMessage:
        """Return the events of a matter by their own days, the earliest first, each with the
        sentences that tell of it. `since` and `until` are days of events."""
        to = reach()
        to.note(matter)

        def found() -> Timeline:
            return to.dragoman.stories.timeline(
                matter, Filters(since=since, until=until, as_of=as_of)
            )

        return _timeline_message(await to.run("search", found), to.service)

    about = getdoc(timeline)
    server.add_tool(timeline, title="Timeline", description=about, annotations=READING)


def _timeline_message(found: Timeline, service: str | None) -> TimelineMessage:
    return TimelineMessage(
        events=[_event_message(event, service) for event in found.events],
        total=found.total,
        undated=found.undated,
        warnings=[*found.warnings],
    )


def _event_message(event: Event, service: str | None) -> EventMessage:
    return EventMessage(
        first=event.first.isoformat(),
        last=event.last.isoformat(),
        announced=event.announced,
        independent=event.independent,
        reports=[Told.of(report.line, service) for report in event.reports[:MOST_REPORTS]],
    )
