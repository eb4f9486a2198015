"""What a search gives: ranked passages, each with its article and the parts of its score."""

from dataclasses import dataclass
from typing import NamedTuple

from ..corpus.article import Article, Passage
from ..index.archive import ArticleRef
from .reading.reader import Reading


class Scores(NamedTuple):
    """What the two indexes say; higher is better, and None says that the index was not asked.

    `dense` is the cosine of the two vectors, `lexical` is BM25 (0 where it is not among the best),
    `fused` what both come to in the score of the hybrid mode.
    """

    dense: float | None = None
    lexical: float | None = None
    fused: float | None = None


class Part(NamedTuple):
    """One part of a score: a kind of evidence, how much there is of it, and how much it counts.

    `reason` says what the evidence is, where the name does not.
    """

    name: str
    value: float
    weight: float
    reason: str = ""

    @property
    def contribution(self) -> float:
        """What the part adds to the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage in its place.

    `score` is the sum of what its `parts` contribute, in their order. `highlights` are spans of
    `passage.text` that match the question. `also_in` names the copies of its article that were
    left out, the earliest published first. `reading` is what the reader made of it, where it was
    read.
    """

    rank: int
    passage: Passage
    article: Article
    score: float
    scores: Scores
    highlights: tuple[tuple[int, int], ...] = ()
    also_in: tuple[ArticleRef, ...] = ()
    parts: tuple[Part, ...] = ()
    reading: Reading | None = None

    @property
    def matched(self) -> tuple[str, ...]:
        """The words of the passage that match the question, each once, as they first stand."""
        words = (self.passage.text[start:end] for start, end in self.highlights)
        return tuple({word.casefold(): word for word in reversed([*words])}.values())[::-1]

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
