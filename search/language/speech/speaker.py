"""The phrase that names who speaks, taken apart: a name, an office, a group or a pronoun."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..lexicon import SENTENCE_OPENERS, TITLES
from ..names import is_people
from .tokens import Token
from .who import GROUPS, PLACES, is_product, is_speaker
from .words import BARE, DETERMINERS, NO_PHRASE, PARTICLES, POSSESSIVES

Kind = Literal["person", "name", "group", "role", "pronoun"]

PRONOUNS = frozenset("he she they it".split())
_NOBODY = SENTENCE_OPENERS - BARE
_PLURALS = frozenset("people police men women".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """A phrase that names who speaks, from the token `first` to `last` of its sentence.

    `words` is the phrase as written, `name` the proper name in it, without title, and `office` what
    it says the named one is. A "name" is a single one, which may be a person's or a body's.
    """

    first: int
    last: int
    words: str
    name: str
    office: str
    kind: Kind
    is_plural: bool = False


def speaker_of(tokens: Sequence[Token], start: int, end: int) -> Speaker | None:
    """Return the speaker whom the tokens from `start` to `end` name as a whole, or None."""
    words = tokens[start : end + 1]
    if not words or not _may_name(words):
        return None
    if len(words) == 1 and words[0].lower in PRONOUNS:
        return pronoun(words[0], start)
    body = [*words]
    while body and body[0].lower in DETERMINERS:
        body.pop(0)
    text = joined(words)
    if not body:
        bare = words[-1].lower in BARE
        return Speaker(start, end, text, "", "", "role", True) if bare else None
    run = _name_run(body)
    if not run:
        head = body[-1].lower
        plural = _is_plural(head)
        return Speaker(start, end, text, "", "", "role", plural) if is_speaker(head) else None
    before = body[: len(body) - len(run)]
    if not all(not one.lower.endswith("ly") or is_speaker(one.lower) for one in before):
        return None
    return _named(start, end, words, before, run)


def pronoun(token: Token, place: int) -> Speaker:
    """Return "he", "she", "it" or "they" as a speaker."""
    return Speaker(place, place, token.text, "", "", "pronoun", token.lower == "they")


def named_in_run(tokens: Sequence[Token], start: int, end: int) -> tuple[str, str, bool] | None:
    """Return the name of the person in a run of capitals, the title, and whether "'s" follows.

    None where it names something else.
    """
    run = tokens[start : end + 1]
    titles = _titles(run)
    name = run[titles:]
    if not name or _is_group(name, run) or any(token.is_possessive for token in name[:-1]):
        return None
    bare = joined(name)
    possessive = name[-1].is_possessive
    if possessive:
        bare = bare[:-2] if bare[-1] == "s" else bare[:-1]
    return bare, joined(run[:titles]), possessive


def joined(words: Sequence[Token]) -> str:
    """Return words as they stand in their text."""
    pieces: list[str] = []
    for number, token in enumerate(words):
        if number and token.start > words[number - 1].end:
            pieces.append(" ")
        pieces.append(token.text)
    return "".join(pieces)


def _may_name(words: Sequence[Token]) -> bool:
    first = words[0].lower
    if words[-1].is_possessive or first in POSSESSIVES:  # whose is not told here
        return False
    if len(words) == 1 and first in _NOBODY and first not in PRONOUNS:
        return False
    if len(words) == 1 and first.endswith("ly") and first not in PLACES:  # "Unsurprisingly"
        return False
    if len(words) == 1 and first in PRONOUNS:
        return True
    return not any(
        not token.is_word
        or token.is_time
        or (token.lower in NO_PHRASE and not token.is_capital and not _determines(token, place))
        for place, token in enumerate(words)
    )


def _determines(token: Token, place: int) -> bool:
    return token.lower in DETERMINERS and place <= 1  # "all the others", not "talk that others"


def _named(
    start: int, end: int, words: Sequence[Token], before: Sequence[Token], run: Sequence[Token]
) -> Speaker | None:
    titles = _titles(run)
    name = run[titles:]
    text = joined(words)
    if not name:  # "the Defense Minister"
        kind: Kind = "role" if is_speaker(run[-1].lower) else "group"
        return Speaker(start, end, text, "", "", kind, _is_plural(run[-1].lower))
    if is_product(run[-1].text):
        return None
    if _is_group(name, words) or (not titles and _is_group(run, words)):
        return Speaker(start, end, text, joined(run), joined(before), "group")
    if len(name) == 1 and not titles and not before:
        return Speaker(start, end, text, joined(name), "", "name")
    if any(token.is_possessive for token in name):
        return Speaker(start, end, text, joined(run), "", "group")
    described = [*before, *run[:titles]]
    office = joined(described) if any(map(_is_title, described)) else ""
    return Speaker(start, end, text, joined(name), office, "person")


def _is_title(token: Token) -> bool:
    return is_speaker(token.lower) or token.lower.rstrip(".") in TITLES


def _titles(run: Sequence[Token]) -> int:
    """Return how many of the first words of a run are titles: "Ukrainian President"."""
    last = 0
    for number, token in enumerate(run, start=1):
        is_initial = token.text.endswith(".") and len(token.text) == len("X.")
        if (_is_title(token) or token.text.endswith(".")) and not is_initial:
            last = number
    if last == 0:
        while last < len(run) - 1 and (
            is_people(run[last].text)
            or run[last].is_possessive
            or run[last].lower.endswith("-born")
        ):
            last += 1
    return last


def _is_group(run: Sequence[Token], words: Sequence[Token]) -> bool:
    lowered = {token.lower.removesuffix("'s").removesuffix("’s") for token in run}
    if lowered & GROUPS or (run[-1].text.isupper() and len(run[-1].text) > 1):
        return True
    has_article = words[0].lower in ("the", "a", "an") and len(run) == len(words) - 1
    return joined(run).lower() in PLACES or has_article


def _name_run(body: Sequence[Token]) -> Sequence[Token]:
    """Return the words with capitals at the end of a phrase."""
    at = len(body)
    while at > 0 and (body[at - 1].is_capital or _is_within_name(body, at - 1)):
        at -= 1
    return body[at:]


def _is_within_name(body: Sequence[Token], at: int) -> bool:
    """Return whether a word without a capital is part of a name: "von", or "18" at its end."""
    if at == 0 or not (body[at - 1].is_capital or body[at - 1].lower in PARTICLES):
        return False
    return body[at].lower in PARTICLES if at < len(body) - 1 else body[at].text.isdigit()


def _is_plural(head: str) -> bool:
    return head in _PLURALS or (head.endswith("s") and not head.endswith("ss"))
