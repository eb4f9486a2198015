"""Near-duplicate folding: of a group of reprints one is shown, and the others are named."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ...index.archive import Archive, ArticleRef, StoredPassage
from ..question import Filters
from .ranking import Candidate, Ranking
from .retriever import passing_articles

# A score of this share of the best is as good: the same words under another headline.
_AS_GOOD = 0.98


def fold_duplicates(ranking: Ranking, archive: Archive) -> tuple[Ranking, set[int]]:
    """Return the candidates of one article of each group, and the numbers of the other articles.

    That article is the one with the best passage; of several as good, the earliest published.
    """
    candidates = ranking.candidates
    members = archive.duplicate_groups([candidate.number for candidate in candidates])
    articles: dict[int, set[int]] = defaultdict(set)
    for member in members.values():
        articles[member.group].add(member.article)
    several = {group for group, of_group in articles.items() if len(of_group) > 1}
    by_group: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.number in members and members[candidate.number].group in several:
            by_group[members[candidate.number].group].append(candidate)
    shown = {members[_best(group, archive).number].article for group in by_group.values()}
    others = {member.article for member, _ in archive.duplicates(list(several))} - shown
    kept = [
        candidate
        for candidate in candidates
        if candidate.number not in members or members[candidate.number].article not in others
    ]
    return replace(ranking, candidates=kept), others


def also_in(
    passages: Sequence[int], filters: Filters, archive: Archive
) -> Mapping[int, tuple[ArticleRef, ...]]:
    """Return the near-duplicates of each passage's article that pass, the earliest first."""
    members = archive.duplicate_groups(passages)
    groups: dict[int, list[tuple[int, ArticleRef]]] = defaultdict(list)
    for member, article in archive.duplicates([member.group for member in members.values()]):
        groups[member.group].append((member.article, article))
    if all(len(group) == 1 for group in groups.values()):
        return {}
    passing = passing_articles(filters, archive)
    allowed = None if passing is None else set(passing.tolist())
    return {
        passage: tuple(
            article
            for number, article in groups[member.group]
            if number != member.article and (allowed is None or number in allowed)
        )
        for passage, member in members.items()
    }


def _best(candidates: Sequence[Candidate], archive: Archive) -> Candidate:
    """Return the first candidate of a group, or one as good that was published earlier."""
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
