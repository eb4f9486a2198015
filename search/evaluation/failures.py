"""The questions that an evaluation did worst on, to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...corpus.article import Article
from ..dragoman import Dragoman
from ..question import MOST_PASSAGES
from .measures import NDCG, rank_of
from .retrieval import AskedQuestion, Evaluation


@dataclass(frozen=True, slots=True)
class Failure:
    """A question not answered well: where its judged articles were ranked, and what was on top.

    A rank of None says that the article was not among the candidates.
    """

    question: str
    relevant: tuple[tuple[Article, int | None], ...]
    top: Article | None


def worst(evaluation: Evaluation, dragoman: Dragoman, most: int) -> list[Failure]:
    """Give up to `most` questions that the last mode did worst on, by nDCG@10, the worst first.

    Of those at which it failed alike, the one whose judged article is deepest comes first.
    Questions that it did perfectly on are no failures.
    """
    result = evaluation.results[-1]
    scores = result.values[NDCG]
    ranks = [
        [rank_of(judgement.article, ranking) for judgement in question.judged.relevant]
        for question, ranking in zip(evaluation.asked, result.rankings, strict=True)
    ]
    depths = [min(rank or MOST_PASSAGES + 1 for rank in of_question) for of_question in ranks]
    order = sorted(range(len(scores)), key=lambda n: (scores[n], -depths[n]))
    return [
        _failure(dragoman, evaluation.asked[n], result.rankings[n], ranks[n])
        for n in order[:most]
        if scores[n] < 1
    ]


def _failure(
    dragoman: Dragoman,
    asked: AskedQuestion,
    ranking: Sequence[str],
    ranks: Sequence[int | None],
) -> Failure:
    articles = [dragoman.article(judgement.article) for judgement in asked.judged.relevant]
    top = dragoman.article(ranking[0]) if ranking else None
    return Failure(asked.text, tuple(zip(articles, ranks, strict=True)), top)
