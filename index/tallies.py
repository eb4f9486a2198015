"""Tallies: the articles of each outlet or tag, whose names differ in case and accents alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ..corpus.text.folding import folded
from .archive import Tally


def tallied(rows: Iterable[tuple[str, int, date | None, date | None]]) -> list[Tally]:
    """Return tallies of names, each with a count and the first and last day, the largest first.

    Names that are one when folded are one, written as most articles write it.
    """
    spelt: dict[str, list[tuple[str, int, date | None, date | None]]] = defaultdict(list)
    for row in rows:
        spelt[folded(row[0])].append(row)
    found: list[Tally] = []
    for names in spelt.values():
        days = [day for row in names for day in row[2:] if day]
        name = max(names, key=lambda row: (row[1], row[0]))[0]
        first, last = min(days, default=None), max(days, default=None)
        found.append(Tally(name, sum(row[1] for row in names), first, last))
    return sorted(found, key=lambda tally: (-tally.articles, tally.name))
