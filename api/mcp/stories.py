"""The tools about the developing story: what the articles tell of a matter, over time."""

from collections.abc import Callable
from inspect import getdoc
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from ...search.question import MOST_CHARACTERS, Filters
from ...search.stories.conflicts.found import Conflict, Conflicts, Correction
from ...search.stories.figures.series import CountedFigure, FigureSeries
from ...search.stories.lines import Line
from ...search.stories.timeline import Change, ChangeKind, Event, Timeline
from .messages import NOTICE, CitedArticle, cited_article, stated_day
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
Asked = Annotated[
    str,
    Field(description="A question for a number, in English.", max_length=MOST_CHARACTERS),
]
Day = Annotated[str | None, Field(description="A day, as YYYY-MM-DD.")]
Skipped = Annotated[
    int, Field(description="How many to pass over, where `total` says that there are more.")
]
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


class Changed(Told):
    """What a later report changed in what was announced."""

    kind: ChangeKind
    before: str = Field(description="The first day announced before.")
    after: str | None = Field(description="The first day since; null: it was cancelled.")


class EventMessage(BaseModel):
    """What happened, or is to happen, from the first day to the last."""

    first: str
    last: str
    announced: bool = Field(description="Whether no report tells of it as done.")
    cancelled: bool
    independent: int = Field(
        description="The reports behind it; copies, and what is from one agency, count once."
    )
    reports: list[Told]
    changes: list[Changed] = Field(description="What later reports changed in what was announced.")


class TimelineMessage(BaseModel):
    """The events of a matter in the order of their days."""

    notice: str = NOTICE
    events: list[EventMessage]
    total: int
    undated: int = Field(description="Articles left out because they state no day.")
    warnings: list[str]


class FigureMessage(BaseModel):
    """A number that the articles give, as of a day."""

    value: float = Field(description="The number, of a range the lower end.")
    upper: float | None = Field(description="The upper end of a range.")
    text: str = Field(description="The number as written.")
    unit: str | None
    bound: str | None
    counted: str | None = Field(description="What is counted, in the article's words.")
    of: str | None = Field(description="The place or subject, where there are several.")
    day: str | None = Field(description="The day that it is of.")
    counted_by: str | None = Field(description="Who counted, where the sentence says so.")
    independent: int = Field(description="The reports that do not have it from one another.")
    reports: list[Told]


class FiguresMessage(BaseModel):
    """The figures that answer a question, the earliest first, those without a day last."""

    notice: str = NOTICE
    figures: list[FigureMessage]
    total: int
    undated: int = Field(description="Articles left out because they state no day.")
    warnings: list[str]


class SideMessage(BaseModel):
    """What one side of a conflict says."""

    said: str
    independent: int = Field(description="The reports that do not have it from one another.")
    reports: list[Told]


class ConflictMessage(BaseModel):
    """Reports of one day that cannot all be right."""

    kind: str = Field(description="number, place, day or denial.")
    day: str
    sides: list[SideMessage]


class CorrectionMessage(BaseModel):
    """A sentence that corrects or withdraws what an article says."""

    quote: str
    article: CitedArticle
    kind: str = Field(description="correction or retraction.")
    of: str = Field(description="The id of the article that is corrected or withdrawn.")


class ConflictsMessage(BaseModel):
    """Where reports of one day disagree, the latest first, and what is corrected."""

    notice: str = NOTICE
    conflicts: list[ConflictMessage]
    corrections: list[CorrectionMessage]
    total: int
    total_corrections: int
    undated: int = Field(description="Articles left out because they state no day.")
    warnings: list[str]


def add_stories(server: MCPServer, reach: Callable[[], Reach]) -> None:
    """Give the server the tools about stories."""

    async def timeline(
        matter: Matter,
        since: Day = None,
        until: Day = None,
        as_of: AsOf = None,
        offset: Skipped = 0,
    ) -> TimelineMessage:
        """Return the events of a matter by their own days, the earliest first, each with the
        sentences that tell of it. `since` and `until` are days of events."""
        to = reach()
        to.note(matter)

        def found() -> Timeline:
            return to.dragoman.stories.timeline(
                matter, Filters(since=since, until=until, as_of=as_of), offset=offset
            )

        return _timeline_message(await to.run("search", found), to.service)

    async def figures(
        question: Asked,
        since: Day = None,
        until: Day = None,
        as_of: AsOf = None,
        offset: Skipped = 0,
    ) -> FiguresMessage:
        """Return the numbers that answer a question such as how many were killed, over time, each
        with its day, who counted, and the sentences it is from. `since` and `until` are days of
        figures."""
        to = reach()
        to.note(question)

        def found() -> FigureSeries:
            return to.dragoman.stories.figures(
                question, Filters(since=since, until=until, as_of=as_of), offset=offset
            )

        return _figures_message(await to.run("search", found), to.service)

    async def conflicts(
        matter: Matter,
        since: Day = None,
        until: Day = None,
        as_of: AsOf = None,
        offset: Skipped = 0,
    ) -> ConflictsMessage:
        """Return where articles published on one day disagree about a matter: a number, a place, a
        day, or a denial; and what articles correct or withdraw."""
        to = reach()
        to.note(matter)

        def found() -> Conflicts:
            return to.dragoman.stories.conflicts(
                matter, Filters(since=since, until=until, as_of=as_of), offset=offset
            )

        return _conflicts_message(await to.run("search", found), to.service)

    tools = ((timeline, "Timeline"), (figures, "Figures over time"), (conflicts, "Conflicts"))
    for tool, title in tools:
        server.add_tool(tool, title=title, description=getdoc(tool), annotations=READING)


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
        cancelled=event.cancelled,
        reports=[Told.of(report.line, service) for report in event.reports[:MOST_REPORTS]],
        changes=[_changed(change, service) for change in event.changes],
    )


def _changed(change: Change, service: str | None) -> Changed:
    return Changed(
        **Told.of(change.line, service).model_dump(),
        kind=change.kind,
        before=change.before[0].isoformat(),
        after=change.after[0].isoformat() if change.after else None,
    )


def _figures_message(found: FigureSeries, service: str | None) -> FiguresMessage:
    return FiguresMessage(
        figures=[_figure_message(figure, service) for figure in found.figures],
        total=found.total,
        undated=found.undated,
        warnings=[*found.warnings],
    )


def _figure_message(figure: CountedFigure, service: str | None) -> FigureMessage:
    return FigureMessage(
        value=figure.value,
        upper=figure.upper,
        text=figure.text,
        unit=figure.unit,
        bound=figure.bound,
        counted=figure.counted,
        of=figure.of,
        day=stated_day(figure.day),
        counted_by=figure.counted_by,
        independent=figure.independent,
        reports=[Told.of(line, service) for line in figure.reports[:MOST_REPORTS]],
    )


def _conflicts_message(found: Conflicts, service: str | None) -> ConflictsMessage:
    return ConflictsMessage(
        conflicts=[_conflict_message(one, service) for one in found.conflicts],
        corrections=[_correction_message(one, service) for one in found.corrections],
        total=found.total,
        total_corrections=found.total_corrections,
        undated=found.undated,
        warnings=[*found.warnings],
    )


def _conflict_message(conflict: Conflict, service: str | None) -> ConflictMessage:
    sides = [
        SideMessage(
            said=side.said,
            independent=side.independent,
            reports=[Told.of(line, service) for line in side.reports[:MOST_REPORTS]],
        )
        for side in conflict.sides
    ]
    return ConflictMessage(kind=conflict.kind, day=conflict.day.isoformat(), sides=sides)


def _correction_message(correction: Correction, service: str | None) -> CorrectionMessage:
    article = cited_article(correction.line.article, service)
    return CorrectionMessage(
        quote=correction.line.sentence, article=article, kind=correction.kind, of=correction.of
    )
