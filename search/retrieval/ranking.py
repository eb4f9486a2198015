"""Ranking: the weighted sum of all features of a candidate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import NamedTuple, Self

import numpy as np

from ...index.archive import Archive
from ..query.query import Query
from ..reading.reader import Reading
from ..results import Part, Scores
from .retriever import Candidates
from .wording import Shares, shares_of_passages

# The weights of the features, which are from 0 to 1; their sum is 1 (docs/experiments.md, Ranking).
WEIGHTS = {
    "dense": 0.32,
    "lexical": 0.12,
    "lead": 0.10,
    "article": 0.10,
    "phrases": 0.16,
    "sentence": 0.16,
    "title": 0.04,
}
TIME_BOOSTS = ("dated", "named", "newest")  # the names of what comes on top for a time
# How many of the best are searched for dates, and compared with the question's wording; more takes
# longer and does not improve the results.
_DATED = 50
_COMPARED = 20


class Features(NamedTuple):
    """The features of candidates, column by column: of most candidates nobody asks for them.

    `dense`, `lexical` and `fused` are what `Scores` has; `weighed` has the name, weight and values
    of each feature.
    """

    dense: Sequence[float] | None
    lexical: Sequence[float] | None
    fused: Sequence[float] | None
    weighed: Sequence[tuple[str, float, Sequence[float]]]

    def scores(self, row: int) -> Scores:
        """Return the scores that a candidate has from the indexes."""
        columns = (self.dense, self.lexical, self.fused)
        return Scores(*(None if column is None else column[row] for column in columns))

    def parts(self, row: int) -> tuple[Part, ...]:
        """Return the parts of a candidate's score, in the order in which they are added up."""
        return tuple(Part(name, values[row], weight) for name, weight, values in self.weighed)


class Candidate(NamedTuple):
    """A passage that may answer, by its number in the archive.

    `score` is the sum of what the `parts` contribute, in their order; higher is better. These are
    the parts of its `features`, at its `row`, and `more`. `reading` is the reader's output, where
    it was read.
    """

    number: int
    score: float
    features: Features
    row: int = 0
    more: tuple[Part, ...] = ()
    reading: Reading | None = None

    @property
    def scores(self) -> Scores:
        """The scores that it has from the indexes."""
        return self.features.scores(self.row)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of its score."""
        return (*self.features.parts(self.row), *self.more)

    def with_parts(self, more: Iterable[Part]) -> Self:
        """Return the candidate with more parts to its score."""
        parts = tuple(more)
        score = sum((part.contribution for part in parts), self.score)
        return self._replace(score=score, more=(*self.more, *parts))

    def scored_by(self, part: Part) -> Self:
        """Return the candidate with this part alone for its score."""
        features = self.features._replace(weighed=())
        return self._replace(score=part.contribution, features=features, more=(part,))


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
    ranked = _weighed(candidates, archive)
    if candidates.timeless:
        ranked = _as_of_their_time(query, ranked, candidates.timeless, archive)
    # What is added is never less than nothing, so that the others stay behind.
    if query.time:
        ranked[:_DATED] = best_first(_with_time(query, ranked[:_DATED], archive, unit))
    if _is_hybrid(candidates):
        ranked[:_COMPARED] = best_first(_with_wording(query, ranked[:_COMPARED], archive))
    return Ranking(ranked, unit)


def _is_hybrid(candidates: Candidates) -> bool:
    return candidates.dense is not None and candidates.lexical is not None


def _weighed(candidates: Candidates, archive: Archive) -> list[Candidate]:
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


def _by_one_index(candidates: Candidates) -> list[Candidate]:
    name = "lexical" if candidates.dense is None else "dense"
    found = (candidates.lexical if candidates.dense is None else candidates.dense) or {}
    scores = [*found.values()]
    dense, lexical = (scores if name == index else None for index in ("dense", "lexical"))
    features = Features(dense, lexical, None, [(name, 1.0, scores)])
    rows = zip(found.items(), range(len(found)), strict=True)
    return best_first(Candidate(number, score, features, row) for (number, score), row in rows)


def _by_both_indexes(candidates: Candidates, archive: Archive) -> list[Candidate]:
    """Weigh the scores of both indexes, the position in the article, and the score of its lead.

    Scores are normalised by the least they could be, which is 0: the cosine as it is, BM25 as a
    share of the best (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid
    Retrieval", ACM TOIS 42). Normalising by the least that was found would blow up small
    differences where there are few candidates.
    """
    dense, lexical = candidates.dense or {}, candidates.lexical or {}
    best = max(lexical.values(), default=0.0) or 1.0
    places = archive.places([*dense])
    leads = _similarities_of_leads(candidates, {place.lead for place in places.values()})
    cosines = np.array([dense[number] for number in places])
    matches = np.array([lexical.get(number, 0.0) for number in places])
    values = {
        "dense": np.maximum(cosines, 0.0),
        "lexical": matches / best,
        "lead": np.array([nearness_to_lead(place.position) for place in places.values()]),
        "article": np.maximum([leads.get(place.lead, 0.0) for place in places.values()], 0.0),
    }
    fused = values["dense"] * WEIGHTS["dense"] + values["lexical"] * WEIGHTS["lexical"]
    scores = fused + values["lead"] * WEIGHTS["lead"] + values["article"] * WEIGHTS["article"]
    weighed = [(name, WEIGHTS[name], column.tolist()) for name, column in values.items()]
    features = Features(cosines.tolist(), matches.tolist(), fused.tolist(), weighed)
    numbers = np.array([*places], np.int64)
    rows = np.lexsort((numbers, -scores))
    ranked = zip(numbers[rows].tolist(), scores[rows].tolist(), rows.tolist(), strict=True)
    return [Candidate(number, score, features, row) for number, score, row in ranked]


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
    asked = _asked_of(query, best, archive)
    shares: dict[int, Shares] = {}
    for one in {id(one): one for one in asked.values()}.values():
        numbers = [number for number, of in asked.items() if of is one]
        shares |= shares_of_passages(one.terms, numbers, archive)
    for candidate in best:
        if found := shares.get(candidate.number):
            candidate = candidate.with_parts(starmap(_part, found._asdict().items()))
        yield candidate


def _asked_of(query: Query, best: Sequence[Candidate], archive: Archive) -> dict[int, Query]:
    """Return the question as it is asked of each candidate's article."""
    numbers = [candidate.number for candidate in best]
    if query.without_time is query:
        return dict.fromkeys(numbers, query)
    return {number: query.asked_of(*days) for number, days in archive.days(numbers).items()}


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
