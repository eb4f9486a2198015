"""What asking gives: an answer in the articles' own words, with citations, or none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ..corpus.article import Article, Span
from ..index.archive import ArticleRef
from .language.bounds import Bound
from .results import RankedPassage

Status = Literal["answered", "partial", "not_in_corpus"]

MARKER = re.compile(r"(\s*)\[(\d+)\]")  # of a citation, with the blank before it


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation, marked `[number]` in the answer: `article.text[span[0]:span[1]] == quote`.

    `passage` is the id of the passage that holds it, `answer` the place in the quote of what
    answers, where that is known. `also_in` names the copies of the article.
    """

    number: int
    quote: str
    span: Span
    passage: str
    article: Article
    answer: Span | None = None
    also_in: tuple[ArticleRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a citation gives: so many of what, on what day.

    `text` is the number as it is written, `unit` what it is measured in ("%", "km", "$"), `counted`
    what is counted ("civilians killed"). `day` is of when it is, by what the article says;
    `published` is the article's own date.
    """

    value: float
    text: str
    unit: str | None
    counted: str | None
    bound: Bound | None
    day: date | None
    published: date | None
    citation: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question, or that the articles have none.

    `answer` holds a marker `[n]` for each of `citations`, and no other; it is None, and there is
    no citation, where `status` is "not_in_corpus". `confidence` is the probability that the
    articles answer the question. `question_understood` is what was searched for:
    `question_asked` with what it leaves unsaid. `stages` are milliseconds, as `took_ms` is.
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


def in_answer(quote: str) -> str:
    """Give a quotation as it stands in an answer: without what would look like a marker of ours.

    >>> in_answer("Talks began on Tuesday.[3]")
    'Talks began on Tuesday.(3)'
    """
    return " ".join(MARKER.sub(r"\1(\2)", quote).split())
