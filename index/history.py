"""What an archive remembers beside its articles: a part of the protocol of `index/archive.py`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from ..corpus.article import Article
from ..corpus.fetching.visit import Visit


@dataclass(frozen=True, slots=True)
class FormerVersion:
    """An article as it was until it was replaced by a version with another title, text or day."""

    article: Article
    replaced: datetime


class Remembered(NamedTuple):
    """Every visit that is remembered, and every watched file with its articles' ids."""

    visits: list[Visit]
    files: dict[Path, set[str]]


class ReadsHistory(Protocol):
    """What an archive open for reading remembers."""

    def versions(self, id: str) -> list[FormerVersion]:
        """Return the former versions of an article, the oldest first; they are never searched."""
        ...

    def all_versions(self, ids: Sequence[str]) -> dict[str, list[FormerVersion]]:
        """Return the former versions of those of these articles that have any, by their ids."""
        ...

    def visits(self, addresses: Sequence[str]) -> dict[str, Visit]:
        """Return what is remembered of those of these addresses that were visited."""
        ...

    def remembered(self) -> Remembered:
        """Return all visits and all watched files."""
        ...


class WritesHistory(Protocol):
    """What an archive open for writing is told to remember. Readers need not know of it."""

    def put_versions(self, versions: Mapping[str, Sequence[FormerVersion]]) -> None:
        """Store the former versions of articles, by their ids, in place of those they have.

        The articles need not be there yet.
        """
        ...

    def note_visits(self, visits: Iterable[Visit]) -> None:
        """Remember visits, each in place of the former one to its address."""
        ...

    def files_below(self, folder: Path) -> dict[Path, set[str]]:
        """Return the watched files in a folder and below it, each with its articles' ids."""
        ...

    def note_files(self, files: Mapping[Path, Iterable[str]]) -> None:
        """Remember which articles watched files have; one without any is forgotten."""
        ...
