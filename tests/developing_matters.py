"""Matters that develop, as several outlets report them, and how good a timeline of each is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dragoman.corpus.article import Article
from dragoman.search.stories.timeline import Event

_MARK = re.compile(r"\{([\w,-]+)\} ?")
_WRITTEN = Path(__file__).parent / "search" / "stories" / "developing_matters.txt"
Days = tuple[date, date]
Change = tuple[str, date, date | None]


class Expected(NamedTuple):
    """An event that a good timeline has."""

    days: Days
    state: str
    changes: frozenset[Change] = frozenset()


@dataclass
class Matter:
    """A matter, its articles, its events by name, and what each place in an article tells of."""

    number: int
    name: str
    asked: str = ""
    articles: list[Article] = field(default_factory=list)
    events: dict[str, Expected] = field(default_factory=dict)
    marks: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)

    def told_by(self, article: str, span: tuple[int, int]) -> frozenset[str]:
        """Return the events of which a sentence is marked to tell."""
        found = (
            events
            for (of, place), events in self.marks.items()
            if of == article and span[0] <= place < span[1]
        )
        return frozenset[str]().union(*found)


def written_matters() -> list[Matter]:
    """Return the matters that are written down."""
    matters: list[Matter] = []
    for line in _WRITTEN.read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "==":
            number, name = rest.split()
            matters.append(Matter(int(number), name))
        elif mark == "?":
            matters[-1].asked = rest
        elif mark == "@":
            day, outlet, title = rest.split(" | ")
            published = None if day == "undated" else date.fromisoformat(day)
            id = f"{matters[-1].name}-{len(matters[-1].articles) + 1}"
            matters[-1].articles.append(Article(id, title, "", outlet, published=published))
        elif mark == ">":
            name, *told = rest.split(" | ")
            matters[-1].events[name] = _expected(*told)
        elif mark not in ("", "#"):
            _append(matters[-1], line)
    return matters


def _append(matter: Matter, line: str) -> None:
    last = matter.articles.pop()
    text = f"{last.text}\n" if last.text else ""
    at = 0
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        matter.marks[last.id, len(text)] = frozenset(found[1].split(","))
        at = found.end()
    text += line[at:]
    matter.articles.append(replace(last, text=text))


def _expected(days: str, state: str, changes: str = "") -> Expected:
    first, _, last = days.partition("..")
    found: set[Change] = set()
    for one in changes.split(", ") if changes else ():
        kind, _, moved = one.partition(" ")
        before, _, after = moved.partition(">")
        after_day = date.fromisoformat(after) if after else None
        found.add((kind, date.fromisoformat(before), after_day))
    period = date.fromisoformat(first), date.fromisoformat(last or first)
    return Expected(period, state, frozenset(found))


class Line(NamedTuple):
    """A line of a timeline: which events the sentence shown first and all its sentences tell."""

    shown: frozenset[str]
    told: Sequence[frozenset[str]]
    days: Days
    state: str
    changes: frozenset[Change]

    @property
    def all(self) -> frozenset[str]:
        return frozenset[str]().union(*self.told)


def line_of(event: Event, matter: Matter) -> Line:
    """Return what a line of a timeline tells."""
    told = [matter.told_by(one.line.article.id, one.line.span) for one in event.reports]
    state = "cancelled" if event.cancelled else "announced" if event.announced else "done"
    changes = frozenset(
        (one.kind, one.before[0], one.after[0] if one.after else None) for one in event.changes
    )
    return Line(told[0], told, (event.first, event.last), state, changes)


class Share(NamedTuple):
    """How many of how many."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right}/{self.of} ({self.right / max(self.of, 1):.2f})"


def measured(told: Iterable[tuple[Matter, Sequence[Line]]]) -> dict[str, Share]:
    """Return how good lines are.

    `precision` counts the lines that show an event of the matter; `recall` the events that are
    told; `day` and `state`, of these, those with their own days, and rightly announced or not;
    `merged` those that are one line; `apart` the lines all of whose sentences tell of one event;
    `changes found` the changes told of those that there are, `changes right` the other way round.
    """
    counted: dict[str, list[bool]] = {
        name: [] for name in
        ("precision", "recall", "day", "state", "merged", "apart", "changes found", "changes right")
    }  # fmt: skip
    for matter, lines in told:
        counted["precision"] += [bool(line.shown) for line in lines]
        counted["apart"] += [_is_one(line) for line in lines if line.all]
        due = {(name, one) for name, event in matter.events.items() for one in event.changes}
        told_changes = [(line, one) for line in lines for one in line.changes]
        counted["changes right"] += [
            any(one == change and name in line.all for name, one in due)
            for line, change in told_changes
        ]
        counted["changes found"] += [
            any(one == change and name in line.all for line, change in told_changes)
            for name, one in due
        ]
        for name, event in matter.events.items():
            having = [line for line in lines if name in line.all]
            counted["recall"].append(bool(having))
            if having:
                dated = [line for line in having if line.days == event.days]
                counted["day"].append(bool(dated))
                counted["state"].append(any(line.state == event.state for line in dated))
                counted["merged"].append(len(having) == 1)
    return {name: Share(sum(found), len(found)) for name, found in counted.items()}


def _is_one(line: Line) -> bool:
    """Return whether one event is told by all sentences of a line."""
    marked = [events for events in line.told if events]
    return bool(frozenset.intersection(*marked)) and len(marked) == len(line.told)
