"""News agencies, and how articles credit the text that they took from one.

A credit is of the text: "KYIV, May 2 (Reuters) -", "Source: TASS", "AFP contributed to this
report". A photo's credit is none, nor is an agency that somebody talked to ("told Reuters").
"""

import re
from functools import lru_cache

# By the name that an agency is counted under, how it is written, "; " between.
_WRITTEN = {
    "reuters": "Reuters; REUTERS; Thomson Reuters; reuters.com",
    "ap": "AP; Associated Press; apnews.com",
    "afp": "AFP; Agence France-Presse; Agence France Presse; afp.com",
    "anadolu": "AA; Anadolu; Anadolu Agency; Anadolu Ajansı; aa.com.tr",
    "tass": "TASS; Tass; ITAR-TASS; tass.com; tass.ru",
    "interfax": "Interfax; INTERFAX",
    "interfax-ukraine": "Interfax-Ukraine; Interfax Ukraine",
    "ria": "RIA; RIA Novosti",
    "xinhua": "Xinhua; XINHUA; Xinhuanet; Xinhua News Agency",
    "dpa": "dpa; DPA; Deutsche Presse-Agentur",
    "efe": "EFE; Agencia EFE",
    "ansa": "ANSA",
    "upi": "UPI; United Press International",
    "pa": "PA Media; Press Association",
    "kyodo": "Kyodo; Kyodo News",
    "yonhap": "Yonhap; Yonhap News Agency",
    "ukrinform": "Ukrinform; UKRINFORM",
    "unian": "UNIAN",
    "dha": "DHA; Demirören News Agency",
    "iha": "IHA; İHA; Ihlas News Agency",
    "pti": "PTI; Press Trust of India",
    "ani": "ANI",
    "bloomberg": "Bloomberg; Bloomberg News",
    "irna": "IRNA",
    "belta": "BelTA; BELTA",
    "bernama": "Bernama; BERNAMA",
    "antara": "Antara; ANTARA",
}
_NAMES = {name: agency for agency, written in _WRITTEN.items() for name in written.split("; ")}
_BY_LOWER = {name.lower(): agency for name, agency in _NAMES.items()}
_ANY = "|".join(
    re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_NAMES, key=len, reverse=True)
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_FIRST_WORDS = frozenset(match[0] for name in _NAMES if (match := _FIRST_WORD.match(name)))
_LIST = rf"(?:(?:[Tt]he\s+)?(?:{_ANY})(?![\w-])(?:\s*(?:,|/|&|\+|\band\b|\bwith\b)\s*)?)+"
# "ANKARA, March 29 (Xinhua) --", "MOSCOW, March 29. /TASS/." and "(Reuters) -".
_DATELINE = re.compile(
    rf"^(?P<place>[^\n()/]{{0,60}}?)(?:\((?P<round>{_LIST})\)|/(?P<slashes>{_LIST})/)\s*(?:[-–—.:]|$)",
    re.MULTILINE,
)
# An agency that is not in the table is one where its name stands in a dateline.
_UNKNOWN = re.compile(
    r"\A\s*[A-ZÇĞİÖŞÜ][A-ZÇĞİÖŞÜ\s.,'-]{2,40}(?:,\s+[A-Z][a-z]+\.?\s+\d{1,2})?\s+"
    r"\((?P<name>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)\)\s*[-–—]"
)
_CREDIT_LINE = re.compile(
    rf"^\W*(?:(?:source|via|agency|by|text|credit)s?\s*:?|copyright|©)\s+(?:\d{{4}}\s+)?(?P<list>{_LIST})",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(rf"(?:^|[.!?\"”]\s*)[-–—(\[]\s*(?P<list>{_LIST})[)\]]?\s*$", re.MULTILINE)
_CONTRIBUTED = re.compile(
    rf"(?P<list>{_LIST})\s*(?:also\s+)?contributed\s+to\s+this|"
    rf"\bwith\s+(?:(?:reporting|material|additional\s+reporting|input|inputs)\s+(?:by|from)\s+)?"
    rf"(?P<inputs>{_LIST})\s*\W?$",
    re.MULTILINE,
)
_EDITED = re.compile(r"\bReporting by [^;\n]{3,200}; *(?:\w+ )?[Ee]dit(?:ing|ed) by ")
# "As reported by Reuters", "Reuters reported", but not "told Reuters".
_REPORTED = re.compile(
    rf"\b(?i:reported\s+by|according\s+to|citing|cited\s+by|quoted\s+by|by|from)\s+(?:the\s+)?"
    rf"(?:news\s+agency\s+|(?:state|Russian|Turkish|Chinese)\s+(?:news\s+)?agency\s+)?(?P<after>{_LIST})"
    rf"|(?:\A|[,.;“\"]\s*|\b(?:and|but|as|that|the|agency)\s+)(?P<before>{_LIST})\s*"
    r"(?:(?:news\s+)?agency\s+)?(?:has\s+|had\s+|also\s+)?(?:report(?:s|ed)|quoted|cited|writes|wrote|said)\b"
)
_TOLD = re.compile(
    r"\b(?:told|telling|tells|interview(?:ed)?\s+(?:by|with)|photo\w*\s+(?:by|from))\s*(?:the\s+)?\Z",
    re.IGNORECASE,
)
_HEAD = 400  # characters in which a dateline stands
_TAIL = 600  # in which a credit at the end stands
_KEPT = 500  # articles whose agencies are kept: many lines are of one article


def agency_named(name: str) -> str | None:
    """Return the agency that a name, as an outlet's or in a by-line, is of.

    >>> agency_named("Anadolu Agency"), agency_named("aa.com.tr"), agency_named("The Post")
    ('anadolu', 'anadolu', None)
    """
    plain = re.sub(r"\A(?:https?://)?(?:www\.)?|\A[Bb]y\s+|\A[Tt]he\s+", "", name.strip())
    plain = re.sub(r"[\s,|-]+(?:[Ss]taff|[Ww]riters?|[Nn]ews)\Z", "", plain.rstrip("/"))
    return _BY_LOWER.get(" ".join(plain.lower().split()))


@lru_cache(_KEPT)
def agencies_credited(text: str) -> frozenset[str]:
    """Return the agencies that an article's text is credited to.

    >>> sorted(agencies_credited("KYIV, May 2 (Reuters) - Talks began."))
    ['reuters']
    >>> sorted(agencies_credited("Talks began, he told Reuters. (Photo by AFP)"))
    []
    """
    head, tail = text[:_HEAD], text[-_TAIL:]
    if unknown := _UNKNOWN.match(head):
        return frozenset({agency_named(unknown["name"]) or unknown["name"].lower()})
    if _EDITED.search(tail):
        return frozenset({"reuters"})
    if not _may_name_one(f"{head}\n{tail}"):
        return frozenset()
    found = {key for match in _DATELINE.finditer(head) for key in _of_dateline(match)}
    for part in {head, tail}:
        for pattern in (_CREDIT_LINE, _SIGNED, _CONTRIBUTED):
            for match in pattern.finditer(part):
                found |= _named(next(group for group in match.groups() if group))
    return frozenset(found)


def _may_name_one(text: str) -> bool:
    """Return whether a text has a word that an agency's name begins with: quick to say no."""
    return not _FIRST_WORDS.isdisjoint(_FIRST_WORD.findall(text))


def agencies_reporting(sentence: str) -> frozenset[str]:
    """Return the agencies that a sentence gives as the source of what it says.

    >>> sorted(agencies_reporting("The talks, Reuters reported, began at ten."))
    ['reuters']
    >>> sorted(agencies_reporting("The talks will begin at ten, he told Reuters."))
    []
    """
    if not _may_name_one(sentence):
        return frozenset()
    return frozenset(
        key
        for match in _REPORTED.finditer(sentence)
        if not _TOLD.search(sentence[: match.start()])
        for key in _named(match["after"] or match["before"])
    )


def _of_dateline(match: re.Match[str]) -> frozenset[str]:
    if re.search(r"\b(?:photo|image|picture|video)\b", match["place"], re.IGNORECASE):
        return frozenset()
    return _named(match["round"] or match["slashes"])


def _named(names: str) -> frozenset[str]:
    parts = re.split(r"\s*(?:,|/|&|\+|\band\b|\bwith\b)\s*", names)
    return frozenset(key for part in parts if (key := agency_named(part)))
