"""The requests about stories that HTTP accepts, each defined once for GET and POST."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..search.question import MOST_CHARACTERS, MOST_PASSAGES, MOST_SKIPPED
from .offsets import Offsets
from .requests import FiltersInAddress, Whole, WithFilters

_Matter = Annotated[
    str,
    Field(
        examples=["peace talks"], json_schema_extra={"minLength": 2, "maxLength": MOST_CHARACTERS}
    ),
]

_Asked = Annotated[
    str,
    Field(
        examples=["How many civilians were killed?"],
        json_schema_extra={"minLength": 2, "maxLength": MOST_CHARACTERS},
    ),
]
_MANY = Field(
    default=100,
    description="How many to show.",
    json_schema_extra={"minimum": 1, "maximum": MOST_PASSAGES},
)


class _Paged(BaseModel):
    """What every request about a story has: which of the lines to show."""

    model_config = ConfigDict(extra="forbid")

    limit: Whole = Field(
        default=20,
        description="How many to show.",
        json_schema_extra={"minimum": 1, "maximum": MOST_PASSAGES},
    )
    offset: Whole = Field(
        default=0,
        description="How many to pass over.",
        json_schema_extra={"minimum": 0, "maximum": MOST_SKIPPED},
    )
    offsets: Offsets = Field(
        default="unicode",
        description="The unit of all spans: code points, or UTF-16 code units as JavaScript has.",
    )


_Speaker = Annotated[
    str | None,
    Field(description="Whose words: a name, in any spelling.", examples=["Kalın"]),
]
_About = Annotated[
    str | None,
    Field(description="A few words that say what about.", examples=["humanitarian corridor"]),
]


class QuotesRequest(WithFilters, _Paged):
    """Whose words to show, or about what, or both."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"speaker": "Kalın", "about": "humanitarian corridor"}]},
    )

    speaker: _Speaker = None
    about: _About = None


class QuotesParameters(FiltersInAddress, _Paged):
    """Whose words to show, or about what, or both, in an address."""

    speaker: _Speaker = None
    about: _About = None

    def to_request(self) -> QuotesRequest:
        """Return the same request in a body."""
        return QuotesRequest.model_validate(self.in_body())


class TimelineRequest(WithFilters, _Paged):
    """A matter whose events to show. `since` and `until` are the days of the events."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"matter": "peace talks", "filters": {"since": "2022-03-28"}}]
        },
    )

    matter: _Matter = Field(description="A few words that say what it is about.")


class ConflictsRequest(WithFilters, _Paged):
    """A matter on which reports may disagree."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"matter": "death toll"}]})

    matter: _Matter = Field(description="A few words that say what it is about.")


class ConflictsParameters(FiltersInAddress, _Paged):
    """A matter on which reports may disagree, in an address."""

    matter: _Matter = Field(alias="q", description="A few words that say what it is about.")

    def to_request(self) -> ConflictsRequest:
        """Return the same request in a body."""
        return ConflictsRequest.model_validate(self.in_body())


class FiguresRequest(WithFilters, _Paged):
    """A question for a number. `since` and `until` are the days that the figures are of."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "How many civilians were killed?"}]},
    )

    question: _Asked = Field(description="A question for a number, in English.")
    limit: Whole = _MANY


class FiguresParameters(FiltersInAddress, _Paged):
    """A question for a number, in an address."""

    question: _Asked = Field(alias="q", description="A question for a number, in English.")
    limit: Whole = _MANY

    def to_request(self) -> FiguresRequest:
        """Return the same request in a body."""
        return FiguresRequest.model_validate(self.in_body())


class TimelineParameters(FiltersInAddress, _Paged):
    """A matter whose events to show, in an address."""

    matter: _Matter = Field(alias="q", description="A few words that say what it is about.")

    def to_request(self) -> TimelineRequest:
        """Return the same request in a body."""
        return TimelineRequest.model_validate(self.in_body())
