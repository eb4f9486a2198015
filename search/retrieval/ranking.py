"""Ranking: the weighted sum of all features of a candidate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from ...index.archive import Archive
from ..query.query import Query
from ..reading.reader import Reading
from ..results import Part, Scores
from .retriever import Candidates

# The weights of the features, which are from 0 to 1; their sum is 1 (docs/experiments.md, Ranking).
WEIGHTS = {
    "dense": 0.32,
    "lexical": 0.16,
    "lead": 0.10,
    "article": 0.10,
    "phrases": 0.16,
    "sentence": 0.16,
}
# How many of the best are searched for dates, and compared with the question's wording; more takes
# longer and does not improve the results.
_DATED = 50
_COMPARED = 20


class Candidate(NamedTuple):
    """A passage that may answer, by its number in the archive.

    `score` is the sum of what the `parts` contribute, in their order; higher is better. `reading`
    is the reader's output, where it was read.
    """

    number: int
    score: float
    scores: Scores
    parts: tuple[Part, ...]
    reading: Reading | None = None

    @classmethod
    def of(cls, number: int, scores: Scores, parts: tuple[Part, ...]) -> Self:
        """Return the candidate with the score that its parts add up to."""
        return cls(number, sum(part.contribution for part in parts), scores, parts)

    def with_parts(self, more: Iterable[Part]) -> Self:
        """Return the candidate with more parts to its score."""
        return self.of(self.number, self.scores, (*self.parts, *more))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first.

    `unit` is what a feature of value and weight 1 adds to a score: 1, or in the lexical mode, as
    BM25 has no upper bound, the best BM25 score.
    """

    candidates: list[Candidate]
    unit: float = 1.0


def rank(query: Query, candidates: Candidates, archive: Archive) -> Ranking:
    """Return the candidates, best first.

    In the hybrid mode scores are from 0 to 1; in the others they are the index's own. Boosts for
    the time that the question names come on top.
    """
    dense, lexical = candidates.dense, candidates.lexical
    unit = max(lexical.values(), default=1.0) if lexical is not None and dense is None else 1.0
    ranked = best_first(_weighed(candidates, archive))
    if candidates.timeless:
        ranked = _as_of_their_time(query, ranked, candidates.timeless, archive)
    if query.time:
        boosted = _with_time(query, ranked[:_DATED], archive, unit)
        ranked = best_first([*boosted, *ranked[_DATED:]])
    if _is_hybrid(candidates):
        compared = _with_wording(query, ranked[:_COMPARED], archive)
        ranked = best_first([*compared, *ranked[_COMPARED:]])
    return Ranking(ranked, unit)


def _is_hybrid(candidates: Candidates) -> bool:
    return candidates.dense is not None and candidates.lexical is not None


def _weighed(candidates: Candidates, archive: Archive) -> Iterator[Candidate]:
    if _is_hybrid(candidates):
        return _by_both_indexes(candidates, archive)
    return _by_one_index(candidates)


def _as_of_their_time(
    query: Query, ranked: Sequence[Candidate], timeless: Candidates, archive: Archive
) -> list[Candidate]:
    """Weigh passages of the time that the question names as if it did not name it.

    Their articles need not name the day that they were published on.
    """
    weighed = {candidate.number: candidate for candidate in _weighed(timeless, archive)}
    days = archive.days([*weighed])
    of_time_asked = {these: query.asked_of(*these) is not query for these in {*days.values()}}
    of_time = {
        number: candidate
        for number, candidate in weighed.items()
        if number in days and of_time_asked[days[number]]
    }
    others = (candidate for candidate in ranked if candidate.number not in of_time)
    return best_first([*of_time.values(), *others])


def _by_one_index(candidates: Candidates) -> Iterator[Candidate]:
    for number, score in (candidates.dense or {}).items():
        yield Candidate.of(number, Scores(dense=score), (Part("dense", score, 1.0),))
    for number, score in (candidates.lexical or {}).items():
        yield Candidate.of(number, Scores(lexical=score), (Part("lexical", score, 1.0),))


def _by_both_indexes(candidates: Candidates, archive: Archive) -> Iterator[Candidate]:
    """Weigh the scores of both indexes, the position in the article, and the score of its lead.

    Scores are normalised by the least they could be, which is 0: the cosine as it is, BM25 as a
    share of the best (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid
    Retrieval", ACM TOIS 42). Normalising by the least that was found would blow up small
    differences where there are few candidates.
    """
    dense, lexical = candidates.dense or {}, candidates.lexical or {}
    best = max(lexical.values(), default=0.0) or 1.0
    places = archive.places(list(dense))
    leads = _similarities_of_leads(candidates, {place.lead for place in places.values()})
    of_dense, of_lexical, of_lead, of_article = (
        WEIGHTS[name] for name in ("dense", "lexical", "lead", "article")
    )
    for number, (position, lead) in places.items():
        cosine, bm25 = dense[number], lexical.get(number, 0.0)
        near, share = max(cosine, 0.0), bm25 / best
        first, about = nearness_to_lead(position), max(leads.get(lead, 0.0), 0.0)
        fused = near * of_dense + share * of_lexical
        # Added up in the order of the parts; written out, since there are hundreds of candidates.
        score = fused + first * of_lead + about * of_article
        parts = (
            Part("dense", near, of_dense),
            Part("lexical", share, of_lexical),
            Part("lead", first, of_lead),
            Part("article", about, of_article),
        )
        yield Candidate(number, score, Scores(cosine, bm25, fused), parts)


def _similarities_of_leads(candidates: Candidates, leads: set[int]) -> dict[int, float]:
    known = {n: score for n, score in (candidates.dense or {}).items() if n in leads}
    if candidates.vector is None:
        return known
    unknown = sorted(leads - known.keys())
    return known | candidates.snapshot.similarities(candidates.vector, unknown)


def _with_time(
    query: Query, ranked: Sequence[Candidate], archive: Archive, unit: float
) -> Iterable[Candidate]:
    if not ranked:
        return ranked
    from .time_boost import time_boosts  # its patterns compile slowly, and few questions need them

    boosts = time_boosts(query, [candidate.number for candidate in ranked], archive)
    return [
        candidate.with_parts(
            part._replace(weight=part.weight * unit) for part in boosts.get(candidate.number, ())
        )
        for candidate in ranked
    ]


def _with_wording(query: Query, best: Sequence[Candidate], archive: Archive) -> Iterator[Candidate]:
    texts = archive.texts([candidate.number for candidate in best])
    for candidate in best:
        found = texts.get(candidate.number)
        title, text = (found.title, found.text) if found else ("", "")
        asked = query.asked_of(found.published, found.event) if found else query
        phrases, sentence = asked.terms.passage_shares(title, text)
        yield candidate.with_parts((_part("phrases", phrases), _part("sentence", sentence)))


def _part(name: str, value: float) -> Part:
    return Part(name, value, WEIGHTS[name])


def nearness_to_lead(position: int) -> float:
    """Return how near a passage is to the beginning of its article: 1, 1/2, 1/3 and so on.

    News puts first what matters most, so an article on what is asked says it in its lead.

    >>> nearness_to_lead(0), nearness_to_lead(3)
    (1.0, 0.25)
    """
    return 1 / (1 + position)


def best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in the order of their scores."""
    # Passages with equal scores keep the order in which they were added.
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.number))
