"""The subjects of verbs of saying, found by the order of words alone.

What does not read as one who can speak is left out: a missed speaker does less harm than a wrong
one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from .naming import reads_as_office, speaker_after
from .speaker import PRONOUNS, Speaker, joined, pronoun, speaker_of
from .tokens import Token
from .who import is_product, is_speaker
from .words import (
    ADVERBIALS,
    ATTACHING,
    BOUNDARIES,
    DETERMINERS,
    NO_PHRASE,
    PARTICLES,
    PASSED_OVER,
)

_DASHES = ("—", "–")
_ARTICLES = ("the", "a", "an", "his", "her", "their", "its")
_BEFORE_DAYS = ("on", "in", "late", "early", "last", "since")
_SPANS_OF_TIME = frozenset("week month year night summer spring autumn fall winter weekend".split())
_INSERTED = ("in turn", "for example", "for his part", "for her part", "on the other hand")
_LONGEST_INSERTED = 4
_LONGEST_LEADING = 12  # words of the subject that a sentence begins with


def speaker_before(tokens: Sequence[Token], verb: int, first: int = 0) -> Speaker | None:
    """Return the subject that ends just before a verb, no token of it before `first`."""
    end = _pass_over(tokens, verb - 1, first)
    if end < first:
        return None
    if tokens[end].text in (",", *_DASHES, ")"):
        return _with_apposition(tokens, end, first)
    if tokens[end].lower in ("who", "which"):
        end -= 2 if tokens[end - 1].text == "," else 1
        return _phrase_ending(tokens, end, first, whole=False) if end >= first else None
    found = _phrase_ending(tokens, end, first) or _with_relative(tokens, end, first)
    return found or _owner_of_product(tokens, end, first)


def leading_speaker(tokens: Sequence[Token], before: int) -> Speaker | None:
    """Return the subject that a sentence begins with, after what leads into it."""
    tokens = tokens[:before]
    start = _after_lead(tokens)
    if start is None or start >= len(tokens):
        return None
    if tokens[start].lower in PRONOUNS:
        return pronoun(tokens[start], start)
    end = start
    while end < len(tokens) and end - start < _LONGEST_LEADING and _goes_on(tokens, start, end):
        end += 1
        if _is_whole(tokens, end):
            break
    found = speaker_of(tokens, start, end - 1) if end > start else None
    if (
        found
        and found.kind == "role"
        and end + 1 < len(tokens)
        and tokens[end].lower in ("of", "for")
    ):
        inner = speaker_after(tokens, end + 1)
        if inner and inner.kind != "pronoun":
            words = joined(tokens[start : inner.last + 1])
            return replace(found, last=inner.last, words=words)
    return found


def _after_lead(tokens: Sequence[Token]) -> int | None:
    """Return where the subject may begin: after "In March," or "Iran:"."""
    at = 2 if len(tokens) > 2 and tokens[1].text == ":" else 0
    if tokens[at:] and tokens[at].lower in ADVERBIALS:
        comma = next((n for n, token in enumerate(tokens) if token.text == ","), None)
        if comma is None:
            return None
        at = comma + 1
        apposed = next(
            (n for n in range(at, min(len(tokens), at + 8)) if tokens[n].text == ","), None
        )
        if apposed and all(token.is_capital for token in tokens[at:apposed]):
            at = apposed + 1  # "After meeting the minister, Sergey Lavrov, he said"
    while at < len(tokens) and (not tokens[at].is_word or tokens[at].lower in BOUNDARIES):
        at += 1
    return at


def _goes_on(tokens: Sequence[Token], start: int, at: int) -> bool:
    token = tokens[at]
    if not token.is_word or token.is_time or token.is_quotation:
        return False
    named = token.is_capital or token.lower in PARTICLES
    if at == start or named:
        return True
    return token.lower not in NO_PHRASE and (
        not tokens[at - 1].is_capital or is_speaker(token.lower)
    )


def _is_whole(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a phrase ends with a noun for one who speaks, and no name follows."""
    last = tokens[end - 1]
    if last.is_capital or last.lower in PARTICLES or not is_speaker(last.lower):
        return False
    return end >= len(tokens) or not (tokens[end].is_capital or is_speaker(tokens[end].lower))


def _with_relative(tokens: Sequence[Token], end: int, first: int) -> Speaker | None:
    """Return the subject before "who has flown to the station" and the like."""
    start = _clause_start(tokens, end, first)
    for at in range(start + 1, end):
        if tokens[at].text == ",":
            return None
        if tokens[at].lower == "who":
            return speaker_of(tokens, start, at - 1)
    return None


def _owner_of_product(tokens: Sequence[Token], end: int, first: int) -> Speaker | None:
    """Return whose a statement is that says something: "the ministry's statement said"."""
    if end <= first or not is_product(tokens[end].text):
        return None
    if not tokens[end - 1].is_possessive:
        start = _extended(tokens, end, first)
        found = speaker_of(tokens, start, end - 1)
        group = found if found and found.kind == "group" else None
        return group if _is_clause_start(tokens, start, first) else None
    return owner(tokens, end - 1)


def owner(tokens: Sequence[Token], place: int) -> Speaker | None:
    """Return the one whose a possessive at a place says something is."""
    token = tokens[place]
    ending = 2 if token.text[-1] == "s" else 1
    bare = Token(token.text[:-ending], token.start, token.end - ending)
    return speaker_before([*tokens[:place], bare, Token(".", token.end, token.end)], place + 1)


def _with_apposition(tokens: Sequence[Token], end: int, first: int) -> Speaker | None:
    """Return the subject before ", deputy head of the office," or another inserted phrase."""
    pieces = _pieces(tokens, _clause_start(tokens, end, first), end)
    for number, (start, stop) in enumerate(pieces[:3]):
        found = speaker_of(tokens, start, stop) or _with_attached(tokens, start, stop)
        if found is None or found.kind == "pronoun":
            continue
        rest = pieces[number + 1 :]
        if found.kind in ("role", "group"):
            named = speaker_of(tokens, *rest[0]) if rest else None
            return replace(named, office=found.words) if named and named.kind == "person" else found
        opening = next((one for one in rest if reads_as_office(tokens[one[0] : one[1] + 1])), None)
        if opening:
            return replace(found, office=joined(tokens[opening[0] : opening[1] + 1]))
        return found
    return None


def _with_attached(tokens: Sequence[Token], start: int, end: int) -> Speaker | None:
    """Return a phrase with "of" or "for" in it: "the chairman of Ukraine's state company"."""
    attaching = (at for at in range(start + 1, end) if tokens[at].lower in ATTACHING)
    at = next(attaching, None)
    head = speaker_of(tokens, start, at - 1) if at else None
    if not head or not all(token.is_word for token in tokens[start:end]):
        return None
    if head.kind in ("person", "name"):
        return head
    return replace(head, last=end, words=joined(tokens[start : end + 1]))


def _pieces(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between commas, as first and last tokens."""
    pieces: list[tuple[int, int]] = []
    for at in range(start, end + 1):
        if tokens[at].text in (",", *_DASHES, "(", ")"):
            if at > start:
                pieces.append((start, at - 1))
            start = at + 1
    return [*pieces, (start, end)] if start <= end else pieces


def _clause_start(tokens: Sequence[Token], end: int, first: int) -> int:
    at = end
    while at > first and not _ends_clause(tokens, at, end):
        at -= 1
    while at < end and tokens[at].text == ",":
        at += 1
    return at


def _ends_clause(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return whether a clause ends just before a token."""
    before = tokens[at - 1]
    if before.text == ":" and before.end == tokens[at].start:  # of a name: "UA:PBC"
        return False
    if before.is_quotation or before.text in (";", ":", "…", "?", "!", "."):
        return True
    if before.lower in ("that", "but", "while", "because", "although", "though"):
        return True
    if before.lower not in ("and", "as") or at == 1 or tokens[at - 2].text != ",":
        return False
    # "A lawmaker, and an ally, also said": the second noun belongs to the first.
    comma = next((n for n in range(at, end) if tokens[n].text == ","), end)
    named = speaker_of(tokens, at, comma - 1)
    return not named or named.kind != "role" or tokens[at].lower in DETERMINERS


def _pass_over(tokens: Sequence[Token], at: int, first: int) -> int:
    """Pass over adverbs, auxiliaries and days before a verb, backwards."""
    while at >= first:
        passed = _passed(tokens, at, first)
        if passed == at:
            break
        at = passed
    return at


def _passed(tokens: Sequence[Token], at: int, first: int) -> int:
    token = tokens[at]
    if token.lower in PASSED_OVER or (token.lower.endswith("ly") and not token.is_capital):
        return at - 1
    if token.is_time and at > first and not token.is_possessive:
        at -= 1
        if tokens[at].lower in _BEFORE_DAYS:
            at -= 1
        return at - 1 if at >= first and tokens[at].lower == "on" else at
    if token.lower in _SPANS_OF_TIME and at > first and tokens[at - 1].lower in ("last", "this"):
        return at - 2
    if token.text == "," and at - 2 >= first:
        return _before_inserted(tokens, at, first)
    return at


def _before_inserted(tokens: Sequence[Token], at: int, first: int) -> int:
    """Return the token before ", meanwhile," or ", in turn,"; `at` if nothing such ends there."""
    opening = at - 1
    while opening > first and at - opening < _LONGEST_INSERTED and tokens[opening].text != ",":
        opening -= 1
    inside = [token.lower for token in tokens[opening + 1 : at]]
    if tokens[opening].text != "," or not inside:
        return at
    is_adverb = all(word in PASSED_OVER or word.endswith("ly") for word in inside)
    is_day = inside[0] in ("on", "in", "late") and tokens[at - 1].is_time
    return opening - 1 if is_adverb or is_day or " ".join(inside) in _INSERTED else at


def _phrase_ending(
    tokens: Sequence[Token], end: int, first: int, whole: bool = True
) -> Speaker | None:
    """Return the noun phrase that ends at a token; a `whole` one must begin its clause."""
    head = tokens[end]
    if not head.is_word or head.is_possessive:
        return None
    if head.lower in PRONOUNS:
        return pronoun(head, end)
    start = _extended(tokens, end, first)
    found = speaker_of(tokens, start, end)
    before = tokens[start - 1] if start - 2 >= first else None
    if before is not None and before.lower in ATTACHING:
        larger = _phrase_ending(tokens, start - 2, first, whole=False)
        if _may_begin(larger, tokens, first):
            return _attached(larger, found, tokens, end)
    elif before is not None and before.lower in ("and", "or") and found:
        other_end = start - 2 - (tokens[start - 2].text == ",")
        other = _phrase_ending(tokens, other_end, first, whole=False)
        if _may_begin(other, tokens, first):
            words = joined(tokens[other.first : end + 1])
            return Speaker(other.first, end, words, "", "", "group", is_plural=True)
    if found and found.kind == "role" and start - 2 >= first and tokens[start - 1].text == ",":
        named = _name_ending(tokens, start - 2, first)
        if named:  # "Bo Ek, an analyst at the bank told"
            return replace(named, office=found.words)
    if found and whole and not _is_clause_start(tokens, start, first):
        return found if _begins_with_adverbial(tokens, first) else None
    return found


def _name_ending(tokens: Sequence[Token], end: int, first: int) -> Speaker | None:
    """Return the person whose full name ends at a token."""
    if not tokens[end].is_capital or tokens[end].is_possessive:
        return None
    found = speaker_of(tokens, _extended(tokens, end, first), end)
    return found if found and found.kind == "person" and " " in found.name else None


def _may_begin(found: Speaker | None, tokens: Sequence[Token], first: int) -> TypeGuard[Speaker]:
    return bool(found and found.kind != "pronoun" and _is_clause_start(tokens, found.first, first))


def _attached(
    larger: Speaker | None, found: Speaker | None, tokens: Sequence[Token], end: int
) -> Speaker | None:
    """Return a phrase with what "of" attaches to it, unless who speaks is not clear."""
    if larger is None or (not larger.name and found and found.kind == "person"):
        return None
    return replace(larger, last=end, words=joined(tokens[larger.first : end + 1]))


def _is_clause_start(tokens: Sequence[Token], at: int, first: int) -> bool:
    if at <= first:
        return True
    before = tokens[at - 1]
    return not before.is_word or before.lower in BOUNDARIES or before.is_time


def _begins_with_adverbial(tokens: Sequence[Token], first: int) -> bool:
    return first < len(tokens) and tokens[first].lower in ADVERBIALS


def _extended(tokens: Sequence[Token], end: int, first: int) -> int:
    """Return the first token of the noun phrase that ends at a token."""
    start = end
    while start > first and _belongs(tokens, start, first):
        start -= 1
        if tokens[start].lower in _ARTICLES:
            break
    while start < end and tokens[start].text[0].isdigit() and "-" not in tokens[start].text:
        start += 1
    return start


def _belongs(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Return whether the token before `start` belongs to the noun phrase that begins there."""
    token = tokens[start - 1]
    word = token.lower
    if not token.is_word or token.is_time:
        return False
    if word in PARTICLES and start - 2 >= first:
        before = tokens[start - 2]
        if before.is_capital or before.lower in PARTICLES:
            return True
    if word in DETERMINERS:
        return True
    if word in NO_PHRASE and not token.text.isupper():
        return False
    if not tokens[start].is_capital or token.is_capital:
        return True
    return is_speaker(word) or token.text[0].isdigit() or word in ("former", "late")
