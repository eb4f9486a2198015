"""The responses about stories that HTTP sends, as its documentation describes them.

Results spell their own JSON (`search/stories/`); the models here describe and check it.
"""

from datetime import date

from pydantic import BaseModel, Field

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


class StoryMessage(BaseModel):
    """What every response about a matter has."""

    matter: str
    matter_understood: str = Field(description="The matter looked for: its spelling corrected.")
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


class TimelineMessage(StoryMessage):
    """The events of a matter in the order of their days."""

    events: list[EventMessage]
