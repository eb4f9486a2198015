"""Pronouns in a question: whether it refers to something said before, and to whom or what.

English only. The name of a person, a group or a place replaces the pronoun. Rules rarely tell what
"it" or "that" refers to, so these stay, and only show that the question depends on the context.
"""

import re
from collections.abc import Iterable, Sequence

from ..language.names import Kind, group_in, names_in, place_in

_END = r"(?=\s*(?:[?!.,;]|\Z)|\s+(?:and|about|after|as|at|before|by|for|from|in|on|to|when|with)\b)"
_PERSON = re.compile(
    rf"\b(?:he|she|him|herself|himself|her{_END}|(?P<possessive>his|her))\b", re.IGNORECASE
)
_GROUP = re.compile(r"\b(?:they|them|themselves|(?P<possessive>theirs?))\b", re.IGNORECASE)
_THERE = re.compile(rf"\b(?:(?P<to>from|near|to) )?there\b{_END}", re.IGNORECASE)
_GOES = re.compile(r"\b(?:came|come|flew|fly|go|got|return|sent|travel|went)(?:ed)? \Z", re.I)
# "Who is Kalın?" asks about somebody named; any other "who" asks for a name.
_ASKS_WHO = re.compile(
    r"\b(?:who|whom|whose)\b(?! (?:is|was|are|were) (?-i:[^\W\d_a-zß-ÿ]))", re.IGNORECASE
)
_REFERS = re.compile(
    rf"\b(?:this(?! (?:morning|afternoon|evening|week|month|year))|these|those|else|same"
    rf"|(?:there|then|that){_END}|(?:can|could|did|does|is|isn['’]t|was|will|would) that)\b",
    re.IGNORECASE,
)
# Words that need not refer to anything: they count only where the question names nothing.
_MAY_REFER = re.compile(r"\b(?:its?|that|there)\b", re.IGNORECASE)


def leaves_unsaid(question: str) -> bool:
    """Return whether a question has a word that refers to something said before.

    >>> leaves_unsaid("How many of them fled?"), leaves_unsaid("Is it true that Kyiv is safe?")
    (True, False)
    """
    person, group = _PERSON.search(question), _GROUP.search(question)
    return bool(
        (person and not _names_any(question[: person.start()], "person"))
        or (group and not _names_group(question[: group.start()]))
        or _REFERS.search(question)
        or (_MAY_REFER.search(question) and not names_in(question))
    )


def with_names(question: str, asked: str, answers: Sequence[str]) -> str:
    """Replace the first "he", "they" and "there" by the person, group or place referred to.

    It is looked for in the question `asked` before, then in the answers, the latest first; for
    "Who …?" in the latest answer first. A pronoun for what the question itself names stays.

    >>> with_names("Who else was there?", "Who met in Antalya?", [])
    'Who else was in Antalya?'
    """
    person = _PERSON.search(question)
    if person and not _names_any(question[: person.start()], "person"):
        question = _replaced(question, person, _person(asked, answers))
    group = _GROUP.search(question)
    if group and not _names_group(question[: group.start()]):
        question = _replaced(question, group, _group(asked, answers))
    there = _THERE.search(question)
    if there and not _names_any(question[: there.start()], "place"):
        place = next(filter(None, map(place_in, [asked, *answers])), None)
        to = there["to"] or ("to" if _GOES.search(question[: there.start()]) else "in")
        question = _replaced(question, there, place and f"{to} {place}")
    return question


def _names_any(text: str, kind: Kind) -> bool:
    return any(name.kind == kind for name in names_in(text))


def _names_group(text: str) -> bool:
    return bool(names_in(text) or group_in(text))


def _person(asked: str, answers: Sequence[str]) -> str | None:
    """Return the person that the answer to "Who …?" names, or else the first one asked about."""
    of_question = _people([asked])
    if _ASKS_WHO.search(asked):
        asked_for = (name for name in _people(answers[:1]) if name not in of_question)
        of_question = [*asked_for, *of_question]
    return next(iter(of_question), None)


def _group(asked: str, answers: Sequence[str]) -> str | None:
    """Return the group mentioned, or else the two people that are named."""
    texts = [*answers[:1], asked] if _ASKS_WHO.search(asked) else [asked]
    people = _people(texts)
    pair = " and ".join(people) if len(people) == 2 else None
    return next(filter(None, map(group_in, texts)), pair)


def _people(texts: Iterable[str]) -> list[str]:
    names = (name for text in texts for name in names_in(text) if name.kind == "person")
    return list(dict.fromkeys(name.text for name in names))


def _replaced(question: str, pronoun: re.Match[str], name: str | None) -> str:
    """Replace a pronoun by a name, if there is one, as it begins and with its ending."""
    if not name or name in question:
        return question
    ending = ""
    if pronoun.groupdict().get("possessive"):
        ending = "'" if name.endswith("s") and name[0].islower() else "'s"
    if pronoun.start() == 0:
        name = name[0].upper() + name[1:]
    return f"{question[: pronoun.start()]}{name}{ending}{question[pronoun.end() :]}"
