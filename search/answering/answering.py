"""The answer pipeline: a question in, an answer with citations out, or none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...index.archive import Archive
from ..answer import Answer
from ..errors import ReaderUnusable
from ..models import Models
from ..query.query import Query
from ..query.rewriting import standalone_question
from ..question import Question, Turn
from ..reading.fallback import MOST_PASSAGES, FallbackReader
from ..reading.reader import Reader
from ..results import RankedPassage
from ..retrieval.no_results import why_no_results
from ..retrieval.reranking import read_candidates, rerank
from ..retrieval.searching import rank_candidates, shown_passages
from ..timing import Stopwatch
from .answerability import answerability_model, features_of, states_unknown
from .composition import compose, day_of
from .sentences import CandidateSentence, candidate_sentences
from .withdrawals import mark_withdrawn

if TYPE_CHECKING:
    from ..figures.answer import FigureAnswer
    from ..generation.llm import ChatModel

_MAY_COMPARE = re.compile(r"\b(?:\w+(?:er|est)|more|less|most|least)\b", re.IGNORECASE)


def answer_question(
    asked: Question,
    history: Sequence[Turn],
    archive: Archive,
    models: Models,
    chat_model: "ChatModel | None" = None,
) -> Answer:
    """Answer a question in the articles' own words, or say that they do not answer it.

    What it leaves unsaid is taken from `history`. Its top `rerank` passages are read; with 0 the
    fallback reader reads a few. A `chat_model` may put the answer into prose.
    """
    stopwatch = Stopwatch()
    standalone = standalone_question(asked.text, history)
    query = Query(asked.to_read(standalone, asked.rerank or MOST_PASSAGES), archive.snapshot())
    stopwatch.lap("understand")

    encoder = None if asked.mode == "lexical" else models.encoder
    reader, warnings = _reader(asked, query, models)
    ranking = rank_candidates(query, archive, encoder)
    if models.reranker:
        ranking = rerank(query, ranking, archive, models.reranker)
    stopwatch.lap("retrieve")
    ranking = read_candidates(query, ranking, archive, reader)
    stopwatch.lap("read")
    passages = shown_passages(query, ranking, archive)
    stopwatch.lap("retrieve")

    answer = answer_from(query, passages, ranking.unit)
    if not passages:
        warnings += (why_no_results(query.question.filters, archive),)
    stopwatch.lap("answer")
    if chat_model and answer.answer:
        from ..generation.generating import generate_prose  # imported only if there is one

        answer = generate_prose(answer, chat_model, models.encoder)
        stopwatch.lap("write")
    answer = mark_withdrawn(mark_partial(answer, query))
    stopwatch.lap("answer")
    return replace(
        answer,
        question_asked=asked.text,
        passages=passages[: asked.limit],
        warnings=(*warnings, *answer.warnings),
        took_ms=stopwatch.total,
        stages=stopwatch.took,
    )


def _reader(asked: Question, query: Query, models: Models) -> tuple[Reader, tuple[str, ...]]:
    """Return the reader, or the fallback with a warning where the reader cannot be used."""
    warnings: tuple[str, ...] = ()
    if asked.rerank:
        try:
            return models.reader, ()
        except ReaderUnusable as error:
            warnings = (f"{error} Sentences are chosen by their similarity to the question.",)
    return FallbackReader(models.encoder, query.terms), warnings


def answer_from(query: Query, passages: Sequence[RankedPassage], unit: float = 1.0) -> Answer:
    """Answer from passages that were read, best first, whose scores have the ranking's `unit`.

    The status is never "partial": a chat model may still change what is cited.
    """
    refused = Answer(query.text, query.text, "not_in_corpus", None, 0.0, (), tuple(passages))
    candidates = candidate_sentences(query, passages, unit)
    if not candidates:
        return refused
    model, best = answerability_model(), candidates[0]
    confidence = model.confidence(features_of(best, query.terms))
    refused = replace(refused, confidence=confidence)
    if compared := _compared(query, passages):
        # What is computed stands by the figures quoted, which the reader did not look for.
        refused = replace(refused, confidence=max(confidence, model.threshold))
        return _answered(refused, compared)
    if confidence < model.threshold:
        return refused
    counted = _with_figures(query, passages)
    if counted and not counted.text:
        return replace(refused, warnings=counted.warnings)
    if not counted and states_unknown(best.sentence):
        return replace(refused, warnings=(_unknown(best),))
    if counted:
        return _answered(refused, counted)
    text, citations = compose(candidates)
    return replace(refused, status="answered", answer=text, citations=citations)


def _answered(refused: Answer, found: "FigureAnswer") -> Answer:
    return replace(
        refused,
        status="answered",
        answer=found.text,
        citations=found.citations,
        figures=found.figures,
        warnings=found.warnings,
    )


def _compared(query: Query, passages: Sequence[RankedPassage]) -> "FigureAnswer | None":
    if not _MAY_COMPARE.search(query.text):
        return None
    from ..figures.answer import answer_with_comparison  # its patterns compile slowly

    return answer_with_comparison(query.text, passages, query.snapshot.spellings)


def _with_figures(query: Query, passages: Sequence[RankedPassage]) -> "FigureAnswer | None":
    if query.answer_type != "number":
        return None
    from ..figures.answer import answer_with_figures  # its patterns compile slowly

    return answer_with_figures(query.text, passages, query.as_of, query.snapshot.spellings)


def _unknown(best: CandidateSentence) -> str:
    return f"“{best.ranked.article.title}” says that this is not known: “{best.sentence}”"


def mark_partial(answer: Answer, query: Query) -> Answer:
    """Return the answer as partial, with a warning, if a name or number asked about is missing.

    It is looked for in the cited sentences and in the titles and dates of their articles.
    """
    texts = [f"{one.article.title}\n{day_of(one.article)}\n{one.quote}" for one in answer.citations]
    missing = query.terms.missing_names("\n".join(texts)) if answer.answer else []
    if not missing:
        return answer
    named = ", ".join(f"“{name}”" for name in missing)
    warning = f"The cited sentences do not mention {named}."
    return replace(answer, status="partial", warnings=(*answer.warnings, warning))
