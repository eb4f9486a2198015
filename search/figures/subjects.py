"""What figures are about: "the pier at Aldwick" is another subject than "Brancombe pier"."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from ...corpus.article import Span
from ...corpus.text.analysis import analyzer
from ...corpus.text.lists import lists_in
from ..language.dates import without_dates
from ..language.lexicon import MONTHS, WEEKDAYS
from ..language.names import name_words
from .words import Stems, alike, place_names

_TOTAL = re.compile(r":\s+(?:(?:in\s+)?total|all|altogether|overall|sum)\b", re.IGNORECASE)
_AS_MUCH = 0.5  # of the question's common words near the best figure, near another of its subject
_NAMES = r"[A-Z][\w’-]+(?:[ ][A-Z][\w’-]+)*"
_COORDINATED = re.compile(
    rf"({_NAMES})(?:,\s+({_NAMES}))*,?\s+(?:and|or)\s+(?:(?:in|at|of|for)\s+)?({_NAMES})"
)
_AFTER = re.compile(rf"[ ](?:(?:at|in|of|for|near|on|from|named|called)[ ](?:the[ ])?)?({_NAMES})")
_BEFORE = re.compile(rf"\b({_NAMES})[ ]\Z")
_LONGEST = 60  # characters of a name before a word
_TIMES = {*MONTHS, *WEEKDAYS}
# "In the country" names no subject.
_ANYWHERE = frozenset(
    analyzer().analyze("country nation city town village region area place world")
)
_WORD = re.compile(r"[^\W\d_][\w’-]*")


class About(NamedTuple):
    """What stands near a figure.

    That is its sentence, with those that it refers back to, and its title, as stems and as text;
    `before` is its passage up to the end of the sentence, with the title in front.
    """

    stems: Stems
    text: str
    before: str


class HasAbout(Protocol):
    """A figure that was found, with what is said around it."""

    @property
    def about(self) -> About:
        """What stands near it."""
        ...


class HasClause(Protocol):
    """A figure with the part of its sentence that belongs to it."""

    @property
    def clause(self) -> str:
        """The clause."""
        ...


F = TypeVar("F", bound=HasAbout)
P = TypeVar("P", bound=HasClause)


def of_subject(
    found: Sequence[F],
    best: F,
    words: Stems,
    names: Stems,
    stems_of: Callable[[str], Stems],
) -> list[F]:
    """Return the figures that are about the same as the best one, by the question's words.

    Each of the question's names that is near the best one must stand in their passage up to them,
    and half of its other words, near them where it has no name. A word counts as a name if an
    article writes it as one.
    """
    here = alike(words - _ANYWHERE, best.about.stems)
    named = here & (names | _written_as_names(best.about.text))
    common = here - named

    def is_of(one: F) -> bool:
        near, before = one.about.stems, stems_of(one.about.before) if named else frozenset[str]()
        there = alike(here, near) | alike(here, before)
        return named <= there and len(there & common) >= _AS_MUCH * len(common)

    return [one for one in found if is_of(one)]


def of_scene(found: Sequence[F], best: F, names: Stems) -> list[F]:
    """Return the figures near all of the question's names that are near the best one."""
    named = alike(names, best.about.stems)
    return [one for one in found if named <= alike(named, one.about.stems)]


def by_place(found: Sequence[P]) -> dict[str, list[P]]:
    """Return the figures by the place that their clauses name, {} unless all are of one place.

    Those of no place are of the place that most are of.
    """
    groups: dict[str, list[P]] = defaultdict(list)
    for one in found:
        places = place_names(one.clause)
        groups[places[0] if len(places) == 1 else ""].append(one)
    unplaced = groups.pop("", [])
    if groups:
        max(groups.values(), key=len).extend(unplaced)
    return groups


def other_rows(asked: Stems, stems_of: Callable[[str], Stems], text: str) -> Iterator[Span]:
    """Yield the rows of tables that have fewer of the asked words than another row.

    Of rows that have as many, a row of totals is the one.
    """
    for table in lists_in(text):
        if not table.rows:
            continue
        rows = [text[slice(*row)] for row in table.items]
        shared = [(len(alike(asked, stems_of(row))), bool(_TOTAL.search(row))) for row in rows]
        yield from (
            row for row, here in zip(table.items, shared, strict=True) if here < max(shared)
        )


def _written_as_names(text: str) -> Stems:
    words = " ".join(word[0] for word in name_words(text.partition("\n")[2]))
    return frozenset(analyzer().analyze(words))


def named_together(question: str) -> list[str]:
    """Return the names that a question joins by "and" or "or".

    >>> named_together("How much did the piers at Aldwick and Brancombe cost?")
    ['Aldwick', 'Brancombe']
    """
    found = _COORDINATED.search(without_dates(question))
    return [name for name in found.groups() if name] if found else []


def by_name(found: Sequence[F], names: Sequence[str]) -> dict[str, list[F]]:
    """Return the figures near each name, not near the others; {} if one is near them all."""
    stems = [_stems(name) for name in names]
    near = [[own <= alike(own, one.about.stems) for own in stems] for one in found]
    if any(all(row) for row in near):
        return {}
    pairs = list(zip(found, near, strict=True))
    groups = {
        name: [one for one, row in pairs if row[place] and sum(row) == 1]
        for place, name in enumerate(names)
    }
    return {name: group for name, group in groups.items() if group}


def by_own_name(found: Sequence[F], best: F, words: Stems, names: Stems) -> dict[str, list[F]]:
    """Return the figures by the name that their article gives to what the question asks about.

    The question's own `names` tell nothing apart. {} where the best has none, or where all have
    the same.

    >>> _names_of(frozenset({"pier"}), "The pier at Aldwick cost more. The fire is out.")
    ['Aldwick']
    """
    groups: dict[str, list[F]] = {}
    for one in sorted(found, key=lambda one: one is not best):
        given = _names_of(words, one.about.before)
        given = [name for name in given if not alike(_stems(name), names)]
        if not given and one is best:
            return {}
        same = (name for name in groups for other in given if alike(_stems(name), _stems(other)))
        groups.setdefault(next(same, given[0] if given else ""), []).append(one)
    groups.pop("", None)
    return groups if len(groups) > 1 else {}


def _names_of(words: Stems, text: str) -> list[str]:
    """Return the names beside the last mention of one of the words that has any."""
    found: list[str] = []
    starts = {word.start() for word in name_words(text)}
    for word in _mentions(words, text):
        after = _AFTER.match(text, word.end())
        before = _BEFORE.search(text, max(0, word.start() - _LONGEST), word.start())
        beside = [
            match
            for match in (after, before)
            if match and match.start(1) in starts and match[1].lower() not in _TIMES
        ]
        found = [match[1] for match in beside] or found
    return found


def _stems(name: str) -> Stems:
    return frozenset(analyzer().analyze(name))


def _mentions(words: Stems, text: str) -> Iterator[re.Match[str]]:
    for word in _WORD.finditer(text):
        if words.intersection(analyzer().analyze(word[0])):
            yield word
