"""One request to one server, at an address that was checked, within bounds of time and size."""

import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx

from .addresses import host_and_port
from .errors import (
    CertificateNotValid,
    FetchTimedOut,
    HostUnknown,
    PageTooLarge,
    PrivateHost,
    ServerUnreachable,
)

Resolve = Callable[[str, int], Sequence[str]]

# Public by the registry, but what answers there is a part of the cloud that the service runs in.
_METADATA = {IPv4Address("168.63.129.16")}
# IPv6 addresses that stand for an IPv4 address.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_UNICAST = IPv6Network("2000::/3")  # all that is given out to the public Internet
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"), IPv6Network("64:ff9b:1::/48"))
_BLOCK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of fetching. `seconds` are for one request with its whole body.

    `delay` is the least number of seconds between two requests to a public host, `longest_wait` the
    most that a server may have us wait for it, and `pages` the most of a feed or sitemap.
    """

    seconds: float = 30.0
    bytes: int = 10_000_000
    redirects: int = 5
    tries: int = 3
    longest_wait: float = 60.0
    delay: float = 1.0
    pages: int = 1000


@dataclass(frozen=True, slots=True)
class Received:
    """What a server answered; the names of `headers` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public Internet, also where it is embedded.

    >>> [is_public(ip) for ip in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if any(ip in network for network in _TUNNELS):
            return False
        if ip.ipv4_mapped or any(ip in network for network in _TRANSLATED):
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _METADATA


class Connections:
    """Sends requests, each to an address of its host that was checked just before.

    `private_hosts`, each "NAME" or "NAME:PORT", are not checked. `resolve` returns the addresses
    of a host.
    """

    def __init__(
        self,
        limits: Limits,
        private_hosts: Collection[str] = (),
        resolve: Resolve = resolved,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits
        self._network = _CheckedNetwork(private_hosts, resolve)
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust or httpx.create_ssl_context(),
            max_connections=4,
            keepalive_expiry=10.0,
            network_backend=self._network,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def get(self, url: httpx.URL, headers: Mapping[str, str], first: int | None = None) -> Received:
        """Return what a server answers to one GET request; it may well be a redirect.

        Of a body, only about the `first` bytes are read, if so many are wanted; else all.

        Raises PrivateHost, HostUnknown, ServerUnreachable, CertificateNotValid, FetchTimedOut and
        PageTooLarge.
        """
        self._network.begin(url, self._limits.seconds)
        named = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "gzip", **headers}
        sent = [
            (name.encode("ascii"), value.encode("latin-1", "replace"))
            for name, value in named.items()
        ]
        try:
            with self._pool.stream("GET", str(url), headers=sent) as response:
                received = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                body = self._body(response.iter_stream(), received, url, first)
                return Received(response.status, received, body)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise FetchTimedOut(where=url, seconds=self._limits.seconds) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, zlib.error, OSError) as error:
            raise _failure(url, error) from error

    def _body(
        self,
        raw: Iterable[bytes],
        headers: Mapping[str, str],
        url: httpx.URL,
        first: int | None,
    ) -> bytes:
        """Return a body unpacked: as its server says, and where it is a packed file itself."""
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ServerUnreachable(where=url, reason=f"it packs what it sends by {encoding[:20]}")
        sent = self._bounded(raw, url)  # what is packed may hold nothing, without an end
        blocks = sent if encoding in ("", "identity") else self._bounded(_unpacked(sent), url)
        if first is not None:
            return _first(blocks, first)
        body = b"".join(blocks)
        packed = body.startswith(b"\x1f\x8b")
        return b"".join(self._bounded(_unpacked([body]), url)) if packed else body

    def _bounded(self, blocks: Iterable[bytes], url: httpx.URL) -> Iterator[bytes]:
        left = self._limits.bytes
        for block in blocks:
            left -= len(block)
            if left < 0:
                raise PageTooLarge(where=url, megabytes=f"{self._limits.bytes / 1e6:.3g}")
            yield block


def _first(blocks: Iterable[bytes], count: int) -> bytes:
    body = bytearray()
    for block in blocks:
        body += block
        if len(body) >= count:
            break
    return bytes(body)


def _unpacked(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what packed blocks hold, in parts of bounded size."""
    unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, by what it begins with
    empty = True
    for block in blocks:
        rest, empty = block, False
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _BLOCK)
            rest = unpacker.unconsumed_tail
    if not (unpacker.eof or empty):
        raise zlib.error("it ends too early")


def _failure(url: httpx.URL, error: Exception) -> Exception:
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
    if isinstance(cause, ssl.SSLCertVerificationError):
        return CertificateNotValid(where=url, reason=cause.verify_message)
    if isinstance(cause, ssl.SSLError):
        return ServerUnreachable(where=url, reason="no secure connection could be made")
    if isinstance(error, httpcore.ProtocolError | zlib.error):
        return ServerUnreachable(where=url, reason="what it sends is broken")
    return ServerUnreachable(where=url, reason=getattr(cause, "strerror", None) or "no connection")


class _CheckedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that are public, until the request's time is over.

    The name is looked up once for each connection, and the connection goes to what was looked up
    and checked: a name that leads elsewhere a moment later gains nothing.
    """

    def __init__(self, private_hosts: Collection[str], resolve: Resolve) -> None:
        self._private_hosts = frozenset(host.lower() for host in private_hosts)
        self._resolve = resolve
        self._tcp = httpcore.SyncBackend()
        self._url = httpx.URL("")
        self._end = 0.0

    def begin(self, url: httpx.URL, seconds: float) -> None:
        """Begin a request, which has so many seconds."""
        self._url, self._end = url, time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that the request still has."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the request has one for all it does
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for ip in self._checked(host, port):
            try:
                stream = self._tcp.connect_tcp(ip, port, self.left(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return _TimedStream(stream, self.left)
        raise failed or HostUnknown(where=self._url)

    def _checked(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host, all of which are public."""
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise HostUnknown(where=self._url) from error
        allowed = {host.lower(), host_and_port(self._url)} & self._private_hosts
        if not allowed and not all(map(is_public, addresses)):
            raise PrivateHost(where=self._url)
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection, whose request has only so much time in all, however slowly bytes come."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left())
        return _TimedStream(stream, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
