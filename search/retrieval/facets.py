"""Facets: how the articles that match a question are spread over outlets, months and tags."""

from collections import Counter
from collections.abc import Iterable

from ...index.archive import Archive
from ..results import Facets
from .ranking import Ranking


def count_facets(ranking: Ranking, archive: Archive) -> Facets:
    """Return the numbers of articles among the candidates by outlet, month and tag.

    An article counts once, however many of its passages are candidates.
    """
    of = archive.articles_of([one.number for one in ranking.candidates])
    articles = archive.articles_numbered([*set(of.values())])
    return Facets(
        _counted(article.source for article in articles if article.source),
        _counted(f"{day:%Y-%m}" for article in articles if (day := article.published)),
        _counted(tag for article in articles for tag in dict.fromkeys(article.tags)),
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return names with their counts, the most frequent first, then by name."""
    return tuple(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0])))
