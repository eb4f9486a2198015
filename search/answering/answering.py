"""The answer pipeline: a question in, an answer with citations out, or none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from ...index.archive import Archive
from ..answer import Answer
from ..errors import ReaderUnusable
from ..language.foreign import foreign
from ..models import Models
from ..query.capitals import with_capitals
from ..query.phrasing import asking_part, predecessor_as_question, topic_as_question
from ..query.query import Query
from ..query.rewriting import standalone_question
from ..query.several import listing_as_question
from ..query.spelling import corrected
from ..question import Filters, Question, Turn
from ..reading.fallback import MOST_PASSAGES, FallbackReader
from ..reading.reader import Reader
from ..results import OnPassages, OnSentence
from ..retrieval.ranking import Ranking
from ..retrieval.reranking import read_candidates, rerank
from ..retrieval.retriever import as_known, undated_left_out
from ..retrieval.searching import rank_candidates, shown_passages
from ..stopping import checkpoint
from ..timing import Stopwatch
from .deciding import answer_from
from .marking import mark_partial, mark_withdrawn
from .refusal import refusal_before_reading, refusal_for_language
from .several import join_answers, separate_questions

if TYPE_CHECKING:
    from ..generation.llm import ChatModel


# A passage that is further behind the best one by hybrid search does not answer
# (docs/experiments.md, How many passages to read).
_WITHIN = 0.2
_READS_ENGLISH = (
    "The reader reads English, and this question looks like {language}: passages are found by "
    "their words, and the answer is less sure."
)


def answer_question(
    asked: Question,
    history: Sequence[Turn],
    archive: Archive,
    models: Models,
    chat_model: "ChatModel | None" = None,
    on_passages: OnPassages | None = None,
    on_sentence: OnSentence | None = None,
) -> Answer:
    """Answer a question in the articles' own words, or say that they do not answer it.

    What it leaves unsaid is taken from `history`. Its top `rerank` passages are read, but those
    far behind; with 0 the fallback reader reads a few. A `chat_model` may put the answer into
    prose. Two questions in one are answered one by one. `on_passages` is given the passages of each
    as soon as they are found, before they are read; `on_sentence` what the chat model writes, as
    soon as that is kept.
    """
    undated = undated_left_out(asked.filters, archive)
    archive = as_known(asked.filters, archive)
    told, text = asking_part(asked.text)
    turns = [*history, Turn("assistant", told)] if told else list(history)
    answers: list[Answer] = []
    parts = separate_questions(text)
    if len(parts) > 1:
        on_sentence = None  # citations are numbered through when all is written
    for part in parts:
        one = replace(asked, text=part)
        found = _answer_one(one, turns, archive, models, chat_model, on_passages, on_sentence)
        answers.append(found)
        turns.append(Turn("user", part))
    joined = join_answers(asked.text, answers, asked.limit) if len(answers) > 1 else answers[0]
    return replace(joined, question_asked=asked.text, undated=undated)


def _answer_one(
    asked: Question,
    history: Sequence[Turn],
    archive: Archive,
    models: Models,
    chat_model: "ChatModel | None",
    on_passages: OnPassages | None,
    on_sentence: OnSentence | None,
) -> Answer:
    stopwatch = Stopwatch()
    understood, query = _understood(asked, history, archive)
    stopwatch.lap("understand")
    reader, warnings = _reader(asked, query, models)

    def found(ranking: Ranking) -> None:
        if on_passages:
            on_passages(shown_passages(query, ranking, archive)[: asked.limit])

    answer = _quoted(query, archive, models, reader, stopwatch, found)
    if answer.answer and (unread := refusal_for_language(asked.text, answer)):
        answer = answer.refused(unread.reason, unread.hint)
    elif not answer.answer:
        answer = _with_reason(answer, query, archive, models, reader)
        stopwatch.lap("explain")
    elif language := foreign(asked.text):
        warnings += (_READS_ENGLISH.format(language=language),)
    if chat_model and answer.answer:
        answer = _as_prose(answer, chat_model, models, on_sentence)
        stopwatch.lap("write")
    answer = mark_withdrawn(mark_partial(answer, query))
    stopwatch.lap("answer")
    return replace(
        answer,
        question_asked=asked.text,
        question_understood=understood,
        passages=answer.passages[: asked.limit],
        warnings=(*answer.warnings, *warnings),
        took_ms=stopwatch.total,
        stages=stopwatch.took,
    )


def _understood(asked: Question, history: Sequence[Turn], archive: Archive) -> tuple[str, Query]:
    """Return a question as it is understood, and the query for it, with names in capitals."""
    said = [turn.content for turn in history if turn.role == "assistant"]
    standalone = standalone_question(corrected(asked.text, archive, said), history)
    typed = predecessor_as_question(topic_as_question(listing_as_question(standalone)))
    to_read = asked.to_read(with_capitals(typed, archive), asked.rerank or MOST_PASSAGES)
    return typed, Query(to_read, archive.snapshot())


def _as_prose(
    answer: Answer, chat_model: "ChatModel", models: Models, on_sentence: OnSentence | None
) -> Answer:
    """Return an answer in the chat model's words, which it gets sentence by sentence."""
    from ..generation.generating import generate_prose  # imported only if there is one

    cited = (*answer.passages, *answer.citations)
    if on_sentence and any(one.article.is_withdrawn for one in cited):
        on_sentence = None  # a note comes first
    return generate_prose(answer, chat_model, models.encoder, on_sentence)


def _quoted(
    query: Query,
    archive: Archive,
    models: Models,
    reader: Reader,
    stopwatch: Stopwatch,
    found: Callable[[Ranking], None] = lambda _: None,
) -> Answer:
    """Return the answer in the articles' own words, or a refusal that has read them."""
    mode = query.question.mode
    encoder = None if mode == "lexical" else models.encoder
    ranking = rank_candidates(query, archive, encoder)
    if models.reranker:
        ranking = rerank(query, ranking, archive, models.reranker)
    found(ranking)
    stopwatch.lap("retrieve")
    checkpoint()
    within = _WITHIN if mode == "hybrid" and not models.reranker else inf
    ranking = read_candidates(query, ranking, archive, reader, within)
    stopwatch.lap("read")
    checkpoint()
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
    if found and found.reason == "too_vague":
        refused = replace(refused, confidence=0.0)  # whatever the reader found in it
    return refused.refused(found.reason, found.hint) if found else refused


def _reader(asked: Question, query: Query, models: Models) -> tuple[Reader, tuple[str, ...]]:
    """Return the reader, or the fallback with a warning where the reader cannot be used."""
    warnings: tuple[str, ...] = ()
    if asked.rerank:
        try:
            return models.reader, ()
        except ReaderUnusable as error:
            warnings = (f"{error} Sentences are chosen by their similarity to the question.",)
    return FallbackReader(models.encoder, query.terms), warnings
