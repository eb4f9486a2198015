"""The words by which figures are compared: stems, one for all words of an outcome, and places."""

import re
from collections.abc import Mapping
from functools import cache

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ..language.dates import MONTH
from ..language.lexicon import GROUPS, OUTCOMES, WEEKDAYS

Stems = frozenset[str]
_COST = "price prices priced cost costs costing"
_PAYING = "pay paid pays cost costs spend spent earn earned charge charged owe owed fetch fetched"
_LIVING = "live lived living population inhabitants residents residing"
_STAFF = "workers worker employees employee employ employs employed staff workforce"
# Words that say nothing about what is counted.
_EMPTY = """
    people person persons human humans victim victims total totals number numbers figure
    figures count counts toll casualties individuals one ones those million billion thousand latest
    newest recent current currently now so far estimate estimates estimated reported
    according official officially much many long old high large big approximately about exactly
    known altogether overall last first percentage percent proportion share amount far tall deep
    wide heavy fast hot cold expensive inside within across during since until over under between
    among through around near after before by
"""
# Who lost their lives did not live there.
_LIVES = re.compile(
    r"(?:(?<=\d)|(?<=hundred)|(?<=thousand)|(?<=their)|(?<=dozen)|(?<=more)|(?<=human))\s+lives\b"
)
_LOST = re.compile(
    r"\b(?:cost|claim\w*|took|taken|lost|lose)\s+(?P<whose>(?:(?!and\b|or\b)\S+\s+){1,4})lives\b"
    r"|\Alives\Z"
)
_PLACE = re.compile(
    r"\b(?i:at|in|inside|within|across|throughout|to|into|from)\s+(?:the\s+)?"
    r"(?:(?:town|city|village|district|county|province|port|region|state)\s+of\s+)?"
    r"(?:(?:nearby|neighbou?ring|central|northern|eastern|southern|western)\s+)?"
    rf"(?!(?i:{MONTH}|{'|'.join(WEEKDAYS)})\b)([A-Z][\w’-]+(?:\s+(?:and\s+)?[A-Z][\w’-]+)*)"
)


def alike(some: Stems, others: Stems) -> Stems:
    """Return those of `some` that are among `others`, as "Ukrainian" is for "Ukraine"."""
    found = some & others
    if len(found) < len(some):
        found |= {one for one in some - found if any(_is_alike(one, other) for other in others)}
    return found


def _is_alike(one: str, other: str) -> bool:
    return len(one) > 4 < len(other) and (one.startswith(other) or other.startswith(one))


def place_names(text: str) -> list[str]:
    """Return the names after "in", "to" and the like."""
    return [name for match in _PLACE.finditer(text) for name in match[1].split(" and ")]


def stems_of(text: str) -> Stems:
    """Return the stems of content words, one for all words of an outcome."""
    text = _LIVES.sub(" people", _LOST.sub(_killed, text))
    stems = (stem for stem in analyzer().analyze(text) if stem not in _empty())
    return frozenset(_canonical().get(stem, stem) for stem in stems)


def _killed(lost: re.Match[str]) -> str:
    return f" killed {lost['whose'] or ''}"


@cache
def _canonical() -> Mapping[str, str]:
    groups = (analyzer().analyze(words) for words in (*OUTCOMES.values(), _LIVING, _COST, _STAFF))
    return {stem: group[0] for group in groups for stem in group}


@cache
def outcome_stems() -> Stems:
    """Return the stem of each outcome."""
    return frozenset(_canonical().values()) - stems_of(f"{_COST} {_STAFF}")


@cache
def paying_stems() -> Stems:
    """Return the stems of verbs of paying and costing."""
    return stems_of(_PAYING)


@cache
def group_stems() -> Stems:
    """Return the stems of the groups of people that are counted apart."""
    return stems_of(" ".join(GROUPS))


@cache
def _empty() -> Stems:
    return frozenset(analyzer().analyze(" ".join(STOP_WORDS) + _EMPTY))
