"""The questions with the worst results, for error analysis."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...corpus.article import Article
from ..dragoman import Dragoman
from ..question import MOST_PASSAGES
from .measures import NDCG, rank_of
from .retrieval import AskedQuestion, Evaluation


@dataclass(frozen=True, slots=True)
class Failure:
    """A question with a poor result: the ranks of its judged articles, and the article on top.

    A rank of None means that the article was not among the candidates.
    """

    question: str
    relevant: tuple[tuple[Article, int | None], ...]
    top: Article | None


def worst(evaluation: Evaluation, dragoman: Dragoman, most: int) -> list[Failure]:
    """Return up to `most` questions on which the last mode has the lowest nDCG@10, worst first.

    Of equals, the one whose best judged article has the lowest rank comes first. Questions with a
    perfect score are left out.
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
