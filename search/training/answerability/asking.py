"""The features of questions asked of an archive, by what is known of their answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ...answering.answerability import Features, features_of
from ...answering.deciding import about_the_question
from ...answering.sentences import candidate_sentences, terms_asked
from ...dragoman import Dragoman
from ...evaluation.collection import JudgedQuestion
from ...language.normalising import has_answer
from ...query.query import Query
from ...question import READ_TO_ANSWER
from ...results import RankedPassage

ANSWERED, UNANSWERABLE = "answered", "unanswerable"
ARTICLE_REMOVED, OFF_TOPIC = "article removed", "off topic"

Groups = dict[str, list[Features]]


def asked_of(
    dragoman: Dragoman, questions: Iterable[JudgedQuestion], strangers: Sequence[JudgedQuestion]
) -> Groups:
    """Return the features of the questions by group; `strangers` are of other collections.

    An answered question is asked again without its articles, unless another may answer it too.
    """
    groups: Groups = defaultdict(list)
    strange = {question.id for question in strangers}
    for question in (*questions, *strangers):
        for group, features in _groups_of(dragoman, question, question.id in strange):
            groups[group].append(features)
    return groups


def _groups_of(
    dragoman: Dragoman, question: JudgedQuestion, stranger: bool
) -> Iterator[tuple[str, Features]]:
    text = question.rewrite or question.text
    query = dragoman.query(text)
    passages = dragoman.search(
        text, limit=READ_TO_ANSWER, per_article=None, rerank=READ_TO_ANSWER
    ).passages
    known = ANSWERED if question.answerable else UNANSWERABLE
    yield from _one(OFF_TOPIC if stranger else known, query, passages)
    if known == ANSWERED and not stranger:
        yield from _one(ARTICLE_REMOVED, query, _without_answer(question, passages))


def _one(
    group: str, query: Query, passages: Sequence[RankedPassage]
) -> Iterator[tuple[str, Features]]:
    found = about_the_question(query, candidate_sentences(query, passages))
    if found:
        yield group, features_of(found[0], terms_asked(query, found[0].ranked))


def _without_answer(
    question: JudgedQuestion, passages: Iterable[RankedPassage]
) -> list[RankedPassage]:
    """Return the passages of other articles; none where one of them may answer too."""
    judged = {judgement.article for judgement in question.relevant}
    left = [ranked for ranked in passages if ranked.article.id not in judged]
    answers = question.answers
    if not answers or any(has_answer(ranked.passage.text, answers) for ranked in left):
        return []
    return left
