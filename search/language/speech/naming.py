"""Who is named right after a verb or "according to", with what is said of them."""

from collections.abc import Sequence
from dataclasses import replace

from .speaker import Speaker, joined, speaker_of
from .tokens import Token
from .who import is_product, is_speaker
from .words import DETERMINERS, NO_PHRASE, PARTICLES

_LONGEST = 14  # words of a phrase
_LONGEST_OFFICE = 21
_HEAD_WITHIN = 8  # words of an office, one of which says that it is one
_PAST_PRODUCT = frozenset("of for from by at".split())


def speaker_after(tokens: Sequence[Token], start: int) -> Speaker | None:
    """Return the speaker whom a phrase that begins at `start` names, or None.

    Of "a statement by the ministry" and "a ministry statement" it is the ministry.
    """
    at = _end_of_phrase(tokens, start)
    if at == start or tokens[at - 1].is_possessive:
        return None
    found = speaker_of(tokens, start, at - 1)
    if found is not None and found.kind == "group" and _names_more(tokens, at):
        of = _end_of_phrase(tokens, at + 1)
        return replace(found, last=of - 1, words=joined(tokens[start:of]))
    if found is not None:
        return _described(found, tokens, at)
    if not is_product(tokens[at - 1].text):
        return None
    if at < len(tokens) and tokens[at].lower in _PAST_PRODUCT:
        inner = speaker_after(tokens, at + 1)
    else:
        inner = speaker_of(tokens, start, at - 2)
        inner = replace(inner, last=at - 1) if inner else None
    return inner if inner and inner.kind != "pronoun" else None


def _is_of_name(token: Token) -> bool:
    return token.is_capital or token.lower in PARTICLES


def _names_more(tokens: Sequence[Token], at: int) -> bool:
    """Return whether "of England" or "for Migration" goes on with a body's name."""
    if at + 1 >= len(tokens) or tokens[at].lower not in ("of", "for"):
        return False
    return tokens[at + 1].is_capital or tokens[at + 1].lower == "the"


def reads_as_office(words: Sequence[Token]) -> bool:
    """Return whether words after a name say what the named one is: "head of the office"."""
    if words and words[0].lower in ("who", "which", "when", "as", "and", "but", "he", "she"):
        return False
    return any(is_speaker(token.lower) for token in words[:_HEAD_WITHIN])


def _end_of_phrase(tokens: Sequence[Token], start: int) -> int:
    at = start
    while at < len(tokens) and at - start < _LONGEST:
        token = tokens[at]
        word = token.lower
        if not token.is_word or token.is_time:
            break
        if word in DETERMINERS and at == start:
            at += 1
            continue
        following = tokens[at + 1 : at + 2]
        within = word in PARTICLES and at > start and following and _is_of_name(following[0])
        ends = (word in NO_PHRASE and token.text != "US") or word in ("some", "many", "another")
        if ends and not within:
            break
        at += 1
    return at


def _described(found: Speaker, tokens: Sequence[Token], at: int) -> Speaker:
    """Add the apposition after a name: "Tom Kloza, global head of energy analysis"."""
    if found.kind not in ("person", "name") or at >= len(tokens) or tokens[at].text != ",":
        return found
    words: list[Token] = []
    for token in tokens[at + 1 : at + 1 + _LONGEST_OFFICE]:
        if token.is_quotation or token.text in ",.;:—–()":
            break
        words.append(token)
    return replace(found, office=joined(words)) if words and reads_as_office(words) else found
