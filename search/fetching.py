"""Adding articles by their addresses: fetched one by one, and stored in parts as they come."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from threading import Event

from ..corpus.fetching.fetching import Fetched, Fetcher, Known
from ..corpus.fetching.visit import Visit
from ..index.errors import ArchiveMissing
from ..index.indexing import Progress
from ..index.opening import writing
from .dragoman import Dragoman, OnProgress
from .results import Added

_AT_ONCE = 16  # articles
_SECONDS = 20.0  # after which those that have come are stored


def known_to(dragoman: Dragoman) -> Known:
    """Return what looks up the addresses that an archive's articles were fetched from."""

    def known(addresses: Sequence[str]) -> Mapping[str, Visit]:
        try:
            return dragoman.listing.visits(addresses)
        except ArchiveMissing:
            return {}

    return known


def fetch_articles(
    dragoman: Dragoman,
    addresses: Iterable[str],
    fetcher: Fetcher,
    on_progress: OnProgress | None = None,
    source: str | None = None,
    published: date | str | None = None,
    tags: str | Iterable[str] = (),
) -> Added:
    """Add the articles at addresses of pages, feeds and sitemaps, as `Dragoman.add` adds others.

    What is fetched is stored before the rest is, so that nothing is lost if it is interrupted. Of a
    feed or sitemap only what is new, or has changed since, is fetched.
    """
    fetched = chain.from_iterable(map(fetcher.fetch, addresses))
    progress, parts = Progress(), []
    for part in in_parts(fetched):
        parts.append(store(dragoman, part, source, published, tags))
        progress.articles += len(part)
        progress.passages += parts[-1].passages
        if on_progress:
            on_progress(progress, max(part[-1].total, progress.articles))
    return Added.joined(parts)


def in_parts(fetched: Iterable[Fetched], stop: Event | None = None) -> Iterator[list[Fetched]]:
    """Yield what is fetched in parts, none of which waits for long to be stored.

    Once `stop` is set, nothing more is fetched.
    """
    part: list[Fetched] = []
    began = time.monotonic()
    for one in fetched:
        part.append(one)
        stopped = stop is not None and stop.is_set()
        if stopped or len(part) >= _AT_ONCE or time.monotonic() - began > _SECONDS:
            yield part
            part, began = [], time.monotonic()
        if stopped:
            return
    if part:
        yield part


def store(
    dragoman: Dragoman,
    fetched: Sequence[Fetched],
    source: str | None = None,
    published: date | str | None = None,
    tags: str | Iterable[str] = (),
) -> Added:
    """Add what was fetched to an archive, then remember the visits."""
    # Several addresses may lead to one article.
    articles = {one.article.id: one.article for one in fetched if one.article}
    added = Added()
    if articles:
        added = dragoman.add(articles.values(), source=source, published=published, tags=tags)
    visits = [one.visit for one in fetched if one.visit]
    if visits:
        with suppress(ArchiveMissing), writing(dragoman.address) as writer:
            writer.note_visits(visits)
    problems = tuple(one.problem for one in fetched if one.problem)
    unchanged = tuple(one.unchanged for one in fetched if one.unchanged)
    return Added.joined([added, Added(unchanged=unchanged, problems=problems)])
