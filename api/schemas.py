"""The shapes that every face shares: what HTTP sends and what `--json` prints."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ..corpus.article import Article
from ..index.archive import ArticleRef
from ..search.question import MODES, MOST_CHARACTERS, MOST_PASSAGES, Filters, parse_day
from ..search.results import RankedPassage, SearchResult

QUESTION = "Where were the talks of 29 March held?"
# Question checks its own limits, so that all faces give the same errors; these are for the docs.
_QUESTION_SCHEMA: dict[str, Any] = {"minLength": 1, "maxLength": MOST_CHARACTERS}
_LIMIT_SCHEMA: dict[str, Any] = {"minimum": 1, "maximum": MOST_PASSAGES}
_MODE_SCHEMA: dict[str, Any] = {"enum": list(MODES)}
_DAY_SCHEMA: dict[str, Any] = {"format": "date", "examples": ["2022-03-29"]}

QuestionField = Annotated[str, Field(examples=[QUESTION], json_schema_extra=_QUESTION_SCHEMA)]
LimitField = Annotated[int, Field(json_schema_extra=_LIMIT_SCHEMA)]
ModeField = Annotated[str, Field(json_schema_extra=_MODE_SCHEMA)]
RERANK_SCHEMA: dict[str, Any] = {"minimum": 0, "maximum": MOST_PASSAGES}
_Rerank = Annotated[
    int,
    Field(
        description="Read so many of the best once more, for a better order.",
        json_schema_extra=RERANK_SCHEMA,
    ),
]
_AllCopies = Annotated[
    bool, Field(description="Show every copy of a report, not one that names the others.")
]
DayField = Annotated[str | None, Field(json_schema_extra=_DAY_SCHEMA)]


class FiltersMessage(BaseModel):
    """Which articles may answer. Dates are inclusive; undated articles pass no date."""

    model_config = ConfigDict(extra="forbid")

    sources: list[str] = Field(default=[], description="Outlets, whatever their case or accents.")
    since: DayField = None
    until: DayField = None
    as_of: DayField = Field(
        default=None, description="Answer as on this day: what was published later is not known."
    )

    def filters(self) -> Filters:
        """Give the filters, or raise DateNotUnderstood or PeriodReversed."""
        return Filters(
            sources=tuple(self.sources),
            since=parse_day(self.since, "since"),
            until=parse_day(self.until, "until"),
            as_of=parse_day(self.as_of, "as_of"),
        )


class SearchRequest(BaseModel):
    """A question, and how to answer it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": QUESTION, "limit": 3, "filters": {"since": "2022-03-01"}}]
        },
    )

    question: QuestionField
    limit: LimitField = 5
    mode: ModeField = "hybrid"
    filters: FiltersMessage = FiltersMessage()
    per_article: int | None = Field(
        default=2, ge=1, description="At most so many of one article in the first five; null: any."
    )
    explain: bool = Field(default=False, description="Say what each score is made of.")
    all_copies: _AllCopies = False
    rerank: _Rerank = 0


class QuestionParameters(BaseModel):
    """A question, and which articles may answer it, as they stand in an address."""

    model_config = ConfigDict(extra="forbid")

    q: QuestionField = Field(description="The question.")
    limit: LimitField = 5
    mode: ModeField = "hybrid"
    source: list[str] = Field(default=[], description="An outlet; may be repeated.")
    since: DayField = None
    until: DayField = None
    as_of: DayField = None

    @property
    def filters(self) -> FiltersMessage:
        """The same as a message."""
        return FiltersMessage(
            sources=self.source, since=self.since, until=self.until, as_of=self.as_of
        )


class SearchParameters(QuestionParameters):
    """A question, and how to answer it, as they stand in an address."""

    explain: bool = False
    all_copies: _AllCopies = False
    rerank: _Rerank = 0

    def request(self) -> SearchRequest:
        """Give the same as a message."""
        return SearchRequest(
            question=self.q,
            limit=self.limit,
            mode=self.mode,
            filters=self.filters,
            explain=self.explain,
            all_copies=self.all_copies,
            rerank=self.rerank,
        )


class ArticlesParameters(BaseModel):
    """Which articles of the list to give."""

    model_config = ConfigDict(extra="forbid")

    offset: int = Field(default=0, ge=0, le=2**31)
    limit: int = Field(default=50, ge=1, le=1000)


class ArticleMessage(BaseModel):
    """The article a passage is from. What it does not say is null."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: date | None


class ArticleTextMessage(ArticleMessage):
    """A whole article."""

    text: str
    authors: list[str]
    event: date | None = Field(description="When what it reports happened, where known to differ.")
    form: str | None


class ArticlesMessage(BaseModel):
    """A page of the list of articles."""

    articles: list[ArticleMessage]
    total: int


class ScoresMessage(BaseModel):
    """What the two indexes say, higher is better; null where the mode does not ask one."""

    dense: float | None
    lexical: float | None
    fused: float | None


class PartMessage(BaseModel):
    """A kind of evidence: how much there is of it, and what it adds to the score."""

    name: str
    value: float
    weight: float
    contribution: float = Field(description="`value` times `weight`.")
    reason: str = Field(description="What the evidence is, where the name does not say.")


class ExplanationMessage(BaseModel):
    """Why a passage stands where it does. The contributions sum to its score."""

    parts: list[PartMessage]
    matched: list[str] = Field(description="The words of the passage that match the question.")


class PassageMessage(BaseModel):
    """A passage in its place: `text` is the article's text from `span[0]` to `span[1]`."""

    rank: int
    id: str
    text: str
    score: float
    scores: ScoresMessage
    span: tuple[int, int]
    highlights: list[tuple[int, int]] = Field(description="Spans of `text` that match.")
    article: ArticleMessage
    also_in: list[ArticleMessage] = Field(
        description="Copies of the article that were left out, the earliest published first."
    )
    explanation: ExplanationMessage | None = Field(default=None, description="Where it is asked.")


class SearchMessage(BaseModel):
    """The best-ranked passages for a question, best first."""

    question: str
    passages: list[PassageMessage]
    took_ms: float


class ProblemMessage(BaseModel):
    """What went wrong (RFC 9457). `code` is stable; `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str


def article_message(article: Article | ArticleRef) -> ArticleMessage:
    """Say what article this is."""
    return ArticleMessage(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
    )


def article_text_message(article: Article) -> ArticleTextMessage:
    """Give the whole article."""
    return ArticleTextMessage(
        **article_message(article).model_dump(),
        text=article.text,
        authors=list(article.authors),
        event=article.event,
        form=article.form,
    )


def search_message(result: SearchResult, explain: bool = False) -> SearchMessage:
    """Give a search's result in the shape that all faces share.

    Without `explain`, explanations are left unset, and so are to be left out of JSON.
    """
    return SearchMessage(
        question=result.question,
        passages=[passage_message(ranked, explain) for ranked in result.passages],
        took_ms=round(result.took_ms, 2),
    )


def passage_message(ranked: RankedPassage, explain: bool = False) -> PassageMessage:
    """Give a passage in its place."""
    scores = ranked.scores
    message = PassageMessage(
        rank=ranked.rank,
        id=ranked.id,
        text=ranked.passage.text,
        score=ranked.score,
        scores=ScoresMessage(dense=scores.dense, lexical=scores.lexical, fused=scores.fused),
        span=ranked.passage.span,
        highlights=list(ranked.highlights),
        article=article_message(ranked.article),
        also_in=[article_message(copy) for copy in ranked.also_in],
    )
    if explain:
        message.explanation = _explanation_message(ranked)
    return message


def _explanation_message(ranked: RankedPassage) -> ExplanationMessage:
    parts = [
        PartMessage(
            name=part.name,
            value=part.value,
            weight=part.weight,
            contribution=part.contribution,
            reason=part.reason,
        )
        for part in ranked.parts
    ]
    return ExplanationMessage(parts=parts, matched=list(ranked.matched))
