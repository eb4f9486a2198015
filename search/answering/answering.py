"""The answer pipeline: a question in, an answer with citations out, or none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...index.archive import Archive
from ..answer import Answer, Citation
from ..errors import ReaderUnusable
from ..models import Models
from ..query.query import Query
from ..query.rewriting import standalone_question
from ..question import Filters, Question, Turn
from ..reading.fallback import MOST_PASSAGES, FallbackReader
from ..reading.reader import Reader
from ..results import RankedPassage
from ..retrieval.reranking import read_candidates, rerank
from ..retrieval.searching import rank_candidates, shown_passages
from ..timing import Stopwatch
from .answerability import answerability_model, features_of, states_unknown
from .composition import compose, day_of
from .near_miss import Difference, differences
from .quoting import sentence_before
from .refusal import is_vague, refusal_after_reading, refusal_before_reading
from .sentences import CandidateSentence, candidate_sentences

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
    standalone = standalone_question(asked.text, history)
    query = Query(asked.to_read(standalone, asked.rerank or MOST_PASSAGES), archive.snapshot())
    stopwatch.lap("understand")

    reader, warnings = _reader(asked, query, models)
    answer = _quoted(query, archive, models, reader, stopwatch)
    if not answer.answer:
        answer = _with_reason(answer, query, archive, models, reader)
        stopwatch.lap("explain")
    if chat_model and answer.answer:
        from ..generation.generating import generate_prose  # imported only if there is one

        answer = generate_prose(answer, chat_model, models.encoder)
        stopwatch.lap("write")
    answer = mark_partial(answer, query)
    stopwatch.lap("answer")
    return replace(
        answer,
        question_asked=asked.text,
        passages=answer.passages[: asked.limit],
        warnings=(*answer.warnings, *warnings),
        took_ms=stopwatch.total,
        stages=stopwatch.took,
    )


def _quoted(
    query: Query, archive: Archive, models: Models, reader: Reader, stopwatch: Stopwatch
) -> Answer:
    """Return the answer in the articles' own words, or a refusal that has read them."""
    encoder = None if query.question.mode == "lexical" else models.encoder
    ranking = rank_candidates(query, archive, encoder)
    if models.reranker:
        ranking = rerank(query, ranking, archive, models.reranker)
    stopwatch.lap("retrieve")
    ranking = read_candidates(query, ranking, archive, reader)
    stopwatch.lap("read")
    passages = shown_passages(query, ranking, archive)
    stopwatch.lap("retrieve")
    answer = answer_from(query, passages, ranking.unit)
    stopwatch.lap("answer")
    return answer


def _with_reason(
    refused: Answer, query: Query, archive: Archive, models: Models, reader: Reader
) -> Answer:
    """Return a refusal with a reason that what was read does not tell, if there is one."""

    def without_filters() -> Answer:
        unfiltered = Query(replace(query.question, filters=Filters()), query.snapshot)
        return _quoted(unfiltered, archive, models, reader, Stopwatch())

    found = refusal_before_reading(query, archive, without_filters)
    if not found:
        return refused
    return replace(refused, reason=found.reason, warnings=(found.hint,))


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
    found = candidate_sentences(query, passages, unit)
    candidates = _without_differences(query, found)
    refused = _refused(query, passages, candidates, found)
    if not candidates or is_vague(query.text):
        return refused
    best, least = candidates[0], query.question.min_confidence
    if refused.confidence < (answerability_model().threshold if least is None else least):
        return refused
    counted = _with_figures(query, passages)
    if counted and not counted.text:
        return replace(refused, reason="near_miss", warnings=counted.warnings)
    if not counted and states_unknown(best.sentence):
        return replace(refused, reason="near_miss", warnings=(_unknown(best),))
    text, citations = (counted.text, counted.citations) if counted else compose(candidates)
    figures = counted.figures if counted else ()
    return replace(
        refused,
        status="answered",
        reason=None,
        warnings=(),
        answer=text,
        citations=citations,
        figures=figures,
    )


def _refused(
    query: Query,
    passages: Sequence[RankedPassage],
    candidates: Sequence[CandidateSentence],
    found: Sequence[CandidateSentence],
) -> Answer:
    """Return a refusal, with the confidence that one of the `candidates` answers after all.

    What it says is of the best sentence `found`, which need not be among them.
    """
    confidence = 0.0
    if candidates:
        confidence = answerability_model().confidence(features_of(candidates[0], query.terms))
    best = found[0] if found else None
    differs = _differences(query, best) if best else ()
    reason, hint = refusal_after_reading(query, passages, best, differs)
    return Answer(
        query.text,
        query.text,
        "not_in_corpus",
        None,
        confidence,
        (),
        tuple(passages),
        reason=reason,
        warnings=(hint,),
    )


def _without_differences(
    query: Query, found: Sequence[CandidateSentence]
) -> list[CandidateSentence]:
    """Return the sentences that are about what the question is about, best first.

    Where the best is not, none that has fewer of the question's words stands in for it.
    """
    fitting = [one for one in found if not _differences(query, one)]
    if fitting and fitting[0] is not found[0] and fitting[0].wording < found[0].wording:
        return []
    return fitting


def _differences(query: Query, one: CandidateSentence) -> list[Difference]:
    if query.answer_type == "number":  # what a number counts is looked at with the figures
        return []
    passage = f"{one.ranked.article.title}\n{one.ranked.passage.text}"
    return differences(query.text, query.answer_type, one.sentence, passage)


def _with_figures(query: Query, passages: Sequence[RankedPassage]) -> "FigureAnswer | None":
    if query.answer_type != "number":
        return None
    from ..figures.answer import answer_with_figures  # its patterns compile slowly

    return answer_with_figures(query.text, passages, query.as_of)


def _unknown(best: CandidateSentence) -> str:
    return f"“{best.ranked.article.title}” says that this is not known: “{best.sentence}”"


def mark_partial(answer: Answer, query: Query) -> Answer:
    """Return the answer as partial, with a warning, if a name or number asked about is missing.

    It is looked for in the cited sentences, in those before them, and in the heads of the articles.
    """
    texts = "\n".join(map(_context, answer.citations))
    missing = query.terms.missing_names(texts) if answer.answer else []
    if not missing:
        return answer
    named = ", ".join(f"“{name}”" for name in missing)
    warning = f"The cited sentences do not mention {named}."
    return replace(answer, status="partial", warnings=(*answer.warnings, warning))


def _context(citation: Citation) -> str:
    article = citation.article
    head = (article.title, article.source or "", day_of(article))
    return "\n".join((*head, sentence_before(article, citation.span), citation.quote))
