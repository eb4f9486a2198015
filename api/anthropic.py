"""Passages as Anthropic's `search_result` blocks, which Claude cites sentence by sentence."""

from typing import Literal

from pydantic import BaseModel

from ..corpus.text.sentences import sentence_spans
from ..search.results import RankedPassage, SearchResult
from .links import article_link


class TextBlock(BaseModel):
    """A sentence of an article, word for word."""

    type: Literal["text"]
    text: str


class CitationsSetting(BaseModel):
    """Whether Claude may cite a block."""

    enabled: bool


class SearchResultBlock(BaseModel):
    """A passage: `source` is the address of its article."""

    type: Literal["search_result"]
    source: str
    title: str
    content: list[TextBlock]
    citations: CitationsSetting


class SearchResultsMessage(BaseModel):
    """The passages that were found, as the `content` of a tool's result or a user's turn."""

    content: list[SearchResultBlock]


def search_results(result: SearchResult, service: str) -> SearchResultsMessage:
    """Return the passages of a search, the best first, a text block for each sentence."""
    return SearchResultsMessage(content=[_block(one, service) for one in result.passages])


def _block(ranked: RankedPassage, service: str) -> SearchResultBlock:
    text, article = ranked.passage.text, ranked.article
    about = (article.source, article.published.isoformat() if article.published else None)
    return SearchResultBlock(
        type="search_result",
        source=article_link(article, service),
        title=" · ".join([article.title, *filter(None, about)]),
        content=[
            TextBlock(type="text", text=text[start:end]) for start, end in sentence_spans(text)
        ],
        citations=CitationsSetting(enabled=True),
    )
