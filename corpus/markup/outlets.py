"""The outlet of a page: a name, whatever else the page gives as one."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import html

from ..text.cleaning import one_line
from ..text.folding import folded
from .parsing import kinds_of, linked_data

# Where pages often state no name, or only an address.
_KNOWN = {
    "aa.com.tr": "Anadolu Agency",
    "abc.net.au": "ABC News",
    "abcnews.go.com": "ABC News",
    "aljazeera.com": "Al Jazeera",
    "apnews.com": "AP News",
    "axios.com": "Axios",
    "bbc.co.uk": "BBC News",
    "bbc.com": "BBC News",
    "bloomberg.com": "Bloomberg",
    "cbc.ca": "CBC News",
    "cbsnews.com": "CBS News",
    "cnbc.com": "CNBC",
    "cnn.com": "CNN",
    "corriere.it": "Corriere della Sera",
    "dailysabah.com": "Daily Sabah",
    "derstandard.at": "Der Standard",
    "dw.com": "Deutsche Welle",
    "economist.com": "The Economist",
    "elmundo.es": "El Mundo",
    "elpais.com": "El País",
    "euronews.com": "Euronews",
    "faz.net": "Frankfurter Allgemeine Zeitung",
    "forbes.com": "Forbes",
    "foxnews.com": "Fox News",
    "france24.com": "France 24",
    "ft.com": "Financial Times",
    "haaretz.com": "Haaretz",
    "heise.de": "heise online",
    "hurriyet.com.tr": "Hürriyet",
    "hurriyetdailynews.com": "Hürriyet Daily News",
    "independent.co.uk": "The Independent",
    "interfax.ru": "Interfax",
    "kyivindependent.com": "The Kyiv Independent",
    "kyivpost.com": "Kyiv Post",
    "latimes.com": "Los Angeles Times",
    "lefigaro.fr": "Le Figaro",
    "lemonde.fr": "Le Monde",
    "liberation.fr": "Libération",
    "meduza.io": "Meduza",
    "milliyet.com.tr": "Milliyet",
    "nbcnews.com": "NBC News",
    "npr.org": "NPR",
    "nytimes.com": "The New York Times",
    "nzz.ch": "Neue Zürcher Zeitung",
    "politico.com": "Politico",
    "politico.eu": "Politico Europe",
    "pravda.com.ua": "Ukrainska Pravda",
    "repubblica.it": "la Repubblica",
    "reuters.com": "Reuters",
    "sabah.com.tr": "Sabah",
    "scmp.com": "South China Morning Post",
    "sky.com": "Sky News",
    "spiegel.de": "Der Spiegel",
    "sueddeutsche.de": "Süddeutsche Zeitung",
    "tagesschau.de": "tagesschau",
    "tass.com": "TASS",
    "telegraph.co.uk": "The Telegraph",
    "theguardian.com": "The Guardian",
    "guardian.co.uk": "The Guardian",
    "thehill.com": "The Hill",
    "thetimes.co.uk": "The Times",
    "time.com": "Time",
    "trtworld.com": "TRT World",
    "ukrinform.net": "Ukrinform",
    "upi.com": "UPI",
    "usatoday.com": "USA Today",
    "washingtonpost.com": "The Washington Post",
    "welt.de": "Die Welt",
    "wsj.com": "The Wall Street Journal",
    "zeit.de": "Die Zeit",
}
_META_NAMES = (
    *("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:app:name:iphone"),
    *("publisher", "dc.publisher", "dcterms.publisher", "rbpubname", "sailthru.publisher"),
    *("article:publisher", "copyright"),
)
_PUBLISHER_KINDS = re.compile(r".*Article|(?:Live|Social|Media|Blog)+Posting|Report|WebPage")
_SITE_KINDS = frozenset(
    ("WebSite", "NewsMediaOrganization", "Organization", "Newspaper", "Periodical")
)
_NETWORKS = ("facebook.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "linkedin.com")
_LONGEST_NAME = 60
_NO_NAME = re.compile(r"[@©]|\(c\)|copyright|all rights reserved|https?:|^[\W\d_]*$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", re.I
)
_PLACEHOLDERS = frozenset(("home", "news", "website", "site name", "default", "untitled", "null"))


def outlet_names(tree: html.HtmlElement) -> list[str]:
    """Return the names that a page gives its outlet, the likeliest first."""
    stated = (*_linked_names(tree), *_meta_names(tree))
    names = [one_line(name) for name in stated if isinstance(name, str)]
    return list(dict.fromkeys(filter(_is_name, names)))


def outlet_of(names: Iterable[str], title: str, url: str | None) -> str | None:
    """Return the outlet's name, of those that a page states, else by its address, or None.

    A name that is an address gives way to one that is none, and to the name of a known domain.
    """
    stated = [name for name in names if folded(name) != folded(title)]
    named = next((name for name in stated if not _ADDRESS.fullmatch(name)), None)
    if named:
        return named
    hosts = [host_of(address) for address in (*stated, url) if address]
    return next((_KNOWN[host] for host in map(_known_host, hosts) if host), None) or next(
        (host for host in hosts if host and not host.endswith(_NETWORKS)), None
    )


def host_of(address: str) -> str | None:
    """Return the host of an address without `www.`, or None.

    >>> host_of("https://www.post.example/a"), host_of("post.example")
    ('post.example', 'post.example')
    """
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def _known_host(host: str | None) -> str | None:
    parts = (host or "").split(".")
    return next((end for n in range(len(parts)) if (end := ".".join(parts[n:])) in _KNOWN), None)


def _linked_names(tree: html.HtmlElement) -> Iterable[object]:
    things = list(linked_data(tree))
    for thing in things:
        if any(map(_PUBLISHER_KINDS.fullmatch, kinds_of(thing))):
            publisher = thing.get("publisher")
            publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
            yield publisher.get("name") if isinstance(publisher, dict) else publisher
    for thing in things:
        if _SITE_KINDS.intersection(kinds_of(thing)):
            yield thing.get("name")


def _meta_names(tree: html.HtmlElement) -> Iterable[object]:
    found: dict[str, str | None] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name"):
            found.setdefault(element.get(key, "").strip().lower(), element.get("content"))
    return (found.get(name) for name in _META_NAMES)


def _is_name(stated: str) -> bool:
    fits = 1 < len(stated) <= _LONGEST_NAME and stated.casefold() not in _PLACEHOLDERS
    if not fits:
        return False
    if _ADDRESS.fullmatch(stated):
        host = host_of(stated)
        return bool(host) and not host.endswith(_NETWORKS)
    return not _NO_NAME.search(stated)
