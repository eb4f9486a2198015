"""Why a search found nothing: the archive is empty, the filters exclude everything, or neither."""

from collections.abc import Sequence
from datetime import date

from ...index.archive import Archive
from ..question import Filters

_SOURCES_NAMED = 20


def why_no_results(filters: Filters, archive: Archive) -> str:
    """Return a sentence for the user on why no passage was found."""
    held = archive.summary()
    if not held.articles:
        return "The archive is empty. Add articles to it."
    if not len(archive.article_numbers(filters.sources)):
        return f"The filters exclude every article. {_known_sources(held.sources)}"
    if not len(archive.article_numbers(filters.sources, filters.since, filters.last_day)):
        return f"The filters exclude every article: {_dates_excluded(filters, archive)}"
    return "No passage was found."


def _dates_excluded(filters: Filters, archive: Archive) -> str:
    articles = len(archive.article_numbers(filters.sources))
    undated = articles - len(archive.article_numbers(filters.sources, until=date.max))
    whose = "from these sources" if filters.sources else "in the archive"
    if undated == articles:
        return f"none {whose} states its date of publication."
    if not undated:
        return f"none {whose} was published at that time."
    return (
        f"of the {articles:,} {whose}, {undated:,} state no date of publication, and the others "
        "were not published at that time."
    )


def _known_sources(sources: Sequence[tuple[str | None, int]]) -> str:
    names = [name for name, _ in sources if name]
    if not names:
        return "No article here states its source."
    more = f" and {len(names) - _SOURCES_NAMED:,} more" if len(names) > _SOURCES_NAMED else ""
    return f"The sources here are: {', '.join(names[:_SOURCES_NAMED])}{more}."
