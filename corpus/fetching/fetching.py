"""Fetching: addresses in, articles out, of pages and of what feeds and sitemaps list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from ssl import SSLContext
from typing import Self

from httpx import URL

from ..article import Article
from ..errors import NoText, ReadingError
from ..formats.file import File
from ..formats.page import PAGE
from ..formats.records.record import read_record
from ..formats.registry import read_file
from ..text.decoding import text_of
from .addresses import (
    address_id,
    canonical_address,
    parsed_address,
    same_site,
    shown_address,
)
from .apart import is_document, read_document
from .connecting import Connections, Limits, Resolve, resolved
from .errors import PASSING, FeedUnreadable, NotAPage, PageForbidden, PageMissing, RobotsForbid
from .getting import Getter, Guest, Response
from .listings import Entry, Kind, feed_entries, kind_of, sitemap_entries
from .visit import Visit

Known = Callable[[Sequence[str]], Mapping[str, Visit]]
_MOST_SITEMAPS = 50  # of one list of sitemaps
# Where a page cannot be had in these ways, the text that its feed has of it is as good.
_NOT_TO_BE_HAD = (NoText, PageForbidden, PageMissing, RobotsForbid)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address: an article, the problem with it, or neither if it is unchanged.

    `visit` is to be remembered once the article is stored; None: it is to be tried again. `total`
    is about how many pages there are in all, as far as that is known.
    """

    address: str
    article: Article | None = None
    problem: ReadingError | None = None
    visit: Visit | None = None
    total: int = 1

    @property
    def unchanged(self) -> str | None:
        """The id of the article that is as it was when it was last fetched."""
        if self.article or self.problem or not self.visit:
            return None
        return self.visit.article


class Fetcher:
    """Fetches the articles at addresses, one after another; a context manager.

    `known` returns what is remembered of addresses: a page that is unchanged is not sent again, and
    of what a feed or sitemap lists only what is new, or has changed since, is fetched. `resolve`
    returns the addresses of a host, and `trust` says whose certificates are valid; by default both
    are the system's.
    """

    def __init__(
        self,
        known: Known,
        guest: Guest | None = None,
        limits: Limits | None = None,
        resolve: Resolve = resolved,
        trust: SSLContext | None = None,
    ) -> None:
        limits, guest = limits or Limits(), guest or Guest()
        self._connections = Connections(limits, guest.private_hosts, resolve, trust)
        self._getter = Getter(self._connections, limits, guest)
        self._known = known
        self._private_hosts = guest.private_hosts
        self._most_pages = limits.pages

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connections.close()

    def fetch(self, address: str) -> Iterator[Fetched]:
        """Yield what comes of a page, or of each page of a feed or sitemap, and of that itself."""
        address = address.strip()
        visit = self._known([address]).get(address)
        try:
            response = self._got(address, visit)
            kind = self._kind(response, address)
        except ReadingError as error:
            yield Fetched(shown_address(address), problem=error)
            return
        if visit and response.unchanged:
            yield Fetched(address, visit=visit)
        elif kind == "page":
            yield self._page(address, response)
        else:
            yield from self._listing(address, response, kind)

    def _got(self, address: str, visit: Visit | None, listed_at: URL | None = None) -> Response:
        etag, modified = (visit.etag, visit.modified) if visit else (None, None)
        return self._getter.get(address, etag, modified, listed_at)

    def _kind(self, response: Response, address: str) -> Kind:
        kind = "page" if response.unchanged else kind_of(response.body, response.kind)
        if kind is None and is_document(response.body):
            kind = "page"
        if kind is None:
            raise NotAPage(where=address, kind=f"“{response.kind[:80] or 'of no stated type'}”")
        return kind

    def _page(self, address: str, response: Response, stated: str | None = None) -> Fetched:
        try:
            article = _read(response)
        except ReadingError as error:
            problem = type(error)(**{**error.facts, "where": address})
            return Fetched(address, problem=problem, visit=Visit(address, stated=stated))
        visit = Visit(address, article.id, response.etag, response.modified, stated)
        return Fetched(address, article, visit=visit)

    # Feeds and sitemaps

    def _listing(self, address: str, response: Response, kind: Kind) -> Iterator[Fetched]:
        """Yield what comes of the pages; then of the listing, so that none is left out for good."""
        whole = True
        entries = self._entries(address, response, kind)
        new = self._new(entry for entry in entries if isinstance(entry, Entry))
        problems = [entry for entry in entries if isinstance(entry, ReadingError)]
        for problem in problems:
            yield Fetched(address, problem=problem)
        chosen = new[: self._most_pages]
        for entry in chosen:
            fetched = self._listed(entry, response.address)
            whole = whole and fetched.visit is not None
            yield replace(fetched, total=len(chosen))
        if whole and not problems and len(chosen) == len(new):
            yield Fetched(address, visit=Visit(address, None, response.etag, response.modified))

    def _entries(self, address: str, response: Response, kind: Kind) -> list[Entry | ReadingError]:
        at = str(response.address)
        try:
            if kind == "feed":
                return [*feed_entries(response.body, at, response.kind)]
            if kind == "sitemap":
                return [*sitemap_entries(response.body, at)]
            return [*self._of_sitemaps(sitemap_entries(response.body, at), response.address)]
        except FeedUnreadable as error:
            return [FeedUnreadable(**{**error.facts, "where": address})]

    def _of_sitemaps(
        self, sitemaps: Sequence[Entry], listed_at: URL
    ) -> Iterator[Entry | ReadingError]:
        """Yield the pages of the sitemaps in a list, until as many are new as are wanted."""
        wanted = self._most_pages
        for sitemap in sitemaps[:_MOST_SITEMAPS]:
            try:
                response = self._getter.get(sitemap.address, listed_at=listed_at)
                if kind_of(response.body, response.kind) != "sitemap":
                    raise FeedUnreadable(where=sitemap.address, reason="it is no sitemap")
                entries = sitemap_entries(response.body, str(response.address))
            except ReadingError as error:
                yield error
                continue
            yield from entries
            wanted -= len(self._new(entries))
            if wanted < 0:
                return

    def _new(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return those that were never visited, or have changed since."""
        listed = list(entries)
        known = self._known([entry.address for entry in listed])
        return [
            entry
            for entry in listed
            if entry.address not in known or known[entry.address].stated != entry.stated
        ]

    def _listed(self, entry: Entry, listed_at: URL) -> Fetched:
        """Return what comes of a page that is listed: the page, else what its feed has of it."""
        fetched = self._listed_page(entry, listed_at)
        if isinstance(fetched.problem, _NOT_TO_BE_HAD) and entry.record:
            return self._from_feed(entry, listed_at) or fetched
        return fetched

    def _from_feed(self, entry: Entry, listed_at: URL) -> Fetched | None:
        """Return the article that is in a feed itself, if that is of the page's own site.

        What was fetched from a page before stays.
        """
        visit = self._known([entry.address]).get(entry.address)
        url = parsed_address(entry.address, self._private_hosts)
        if (visit and visit.article) or not same_site(url, listed_at):
            return None
        read = read_record(entry.record, entry.address)
        if not isinstance(read, Article):
            return None
        known_as = canonical_address(url, None)
        article = replace(read, id=address_id(known_as), url=known_as)
        return Fetched(entry.address, article, visit=Visit(entry.address, stated=entry.stated))

    def _listed_page(self, entry: Entry, listed_at: URL) -> Fetched:
        visit = self._known([entry.address]).get(entry.address)
        remembered = Visit(entry.address, stated=entry.stated)
        try:
            response = self._got(entry.address, visit, listed_at)
            if visit and response.unchanged:
                return Fetched(entry.address, visit=visit._replace(stated=entry.stated))
            if self._kind(response, entry.address) != "page":
                raise NotAPage(where=entry.address, kind="a feed or sitemap within another")
        except ReadingError as error:
            again = isinstance(error, PASSING)
            shown = shown_address(entry.address)
            return Fetched(shown, problem=error, visit=None if again else remembered)
        return self._page(entry.address, response, entry.stated)


def _read(response: Response) -> Article:
    """Return the article on a page, or in a document, known by its address."""
    address = str(response.address)
    if not response.body.strip():
        raise NoText(where=address)
    if is_document(response.body):
        read = read_document(response.body, address)
    else:
        read = _as_page(response)
    if isinstance(read, Article):
        known_as = canonical_address(response.address, read.url)
        return replace(read, id=address_id(known_as), url=known_as)
    raise read


def _as_page(response: Response) -> Article | ReadingError:
    """Return the article on a page, read as a saved page is."""
    address = str(response.address)
    page = File(address, "page.html", address_id(address), partial(BytesIO, _as_utf8(response)))
    read = next((read for _, read in read_file(page, (PAGE,))), None)
    return read if isinstance(read, Article | ReadingError) else NoText(where=address)


def _as_utf8(response: Response) -> bytes:
    """Return a page in UTF-8 where its server says how it is encoded; else it says so itself."""
    if not response.charset:
        return response.body
    return text_of(response.body, str(response.address), response.charset).encode(
        "utf-8", "replace"
    )
