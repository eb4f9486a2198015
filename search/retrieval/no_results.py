"""Why a search shows nothing: the archive is empty, or the filters or the offset leave nothing."""

from collections.abc import Sequence
from datetime import date

from ...index.archive import Archive
from ..language.dates import in_words
from ..question import Filters, Question
from .ranking import Ranking
from .retriever import passing_articles

_SOURCES_NAMED = 20


def why_none_shown(question: Question, ranking: Ranking, archive: Archive) -> str:
    """Return a sentence for the user on why no passage is shown, of all that were found."""
    if question.offset and ranking.candidates:
        return f"No passage is left after the first {question.offset:,}."
    return why_no_results(question.filters, archive)


def why_no_results(filters: Filters, archive: Archive) -> str:
    """Return a sentence for the user on why no passage was found."""
    held = archive.summary()
    if not held.articles and filters.as_of:
        return f"No article here states that it was published by {in_words(filters.as_of)}."
    if not held.articles:
        return "The archive is empty. Add articles to it."
    if not len(archive.article_numbers(filters.sources)):
        return f"The filters exclude every article. {_known_sources(held.sources)}"
    if filters.tags and not len(archive.article_numbers(filters.sources, tags=filters.tags)):
        return f"The filters exclude every article: {_tags_excluded(filters, archive)}"
    passing = passing_articles(filters, archive)
    if passing is not None and not len(passing):
        return f"The filters exclude every article: {_dates_excluded(filters, archive)}"
    return "No passage was found."


def _dates_excluded(filters: Filters, archive: Archive) -> str:
    sources, tags = filters.sources, filters.tags
    articles = len(archive.article_numbers(sources, tags=tags))
    undated = articles - len(archive.article_numbers(sources, until=date.max, tags=tags))
    whose = _whose(filters)
    if undated == articles:
        return f"none {whose} states its date of publication."
    if not undated:
        return f"none {whose} was published at that time."
    return (
        f"of the {articles:,} {whose}, {undated:,} state no date of publication, and the others "
        "were not published at that time."
    )


def _tags_excluded(filters: Filters, archive: Archive) -> str:
    named = ", ".join(f"“{tag}”" for tag in filters.tags)
    which = f"the tag {named}" if len(filters.tags) == 1 else f"any of the tags {named}"
    if len(archive.article_numbers(tags=filters.tags)):
        return f"none from these sources has {which}."
    return f"none has {which}."


def _whose(filters: Filters) -> str:
    named = [
        *(["from these sources"] if filters.sources else []),
        *(["with these tags"] if filters.tags else []),
    ]
    return " ".join(named) or "in the archive"


def _known_sources(sources: Sequence[tuple[str | None, int]]) -> str:
    names = [name for name, _ in sources if name]
    if not names:
        return "No article here states its source."
    more = f" and {len(names) - _SOURCES_NAMED:,} more" if len(names) > _SOURCES_NAMED else ""
    return f"The sources here are: {', '.join(names[:_SOURCES_NAMED])}{more}."
