"""The order of candidates: all evidence weighed into one score."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from ...index.archive import Archive
from ..query.terms import QueryTerms
from ..question import Question
from ..reading.reader import Reading
from ..results import Part, Scores
from .retriever import Candidates

# What each kind of evidence, from 0 to 1, counts in the score; together 1. How they were found is
# in ARCHITECTURE.md under Ranking.
WEIGHTS = {
    "dense": 0.32,
    "lexical": 0.16,
    "lead": 0.10,
    "article": 0.10,
    "phrases": 0.16,
    "sentence": 0.16,
}
# So many of the best are looked into for dates, and so many for the question's wording: more adds
# time, and no better passages.
_DATED = 50
_READ = 20


class Candidate(NamedTuple):
    """A passage that may answer, by its number in the archive.

    `score` is the sum of what the `parts` contribute, in their order; higher is better. `reading`
    is what the reader made of it, where it was read.
    """

    number: int
    score: float
    scores: Scores
    parts: tuple[Part, ...]
    reading: Reading | None = None

    @classmethod
    def of(cls, number: int, scores: Scores, parts: tuple[Part, ...]) -> Self:
        """Give the candidate with the score that the parts come to."""
        return cls(number, sum(part.contribution for part in parts), scores, parts)

    def with_parts(self, more: Iterable[Part]) -> Self:
        """Give the candidate with more parts to its score."""
        return self.of(self.number, self.scores, (*self.parts, *more))


def rank(question: Question, candidates: Candidates, archive: Archive) -> list[Candidate]:
    """Give the candidates, best first.

    In the hybrid mode the score is from 0 to 1; in the others it is what the index says. To each
    comes what the time adds, where the question names one.
    """
    hybrid = candidates.dense is not None and candidates.lexical is not None
    weighed = _by_both_indexes(candidates, archive) if hybrid else _by_one_index(candidates)
    ranked = best_first(weighed)
    if question.may_name_time:
        timed = _with_time(question, ranked[:_DATED], archive)
        ranked = best_first([*timed, *ranked[_DATED:]])
    if hybrid:
        worded = _with_wording(question, ranked[:_READ], candidates, archive)
        ranked = best_first([*worded, *ranked[_READ:]])
    return ranked


def _by_one_index(candidates: Candidates) -> Iterator[Candidate]:
    for number, score in (candidates.dense or {}).items():
        yield Candidate.of(number, Scores(dense=score), (Part("dense", score, 1.0),))
    for number, score in (candidates.lexical or {}).items():
        yield Candidate.of(number, Scores(lexical=score), (Part("lexical", score, 1.0),))


def _by_both_indexes(candidates: Candidates, archive: Archive) -> Iterator[Candidate]:
    """Weigh what the indexes say of each passage and of its article's lead, and its place.

    Both scores are put between 0 and 1 by the least they could be, which is 0: the cosine as it
    is, BM25 as a share of the best (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions
    for Hybrid Retrieval", ACM TOIS 42). Unlike the least that was found, that does not make much
    of little differences where there are few candidates.
    """
    dense, lexical = candidates.dense or {}, candidates.lexical or {}
    best = max(lexical.values(), default=0.0) or 1.0
    places = archive.places(list(dense))
    leads = _similarities_of_leads(candidates, {place.lead for place in places.values()})
    for number, place in places.items():
        words = lexical.get(number, 0.0)
        parts = (
            _part("dense", max(dense[number], 0.0)),
            _part("lexical", words / best),
            _part("lead", nearness_to_lead(place.position)),
            _part("article", max(leads.get(place.lead, 0.0), 0.0)),
        )
        fused = parts[0].contribution + parts[1].contribution
        yield Candidate.of(number, Scores(dense[number], words, fused), parts)


def _similarities_of_leads(candidates: Candidates, leads: set[int]) -> dict[int, float]:
    known = {n: score for n, score in (candidates.dense or {}).items() if n in leads}
    if candidates.vector is None:
        return known
    unknown = sorted(leads - known.keys())
    return known | candidates.snapshot.similarities(candidates.vector, unknown)


def _with_time(
    question: Question, ranked: Sequence[Candidate], archive: Archive
) -> Iterable[Candidate]:
    if not ranked:
        return ranked
    # Its patterns take a fiftieth of a second to make, and few questions need them.
    from .time_boost import time_boosts

    # BM25 has no upper end, so there the time adds a share of the best score.
    scale = ranked[0].score if question.mode == "lexical" else 1.0
    evidence = time_boosts(question, [candidate.number for candidate in ranked], archive)
    return [
        candidate.with_parts(
            part._replace(weight=part.weight * scale) for part in evidence.get(candidate.number, ())
        )
        for candidate in ranked
    ]


def _with_wording(
    question: Question, best: Sequence[Candidate], candidates: Candidates, archive: Archive
) -> Iterator[Candidate]:
    words = QueryTerms(question.text, candidates.snapshot)
    texts = archive.texts([candidate.number for candidate in best])
    for candidate in best:
        found = texts.get(candidate.number)
        phrases, sentence = words.evidence(found.title, found.text) if found else (0.0, 0.0)
        yield candidate.with_parts((_part("phrases", phrases), _part("sentence", sentence)))


def _part(name: str, value: float) -> Part:
    return Part(name, value, WEIGHTS[name])


def best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Give candidates in the order of their scores."""
    # Passages with equal scores keep the order in which they were added.
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.number))


def nearness_to_lead(position: int) -> float:
    """Say how near a passage stands to the beginning of its article: 1, 1/2, 1/3 and so on.

    News puts first what matters most, so an article about what is asked says it in its lead.

    >>> nearness_to_lead(0), nearness_to_lead(3)
    (1.0, 0.25)
    """
    return 1 / (1 + position)
