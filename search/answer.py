"""The result of `ask()`: an answer in the articles' own words with citations, or none."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, Self

from ..corpus.article import Article, Span
from ..index.archive import ArticleRef
from .language.bounds import Bound
from .results import RankedPassage, article_head

Status = Literal["answered", "partial", "not_in_corpus"]
Reason = Literal["filtered", "empty", "language", "nothing_near", "near_miss", "too_vague"]
"""Why there is no answer.

filtered: the filters exclude what would answer. empty: there is no article, or none that passes
the filters. language: the question is in a language that the reader does not know. nothing_near:
no article is about this. near_miss: one is, but does not answer. too_vague: the question names
nothing to look for.
"""

MARKER = re.compile(r"(\s*)\[(\d+)\]")  # of a citation, with the blank before it


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation, marked `[number]` in the answer: `article.text[span[0]:span[1]] == quote`.

    `passage` is the id of the passage that holds it. `answer` is the span of the quote that
    answers, where it is known. `also_in` names the near-duplicates of the article.
    """

    number: int
    quote: str
    span: Span
    passage: str
    article: Article
    answer: Span | None = None
    also_in: tuple[ArticleRef, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as JSON has it, with its article's head instead of its text."""
        return {
            "number": self.number,
            "quote": self.quote,
            "span": list(self.span),
            "answer": list(self.answer) if self.answer else None,
            "passage": self.passage,
            "article": article_head(self.article),
            "also_in": [article_head(copy) for copy in self.also_in],
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from a citation: a number, what it counts, and its date.

    `text` is the number as written, `unit` its unit ("%", "km", "$"), `counted` what it counts
    ("civilians killed"). `day` is the date that the article gives for the figure; `published` is
    the article's own date.
    """

    value: float
    text: str
    unit: str | None
    counted: str | None
    bound: Bound | None
    day: date | None
    published: date | None
    citation: int

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON has it."""
        days = {"day": self.day, "published": self.published}
        return asdict(self) | {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question, or none if the articles do not answer it.

    `answer` holds a marker `[n]` for each of `citations`, and no other. Where `status` is
    "not_in_corpus" it is None, there are no citations, `reason` says why, and the first of the
    `warnings` says so in a sentence that helps. `confidence` is the probability that
    the articles answer the question. `question_understood` is the standalone question that was
    searched for. `undated` counts the articles that a filter by date left out because they state
    no day. `took_ms` and `stages` are in milliseconds.
    """

    question_asked: str
    question_understood: str
    status: Status
    answer: str | None
    confidence: float
    citations: tuple[Citation, ...]
    passages: tuple[RankedPassage, ...]
    figures: tuple[Figure, ...] = ()
    warnings: Sequence[str] = ()
    took_ms: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict[str, float])
    reason: Reason | None = None
    undated: int = 0

    def answered(self, text: str, citations: tuple[Citation, ...]) -> Self:
        """Return the same as an answer, with `text` and its citations."""
        return replace(
            self, status="answered", reason=None, warnings=(), answer=text, citations=citations
        )

    def refused(self, reason: Reason, hint: str) -> Self:
        """Return it as a refusal for this reason, with a sentence on it that helps."""
        return replace(
            self,
            status="not_in_corpus",
            answer=None,
            citations=(),
            figures=(),
            warnings=(hint,),
            reason=reason,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the answer in the shape that HTTP sends: plain values, dates as YYYY-MM-DD.

        A passage or citation has its article's head (id, title, source, url, and when it was
        published), not its text.
        """
        return {
            "question": self.question_asked,
            "question_asked": self.question_asked,
            "question_understood": self.question_understood,
            "status": self.status,
            "answer": self.answer,
            "confidence": round(self.confidence, 4),
            "citations": [citation.to_dict() for citation in self.citations],
            "figures": [figure.to_dict() for figure in self.figures],
            "reason": self.reason,
            "warnings": list(self.warnings),
            "undated": self.undated,
            "passages": [passage.to_dict() for passage in self.passages],
            "offsets": "unicode",
            "took_ms": round(self.took_ms, 2),
            "stages": {name: round(took, 2) for name, took in self.stages.items()},
        }

    def to_json(self) -> str:
        """Return `to_dict()` as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))


def in_answer(quote: str) -> str:
    """Return a quotation without anything that looks like a citation marker.

    >>> in_answer("Talks began on Tuesday.[3]")
    'Talks began on Tuesday.(3)'
    """
    return " ".join(MARKER.sub(r"\1(\2)", quote).split())
