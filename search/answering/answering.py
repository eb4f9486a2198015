"""From ranked passages that were read to an answer, or to none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ..answer import Answer
from ..query.answer_type import Kind, kind_of
from ..query.terms import QueryTerms
from ..results import RankedPassage
from .answerability import decision, features_of, states_unknown
from .composition import compose, day_of
from .sentences import CandidateSentence, candidate_sentences

if TYPE_CHECKING:
    from ..figures.answer import FigureAnswer


def answer_from(
    asked: str,
    understood: str,
    passages: Sequence[RankedPassage],
    words: QueryTerms,
    as_of: date | None = None,
) -> Answer:
    """Answer a question from the passages that were read, best first, or say that they do not.

    With `as_of`, no figure of a later day is known. Its status is never "partial": what is cited
    may still be changed by who writes it in prose.
    """
    kind = kind_of(understood)
    found = candidate_sentences(understood, kind, passages, words)
    refused = Answer(asked, understood, "not_in_corpus", None, 0.0, (), tuple(passages))
    if not found:
        return refused
    confidence = decision().confidence(features_of(found[0], words))
    refused = replace(refused, confidence=confidence)
    if confidence < decision().threshold:
        return refused
    counted = _with_figures(understood, kind, passages, as_of)
    if counted and not counted.text:
        return replace(refused, warnings=counted.warnings)
    if not counted and states_unknown(found[0].sentence):
        return replace(refused, warnings=(_unsaid(found[0]),))
    text, citations = (counted.text, counted.citations) if counted else compose(found)
    figures = counted.figures if counted else ()
    return replace(refused, status="answered", answer=text, citations=citations, figures=figures)


def _unsaid(finding: CandidateSentence) -> str:
    return f"“{finding.ranked.article.title}” says that this is not said: “{finding.sentence}”"


def _with_figures(
    question: str, kind: Kind, passages: Sequence[RankedPassage], as_of: date | None
) -> "FigureAnswer | None":
    if kind != "number":
        return None
    # Its patterns take a while to make, and few questions need them.
    from ..figures.answer import answer_with_figures

    return answer_with_figures(question, passages, as_of)


def mark_partial(answer: Answer, words: QueryTerms) -> Answer:
    """Give the answer as partial, with a warning, where a name or number asked is not in it.

    What counts is the sentences that are cited, with the titles and days of their articles.
    """
    texts = [f"{one.article.title}\n{day_of(one.article)}\n{one.quote}" for one in answer.citations]
    missing = words.names_missing("\n".join(texts)) if answer.answer else []
    if not missing:
        return answer
    named = ", ".join(f"“{name}”" for name in missing)
    warning = f"What is cited does not mention {named}."
    return replace(answer, status="partial", warnings=(*answer.warnings, warning))
