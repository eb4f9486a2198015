"""The responses about stories that HTTP sends, as its documentation describes them.

Results spell their own JSON (`search/stories/`); the models here describe and check it.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from ..corpus.article import Amends
from ..search.language.bounds import Bound
from ..search.stories.conflicts.found import Kind
from ..search.stories.lines import Reason
from ..search.stories.timeline import ChangeKind
from .offsets import Offsets
from .schemas import UNDATED, ArticleMessage

Total = Annotated[int, Field(description="How many there are in all, of which a page is shown.")]
Undated = Annotated[int, Field(description=UNDATED)]
NothingBecause = Annotated[
    Reason | None,
    Field(
        description="Why there is nothing; the first of `warnings` says so in a sentence. empty: "
        "there are no articles, or none that pass; nothing_near: none is about the matter; "
        "nothing_told: those that are do not tell this of it. Null where there is something."
    ),
]
UnitOfSpans = Annotated[Offsets, Field(description="The unit of all spans.")]


class LineMessage(BaseModel):
    """A sentence of an article, word for word: its text from `span[0]` to `span[1]`."""

    sentence: str
    span: tuple[int, int]
    article: ArticleMessage
    also_in: list[ArticleMessage] = Field(description="Near-duplicates of the article.")


class ReportMessage(LineMessage):
    """What one article tells of an event, and the days that it gives, the first and the last."""

    first: date
    last: date
    announced: bool = Field(description="Whether it was still to come when the article told of it.")
    dated_by_article: bool = Field(
        description="Whether the sentence names no day, so that it is that of its article."
    )


class ChangeMessage(LineMessage):
    """What a later report changed in what was announced, with its sentence."""

    kind: ChangeKind
    before: tuple[date, date] = Field(description="The days announced before.")
    after: tuple[date, date] | None = Field(description="The days since; null: it was cancelled.")


class EventMessage(BaseModel):
    """What happened, or is to happen, from the first day to the last."""

    first: date
    last: date
    announced: bool = Field(description="Whether no report tells of it as done.")
    cancelled: bool = Field(description="Whether the latest report tells that it will not be.")
    independent: int = Field(
        description="The reports behind it; copies, and what is from one agency, count once."
    )
    reports: list[ReportMessage] = Field(
        description="One of each article; the one that tells it best comes first."
    )
    changes: list[ChangeMessage] = Field(description="In the order in which they were reported.")


class StoryMessage(BaseModel):
    """What every response about a matter has."""

    matter: str
    matter_understood: str = Field(description="The matter looked for: its spelling corrected.")
    total: Total
    undated: Undated
    reason: NothingBecause
    warnings: list[str]
    offsets: UnitOfSpans
    took_ms: float


class TellingMessage(LineMessage):
    """What one article tells that somebody says."""

    quote: str = Field(description="What is said, word for word as the article has it.")
    quote_span: tuple[int, int]


class StatementMessage(BaseModel):
    """What somebody says, as the article has it that was published first."""

    speaker: str = Field(description="The fullest name that any of the articles gives.")
    office: str | None = Field(description="What the article says the speaker is.")
    written: str = Field(description="The words for the speaker at this place: a name, or “he”.")
    verb: str = Field(description="The verb of saying, as in a dictionary.")
    form: Literal["direct", "reported"]
    quote: str
    quoted: list[str] = Field(description="The parts of the quote that are in quotation marks.")
    addressee: str | None
    day: date | None = Field(description="When it was said, or else the day of the first article.")
    day_told: bool = Field(description="Whether an article tells the day on which it was said.")
    independent: int = Field(description="The reports that are neither copies nor of one agency.")
    reports: list[TellingMessage] = Field(description="The one that was published first first.")


class QuotesMessage(BaseModel):
    """What is said, the latest first."""

    speaker: str | None
    about: str | None
    about_understood: str | None = Field(description="The matter with its spelling corrected.")
    total: Total
    undated: Undated
    reason: NothingBecause
    warnings: list[str]
    offsets: UnitOfSpans
    took_ms: float
    nearest: list[str] = Field(
        description="Where nobody of the name asked for is quoted: those who are and have a like "
        "name."
    )
    quotes: list[StatementMessage]


class TimelineMessage(StoryMessage):
    """The events of a matter in the order of their days."""

    events: list[EventMessage]


class CountedFigureMessage(BaseModel):
    """A number that the articles give, as of a day."""

    value: float = Field(description="The number, of a range the lower end.")
    upper: float | None = Field(description="The upper end of a range.")
    text: str = Field(description="The number as the article writes it.")
    unit: str | None = Field(description="What it is measured in: %, km, $; null for a count.")
    bound: Bound | None
    counted: str | None = Field(description="What is counted, in the article's words.")
    of: str | None = Field(description="The place or subject, where there are several.")
    day: date | None = Field(description="The day that the figure is of.")
    counted_by: str | None = Field(description="Who counted, where the sentence says so.")
    independent: int = Field(description="The reports that do not have it from one another.")
    reports: list[LineMessage] = Field(description="The sentences that give it, earliest first.")


class FiguresMessage(BaseModel):
    """The figures that answer a question, the earliest first, those without a day last."""

    question: str
    question_understood: str = Field(description="The question, its spelling corrected.")
    total: Total
    undated: Undated
    reason: NothingBecause
    warnings: list[str]
    offsets: UnitOfSpans
    took_ms: float
    figures: list[CountedFigureMessage]


class SideMessage(BaseModel):
    """What one side of a conflict says."""

    said: str = Field(description="The number, place or day; the sentence of a denial.")
    independent: int = Field(description="The reports that do not have it from one another.")
    reports: list[LineMessage]


class ConflictMessage(BaseModel):
    """Reports of one day that cannot all be right."""

    kind: Kind
    day: date = Field(description="The day on which both were published.")
    sides: list[SideMessage]


class CorrectionMessage(LineMessage):
    """A sentence that corrects or withdraws what an article says."""

    kind: Amends
    of: str = Field(description="The id of the article that is corrected or withdrawn.")


class ConflictsMessage(StoryMessage):
    """Where reports of one day disagree, the latest first, and what is corrected."""

    total_corrections: int = Field(description="How many corrections there are in all.")
    conflicts: list[ConflictMessage]
    corrections: list[CorrectionMessage]
