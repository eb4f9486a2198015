"""An archive of which some articles only are seen, as if it held no others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np

from ..corpus.article import Article
from ..corpus.fetching.visit import Visit
from ..corpus.text.folding import folded
from ..corpus.text.spelling import Spellings
from ..corpus.text.stems import Stems
from .archive import (
    Archive,
    ArticleRef,
    Days,
    EncodedArticle,
    GroupMember,
    Numbers,
    PassageText,
    Place,
    Snapshot,
    StoredPassage,
    Summary,
    Tally,
)
from .encoding.encoder import Encoder, Vectors
from .history import FormerVersion, Remembered
from .tallies import tallied

_AT_ONCE = 500  # articles read at the same time
_NOTHING: Mapping[str, int] = MappingProxyType({})


class RestrictedArchive:
    """What another archive holds of some sources and tags, and was published until some day.

    See `index.archive.Archive`. Articles that state no day are not seen where there is one. It is
    made for one question or request. Every method is written out, so that a new one of the
    protocol has to say what it shows. Word statistics, which only rank, are those of the whole.
    """

    def __init__(
        self,
        whole: Archive,
        sources: Sequence[str] = (),
        tags: Sequence[str] = (),
        until: date | None = None,
    ) -> None:
        self._whole = whole
        self._until = until
        self._sources = tuple(map(folded, sources))
        self._tags = tuple(map(folded, tags))

    @cached_property
    def _seen(self) -> Numbers:
        return self._whole.article_numbers(self._sources, until=self._until, tags=self._tags)

    @property
    def _all_of_sources(self) -> bool:
        """Whether all articles of some sources are seen, and no others."""
        return bool(self._sources) and not self._tags and not self._until

    def _shows(self, article: Article) -> bool:
        """Return whether an article is of the sources and tags, and published by then."""
        if self._until and not (article.published and article.published <= self._until):
            return False
        source = folded(article.source) if article.source else None
        tags = {folded(tag) for tag in article.tags}
        return (not self._sources or source in self._sources) and (
            not self._tags or not tags.isdisjoint(self._tags)
        )

    def use(self, encoder: Encoder) -> None:
        """Require the vectors to be this encoder's."""
        self._whole.use(encoder)

    def snapshot(self) -> Snapshot:
        """Return both indexes, which find passages of these articles only."""
        return _RestrictedSnapshot(self._whole.snapshot(), self._seen)

    def article(self, id: str) -> Article | None:
        """Return the article with this id if it is seen, or None."""
        found = self._whole.article(id)
        return found if found and self._shows(found) else None

    def articles(self, offset: int = 0, limit: int = -1) -> Iterator[Article]:
        """Return the articles that are seen, in the order they were added."""
        end = None if limit < 0 else offset + limit
        for start in range(0, len(numbers := self._seen[offset:end].tolist()), _AT_ONCE):
            yield from self._whole.articles_numbered(numbers[start : start + _AT_ONCE])

    def article_numbers(
        self,
        sources: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        tags: Sequence[str] = (),
    ) -> Numbers:
        """Return the numbers of the articles that are seen and pass these filters."""
        return _both(self._whole.article_numbers(sources, since, until, tags), self._seen)

    def article_ids(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids of those of these articles that are seen."""
        return self._whole.article_ids(_both(np.array(numbers, np.int64), self._seen).tolist())

    def articles_numbered(self, numbers: Sequence[int]) -> list[Article]:
        """Return those of these articles that are seen."""
        return [*filter(self._shows, self._whole.articles_numbered(numbers))]

    def articles_of(self, passages: Sequence[int]) -> dict[int, int]:
        """Return the article's number of each of these passages that is seen."""
        of = self._whole.articles_of(passages)
        seen = set(_both(np.unique([*of.values()]).astype(np.int64), self._seen).tolist())
        return {passage: article for passage, article in of.items() if article in seen}

    def passages(self, numbers: Sequence[int]) -> dict[int, StoredPassage]:
        """Return those of these passages whose articles are seen."""
        found = self._whole.passages(numbers)
        return {n: stored for n, stored in found.items() if self._shows(stored.article)}

    def passages_of(self, id: str) -> list[StoredPassage]:
        """Return the passages of an article if it is seen."""
        return [p for p in self._whole.passages_of(id) if self._shows(p.article)]

    def encoded(self, numbers: Sequence[int]) -> list[EncodedArticle]:
        """Return those of these articles that are seen, with passages and vectors."""
        return [one for one in self._whole.encoded(numbers) if self._shows(one[0])]

    def vectors(self, numbers: Sequence[int]) -> dict[int, Vectors]:
        """Return the vectors of those of these passages whose articles are seen."""
        return self._whole.vectors([*self.articles_of(numbers)])

    def sources(self) -> list[Tally]:
        """Return the outlets of the articles that are seen."""
        if self._all_of_sources:
            return [tally for tally in self._whole.sources() if folded(tally.name) in self._sources]
        held = self.articles()
        return tallied((a.source, 1, a.published, a.published) for a in held if a.source)

    def tags(self) -> list[Tally]:
        """Return the tags of the articles that are seen, also those that do not limit them."""
        held = self.articles()
        return tallied((tag, 1, a.published, a.published) for a in held for tag in a.tags)

    def texts(self, numbers: Sequence[int]) -> dict[int, PassageText]:
        """Return the texts of those of these passages whose articles are seen."""
        return self._whole.texts([*self.articles_of(numbers)])

    def stems(self, numbers: Sequence[int]) -> dict[int, Stems]:
        """Return the stems of those of these passages whose articles are seen."""
        return self._whole.stems([*self.articles_of(numbers)])

    def days(self, numbers: Sequence[int]) -> dict[int, Days]:
        """Return the days of publication and event of these passages' articles."""
        return self._whole.days([*self.articles_of(numbers)])

    def places(self, numbers: Sequence[int]) -> dict[int, Place]:
        """Return where in their articles these passages stand."""
        return self._whole.places([*self.articles_of(numbers)])

    def duplicate_groups(self, passages: Sequence[int]) -> dict[int, GroupMember]:
        """Return the group of near-duplicates of each passage's article, where it has any."""
        return self._whole.duplicate_groups([*self.articles_of(passages)])

    def duplicates(self, groups: Sequence[int]) -> list[tuple[GroupMember, ArticleRef]]:
        """Return the articles of these groups that are seen."""
        seen = set(self._seen.tolist())
        found = self._whole.duplicates(groups)
        return [(member, ref) for member, ref in found if member.article in seen]

    def versions(self, id: str) -> list[FormerVersion]:
        """Return the former versions that are seen of an article that is."""
        if self.article(id) is None:
            return []
        return [former for former in self._whole.versions(id) if self._shows(former.article)]

    def all_versions(self, ids: Sequence[str]) -> dict[str, list[FormerVersion]]:
        """Return the former versions that are seen of those of these articles that are."""
        found = {id: self.versions(id) for id in self._whole.all_versions(ids)}
        return {id: versions for id, versions in found.items() if versions}

    def visits(self, addresses: Sequence[str]) -> dict[str, Visit]:  # noqa: ARG002
        """Return nothing: who may not add articles does not fetch any."""
        return {}

    def remembered(self) -> Remembered:
        """Return nothing, as `visits` does."""
        return Remembered([], {})

    def summary(self) -> Summary:
        """Return what the articles that are seen amount to.

        Passages are counted for the whole archive, so they are left out: 0.
        """
        whole = self._whole.summary()
        if self._all_of_sources:  # no article need be read
            seen = [one for one in whole.sources if folded(one[0] or "") in self._sources]
            days = [day for t in self.sources() for day in (t.first_published, t.last_published)]
        else:
            held = [(article.source, article.published) for article in self.articles()]
            seen = Counter(source for source, _ in held).most_common()
            days = [day for _, day in held]
        days = [day for day in days if day]
        return Summary(
            articles=len(self._seen),
            passages=0,
            encoder=whole.encoder,
            first_published=min(days, default=None),
            last_published=max(days, default=None),
            sources=seen,
            duplicate_groups=0,
            seq=whole.seq,
        )

    def setting(self, name: str) -> str | None:
        """Return the value of a setting, or None if it was never stored."""
        return self._whole.setting(name)

    def close(self) -> None:
        """Leave the archive open, which others use."""


class _RestrictedSnapshot:
    """Both indexes, of which some articles only are found."""

    def __init__(self, whole: Snapshot, seen: Numbers) -> None:
        self._whole = whole
        self._seen = seen

    @property
    def spellings(self) -> Spellings:
        return self._whole.spellings

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """No words: a corrected question would show which words other articles have."""
        return _NOTHING

    def matching(
        self, question: str, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        return self._whole.matching(question, limit, self._of(articles))

    def nearest(
        self, vector: Vectors, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        return self._whole.nearest(vector, limit, self._of(articles))

    def similarities(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        return self._whole.similarities(vector, passages)

    def idf(self, stem: str) -> float:
        return self._whole.idf(stem)

    def knows(self, word: str) -> bool:  # noqa: ARG002
        """Return true, so that no word is corrected."""
        return True

    def _of(self, articles: Numbers | None) -> Numbers:
        return self._seen if articles is None else _both(articles, self._seen)


def _both(one: Numbers, other: Numbers) -> Numbers:
    return np.intersect1d(one, other, assume_unique=True)
