"""Of copies, one: which of a family of reprints is shown, and where else it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ...index.archive import Archive, ArticleRef, StoredPassage
from ..question import Filters
from .ranking import Candidate
from .retriever import passing_articles

# What scores this share of the best is as good as it: the same words under another headline.
_AS_GOOD = 0.98


def one_of_each_family(
    candidates: Sequence[Candidate], archive: Archive
) -> tuple[list[Candidate], set[int]]:
    """Give the candidates of one article of each family, and the numbers of its other articles.

    That article is the one with the best passage; of several as good, the earliest published.
    """
    places = archive.duplicate_groups([candidate.number for candidate in candidates])
    articles: dict[int, set[int]] = defaultdict(set)
    for article, family in places.values():
        articles[family].add(article)
    several = {family for family, members in articles.items() if len(members) > 1}
    by_family: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.number in places and places[candidate.number][1] in several:
            by_family[places[candidate.number][1]].append(candidate)
    shown = {places[_best(of_one, archive).number][0] for of_one in by_family.values()}
    copies = {member.article for member, _ in archive.duplicates(list(several))} - shown
    kept = [c for c in candidates if c.number not in places or places[c.number][0] not in copies]
    return kept, copies


def also_in(
    passages: Sequence[int], filters: Filters, archive: Archive
) -> Mapping[int, tuple[ArticleRef, ...]]:
    """Give where else the articles of passages stand: in copies that pass, the earliest first."""
    places = archive.duplicate_groups(passages)
    members: dict[int, list[tuple[int, ArticleRef]]] = defaultdict(list)
    for (article, family), copy in archive.duplicates([group for _, group in places.values()]):
        members[family].append((article, copy))
    if all(len(of_one) == 1 for of_one in members.values()):
        return {}
    passing = passing_articles(filters, archive)
    named = None if passing is None else set(passing.tolist())
    return {
        passage: tuple(
            copy
            for other, copy in members[family]
            if other != article and (named is None or other in named)
        )
        for passage, (article, family) in places.items()
    }


def _best(candidates: Sequence[Candidate], archive: Archive) -> Candidate:
    """Give the first of a family's candidates, or one as good that was published earlier."""
    stored = archive.passages([candidate.number for candidate in candidates])
    there = [candidate for candidate in candidates if candidate.number in stored]
    if not there:
        return candidates[0]
    best = there[0]
    least = best.score - (1 - _AS_GOOD) * abs(best.score)
    text = stored[best.number].passage.text
    as_good = [c for c in there if c.score >= least or stored[c.number].passage.text == text]
    return min(as_good, key=lambda candidate: _published(stored[candidate.number]))


def _published(stored: StoredPassage) -> tuple[bool, date]:
    return stored.article.published is None, stored.article.published or date.min
