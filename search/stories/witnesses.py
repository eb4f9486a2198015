"""Independent reports: how many stand behind a line that several articles have.

A family of near-duplicates is one report, and so is what several outlets took from one agency.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from ...corpus.article import Article
from ...index.archive import ArticleRef
from .agencies import agencies_credited, agencies_reporting, agency_named


class Report(Protocol):
    """A sentence of an article that has a line, and the near-duplicates of its article."""

    @property
    def article(self) -> Article:
        """The article that has it."""
        ...

    @property
    def sentence(self) -> str:
        """The sentence, word for word."""
        ...

    @property
    def also_in(self) -> Sequence[ArticleRef]:
        """The near-duplicates of the article."""
        ...


def witnesses(reports: Iterable[Report]) -> int:
    """Return how many independent reports stand behind a line.

    Near-duplicates count once, as do articles of one outlet, and articles that took the line from
    one agency. Where an article names several agencies, it is independent only if none of them
    has been counted. Withdrawn articles do not count.
    """
    families: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.article.is_withdrawn:
            continue
        copies = (copy.id for copy in report.also_in)
        families[min([report.article.id, *copies])].append(report)
    origins = sorted((_origins(members) for members in families.values()), key=len)
    counted: set[str] = set()
    number = 0
    for origin in origins:
        number += not origin & counted
        counted |= origin
    return number


def have_one_agency(one: tuple[Article, str], other: tuple[Article, str]) -> bool:
    """Return whether two articles have their sentences from one agency, by what they credit."""
    return not _agencies(*one).isdisjoint(_agencies(*other))


def _origins(family: Sequence[Report]) -> frozenset[str]:
    """Return the agencies that a family's text is from, or else the outlet that had it first."""
    agencies = frozenset[str]().union(*(_agencies(one.article, one.sentence) for one in family))
    if agencies:
        return agencies
    days = (report.article.published for report in family)
    first = min(zip(days, family, strict=True), key=lambda pair: (not pair[0], str(pair[0])))[1]
    return frozenset({_outlet(first.article)})


def _agencies(article: Article, sentence: str) -> frozenset[str]:
    """Return the agencies that a report is from; an agency's own article is from itself."""
    own = agency_named(article.source or "") or agency_named(_host(article))
    return frozenset({own}) if own else _credited(article) | agencies_reporting(sentence)


def _credited(article: Article) -> frozenset[str]:
    by_line = (agency_named(author) for author in article.authors)
    return agencies_credited(article.text) | frozenset(key for key in by_line if key)


def _outlet(article: Article) -> str:
    """Return the name that an article's outlet is counted under; its own id where it has none."""
    name = (article.source or _host(article)).lower().removeprefix("www.").removeprefix("the ")
    return name.strip() or f"article {article.id}"


def _host(article: Article) -> str:
    try:
        return (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
