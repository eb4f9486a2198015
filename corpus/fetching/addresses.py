"""Addresses: which may be fetched, and by which an article is known."""

import re
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b

import httpx

from .errors import AddressNotUsable

_MOST_CHARACTERS = 2000
_PORTS = {"http": 80, "https": 443}
# Parameters that only tell where a reader came from.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|at_medium")
_VARIANTS = ("www.", "m.", "amp.", "mobile.")  # hosts of the same site


def is_address(given: object) -> bool:
    """Return whether something is an address rather than a path."""
    return isinstance(given, str) and re.match(r"[a-z][a-z0-9+.-]+:/", given, re.I) is not None


def parsed_address(address: str, private_hosts: Iterable[str] = ()) -> httpx.URL:
    """Return an address that may be fetched: HTTP or HTTPS, on its own port, nobody's password.

    One of the `private_hosts`, each "NAME" or "NAME:PORT", may have another port. Raises
    AddressNotUsable.
    """
    shown = shown_address(address)
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
        host = url.host  # a name in Punycode is only decoded here
        if host.endswith("."):
            url = url.copy_with(host=host.rstrip("."))
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressNotUsable(where=shown, reason="it is not written as one") from error
    reason = None
    if url.scheme not in _PORTS:
        reason = f"it begins with “{url.scheme}:”, not with https:// or http://"
    elif not url.host or "%" in url.host:
        reason = "it names no host"
    elif url.userinfo:
        reason = "it has a user name or a password in it"
    elif len(str(url)) > _MOST_CHARACTERS:
        reason = f"it has more than {_MOST_CHARACTERS} characters"
    elif url.port not in (None, _PORTS[url.scheme]) and host_and_port(url) not in private_hosts:
        reason = f"it names a port of its own, {url.port}"
    if reason:
        raise AddressNotUsable(where=shown, reason=reason)
    return url if url.raw_path else url.copy_with(path="/")


def shown_address(address: str) -> str:
    """Return an address as it may be shown and stored: without a password, and of bounded length.

    >>> shown_address("https://me:secret@example.org/")
    'https://…@example.org/'
    """
    hidden = re.sub(r"(?<=//)[^/?#]*@", "…@", address.strip())
    return hidden if len(hidden) <= _MOST_CHARACTERS else f"{hidden[:200]}…"


def host_and_port(url: httpx.URL) -> str:
    """Return the host of an address with its port, as a private host is named.

    >>> host_and_port(httpx.URL("http://intranet.example:8080/a"))
    'intranet.example:8080'
    """
    return f"{url.host}:{url.port or _PORTS[url.scheme]}"


def canonical_address(fetched: httpx.URL, stated: str | None) -> str:
    """Return the address by which an article is known.

    It is the one that the page states to be its own, if that is of the same site: no page may
    pass itself off as another outlet's. Parameters that only track readers are left out.
    """
    url = fetched
    if stated:
        with suppress(httpx.InvalidURL, ValueError):
            own = fetched.join(stated)
            usable = own.scheme in _PORTS and not own.userinfo and len(str(own)) <= _MOST_CHARACTERS
            url = own if usable and same_site(own, fetched) else fetched
    url = url.copy_with(fragment=None)
    kept = [(name, value) for name, value in url.params.multi_items()
            if not _TRACKING.fullmatch(name)]  # fmt: skip
    if len(kept) < len(url.params.multi_items()):
        url = url.copy_with(params=kept or None)
    return str(url)


def address_id(address: str) -> str:
    """Return the id of the article at an address: that of a record which states the address."""
    return blake2b(address.encode(), digest_size=8).hexdigest()


def same_site(one: httpx.URL, other: httpx.URL) -> bool:
    """Return whether two addresses are of one site, such as its pages for telephones.

    >>> [same_site(httpx.URL("https://m.bbc.co.uk/a"), httpx.URL(url))
    ...  for url in ("https://www.bbc.co.uk/b", "https://news.bbc.co.uk/b")]
    [True, False]
    """
    return _site(one) == _site(other)


def _site(url: httpx.URL) -> tuple[str, int | None]:
    host = url.host
    for variant in _VARIANTS:
        rest = host.removeprefix(variant)
        if rest != host and not _is_shared(rest):
            host = rest
    return host, url.port


def _is_shared(host: str) -> bool:
    """Return whether the names below a host are of many owners: those of com, or of github.io."""
    from tld import is_tld  # a tenth of a second to import

    return is_tld(host, search_private=True)
