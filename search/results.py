"""What a search gives: ranked passages, each with its article and the parts of its score."""

from dataclasses import dataclass
from typing import NamedTuple

from ..corpus.article import Article, Passage


class Boost(NamedTuple):
    """What was added to a score, and why: `name` is the kind, `reason` what it was given for."""

    name: str
    amount: float
    reason: str


class Scores(NamedTuple):
    """The parts of a score; higher is better, and None says that the part was not asked.

    `dense` is the cosine of the two vectors, `lexical` is BM25 (0 where it is not among the best),
    `fused` joins them, from 0 to 1. `boosts` are added to the score that the mode ranks by.
    """

    dense: float | None = None
    lexical: float | None = None
    fused: float | None = None
    boosts: tuple[Boost, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage in its place. `highlights` are spans of `passage.text` that match the question."""

    rank: int
    passage: Passage
    article: Article
    score: float
    scores: Scores
    highlights: tuple[tuple[int, int], ...] = ()

    @property
    def id(self) -> str:
        """The passage's name: its article's id and its place in the article."""
        return f"{self.article.id}#{self.passage.position}"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The ranked passages for a question, best first, and the milliseconds it took."""

    question: str
    passages: tuple[RankedPassage, ...]
    took_ms: float
