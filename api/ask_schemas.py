"""The shapes of asking, which every face shares: what HTTP sends and what `--json` prints."""

from datetime import date
from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, Field

from ..search.answer import Answer, Citation, Status
from ..search.dragoman import READ_TO_ANSWER
from ..search.language.bounds import Bound
from ..search.question import Role, Turn
from .schemas import (
    QUESTION,
    RERANK_SCHEMA,
    ArticleMessage,
    FiltersMessage,
    LimitField,
    ModeField,
    PassageMessage,
    QuestionField,
    QuestionParameters,
    article_message,
    passage_message,
)

_Rerank = Annotated[
    int,
    Field(
        description="Read so many of the best passages for the answer; 0: choose by likeness.",
        json_schema_extra=RERANK_SCHEMA,
    ),
]


class TurnMessage(BaseModel):
    """What was said before, by the "user" or the "assistant"."""

    model_config = ConfigDict(extra="forbid")

    role: Annotated[str, Field(json_schema_extra={"enum": ["user", "assistant"]})]
    content: str

    def turn(self) -> Turn:
        """Give the turn, or raise a QuestionError."""
        return Turn(cast(Role, self.role), self.content)


class AskRequest(BaseModel):
    """A question to be answered, and what was said before it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "And Ukraine's?",
                    "history": [
                        {"role": "user", "content": "Who led Russia's delegation in Istanbul?"},
                        {"role": "assistant", "content": "Vladimir Medinsky led it. [1]"},
                    ],
                },
                {"question": QUESTION, "filters": {"as_of": "2022-04-01"}},
            ]
        },
    )

    question: QuestionField
    history: list[TurnMessage] = Field(default=[], description="The turns before, in their order.")
    limit: LimitField = 5
    mode: ModeField = "hybrid"
    filters: FiltersMessage = FiltersMessage()
    rerank: _Rerank = READ_TO_ANSWER


class AskParameters(QuestionParameters):
    """A question to be answered, as it stands in an address."""

    rerank: _Rerank = READ_TO_ANSWER

    def request(self) -> AskRequest:
        """Give the same as a message."""
        return AskRequest(
            question=self.q,
            limit=self.limit,
            mode=self.mode,
            filters=self.filters,
            rerank=self.rerank,
        )


class CitationMessage(BaseModel):
    """A quotation: the article's text from `span[0]` to `span[1]`, word for word."""

    number: int = Field(description="Of its marker in the answer: [1].")
    quote: str
    span: tuple[int, int]
    answer: tuple[int, int] | None = Field(
        description="The span of `quote` that answers, where it is known."
    )
    passage: str = Field(description="The id of the passage that holds it.")
    article: ArticleMessage
    also_in: list[ArticleMessage] = Field(description="Copies of the article.")


class FigureMessage(BaseModel):
    """A figure of a citation: how many of what, on what day."""

    model_config = ConfigDict(from_attributes=True)

    value: float
    text: str = Field(description="The number as the article writes it.")
    unit: str | None
    counted: str | None
    bound: Bound | None
    day: date | None = Field(description="Of when it is, by what the article says.")
    published: date | None = Field(description="The article's own date.")
    citation: int


class AskMessage(BaseModel):
    """An answer in the articles' own words, or that they have none."""

    question: str
    question_asked: str
    question_understood: str = Field(description="What was searched for.")
    status: Status
    answer: str | None
    confidence: float = Field(description="The probability that the articles answer.")
    citations: list[CitationMessage]
    figures: list[FigureMessage] = Field(description="The latest first.")
    warnings: list[str]
    passages: list[PassageMessage]
    took_ms: float
    stages: dict[str, float] = Field(description="The milliseconds that each part of it took.")


def ask_message(answer: Answer) -> AskMessage:
    """Give an answer in the shape that all faces share."""
    return AskMessage(
        question=answer.question_asked,
        question_asked=answer.question_asked,
        question_understood=answer.question_understood,
        status=answer.status,
        answer=answer.answer,
        confidence=round(answer.confidence, 4),
        citations=[_citation_message(citation) for citation in answer.citations],
        figures=[FigureMessage.model_validate(figure) for figure in answer.figures],
        warnings=list(answer.warnings),
        passages=[passage_message(ranked) for ranked in answer.passages],
        took_ms=round(answer.took_ms, 2),
        stages={name: round(took, 2) for name, took in answer.stages.items()},
    )


def _citation_message(citation: Citation) -> CitationMessage:
    return CitationMessage(
        number=citation.number,
        quote=citation.quote,
        span=citation.span,
        answer=citation.answer,
        passage=citation.passage,
        article=article_message(citation.article),
        also_in=[article_message(copy) for copy in citation.also_in],
    )
