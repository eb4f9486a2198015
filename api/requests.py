"""The requests that HTTP accepts, each defined once for GET and POST.

Limits and dates are checked by the library, so that every front end gives the same errors; the
schemas here only document them.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..search.question import (
    IGNORED_ROLES,
    MODES,
    MOST_CHARACTERS,
    MOST_PASSAGES,
    MOST_SKIPPED,
    READ_TO_ANSWER,
    ROLES,
    Filters,
    parse_day,
)
from .offsets import Offsets

MOST_IN_BATCH = 64
MOST_LISTED = 1000

_EXAMPLE = "Where were the talks of 29 March held?"
_RERANK_SCHEMA: dict[str, Any] = {"minimum": 0, "maximum": MOST_PASSAGES}


def _no_truth(value: object) -> object:
    if isinstance(value, bool):  # Python takes true for 1
        raise ValueError("Input should be a whole number, not true or false")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth)]
_Question = Annotated[
    str,
    Field(examples=[_EXAMPLE], json_schema_extra={"minLength": 1, "maxLength": MOST_CHARACTERS}),
]
Limit = Annotated[Whole, Field(json_schema_extra={"minimum": 1, "maximum": MOST_PASSAGES})]
_Mode = Annotated[str, Field(json_schema_extra={"enum": list(MODES)})]
Day = Annotated[str | None, Field(json_schema_extra={"format": "date", "examples": ["2022-03-29"]})]


class FiltersMessage(BaseModel):
    """Which articles may answer. Dates are inclusive; any date excludes undated articles."""

    model_config = ConfigDict(extra="forbid")

    sources: list[str] | None = Field(
        default=[], description="Names of sources; case and accents do not matter."
    )
    since: Day = None
    until: Day = None
    as_of: Day = Field(
        default=None,
        description="Answer as on this day: articles published later are excluded.",
    )
    tags: list[str] | None = Field(
        default=[], description="An article has any of these tags; case and accents do not matter."
    )

    def to_filters(self) -> Filters:
        """Return the library's filters. Raises DateNotUnderstood and PeriodReversed."""
        return Filters(
            sources=self.sources,
            since=parse_day(self.since, "since"),
            until=parse_day(self.until, "until"),
            as_of=parse_day(self.as_of, "as_of"),
            tags=self.tags,
        )


class _Asked(BaseModel):
    """What searching and asking, by GET and by POST, have in common."""

    model_config = ConfigDict(extra="forbid")

    question: _Question
    limit: Limit = 5
    mode: _Mode = "hybrid"
    offsets: Offsets = Field(
        default="unicode",
        description="The unit of all spans: code points, or UTF-16 code units as JavaScript has.",
    )


class _Searched(_Asked):
    """What searching by GET and by POST have in common."""

    offset: Whole = Field(
        default=0,
        description="How many of the best passages to pass over.",
        json_schema_extra={"minimum": 0, "maximum": MOST_SKIPPED},
    )
    facets: bool = Field(
        default=False, description="Count the articles that match by outlet, month and tag."
    )
    explain: bool = Field(default=False, description="Show what each score is made of.")
    all_copies: bool = Field(
        default=False,
        description="Show every near-duplicate of a report, not one that names the others.",
    )
    rerank: Whole = Field(
        default=0,
        description="How many of the top passages to rerank with a small model; 0: none.",
        json_schema_extra=_RERANK_SCHEMA,
    )


class _Answered(_Asked):
    """What asking by GET and by POST have in common."""

    rerank: Whole = Field(
        default=READ_TO_ANSWER,
        description="How many of the top passages to read for the answer; 0: choose sentences by "
        "their similarity to the question instead.",
        json_schema_extra=_RERANK_SCHEMA,
    )
    min_confidence: float | None = Field(
        default=None,
        description="Refuse an answer of less confidence; null: the default threshold.",
        json_schema_extra={"minimum": 0, "maximum": 1},
    )


class WithFilters(BaseModel):
    """The filters of a request in a body."""

    filters: FiltersMessage | None = Field(default=None, description="Null: all articles.")

    def to_filters(self) -> Filters:
        """Return the library's filters. Raises DateNotUnderstood and PeriodReversed."""
        return (self.filters or FiltersMessage()).to_filters()


class FiltersInAddress(FiltersMessage):
    """A request in an address, where each filter is a parameter."""

    sources: list[str] | None = Field(
        default=[], alias="source", description="The name of a source; may be repeated."
    )
    tags: list[str] | None = Field(
        default=[], alias="tag", description="A tag; may be repeated: an article has any of them."
    )

    def in_body(self) -> dict[str, Any]:
        """Return the same request as a body has it."""
        fields = self.model_dump()
        filters = {name: fields.pop(name) for name in FiltersMessage.model_fields}
        return {**fields, "filters": filters}


class _InAddress(FiltersInAddress):
    """A question in an address."""

    question: _Question = Field(alias="q", description="The question.")


class SearchRequest(WithFilters, _Searched):
    """A question to search for, and how to search."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": _EXAMPLE, "limit": 3, "filters": {"since": "2022-03-01"}}]
        },
    )

    per_article: Whole | None = Field(
        default=2,
        ge=1,
        description="The most passages of one article among the first five; null: no limit.",
    )


class SearchParameters(_InAddress, _Searched):
    """A question to search for, and how to search, in an address."""

    def to_request(self) -> SearchRequest:
        """Return the same request in a body."""
        return SearchRequest.model_validate(self.in_body())


class TextPart(BaseModel):
    """A part of a turn's content. Parts that are not text, such as images, are ignored."""

    type: str = "text"
    text: str | None = None


class TurnMessage(BaseModel):
    """An earlier turn of the conversation, as chat APIs write it. Other keys are ignored.

    Only turns of the "user" and the "assistant" count; others are ignored, and so is a turn
    without text.
    """

    role: Annotated[str, Field(json_schema_extra={"enum": [*ROLES, *IGNORED_ROLES]})]
    content: str | list[TextPart] | None = None


class AskRequest(WithFilters, _Answered):
    """A question to be answered, and the conversation before it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "And Ukraine's?",
                    "history": [
                        {"role": "user", "content": "Who led Russia's delegation in Istanbul?"},
                        {"role": "assistant", "content": "Vladimir Medinsky led it. [1]"},
                    ],
                },
                {"question": _EXAMPLE, "filters": {"as_of": "2022-04-01"}},
            ]
        },
    )

    history: list[TurnMessage] | None = Field(
        default=None, description="The earlier turns, the oldest first. Null: none."
    )

    def turns(self) -> list[dict[str, Any]]:
        """Return the earlier turns as the library takes them."""
        return [turn.model_dump() for turn in self.history or ()]


class AskParameters(_InAddress, _Answered):
    """A question to be answered, in an address."""

    def to_request(self) -> AskRequest:
        """Return the same request in a body."""
        return AskRequest.model_validate(self.in_body())


class SearchBatchRequest(BaseModel):
    """Questions to search for, each with its own options."""

    model_config = ConfigDict(extra="forbid")

    questions: list[SearchRequest] = Field(min_length=1, max_length=MOST_IN_BATCH)


class AskBatchRequest(BaseModel):
    """Questions to be answered, each with its own options."""

    model_config = ConfigDict(extra="forbid")

    questions: list[AskRequest] = Field(min_length=1, max_length=MOST_IN_BATCH)


class OfArticles(BaseModel):
    """Articles of outlets, tags and days. Dates are inclusive."""

    model_config = ConfigDict(extra="forbid")

    source: list[str] = Field(default=[], description="The name of a source; may be repeated.")
    tag: list[str] = Field(
        default=[], description="A tag; may be repeated: an article has any of them."
    )
    since: Day = None
    until: Day = None

    def to_filters(self) -> Filters:
        """Return the library's filters. Raises DateNotUnderstood and PeriodReversed."""
        return Filters(
            self.source,
            parse_day(self.since, "since"),
            parse_day(self.until, "until"),
            tags=self.tag,
        )


class ArticlesParameters(OfArticles):
    """Which articles of the list to return."""

    family: str | None = Field(
        default=None, description="The id of an article: it and its near-duplicates."
    )
    cursor: str | None = Field(default=None, description="`next_cursor` of the page before.")
    offset: int = Field(default=0, ge=0, le=2**31)
    limit: int = Field(default=50, ge=1, le=MOST_LISTED)
