"""How good a ranking is: the usual measures of retrieval, and whether what is shown answers."""

import re
import string
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .statistics import Values

Ranking = Sequence[str]  # ids of articles, best first
Relevant = Mapping[str, int]  # ids of articles, with scores above 0

NDCG, R1, R4, R10, R100, MRR = "nDCG@10", "R@1", "R@4", "R@10", "R@100", "MRR@10"
RANKING_MEASURES = (NDCG, R1, R4, R10, R100, MRR)
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def ranking_values(rankings: Sequence[Ranking], relevant: Sequence[Relevant]) -> dict[str, Values]:
    """Measure each ranking, as trec_eval does; for each measure, one value for each question.

    >>> found = ranking_values([["a", "b"], ["c"]], [{"b": 1}, {"b": 1}])
    >>> found["MRR@10"], found["R@4"]
    (array([0.5, 0. ]), array([1., 0.]))
    """
    import ir_measures

    named = {
        ir_measures.parse_measure("RR@10" if name == MRR else name): name
        for name in RANKING_MEASURES
    }
    values = {name: np.zeros(len(rankings)) for name in RANKING_MEASURES}
    judged = (
        ir_measures.Qrel(str(number), article, score)
        for number, articles in enumerate(relevant)
        for article, score in articles.items()
    )
    # trec_eval orders by score, whatever the order in which it is given them.
    ranked = (
        ir_measures.ScoredDoc(str(number), article, float(-rank))
        for number, ranking in enumerate(rankings)
        for rank, article in enumerate(ranking)
    )
    for found in ir_measures.iter_calc(list(named), judged, ranked):
        values[named[found.measure]][int(found.query_id)] = found.value
    return values


def rank_of(article: str, ranking: Sequence[str]) -> int | None:
    """Give an article's rank, from 1, or None where it is not in the ranking.

    >>> rank_of("b", ["a", "b"]), rank_of("c", ["a", "b"])
    (2, None)
    """
    return ranking.index(article) + 1 if article in ranking else None


def has_answer(text: str, answers: Iterable[str]) -> bool:
    """Say whether `text` holds one of the `answers`, as whole words, both normalised as SQuAD's.

    >>> has_answer("They met in the U.S. Senate.", ["us senate"])
    True
    >>> has_answer("They met in Istanbul.", ["Stan"])
    False
    """
    words = f" {normalised(text)} "
    return any(f" {normalised(answer)} " in words for answer in answers if normalised(answer))


def normalised(text: str) -> str:
    """Give `text` as SQuAD's script compares it: no capitals, punctuation or articles, one space.

    From `normalize_answer` in the official evaluation script of SQuAD 2.0 (Rajpurkar et al. 2018).

    >>> normalised("The  Treaty, of a Day's Length")
    'treaty of days length'
    """
    without = text.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", without).split())
