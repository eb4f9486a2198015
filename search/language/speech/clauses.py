"""What follows a verb of saying: to whom, when and where, and where what is said begins."""

from collections.abc import Sequence
from typing import Literal

from .speaker import joined
from .tokens import Token
from .verbs import SpeechVerb
from .words import FINITE, HEARERS, LEADING_ASIDE

_ADDRESSED = frozenset("tell inform assure remind warn urge ask reassure".split())
_MOST_EXTRAS = 24  # tokens between a verb and what is said
_LONGEST_ADDRESSEE = 9
_REACH_OF_CLAUSE = 10  # tokens within which a clause has its verb
_AFTER_ADDRESSEE = frozenset(
    """
    that on in at during he she they it to of after before late early how there if whether backstage
    earlier later again also by via through over today separately privately directly repeatedly
    recently previously once when while why what
    """.split()
)
_ASIDE = LEADING_ASIDE | {"again", "another", "backstage"}


def addressee(tokens: Sequence[Token], at: int, verb: SpeechVerb) -> tuple[str | None, int]:
    """Return whom something is said to, and the token after."""
    direct = verb.lemma in _ADDRESSED
    if at + 1 < len(tokens) and tokens[at].lower == "to" and not direct:
        if not (tokens[at + 1].is_capital or tokens[at + 1].lower in HEARERS):
            return None, at
        at, direct = at + 1, True
    if not direct or at >= len(tokens):
        return None, at
    end = at
    while end < len(tokens) and end - at < _LONGEST_ADDRESSEE and not _ends(tokens, at, end):
        end += 1
    following = tokens[end].lower if end < len(tokens) else "."
    began = following in FINITE  # "told … Russia was": that was the clause
    asked = verb.lemma in ("warn", "urge", "ask") and following in ("to", "of")
    article_alone = end == at + 1 and tokens[at].lower in ("the", "a", "his", "her", "their", "its")
    if end == at or began or asked or article_alone:
        return None, at
    return joined(tokens[at:end]), end


def _ends(tokens: Sequence[Token], start: int, at: int) -> bool:
    token = tokens[at]
    if not token.is_word or token.is_time or token.lower in _AFTER_ADDRESSEE:
        return True
    return token.lower in FINITE or (
        at > start and token.lower in ("the", "a", "his", "this", "these")
    )


def start_of_said(tokens: Sequence[Token], at: int) -> int | None:
    """Return where begins what is said: after "that" or a colon, or with quotation marks."""
    for place in range(at, min(len(tokens), at + _MOST_EXTRAS)):
        token = tokens[place]
        if token.text in (";", "."):
            return None
        if token.is_quotation:
            # "said demand for “green” steel": that quotation is within what is said.
            return place if is_aside(tokens[at:place]) else None
        if token.text == ":" or token.lower == "that":
            if is_aside(tokens[at:place]):
                return place + 1 if place + 1 < len(tokens) else None
            if token.text == ":":
                return None
    return None


def is_aside(between: Sequence[Token]) -> bool:
    """Return whether words after a verb tell when and where, not yet what."""
    lead = next((token for token in between if token.text != ","), None)
    if lead is None:
        return True
    return lead.lower in _ASIDE or lead.is_time or lead.lower.endswith("ly")


def rest_after(tokens: Sequence[Token], at: int) -> Literal["nothing", "aside", "words"]:
    """Return what comes after a verb: nothing, an aside of when and where, or words."""
    if not any(token.is_word or token.is_quotation for token in tokens[at:]):
        return "nothing"
    if tokens[at].text in (",", ".", "—", "–") or is_aside(tokens[at:]):
        return "aside"
    return "words"


def is_clause(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a clause begins at a token, with a verb soon after its subject."""
    while at < len(tokens) and tokens[at].is_time:
        at += 1
    reach = tokens[at : at + _REACH_OF_CLAUSE]
    if not reach or not reach[0].is_word or reach[0].lower in LEADING_ASIDE - {"this"}:
        return False
    for number, token in enumerate(reach):
        if token.text in (",", ";", ":"):
            return False
        if number and (token.lower in FINITE or (token.lower.endswith("ed") and number < 5)):
            return True
    return False
