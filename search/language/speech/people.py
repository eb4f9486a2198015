"""The people that a sentence names, and its subject: who "he" may be in the next one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..lexicon import SENTENCE_OPENERS
from .speaker import Speaker, named_in_run
from .subjects import leading_speaker
from .tokens import Token
from .verbs import speech_verb
from .who import is_speaker
from .words import PARTICLES

_WOMEN = frozenset(
    """
    mrs ms miss queen princess duchess spokeswoman chairwoman congresswoman woman mother wife widow
    daughter sister actress heroine lady girl she her herself
    """.split()
)
_MEN = frozenset(
    """
    mr king prince duke spokesman chairman congressman man father husband widower son brother actor
    sir lord boy gentleman he his himself him
    """.split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a sentence: by full name or not, with the words for what they are.

    `is_doubtful` says that the word may only have a capital because it begins the sentence.
    """

    name: str
    office: str
    place: int
    is_possessive: bool
    is_doubtful: bool = False


def people_in(tokens: Sequence[Token]) -> Iterator[Mention]:
    """Yield the people named in a sentence, outside of what is quoted."""
    at = 0
    while at < len(tokens):
        if not _begins_name(tokens, at):
            at += 1
            continue
        end = at
        while end + 1 < len(tokens) and _goes_on(tokens, end):
            end += 1
        yield from _mention(tokens, at, end)
        at = end + 1


def subject_of(tokens: Sequence[Token]) -> Speaker | None:
    """Return the subject that a sentence begins with, if it is one that may speak."""
    return leading_speaker(tokens, len(tokens))


def sex_of(words: str) -> str | None:
    """Return "he" or "she" where words for a person tell it.

    >>> sex_of("the Kremlin's spokesman"), sex_of("the president")
    ('he', None)
    """
    lowered = {word.strip(".,").lower() for word in words.split()}
    if lowered & _WOMEN:
        return "she"
    return "he" if lowered & _MEN else None


def _begins_name(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not token.is_capital or token.is_time or token.is_quotation:
        return False
    return not (token.lower in SENTENCE_OPENERS and not token.text.isupper())


def _goes_on(tokens: Sequence[Token], end: int) -> bool:
    if tokens[end].is_possessive and not is_speaker(tokens[end].lower):
        return False
    following = tokens[end + 1]
    if following.is_capital and following.is_word and not following.is_time:
        return True
    after = tokens[end + 2] if end + 2 < len(tokens) else following
    return following.lower in PARTICLES and (after.is_capital or after.lower in PARTICLES)


def _mention(tokens: Sequence[Token], start: int, end: int) -> Iterator[Mention]:
    first = start
    while first > 0 and is_speaker(tokens[first - 1].lower):
        first -= 1
    found = named_in_run(tokens, start, end)
    if found is None:
        return
    name, title, possessive = found
    alone = " " not in name and not title
    if alone and start > 0 and tokens[start - 1].lower in ("the", "a", "an"):
        return
    before = (
        " ".join(token.text for token in tokens[max(0, first - 2) : start]) if first < start else ""
    )
    office = " ".join(filter(None, (before, title)))
    following = tokens[end + 1 : end + 14]
    if not office and following and following[0].text == ",":
        words: list[str] = []
        for token in following[1:]:
            if not token.is_word:
                break
            words.append(token.text)
        tells = not any(speech_verb(word) for word in words)
        if tells and any(is_speaker(word.lower()) for word in words[:7]):
            office = " ".join(words)
    yield Mention(name, office, start, possessive, alone and start == 0 and not possessive)
