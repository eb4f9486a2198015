"""Conflicts and corrections among the passages about a matter."""

from collections.abc import Iterable

from ...results import RankedPassage
from .amending import corrections_in
from .disagreeing import conflicts_in
from .found import Conflict, Correction
from .telling import told_in


def disputes_in(passages: Iterable[RankedPassage]) -> tuple[list[Conflict], list[Correction]]:
    """Return where the reports of one day disagree, the latest first, and the corrections."""
    told = [*told_in(passages)]
    corrections = corrections_in(told)
    return conflicts_in(told, corrections), corrections
