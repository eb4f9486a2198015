from collections.abc import Callable, Iterator

import httpx
import pytest

from dragoman.corpus.fetching.connecting import Limits
from dragoman.corpus.fetching.fetching import Fetched, Fetcher
from dragoman.corpus.fetching.getting import Guest
from dragoman.corpus.fetching.visit import Visit
from local_site import Site, served

TRUST = httpx.create_ssl_context()  # as the default is, but made once
NAMES = ("news.test", "www.news.test", "evil.test")


@pytest.fixture
def site() -> Iterator[Site]:
    """A site called news.test."""
    with served(name="news.test") as site:
        yield site


class Fetching:
    """Fetches, as if names ending in .test were of this machine, and remembers what it visited."""

    def __init__(self, site: Site) -> None:
        self.visits: dict[str, Visit] = {}
        self.waits: list[float] = []
        port = site.host.partition(":")[2]
        self.guest = Guest(frozenset(f"{name}:{port}" for name in NAMES), None, self.waits.append)
        self.limits = Limits(seconds=5.0)
        self.options: dict = {"resolve": lambda *_: ["127.0.0.1"], "trust": TRUST}

    def __call__(self, *addresses: str) -> list[Fetched]:
        with Fetcher(self._known, self.guest, self.limits, **self.options) as fetcher:
            fetched = [one for address in addresses for one in fetcher.fetch(address)]
        self.visits.update({one.visit.address: one.visit for one in fetched if one.visit})
        return fetched

    def problem(self, address: str) -> tuple[str, str]:
        """The code and the message of what is wrong with an address."""
        (fetched,) = self(address)
        assert fetched.problem is not None
        return fetched.problem.code, str(fetched.problem)

    def titles(self, *addresses: str) -> list[str]:
        return [one.article.title for one in self(*addresses) if one.article]

    def _known(self, addresses) -> dict[str, Visit]:
        return {one: self.visits[one] for one in addresses if one in self.visits}


@pytest.fixture
def fetch(site) -> Callable[..., list[Fetched]]:
    return Fetching(site)
