"""The responses that HTTP sends, as its documentation describes them.

Results spell their own JSON (`search/results.py`, `search/answer.py`); the models here describe
and check it.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from ..corpus.article import Amends
from ..search.answer import Reason, Status
from ..search.language.bounds import Bound
from .offsets import Offsets

Time = Annotated[datetime, PlainSerializer(datetime.isoformat, str, when_used="json")]


UNDATED = "The articles that a filter by date leaves out because they state no day."


class NoticeMessage(BaseModel):
    """That an article is withdrawn or corrected, in its own words or those of its title."""

    model_config = ConfigDict(from_attributes=True)

    kind: Amends
    text: str


class ArticleMessage(BaseModel):
    """What identifies an article. What the article does not state is null."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    published_at: Time | None = Field(
        default=None, description="The time of publication, where it is stated."
    )
    dated_by: Literal["address"] | None = Field(
        default=None, description="`address`: only the article's address states the day."
    )
    notice: NoticeMessage | None = Field(
        default=None, description="That the article says that it is withdrawn or corrected."
    )


class ArticleTextMessage(ArticleMessage):
    """A whole article."""

    text: str
    authors: list[str]
    tags: list[str]
    event: date | None = Field(
        description="The date of the event it reports, where known and different."
    )
    form: str | None


class ArticlesMessage(BaseModel):
    """A page of the list of articles."""

    articles: list[ArticleMessage]
    total: int = Field(description="How many articles pass the filters.")
    next_cursor: str | None = Field(
        default=None, description="The `cursor` of the next page; null at the end."
    )


class SimilarMessage(BaseModel):
    """An article near to another in meaning; `score` is a cosine, higher is nearer."""

    article: ArticleMessage
    score: float


class SimilarArticlesMessage(BaseModel):
    """The articles nearest in meaning to one, the nearest first."""

    similar: list[SimilarMessage]


class ArticlePassageMessage(BaseModel):
    """A passage of an article: its text from `span[0]` to `span[1]`."""

    id: str
    text: str
    span: tuple[int, int]


class ArticlePassagesMessage(BaseModel):
    """The passages of an article, in order."""

    article: ArticleMessage
    passages: list[ArticlePassageMessage]


class TallyMessage(BaseModel):
    """An outlet or a tag, with its number of articles and the days they were published on."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    articles: int
    first_published: date | None
    last_published: date | None


class SourcesMessage(BaseModel):
    """The outlets, those with the most articles first."""

    sources: list[TallyMessage]


class TagsMessage(BaseModel):
    """The tags, those of the most articles first."""

    tags: list[TallyMessage]


class LimitsMessage(BaseModel):
    """The most that a request may ask for or bring."""

    question_characters: int
    passages: int = Field(description="The most that `limit` and `rerank` may be.")
    batch: int = Field(description="The questions of one batch.")
    articles: int = Field(description="The most that `limit` of the list of articles may be.")
    body_bytes: int = Field(description="The body of a question.")
    upload_bytes: int = Field(description="A body that brings articles.")
    deadline: float = Field(description="The seconds that a question may take.")


class InfoMessage(BaseModel):
    """The service and its archive, as far as the caller may see it."""

    version: str
    encoder: str = Field(description="The encoder of the archive's vectors.")
    seq: int = Field(description="The number of the archive's latest change; it only grows.")
    articles: int
    passages: int
    first_published: date | None
    last_published: date | None
    languages: list[str] = Field(description="Those of the questions and articles it reads.")
    may_write: bool = Field(description="Whether the caller may add and remove articles.")
    may_fetch: bool = Field(description="Whether articles may be added by their addresses.")
    limits: LimitsMessage


class ScoresMessage(BaseModel):
    """The scores of the two indexes, higher is better; null where the mode does not use one."""

    dense: float | None
    lexical: float | None
    fused: float | None


class PartMessage(BaseModel):
    """A ranking feature: its value, and what it adds to the score."""

    name: str
    value: float
    weight: float
    contribution: float = Field(description="`value` times `weight`.")
    reason: str = Field(description="Explains the feature where its name does not.")


class ExplanationMessage(BaseModel):
    """Why a passage has its rank. The contributions sum to its score."""

    parts: list[PartMessage]
    matched: list[str] = Field(description="The words of the passage that match the question.")


class PassageMessage(BaseModel):
    """A ranked passage: `text` is the article's text from `span[0]` to `span[1]`."""

    rank: int
    id: str
    text: str
    score: float
    scores: ScoresMessage
    span: tuple[int, int]
    highlights: list[tuple[int, int]] = Field(
        description="Spans of `text` that match the question."
    )
    article: ArticleMessage
    also_in: list[ArticleMessage] = Field(
        description="Near-duplicates of the article that were left out, the earliest first."
    )
    explanation: ExplanationMessage | None = Field(
        default=None, description="Only where `explain` is true."
    )


class FacetMessage(BaseModel):
    """An outlet, a month (YYYY-MM) or a tag, and how many articles that match have it."""

    name: str
    articles: int


class FacetsMessage(BaseModel):
    """How the articles that match are spread. What they do not state is not counted."""

    sources: list[FacetMessage]
    months: list[FacetMessage]
    tags: list[FacetMessage]


class SearchMessage(BaseModel):
    """The best-ranked passages for a question, best first."""

    question: str
    question_understood: str = Field(
        description="The question searched for: its spelling corrected."
    )
    passages: list[PassageMessage]
    facets: FacetsMessage | None = Field(default=None, description="Only where they are asked for.")
    warnings: list[str] = Field(description="Why there are no passages, where there are none.")
    undated: int = Field(description=UNDATED)
    offsets: Offsets = Field(description="The unit of all spans.")
    took_ms: float


class CitationMessage(BaseModel):
    """A quotation: the article's text from `span[0]` to `span[1]`, word for word."""

    number: int = Field(description="The number of its marker in the answer: [1].")
    quote: str
    span: tuple[int, int]
    answer: tuple[int, int] | None = Field(
        description="The span of `quote` that answers, where it is known."
    )
    passage: str = Field(description="The id of the passage that holds it.")
    article: ArticleMessage
    also_in: list[ArticleMessage] = Field(description="Near-duplicates of the article.")


class FigureMessage(BaseModel):
    """A figure from a citation: a number, what it counts, and its date."""

    value: float
    text: str = Field(description="The number as the article writes it.")
    unit: str | None
    counted: str | None
    bound: Bound | None
    day: date | None = Field(description="The date that the article gives for the figure.")
    published: date | None = Field(description="The article's own date.")
    citation: int


class AskMessage(BaseModel):
    """An answer in the articles' own words, or none if they do not answer."""

    question: str
    question_asked: str
    question_understood: str = Field(description="The standalone question that was searched for.")
    status: Status
    answer: str | None
    confidence: float = Field(description="The probability that the articles answer the question.")
    citations: list[CitationMessage]
    figures: list[FigureMessage] = Field(description="The latest first.")
    reason: Reason | None = Field(
        description="Why there is no answer; the first of `warnings` says so in a sentence. "
        "filtered: the filters exclude what would answer; empty: there are no articles, or none "
        "that pass; language: the reader does not know the question's; nothing_near: no article "
        "is about this; near_miss: one is, but does not answer; too_vague: the question names "
        "nothing to look for. Null where there is an answer."
    )
    warnings: list[str]
    undated: int = Field(description=UNDATED)
    passages: list[PassageMessage]
    offsets: Offsets = Field(description="The unit of all spans.")
    took_ms: float
    stages: dict[str, float] = Field(description="The milliseconds that each stage took.")


class ProblemMessage(BaseModel):
    """What went wrong (RFC 9457). `code` is stable; `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    request_id: str | None


class PassagesMessage(BaseModel):
    """The event that tells of passages as soon as they are found, before they are read."""

    passages: list[PassageMessage]


class SearchBatchMessage(BaseModel):
    """What was found for each question, in their order; or the problem with it."""

    results: list[SearchMessage | ProblemMessage]


class AskBatchMessage(BaseModel):
    """The answer to each question, in their order; or the problem with it."""

    results: list[AskMessage | ProblemMessage]
