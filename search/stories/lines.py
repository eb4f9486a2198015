"""A line of a story: a sentence of an article, word for word, with its source."""

from dataclasses import dataclass
from typing import Any, Literal

from ...corpus.article import Article, Span
from ...index.archive import ArticleRef
from ..results import article_head

Reason = Literal["empty", "nothing_near", "nothing_told"]
"""Why there is nothing to show: there are no articles, or none that pass the filters; none is about
the matter; or those that are do not tell this of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an article: its text from `span[0]` to `span[1]`.

    `also_in` names the near-duplicates of the article.
    """

    article: Article
    span: Span
    also_in: tuple[ArticleRef, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence, word for word."""
        return self.article.text[slice(*self.span)]

    def to_dict(self) -> dict[str, Any]:
        """Return the line as JSON has it."""
        return {
            "sentence": self.sentence,
            "span": list(self.span),
            "article": article_head(self.article),
            "also_in": [article_head(copy) for copy in self.also_in],
        }
