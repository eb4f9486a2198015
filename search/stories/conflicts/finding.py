"""Conflicts and corrections among the passages about a matter."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from ...results import RankedPassage
from .amending import corrections_in
from .disagreeing import conflicts_in
from .found import Conflict, Correction
from .telling import told_in

MOST_SENTENCES = 300
"""How many sentences are compared, each with each; those of the nearest passages come first."""


class Disputes(NamedTuple):
    """Conflicts, the latest first, corrections, and whether more was told than is compared."""

    conflicts: list[Conflict]
    corrections: list[Correction]
    more: bool


def disputes_in(passages: Iterable[RankedPassage]) -> Disputes:
    """Return where the reports of one day disagree, and what is corrected."""
    sentences = told_in(passages)
    told = [*islice(sentences, MOST_SENTENCES)]
    corrections = corrections_in(told)
    more = next(sentences, None) is not None
    return Disputes(conflicts_in(told, corrections), corrections, more)
