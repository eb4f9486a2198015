"""Why a search found nothing."""

from ...index.archive import Archive
from ..question import Filters

_SOURCES_NAMED = 20


def why_nothing(filters: Filters, archive: Archive) -> str:
    """Return what to say, and what to do, where no passage at all was found."""
    summary = archive.summary()
    known = [name for name, _ in summary.sources if name]
    if not summary.articles:
        return "The archive is empty. Add articles with: dragoman add PATH"
    if filters.sources and known:
        named = ", ".join(known[:_SOURCES_NAMED])
        return f"No passage was found. The sources here are: {named}."
    if not filters.all_pass:
        return "No passage was found. The filters may leave no article; undated ones pass no date."
    return "No passage was found."
