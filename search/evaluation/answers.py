"""Evaluation of answers: how often they are right, and questions rightly refused."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from ..answer import MARKER, Answer
from ..dragoman import Dragoman
from ..language.normalising import has_answer
from .indexed_collection import IndexedCollection
from .measures import auroc_of, calibration_error_of
from .retrieval import (
    DEFAULT_OPTIONS,
    AskedQuestion,
    EvaluationOptions,
    OnSearched,
    as_asked,
    check_judged,
)
from .statistics import Mean, Values, mean_of

FIRST_PASSAGES = 4  # among which a judged article should be
QUESTION_WORDS = (
    "who", "what", "when", "where", "which", "why", "how many/much", "how, other", "other"
)  # fmt: skip
_QUESTION_WORD = re.compile(
    r"\b(how (?:many|much)|how|who|what|when|where|which|why)(?:m|se)?\b", re.IGNORECASE
)
_HOW = {"how": "how, other", "how many": "how many/much", "how much": "how many/much"}


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question as it was asked, its answer, and the milliseconds it took."""

    asked: AskedQuestion
    answer: Answer
    milliseconds: float

    @property
    def answerable(self) -> bool:
        """Whether the articles are known to answer the question."""
        return self.asked.judged.answerable

    @property
    def answered(self) -> bool:
        """Whether there is an answer, right or wrong."""
        return self.answer.status != "not_in_corpus"

    @property
    def right(self) -> bool:
        """Whether the answer holds one of those that are expected."""
        return has_answer(without_markers(self.answer.answer), self.asked.judged.answers)

    @property
    def found(self) -> bool:
        """Whether one of the first passages is of an article judged relevant."""
        first = self.answer.passages[:FIRST_PASSAGES]
        return self._are_relevant(passage.article.id for passage in first)

    @property
    def cites_relevant(self) -> bool:
        """Whether an article judged relevant is cited."""
        return self._are_relevant(citation.article.id for citation in self.answer.citations)

    def _are_relevant(self, articles: Iterable[str]) -> bool:
        relevant = {judgement.article for judgement in self.asked.judged.relevant}
        return not relevant.isdisjoint(articles)


@dataclass(frozen=True, slots=True)
class RightAnswers:
    """How often answers were right: of all questions of a kind, and of those that were found.

    A question is found if a judged article is among its first passages; `found` is None if none is.
    """

    overall: Mean
    found: Mean | None


@dataclass(frozen=True, slots=True)
class AnswerEvaluation:
    """The answers to the questions of a collection, the unanswerable questions last."""

    questions: tuple[AnsweredQuestion, ...]

    @property
    def answerable(self) -> list[AnsweredQuestion]:
        """The questions that the articles answer."""
        return [question for question in self.questions if question.answerable]

    @property
    def unanswerable(self) -> list[AnsweredQuestion]:
        """The questions that the articles do not answer."""
        return [question for question in self.questions if not question.answerable]

    def right_answers(self) -> dict[str, RightAnswers]:
        """Return how often answers are right, for "all" questions and by question word.

        Only questions with expected answers count.
        """
        by_word: dict[str, list[AnsweredQuestion]] = defaultdict(list)
        for question in self.answerable:
            if question.asked.judged.answers:
                by_word["all"].append(question)
                by_word[question_word(question.asked.text)].append(question)
        return {
            word: _right_answers(by_word[word])
            for word in ("all", *QUESTION_WORDS)
            if word in by_word
        }

    def abstention(self) -> dict[str, Mean]:
        """Return measures of how well answerable and unanswerable questions are told apart.

        All but the first two need questions of both kinds.
        """
        answerable, unanswerable = self.answerable, self.unanswerable
        measured = {
            "answered, of the answerable": _share(answerable, lambda one: one.answered),
            "judged article cited, of the answerable": _share(
                answerable, lambda one: one.cites_relevant
            ),
        }
        if unanswerable:
            has = np.array([one.answerable for one in self.questions])
            confidence = np.array([one.answer.confidence for one in self.questions])
            measured |= {
                "refused, of the unanswerable": _share(unanswerable, lambda one: not one.answered),
                "answered or refused as should be": _share(
                    self.questions, lambda one: one.answered == one.answerable
                ),
                "AUROC of the confidence": auroc_of(confidence[has], confidence[~has]),
                "calibration error": calibration_error_of(confidence, has.astype(float)),
            }
        return measured

    def milliseconds(self) -> dict[str, Values]:
        """Return the times of asking as "all", and of each stage that a question reached."""
        taken: dict[str, list[float]] = {"all": [one.milliseconds for one in self.questions]}
        for one in self.questions:
            for stage, milliseconds in one.answer.stages.items():
                taken.setdefault(stage, []).append(milliseconds)
        return {stage: np.array(values) for stage, values in taken.items()}


def evaluate_answers(
    indexed: IndexedCollection,
    options: EvaluationOptions = DEFAULT_OPTIONS,
    on_asked: OnSearched | None = None,
) -> AnswerEvaluation:
    """Ask the questions of a collection, then those without an answer in its articles.

    The limit of `options` is for each of the two. `on_asked` is called with the number of questions
    asked and the total. Raises BrokenQuestion and JudgedArticleMissing.
    """
    collection, limit = indexed.collection, options.limit
    questions = (*collection.questions[:limit], *collection.unanswerable[:limit])
    asked = [as_asked(question, options) for question in questions]
    check_judged(indexed.dragoman, questions)
    _answered(indexed.dragoman, asked[0])  # the first loads models, and is not timed
    answered: list[AnsweredQuestion] = []
    for question in asked:
        answered.append(_answered(indexed.dragoman, question))
        if on_asked:
            on_asked(len(answered), len(asked))
    return AnswerEvaluation(tuple(answered))


def _answered(dragoman: Dragoman, asked: AskedQuestion) -> AnsweredQuestion:
    started = perf_counter()
    answer = dragoman.ask(asked.text, filters=asked.filters)
    return AnsweredQuestion(asked, answer, 1000 * (perf_counter() - started))


def without_markers(answer: str | None) -> str:
    """Return an answer without its citation markers.

    >>> without_markers("In Antalya [1], on 10 March 2022 [2].")
    'In Antalya, on 10 March 2022.'
    """
    return MARKER.sub("", answer or "")


def question_word(text: str) -> str:
    """Return the first question word, as one of QUESTION_WORDS.

    >>> question_word("In which city did they meet?"), question_word("Whose office is it?")
    ('which', 'who')
    >>> question_word("How much was paid?"), question_word("Is Turkey in NATO?")
    ('how many/much', 'other')
    """
    found = _QUESTION_WORD.search(text)
    word = found[1].lower() if found else "other"
    return _HOW.get(word, word)


def _right_answers(questions: list[AnsweredQuestion]) -> RightAnswers:
    found = [question for question in questions if question.found]
    return RightAnswers(
        _share(questions, lambda one: one.right),
        _share(found, lambda one: one.right) if found else None,
    )


def _share(
    questions: Iterable[AnsweredQuestion], holds: Callable[[AnsweredQuestion], bool]
) -> Mean:
    return mean_of(np.array([float(holds(question)) for question in questions]))
