"""The messages by which HTTP changes the articles, and tells how they were changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from ..corpus.article import Article
from ..search.question import parse_day
from .errors import DateInFuture, IdNotUsable
from .requests import Day, OfArticles
from .schemas import ArticleMessage, NoticeMessage

if TYPE_CHECKING:
    from ..search.listing import Version

MOST_ID_CHARACTERS = 512

_Line = Annotated[str | None, Field(max_length=2_000)]
_Name = Annotated[str, Field(max_length=300)]


class ArticleRequest(BaseModel):
    """An article to be added, or to replace the one with its id."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Talks end in Istanbul",
                    "text": "The talks ended on Tuesday evening, the foreign minister said.",
                    "source": "Daily Post",
                    "published": "2022-03-29",
                }
            ]
        },
    )

    id: str | None = Field(default=None, description="The id in the address, or left out.")
    title: _Line = Field(default=None, description="Null: the first words of the text.")
    text: str = Field(description="Plain text or HTML; an empty line parts two paragraphs.")
    source: _Line = Field(default=None, description="The outlet.")
    url: _Line = None
    published: Day = Field(default=None, description="The day on which it appeared.")
    published_at: datetime | None = Field(
        default=None, description="The time of publication, with its zone if it is known."
    )
    dated_by: Literal["address"] | None = Field(
        default=None, description="`address`: only the article's address states the day."
    )
    event: Day = Field(default=None, description="The day of what it reports, if another.")
    form: _Line = None
    authors: list[_Name] | None = Field(default=None, max_length=100)
    tags: list[_Name] | None = Field(default=None, max_length=100)
    notice: NoticeMessage | None = Field(
        default=None, description="As it is read; what counts is what title and text say."
    )

    def to_article(self, id: str) -> Article:
        """Return the article that is known as `id`; its text as it was given.

        Raises IdNotUsable, DateNotUnderstood and DateInFuture.
        """
        if self.id not in (None, id):
            raise IdNotUsable(id=id, reason="the body gives it another one")
        published = parse_day(self.published or self.published_at, "published")
        if published and published > date.today() + timedelta(days=1):  # it is ahead in the east
            raise DateInFuture(name="published", value=published)
        return Article(
            id=id,
            title=self.title or "",
            text=self.text,
            source=self.source,
            url=self.url,
            published=published,
            event=parse_day(self.event, "event"),
            form=self.form,
            authors=tuple(self.authors or ()),
            tags=tuple(self.tags or ()),
            published_at=self.published_at,
            dated_by=self.dated_by,
        )


def check_id(id: str) -> None:
    """Raise IdNotUsable unless an article can be known as `id` and be read by it."""
    from ..corpus.text.cleaning import one_line

    if not id or id != one_line(id) or "\ufffd" in id:
        reason = "it is empty, or has control characters or too many spaces"
    elif len(id) > MOST_ID_CHARACTERS:
        reason = f"it has {len(id)} characters, and at most {MOST_ID_CHARACTERS} are allowed"
    else:
        return
    raise IdNotUsable(id=id[:80], reason=reason)


class ChangeMessage(BaseModel):
    """What changed: in a text, whole sentences. `removed` or `added` may be empty."""

    model_config = ConfigDict(from_attributes=True)

    field: Literal["title", "published", "text"]
    removed: str
    added: str


class VersionMessage(BaseModel):
    """A version of an article."""

    title: str
    text: str
    published: date | None
    replaced: datetime | None = Field(description="When a later one came; null for the newest.")
    changes: list[ChangeMessage] = Field(description="Since the version before it.")


class VersionsMessage(BaseModel):
    """An article as it is now, and all its versions, the newest first."""

    article: ArticleMessage
    versions: list[VersionMessage]

    @classmethod
    def of(cls, versions: "Sequence[Version]") -> Self:
        """Return the message about an article's versions."""
        messages = [
            VersionMessage(
                title=version.article.title,
                text=version.article.text,
                published=version.article.published,
                replaced=version.replaced,
                changes=[ChangeMessage.model_validate(change) for change in version.changes],
            )
            for version in versions
        ]
        newest = ArticleMessage.model_validate(versions[0].article)
        return cls(article=newest, versions=messages)


class ChangedMessage(BaseModel):
    """What became of an article."""

    article: ArticleMessage
    outcome: Literal["added", "replaced", "unchanged"]


class RemovalParameters(OfArticles):
    """Which articles to remove: those that pass every filter given. Dates are inclusive."""


class RemovedMessage(BaseModel):
    """The articles that were removed."""

    removed: list[str] = Field(description="Their ids.")
    total: int
