"""Pronouns of a question: whether something is left unsaid, and who or what is meant. English only.

A person, a group or a place is put in the pronoun's place. What "it" or "that" means is rarely told
by rules, so these stay, and only say that a question leaves something unsaid.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..language.names import Kind, group_in, names_in, place_in

_END = r"(?=\s*(?:[?!.,;]|\Z)|\s+(?:and|about|after|as|at|before|by|for|from|in|on|to|when|with)\b)"
_PERSON = re.compile(
    rf"\b(?:(?P<one>he|she|him|herself|himself)|(?P<whose>his)|(?P<her>her){_END}|(?P<hers>her))\b",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:(?P<one>they|them|themselves)|(?P<whose>theirs?))\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:its?|itself)\b", re.IGNORECASE)
_THERE = re.compile(rf"\b(?:(?P<to>from|near|to) )?there\b{_END}", re.IGNORECASE)
_GOES = re.compile(
    r"\b(?:bring|brought|came|come|flew|fly|get|go|got|return|send|sent|travel|went)(?:ed)?"
    r" (?:\w+ )?\Z",
    re.IGNORECASE,
)
_COUNTS_THERE = re.compile(r"\bhow (?:many|much)\b.*\bthere\b", re.IGNORECASE)
# Not "Who is Kalın?", which asks of one who is named.
_ASKS_WHO = re.compile(
    r"\b(?:who|whom|whose)\b(?! (?:is|was|are|were) (?-i:[^\W\d_a-zß-ÿ]))", re.IGNORECASE
)
_ASKS_WHERE = re.compile(r"\b(?:where|which (?:city|country|place|town))\b", re.IGNORECASE)
_SHORT = 200  # characters
# What stands before whoever does what is asked of: "What did Turkey …?"
_ACTS = re.compile(
    r"(?:\A|\b(?:can|could|did|do|does|has|have|is|was|will|would) )(?:the )?\Z", re.I
)
# What stands after the name of a person: "Kalın said", "Kalın, the spokesman".
_IS_PERSON = re.compile(
    r"(?: (?:also |has |had |then )?(?:added|answered|argued|asked|called|is|led|met|named|said|"
    r"says|spoke|stressed|told|visited|wants|wanted|warned|was|wrote)\b"
    r"|, (?:an?|the|who|[\w ]+['’]s) )"
)
# "Is it true", "this week", "each other", "one of": nothing of these was said before.
_SAYS_ALL = re.compile(
    r"\b(?:(?:is|was) it (?:clear|known|legal|likely|possible|safe|true)"
    r"|how long (?:did|does|will|would) it take|(?:any|every|no|some) one|one of the"
    r"|this (?:afternoon|autumn|evening|month|morning|spring|summer|week|winter|year)|these days"
    r"|each other|one another)\b",
    re.IGNORECASE,
)
_UNSAID = re.compile(
    rf"""\b(?:
      this | these | those | another | others? | else | same | ones? | the\ (?:former|latter)
    | (?:(?<=[.?!]\ )|\A)that | (?:about|after|at|before|by|from|in|of|on|with)\ that | that{_END}
    | (?:can|could|did|do|does|is|isn['’]t|was|wasn['’]t|will|would)\ that
    | that\ (?:day|month|time|week|year) | there{_END} | then{_END}
    | the\ (?:two|three|four|first|second|third|last)(?=\s*(?:[?!.,]|\Z)|\s(?:are|is|was|were)\b)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# These may be no pronouns at all: they count where nothing is named.
_MAY_BE = re.compile(r"\b(?:it|that|there)\b", re.IGNORECASE)


def leaves_unsaid(question: str) -> bool:
    """Say whether a question has a word that stands for something said before.

    >>> leaves_unsaid("How many of them fled?"), leaves_unsaid("Is it true that Kyiv is safe?")
    (True, False)
    """
    rest = _SAYS_ALL.sub("", question)
    # If the first of a kind stands for what is named before it, so do the others.
    first = (pattern.search(rest) for pattern in (_PERSON, _GROUP, _IT))
    if any(pronoun and not _says_whom(pronoun, rest) for pronoun in first):
        return True
    return bool(_UNSAID.search(rest) or (_MAY_BE.search(question) and not names_in(question)))


def _says_whom(pronoun: re.Match[str], question: str) -> bool:
    """Say whether a pronoun stands for what the question itself names before."""
    before = question[: pronoun.start()]
    if _PERSON.fullmatch(pronoun[0]):
        return _names(before, "person")
    if _GROUP.fullmatch(pronoun[0]):
        return bool(names_in(before) or group_in(before))
    return _names(before, "place", "thing")


def with_names(question: str, asked: str, answers: Sequence[str]) -> str:
    """Put who or what is meant in the place of the first "he", "they" and "there".

    Looked for in the question `asked` before, then in the answers, the latest first; what was asked
    for ("Who …?") in the latest answer first. What is named in the question itself stays.

    >>> with_names("Who else was there?", "Who met in Antalya?", [])
    'Who else was in Antalya?'
    """
    question = _with_person(question, asked, answers)
    question = _with_group(question, asked, answers)
    return _with_place(question, asked, answers)


def _with_person(question: str, asked: str, answers: Sequence[str]) -> str:
    pronoun = _PERSON.search(question)
    if not pronoun or _says_whom(pronoun, question):
        return question
    name = _person(asked, answers)
    if name and name in question:
        return question
    return _put(question, pronoun, name) if name else question


def _with_group(question: str, asked: str, answers: Sequence[str]) -> str:
    pronoun = _GROUP.search(question)
    if not pronoun or _says_whom(pronoun, question):
        return question
    texts = [*answers[:1], asked] if _ASKS_WHO.search(asked) else [asked]
    group = next((group for text in texts if (group := group_in(text))), None) or _pair(texts)
    return _put(question, pronoun, group) if group else question


def _pair(texts: Sequence[str]) -> str | None:
    """Give the two people who were named, or else the country or body that was asked about."""
    names = [name for text in texts for name in names_in(text)]
    people = list(dict.fromkeys(name.text for name in names if name.kind == "person"))
    if len(people) == 2:
        return " and ".join(people)
    acting = (
        name.text
        for text in texts
        for name in names_in(text)
        if name.kind != "person" and _ACTS.search(text[: name.span[0]])
    )
    return next(acting, None)


def _with_place(question: str, asked: str, answers: Sequence[str]) -> str:
    there = _THERE.search(question)
    if not there or _COUNTS_THERE.search(question) or _names(question[: there.start()], "place"):
        return question
    texts = [*answers[:1], asked, *answers[1:]]
    if not _ASKS_WHERE.search(asked):
        texts[:2] = reversed(texts[:2])
    name = next((name for text in texts if (name := place_in(text))), None)
    if not name:
        return question
    before = question[: there.start()]
    to = there["to"] or ("to" if _GOES.search(before) else "in")
    return f"{before}{to} {name}{question[there.end() :]}"


def _names(text: str, *kinds: Kind) -> bool:
    return any(name.kind in kinds for name in names_in(text))


def _person(asked: str, answers: Sequence[str]) -> str | None:
    """Give the person meant: the one asked for, if the answer names one, or the newest named.

    Whoever is most often named in short answers comes last: in longer ones much else has capitals.
    """
    of_question = _people(asked)
    if _ASKS_WHO.search(asked) and answers:
        asked_for = [name for name in _people(answers[0]) if name not in of_question]
        if asked_for:
            return asked_for[0]
    of_answers = (_people(answer, certain=True) for answer in answers)
    newest = next((people[0] for people in (of_question, *of_answers) if people), None)
    return newest or _most_named(answer for answer in answers if len(answer) < _SHORT)


def _most_named(texts: Iterable[str]) -> str | None:
    named = Counter(person for text in texts for person in _people(text))
    return named.most_common(1)[0][0] if named else None


def _people(text: str, certain: bool = False) -> list[str]:
    """Give the people that a text names, or only those that are `certain` to be people."""
    people = (name for name in names_in(text) if name.kind == "person")
    return [name.text for name in people if not certain or _IS_PERSON.match(text, name.span[1])]


def _put(question: str, pronoun: re.Match[str], name: str) -> str:
    """Put a name for a pronoun, as it begins and with the ending that it needs."""
    ending = ""
    if any(pronoun.groupdict().get(group) for group in ("whose", "hers")):
        ending = "'" if name.endswith("s") and name[0].islower() else "'s"
    if pronoun.start() == 0:
        name = name[0].upper() + name[1:]
    return f"{question[: pronoun.start()]}{name}{ending}{question[pronoun.end() :]}"
