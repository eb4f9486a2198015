"""What a text mentions: names of people, places and things, and groups of people or things.

Told by how words are written and what stands before them, in English. A name that is overlooked
does less harm than one that is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ...corpus.article import Span
from ...corpus.text.analysis import STOP_WORDS

Kind = Literal["person", "place", "thing"]

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_TITLES = frozenset(
    """
    adviser advisor ambassador captain chancellor chief colonel defence defense deputy dr envoy
    foreign general governor head interior judge king lady lawmaker leader lord mayor minister
    ministers mr mrs ms negotiator of on pope president presidential presidents prime prince
    princess professor queen secretary senator sir spokesman spokesperson spokeswoman vice
    """.split()
)
_THINGS = frozenset(
    """
    agency agreement airport alliance army assembly association bank bay bridge commission
    committee company conference congress convention corridor council court cross cup day
    federation forum foundation fund group gulf house institute islands kingdom kremlin league
    ministry museum nations navy ocean office organisation organization palace parliament party
    peninsula press process republic reuters river sea senate service state states strait
    straits summit times treaty union university war west
    """.split()
)
_PLACES = frozenset(
    """
    afghanistan africa america ankara antalya armenia asia australia austria azerbaijan beijing
    belarus belgium berlin brazil britain brussels bucha bulgaria canada china crimea donbas
    donetsk egypt england europe finland france geneva georgia germany gomel greece hungary
    india iran iraq ireland irpin israel istanbul italy japan kharkiv kherson kiev kyiv latvia
    libya lithuania london luhansk lviv mariupol minsk moldova moscow norway odesa odessa
    pakistan palestine paris poland qatar romania russia serbia spain sweden switzerland syria
    taiwan turkey türkiye ukraine vienna warsaw washington yemen
    """.split()
)
_PEOPLES = re.compile(r"(?:.+(?:[aei]an|ish|ese)s?|french|dutch|greek|swiss|arab)", re.IGNORECASE)
_DAYS = frozenset(
    """
    april august december february friday january july june march may monday november october
    saturday september sunday thursday tuesday wednesday
    """.split()
)
# What begins a sentence with a capital and is no name.
_OPENERS = STOP_WORDS | frozenset(
    """
    about according after again also although among another asked besides both cool describe
    despite during each earlier even every explain few first following give great hmm however
    last later let list many meanwhile most no now oh ok okay only other others really several
    since still tell thank thanks that's three today two under until what's wow yes yesterday
    """.split()
)
_SAYS = re.compile(
    r" (?:also |has |had |then )?(?:added|answered|asked|called|is|led|met|said|says|spoke|told|"
    r"visited|wants|wanted|warned|was|wrote)\b"
)
_WITHIN = re.compile(r"\b(?:in|at|near|outside) (?:the )?\Z", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:the|both|these|those) (?:(?!(?:of|to|in|at|on|for|and|or|was|is)\b)[\w'’-]+ ){0,2}?"
    r"(?!(?:his|was|is|has|does|this|its)\b)[\w-]{2,}[^\Ws]s\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\bhow many ((?:[\w-]+ )?(?:[\w-]+s|children|men|people|women))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, without title or possessive ending, at `span` of its text; `possessive` tells."""

    text: str
    kind: Kind
    possessive: bool
    span: Span


@lru_cache(maxsize=100)
def names_in(text: str) -> tuple[Name, ...]:
    """Give the names in a text, in its order.

    >>> [(name.text, name.kind) for name in names_in("Did President Zelenskyy thank Turkey?")]
    [('Zelenskyy', 'person'), ('Turkey', 'place')]
    """
    return tuple(name for run in _runs(text) if (name := _name(run, text)))


def group_in(text: str) -> str | None:
    """Give the first group that a text mentions.

    >>> group_in("Who received the two delegations?"), group_in("Did Russia and Ukraine agree?")
    ('the two delegations', 'Russia and Ukraine')
    """
    names = names_in(text)
    for one, other in pairwise(names):
        between = text[one.span[1] : other.span[0]]
        if between == " and " and not other.possessive:
            return text[one.span[0] : other.span[1]]
    if counted := _COUNTED.search(text):
        return f"the {counted[1]}"
    found = _GROUP.search(text)
    return found[0] if found else None


def is_people(word: str) -> bool:
    """Say whether a word may say of which people someone is: "Turkish".

    >>> is_people("Turkish"), is_people("Turkey")
    (True, False)
    """
    return bool(word[:1].isupper() and _PEOPLES.fullmatch(word))


def place_in(text: str) -> str | None:
    """Give the place where something is, as a text says, or else the first that it names.

    >>> place_in("The ministers of Russia and Ukraine met in Antalya.")
    'Antalya'
    """
    places = [name for name in names_in(text) if name.kind == "place" and not name.possessive]
    within = (name.text for name in places if _WITHIN.search(text[: name.span[0]]))
    return next(within, places[0].text if places else None)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Give the runs of words that begin with a capital and may be one name."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if not word[0][0].isupper() or word[0].lower() in _DAYS:
            continue
        if run and _go_on(run[-1], word, text):
            run.append(word)
            continue
        if run:
            yield run
        run = [word]
    if run:
        yield run


def _go_on(one: re.Match[str], other: re.Match[str], text: str) -> bool:
    between = text[one.end() : other.start()]
    return between in (" ", " of ") and not _POSSESSIVE.search(one[0])


def _name(run: list[re.Match[str]], text: str) -> Name | None:
    if run[0][0].lower() in _OPENERS:
        run = run[1:]
    kept = _without_titles(run)
    if not kept:
        return None
    start, end = kept[0].start(), kept[-1].end()
    if len(run) == 1 and _only_begins(start, end, text):
        return None
    ending = _POSSESSIVE.search(kept[-1][0])
    bare = text[start : end - len(ending[0]) if ending else end]
    return Name(bare, _kind(bare, text[:start]), ending is not None, (start, end))


def _without_titles(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Leave out "Russian Foreign Minister" before a name, but not "Russian" alone."""
    titles = 0
    for number, word in enumerate(run, start=1):
        if word[0].lower() in _TITLES:
            titles = number
        elif not _PEOPLES.fullmatch(word[0]):
            break
    return run[titles:]


def _only_begins(start: int, end: int, text: str) -> bool:
    """Say whether a word may have its capital only because a sentence begins with it."""
    before = text[:start].rstrip(" \"'“‘(")
    if before and before[-1] not in ".?!:\n":
        return False
    word = text[start:end]
    if _POSSESSIVE.search(word) or word.lower() in _PLACES or _SAYS.match(text, end):
        return False
    rest = text[end:].lstrip(" .?!")
    if not rest or rest.startswith("["):
        return False
    return not any(part and part[-1] not in ".?!:" for part in text.split(f" {word}")[:-1])


def _kind(name: str, before: str) -> Kind:
    words = name.lower().split()
    if _THINGS & set(words):
        return "thing"
    if words[-1] in _PLACES or _WITHIN.search(before):
        return "place"
    if name.isupper() or any(map(_PEOPLES.fullmatch, words)) or re.search(r"\d|\b[A-Z]{2}", name):
        return "thing"
    return "person"
