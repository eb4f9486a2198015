"""The responses about stories that HTTP sends, as its documentation describes them.

Results spell their own JSON (`search/stories/`); the models here describe and check it.
"""

from datetime import date

from pydantic import BaseModel, Field

from ..search.language.bounds import Bound
from ..search.stories.lines import Reason
from .offsets import Offsets
from .schemas import ArticleMessage


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


class EventMessage(BaseModel):
    """What happened, or is to happen, from the first day to the last."""

    first: date
    last: date
    announced: bool = Field(description="Whether no report tells of it as done.")
    independent: int = Field(description="The reports that are not near-duplicates of another.")
    reports: list[ReportMessage] = Field(description="The one that tells it best comes first.")


class _MatterMessage(BaseModel):
    matter: str
    matter_understood: str = Field(description="The matter looked for: its spelling corrected.")


class _QuestionMessage(BaseModel):
    question: str
    question_understood: str = Field(description="The question, its spelling corrected.")


class _PageMessage(BaseModel):
    total: int = Field(description="How many there are in all, of which a page is shown.")
    undated: int = Field(
        description="The articles that a filter by date leaves out because they state no day."
    )
    reason: Reason | None = Field(
        description="Why there is nothing; the first of `warnings` says so in a sentence. empty: "
        "there are no articles, or none that pass; nothing_near: none is about the matter; "
        "nothing_told: those that are do not tell this of it. Null where there is something."
    )
    warnings: list[str]
    offsets: Offsets = Field(description="The unit of all spans.")
    took_ms: float


class StoryMessage(_PageMessage, _MatterMessage):
    """What every response about a matter has."""


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


class FiguresMessage(_PageMessage, _QuestionMessage):
    """The figures that answer a question, the earliest first, those without a day last."""

    figures: list[CountedFigureMessage]
