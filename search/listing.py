"""What an archive holds: pages of its articles, what is similar to one, its outlets and tags."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..corpus.article import Article
from ..corpus.fetching.visit import Visit
from ..index.archive import Archive, Numbers, StoredPassage, Tally
from ..index.errors import ArticleMissing
from .errors import CursorNotUnderstood
from .question import Filters, check_text
from .retrieval.retriever import as_known, passing_articles

if TYPE_CHECKING:
    from ..corpus.changes import Change

_DEPTH = 10  # passages looked at for each similar article that is asked for
_CURSOR = re.compile(r"after:([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the articles that pass, how many pass in all, and the cursor of the next page."""

    articles: tuple[Article, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article: when it was replaced, if it was, and what changed by it."""

    article: Article
    replaced: datetime | None
    changes: "tuple[Change, ...]"


class Listing:
    """What an archive holds, for those who look through it rather than ask."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @property
    def last_change(self) -> int:
        """The number of the archive's last change; each has a higher one than the one before."""
        return int(self._archive.setting("seq") or 0)

    def page(
        self,
        filters: Filters | None = None,
        family: str | None = None,
        cursor: str | None = None,
        offset: int = 0,
        limit: int = 50,
    ) -> Page:
        """Return articles that pass, in the order they were added, from a cursor on.

        `family` is the id of an article: only it and its near-duplicates pass. Articles that are
        added meanwhile, or replaced, come after the others. Raises CursorNotUnderstood and
        ArticleMissing.
        """
        passing = passing_articles(filters or Filters(), self._archive)
        numbers = self._archive.article_numbers() if passing is None else passing
        if family is not None:
            numbers = np.intersect1d(numbers, self._family(family))
        left = numbers[numbers > _number_in(cursor)][offset:] if cursor else numbers[offset:]
        shown = left[:limit]
        more = len(left) > limit
        return Page(
            tuple(self._archive.articles_numbered(shown.tolist())),
            len(numbers),
            _cursor_after(int(shown[-1])) if more else None,
        )

    def passages(self, id: str) -> list[StoredPassage]:
        """Return the passages of an article, in order. Raises ArticleMissing."""
        found = self._archive.passages_of(id)
        if not found:
            raise ArticleMissing(id=id)
        return found

    def similar(
        self,
        id: str,
        limit: int = 5,
        all_copies: bool = False,
        as_of: date | str | None = None,
    ) -> list[tuple[Article, float]]:
        """Return the articles nearest in meaning to one, best first, each with its score.

        The score is the cosine of an article's nearest passage and the mean of this one's. Its
        near-duplicates are left out unless `all_copies`, and so is, with `as_of`, what was
        published after that day or states none. Raises ArticleMissing and DateNotUnderstood.
        """
        if as_of is not None:
            known = as_known(Filters(as_of=as_of), self._archive)
            return Listing(known).similar(id, limit, all_copies)
        numbers = [stored.number for stored in self.passages(id)]
        vectors = self._archive.vectors(numbers)
        own = self._articles_of(numbers)
        excluded = own if all_copies else np.union1d(own, self._family(id))
        others = np.setdiff1d(self._archive.article_numbers(), excluded)
        if not vectors or not len(others):
            return []
        mean = np.mean(list(vectors.values()), axis=0)
        length = float(np.linalg.norm(mean))
        if not length:
            return []
        found = self._archive.snapshot().nearest(
            (mean / length).astype(np.float32), limit * _DEPTH, others
        )
        best: dict[str, tuple[Article, float]] = {}
        for number, stored in self._archive.passages(list(found)).items():
            article, score = stored.article, found[number]
            if article.id not in best or score > best[article.id][1]:
                best[article.id] = (article, score)
        return sorted(best.values(), key=lambda scored: -scored[1])[:limit]

    def versions(self, id: str) -> list[Version]:
        """Return an article's versions, the newest first, each with what changed by it.

        Raises ArticleMissing.
        """
        from ..corpus.changes import changes_between  # it needs what splits sentences

        present = self._archive.article(id) if isinstance(id, str) else None
        if present is None:
            raise ArticleMissing(id=id)
        former = self._archive.versions(id)
        versions = [*((one.article, one.replaced) for one in former), (present, None)]
        oldest, replaced = versions[0]
        first = Version(oldest, replaced, ())
        later = (
            Version(article, replaced, changes_between(before, article))
            for (before, _), (article, replaced) in pairwise(versions)
        )
        return [first, *later][::-1]

    def visits(self, addresses: Sequence[str]) -> dict[str, Visit]:
        """Return what is remembered of those of these addresses that were visited.

        What the archive no longer has is to be sent as a whole, whether or not it has changed.
        """
        visits = self._archive.visits(addresses)
        for address, visit in visits.items():
            if visit.article and self._archive.article(visit.article) is None:
                visits[address] = visit._replace(etag=None, modified=None)
        return visits

    def sources(self) -> Sequence[Tally]:
        """Return the outlets with their numbers of articles and first and last days."""
        return self._archive.sources()

    def tags(self) -> Sequence[Tally]:
        """Return the tags with their numbers of articles and first and last days."""
        return self._archive.tags()

    def _articles_of(self, passages: Sequence[int]) -> Numbers:
        return np.unique(np.array([*self._archive.articles_of(passages).values()], np.int64))

    def _family(self, id: str) -> Numbers:
        numbers = [stored.number for stored in self.passages(id)]
        groups = {member.group for member in self._archive.duplicate_groups(numbers).values()}
        copies = [member.article for member, _ in self._archive.duplicates(list(groups))]
        return np.union1d(self._articles_of(numbers), np.array(copies, np.int64))


def _cursor_after(number: int) -> str:
    return urlsafe_b64encode(f"after:{number}".encode()).decode().rstrip("=")


def _number_in(cursor: str) -> int:
    check_text(cursor)
    try:
        written = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except (NotBase64, ValueError) as error:
        raise CursorNotUnderstood(cursor=cursor[:80]) from error
    if not (found := _CURSOR.fullmatch(written)):
        raise CursorNotUnderstood(cursor=cursor[:80])
    return int(found[1])
