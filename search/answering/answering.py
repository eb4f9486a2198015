"""The answer pipeline: a question in, an answer with citations out, or none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...index.archive import Archive
from ..answer import Answer
from ..entailment.predicate import decides
from ..errors import ReaderUnusable
from ..models import Models
from ..query.query import Query
from ..query.rewriting import standalone_question
from ..query.several import listing_as_question
from ..query.spelling import corrected
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
from .of_time import another_time, is_of_another_time, of_asked_time, tells_of
from .quoting import before_list
from .sentences import CandidateSentence, candidate_sentences, terms_asked

if TYPE_CHECKING:
    from ..figures.answer import FigureAnswer
    from ..generation.llm import ChatModel


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
    said = [turn.content for turn in history if turn.role == "assistant"]
    standalone = standalone_question(corrected(asked.text, archive, said), history)
    standalone = listing_as_question(standalone)
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
    answer = mark_partial(answer, query)
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
    confidence = model.confidence(features_of(best, terms_asked(query, best.ranked)))
    refused = replace(refused, confidence=confidence)
    if confidence < model.threshold:
        return refused
    counted = _with_figures(query, passages)
    if counted and not counted.text:
        return replace(refused, warnings=counted.warnings)
    if not counted and states_unknown(best.sentence):
        return replace(refused, warnings=(_unknown(best),))
    if not counted and query.time:
        candidates = of_asked_time(query.time, candidates)
        if is_of_another_time(query.time, candidates[0]):
            return replace(
                refused, warnings=(another_time(query.time, candidates[0].ranked.article),)
            )
    text, citations = (
        (counted.text, counted.citations) if counted else compose(candidates, query.text)
    )
    figures = counted.figures if counted else ()
    return replace(refused, status="answered", answer=text, citations=citations, figures=figures)


def _with_figures(query: Query, passages: Sequence[RankedPassage]) -> "FigureAnswer | None":
    if query.answer_type != "number":
        return None
    from ..figures.answer import answer_with_figures  # its patterns compile slowly

    return answer_with_figures(query.text, passages, query.as_of)


def _unknown(best: CandidateSentence) -> str:
    return f"“{best.ranked.article.title}” says that this is not known: “{best.sentence}”"


def mark_partial(answer: Answer, query: Query) -> Answer:
    """Return the answer as partial, with a warning, if what is asked about is missing.

    Names and numbers are looked for in the cited sentences, for an item of a list also in the
    paragraph before the list, and in the titles and dates of their articles; the time, in their
    dates, too.
    """
    if not answer.answer:
        return answer
    warnings: list[str] = []
    texts = [
        "\n".join(
            (one.article.title, day_of(one.article), before_list(one.article, one.span), one.quote)
        )
        for one in answer.citations
    ]
    if missing := query.without_time.terms.missing_names("\n".join(texts)):
        named = ", ".join(f"“{name}”" for name in missing)
        warnings.append(f"The cited sentences do not mention {named}.")
    if not any(decides(query.text, one.quote) for one in answer.citations):
        warnings.append("The cited sentences do not say this of the same action.")
    if query.time and not tells_of(query.time, answer):
        warnings.append(another_time(query.time, answer.citations[0].article))
    if not warnings:
        return answer
    return replace(answer, status="partial", warnings=(*answer.warnings, *warnings))
