"""Getting what is at an address, as a guest of its site: redirects, robots.txt, pauses, retries."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpx
from protego import Protego

from ..errors import ReadingError
from ..text.cleaning import one_line
from .addresses import host_and_port, parsed_address
from .connecting import Connections, Limits, Received
from .errors import (
    AddressNotUsable,
    FetchTimedOut,
    PageForbidden,
    PageGone,
    PageMissing,
    PageNotSent,
    RobotsForbid,
    ServerFailed,
    ServerUnreachable,
    TooManyRedirects,
)

NAME = "Dragoman"
_ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.1"
_REDIRECTS = (301, 302, 303, 307, 308)
_OVERLOADED = (429, 500, 502, 503, 504)
_FORBIDDEN = (401, 402, 403, 407, 451)
_ROBOTS_BYTES = 512_000  # that are read, as RFC 9309 has it
_ROBOTS_SECONDS = 3600.0  # after which they are read again
_ROBOTS_KEPT = 50  # hosts
_ROBOTS_KEPT_BYTES = 1_000_000  # of all: the rules in half of that may take 30 MB of memory
_MOST_FAILURES = 5  # of a host, after which it is left alone for a while
_LEFT_ALONE = 600.0  # seconds
_LONGEST_STATED = 500  # characters of what says whether a page is unchanged


@dataclass(frozen=True, slots=True)
class Response:
    """What was got in the end. `address` is where redirects led; `unchanged` is status 304."""

    address: httpx.URL
    unchanged: bool
    kind: str
    charset: str | None
    etag: str | None
    modified: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class _Robots:
    rules: Protego | None  # None: the site does not say, since its server fails
    size: int  # bytes that they were read from
    read: float


@dataclass(frozen=True, slots=True)
class Guest:
    """As whom pages are asked for.

    `private_hosts`, each "NAME" or "NAME:PORT" in small letters, are one's own: they may be in a
    private network, and are asked without pauses. `contact` is where the operators of sites reach
    who runs this. `pause` waits for some seconds, or returns true where nobody waits any more.
    """

    private_hosts: frozenset[str] = frozenset()
    contact: str | None = None
    pause: Callable[[float], object] = time.sleep


class Getter:
    """Gets what is at addresses, one request at a time."""

    def __init__(self, connections: Connections, limits: Limits, guest: Guest) -> None:
        self._connections = connections
        self._limits = limits
        self._private_hosts = guest.private_hosts
        said = f"; {one_line(guest.contact)}" if guest.contact else ""
        self._agent = f"{NAME}/{version('dragoman')} (news archive{said})"
        self._pause = guest.pause
        self._robots: dict[str, _Robots] = {}
        self._asked: dict[str, float] = {}
        self._failures: dict[str, list[float]] = {}  # when a host failed, since it last answered

    def get(
        self,
        address: str,
        etag: str | None = None,
        modified: str | None = None,
        listed_at: httpx.URL | None = None,
    ) -> Response:
        """Return what is at an address, or that it is unchanged since `etag` and `modified`.

        `listed_at` is the address of the feed or sitemap that names it, if one does.
        Raises a ReadingError, whose `where` is the address given.
        """
        headers = {"Accept": _ACCEPTED}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        url = self._parsed(address)
        if listed_at:
            self._check_lead(listed_at, url)
        try:
            return self._followed(url, headers)
        except ReadingError as error:
            raise type(error)(**{**error.facts, "where": address}) from error

    def _parsed(self, address: str) -> httpx.URL:
        return parsed_address(address, self._private_hosts)

    def _followed(self, url: httpx.URL, headers: dict[str, str]) -> Response:
        for _ in range(self._limits.redirects + 1):
            received = self._answer(url, headers)
            if received.status not in _REDIRECTS or "location" not in received.headers:
                return _response(url, received)
            url = self._target(url, received)
        raise TooManyRedirects(where=url, most=self._limits.redirects)

    def _answer(self, url: httpx.URL, headers: dict[str, str]) -> Received:
        """Return what a server answers; one that has failed again and again is not asked."""
        failures = self._failures.setdefault(host_and_port(url), [])
        if len(failures) >= _MOST_FAILURES and time.monotonic() - failures[-1] < _LEFT_ALONE:
            raise ServerFailed(where=url, status=f"it failed {len(failures)} times in a row")
        try:
            self._check_robots(url)
            received = self._patiently(url, headers)
        except (FetchTimedOut, ServerUnreachable, ServerFailed):
            failures.append(time.monotonic())
            raise
        failures.clear()
        return received

    def _target(self, url: httpx.URL, received: Received) -> httpx.URL:
        location = received.headers["location"]
        with suppress(UnicodeError):  # many servers send it as UTF-8
            location = location.encode("latin-1").decode("utf-8")
        try:
            target = url.join(location)
        except (httpx.InvalidURL, ValueError, UnicodeError) as error:
            raise ServerUnreachable(where=url, reason="it redirects to no address") from error
        parsed = self._parsed(str(target))
        self._check_lead(url, parsed)
        return parsed

    def _check_lead(self, url: httpx.URL, target: httpx.URL) -> None:
        """Raise AddressNotUsable where the Internet leads to a private host, though it is allowed.

        It is allowed to who asks for pages, not to a stranger whose page names an address there.
        """
        if self._is_private(target) and not self._is_private(url):
            raise AddressNotUsable(
                where=target, reason="a page of the Internet leads into a private network"
            )

    def _is_private(self, url: httpx.URL) -> bool:
        return bool({host_and_port(url), url.host} & self._private_hosts)

    def _patiently(self, url: httpx.URL, headers: dict[str, str]) -> Received:
        """Return what a server answers, asked again after a while where it is overloaded."""
        for attempt in range(1, self._limits.tries + 1):
            self._wait_for_turn(url)
            wait = random.uniform(0.8, 1.2) * 2 ** (attempt - 1)  # noqa: S311
            last = attempt == self._limits.tries
            try:
                received = self._connections.get(url, {"User-Agent": self._agent, **headers})
            except (FetchTimedOut, ServerUnreachable):
                if last:
                    raise
            else:
                if received.status not in _OVERLOADED:
                    return received
                wait = max(wait, _retry_after(received.headers.get("retry-after")))
                if last or wait > self._limits.longest_wait:
                    raise ServerFailed(where=url, status=received.status)
            if self._pause(wait):
                raise ServerFailed(where=url, status="it was not waited for")
        raise AssertionError("unreachable")

    def _wait_for_turn(self, url: httpx.URL) -> None:
        """Wait until the host may be asked again."""
        host = host_and_port(url)
        delay = 0.0 if self._is_private(url) else self._limits.delay
        robots = self._robots.get(host)
        if robots and robots.rules:
            stated = float(robots.rules.crawl_delay(NAME) or 0)
            delay = max(delay, min(stated, self._limits.longest_wait))
        last = self._asked.get(host)
        if last is not None and (wait := last + delay - time.monotonic()) > 0:
            self._pause(wait)
        self._asked[host] = time.monotonic()

    def _check_robots(self, url: httpx.URL) -> None:
        """Raise RobotsForbid, or ServerFailed where robots.txt cannot be had (RFC 9309)."""
        host = host_and_port(url)
        known = self._robots.pop(host, None)
        if known is None or time.monotonic() - known.read > _ROBOTS_SECONDS:
            known = _Robots(*self._rules(url), time.monotonic())
        self._robots[host] = known
        while len(self._robots) > 1 and self._robots_are_too_many():
            del self._robots[next(iter(self._robots))]
        if known.rules is None:
            del self._robots[host]  # it may be otherwise at the next page
            raise ServerFailed(where=url, status="its robots.txt cannot be read")
        if not known.rules.can_fetch(str(url), NAME):
            raise RobotsForbid(where=url)

    def _robots_are_too_many(self) -> bool:
        kept = self._robots.values()
        return len(kept) > _ROBOTS_KEPT or sum(one.size for one in kept) > _ROBOTS_KEPT_BYTES

    def _rules(self, url: httpx.URL) -> tuple[Protego | None, int]:
        """Return the rules of a host, and the bytes that they were read from."""
        at = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        headers = {"User-Agent": self._agent, "Accept": "text/plain"}
        for _ in range(self._limits.redirects + 1):
            received = self._connections.get(at, headers, _ROBOTS_BYTES)
            if received.status in _REDIRECTS and "location" in received.headers:
                at = self._target(at, received)
                continue
            if received.status in _OVERLOADED:
                return None, 0
            stated = received.body if received.status == httpx.codes.OK else b""
            return Protego.parse(stated.decode("utf-8", "replace")), len(stated)
        return Protego.parse(""), 0  # it redirects for ever, which is as if there were none


def _response(url: httpx.URL, received: Received) -> Response:
    status = received.status
    if status == httpx.codes.NOT_FOUND:
        raise PageMissing(where=url)
    if status == httpx.codes.GONE:
        raise PageGone(where=url)
    if status in _FORBIDDEN:
        raise PageForbidden(where=url, status=status)
    if status not in (httpx.codes.OK, httpx.codes.NON_AUTHORITATIVE_INFORMATION, 304):
        raise PageNotSent(where=url, status=status)
    headers = received.headers
    kind, _, parameters = headers.get("content-type", "").partition(";")
    _, named, charset = parameters.partition("charset=")
    return Response(
        address=url,
        unchanged=status == httpx.codes.NOT_MODIFIED,
        kind=kind.strip().lower(),
        charset=charset.split(";")[0].strip(" \"'").lower() if named else None,
        etag=_sent_back(headers.get("etag")),
        modified=_sent_back(headers.get("last-modified")),
        body=received.body,
    )


def _sent_back(stated: str | None) -> str | None:
    """Return what a server said, if it is so short that a server takes it back."""
    return stated if stated and len(stated) <= _LONGEST_STATED else None


def _retry_after(stated: str | None) -> float:
    """Return the seconds that a server asks to be left alone for: a number, or a date."""
    if not stated:
        return 0.0
    try:
        return float(stated)
    except ValueError:
        pass
    try:
        return (parsedate_to_datetime(stated) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return 0.0
