"""What the library returns: of a search, of adding articles, and what an archive holds.

`to_dict()` gives the shape that HTTP sends and `--json` prints; nothing else spells it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Self

from ..corpus.article import Article, Passage, is_web_address
from ..corpus.errors import ReadingError
from ..index.addresses import Address
from ..index.archive import ArticleRef, Summary
from .reading.reader import Reading


class Scores(NamedTuple):
    """The scores of the two indexes. Higher is better; None where the mode does not use an index.

    `dense` is the cosine similarity of the two vectors. `lexical` is BM25, 0 where the passage is
    not among the best. `fused` is what both contribute to the score in hybrid mode.
    """

    dense: float | None = None
    lexical: float | None = None
    fused: float | None = None


class Part(NamedTuple):
    """One part of a score: a ranking feature, its value and its weight.

    `reason` explains the feature where its name does not.
    """

    name: str
    value: float
    weight: float
    reason: str = ""

    @property
    def contribution(self) -> float:
        """What the part adds to the score: its value times its weight."""
        return self.value * self.weight

    def to_dict(self) -> dict[str, Any]:
        """Return the part as JSON has it."""
        return {
            "name": self.name,
            "value": self.value,
            "weight": self.weight,
            "contribution": self.contribution,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage at its rank.

    `score` is the sum of the contributions of its `parts`, in their order. `highlights` are spans
    of `passage.text` that match the question. `also_in` names the near-duplicates of its article
    that were left out, the earliest published first. `reading` is the reader's output, where the
    passage was read.
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
        """The words of the passage that match the question, each once, in order."""
        words = (self.passage.text[start:end] for start, end in self.highlights)
        return tuple({word.casefold(): word for word in reversed([*words])}.values())[::-1]

    @property
    def id(self) -> str:
        """The passage's id: its article's id and its position in the article."""
        return f"{self.article.id}#{self.passage.position}"

    def to_dict(self, explain: bool = False) -> dict[str, Any]:
        """Return the passage as JSON has it; with `explain`, with the parts of its score."""
        message: dict[str, Any] = {
            "rank": self.rank,
            "id": self.id,
            "text": self.passage.text,
            "score": self.score,
            "scores": self.scores._asdict(),
            "span": list(self.passage.span),
            "highlights": [list(span) for span in self.highlights],
            "article": article_head(self.article),
            "also_in": [article_head(copy) for copy in self.also_in],
        }
        if explain:
            parts = [part.to_dict() for part in self.parts]
            message["explanation"] = {"parts": parts, "matched": list(self.matched)}
        return message


# What is told of the passages that were found, before they are read.
OnPassages = Callable[[Sequence[RankedPassage]], None]
OnSentence = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many articles match, by outlet, month of publication (YYYY-MM) and tag.

    The largest come first. What an article does not state is not counted.
    """

    sources: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return the facets as JSON has them."""
        return {
            name: [{"name": one, "articles": articles} for one, articles in getattr(self, name)]
            for name in ("sources", "months", "tags")
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The ranked passages for a question, best first, and the milliseconds it took.

    `question_understood` is the question as it was searched for, its spelling corrected. Where
    there are no passages, `warnings` says why. `facets` are there if they were asked for.
    `undated` counts the articles that a filter by date left out because they state no day.
    """

    question: str
    question_understood: str
    passages: tuple[RankedPassage, ...]
    took_ms: float
    warnings: tuple[str, ...] = ()
    facets: Facets | None = None
    undated: int = 0

    def to_dict(self, explain: bool = False) -> dict[str, Any]:
        """Return the result in the shape that HTTP sends: plain values, dates as YYYY-MM-DD.

        A passage has its article's head (id, title, source, url and when it was published), not
        its text. With `explain`, each passage also says what its score is made of.
        """
        facets = {"facets": self.facets.to_dict()} if self.facets else {}
        return {
            "question": self.question,
            "question_understood": self.question_understood,
            "passages": [passage.to_dict(explain) for passage in self.passages],
            **facets,
            "warnings": list(self.warnings),
            "undated": self.undated,
            "offsets": "unicode",
            "took_ms": round(self.took_ms, 2),
        }

    def to_json(self, explain: bool = False) -> str:
        """Return `to_dict()` as JSON."""
        return json.dumps(self.to_dict(explain), ensure_ascii=False, separators=(",", ":"))


def article_head(article: Article | ArticleRef) -> dict[str, Any]:
    """Return what identifies and dates an article, as JSON has it: its head, not its text.

    An address that is not of the web is left out: who shows it would make a link of it.
    """
    notice = article.notice
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url if article.url and is_web_address(article.url) else None,
        "published": article.published.isoformat() if article.published else None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "dated_by": article.dated_by,
        "notice": {"kind": notice.kind, "text": notice.text} if notice else None,
    }


@dataclass(frozen=True, slots=True)
class Added:
    """The result of `add()`: the ids of the articles, by whether they were new or changed.

    `problems` are what could not be read. `skipped` counts, by kind, what is no article in
    folders, archives and web archives.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    passages: int = 0
    problems: tuple[ReadingError, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Return what was added in several parts, one after another."""
        all_parts = list(parts)
        return cls(
            tuple(id for part in all_parts for id in part.added),
            tuple(id for part in all_parts for id in part.replaced),
            tuple(id for part in all_parts for id in part.unchanged),
            sum(part.passages for part in all_parts),
            tuple(problem for part in all_parts for problem in part.problems),
            sum((Counter(part.skipped) for part in all_parts), Counter[str]()),
        )


@dataclass(frozen=True, slots=True)
class Info:
    """What an archive holds.

    `duplicate_groups` counts groups of two near-duplicates or more. `seq` is the number of the
    latest change; it grows with every change. `path` is the folder, or the address if it is none.
    """

    path: Address
    articles: int
    passages: int
    encoder: str
    first_published: date | None
    last_published: date | None
    sources: list[tuple[str | None, int]] = field(default_factory=list)
    duplicate_groups: int = 0
    seq: int = 0

    @classmethod
    def of(cls, path: Address, held: Summary) -> Self:
        """Return what the archive at `path` holds."""
        return cls(
            path,
            held.articles,
            held.passages,
            held.encoder or "none yet",
            held.first_published,
            held.last_published,
            held.sources,
            held.duplicate_groups,
            held.seq,
        )
