"""The messages of jobs."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from .http.writing.store import Job


class BatchParameters(BaseModel):
    """What articles of a batch have that state none."""

    model_config = ConfigDict(extra="forbid")

    source: str | None = Field(default=None, max_length=2_000)
    published: Annotated[str | None, Field(json_schema_extra={"format": "date"})] = None
    tag: list[Annotated[str, Field(max_length=300)]] = Field(default=[], max_length=100)
    columns: str | None = Field(
        default=None, max_length=2_000, description="As in `title=headline,text=body`."
    )


class JobProblemMessage(BaseModel):
    """Why something was not added."""

    code: str
    detail: str


class JobMessage(BaseModel):
    """A job that adds articles, and how far it has come."""

    id: str
    state: Literal["enqueued", "running", "succeeded", "failed", "cancelled"]
    created: datetime
    started: datetime | None
    finished: datetime | None
    articles: int = Field(description="How many are done.")
    estimate: int = Field(description="How many there are, roughly; 0 before it is running.")
    added: int
    replaced: int
    unchanged: int
    problems: list[JobProblemMessage] = Field(description="The first hundred that were not added.")
    problems_total: int
    error: JobProblemMessage | None = Field(description="Why it failed.")

    @classmethod
    def of(cls, job: "Job") -> Self:
        """Return the message about a job."""
        fields = asdict(job)
        for name in ("created", "started", "finished"):
            fields[name] = datetime.fromtimestamp(fields[name], UTC) if fields[name] else None
        return cls.model_validate(fields)


class JobsMessage(BaseModel):
    """The latest jobs, the newest first."""

    jobs: list[JobMessage]
