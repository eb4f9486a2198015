"""Deciding, from what was read, between an answer in its words and a refusal."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...corpus.text.analysis import analyzer
from ...corpus.text.lists import is_row
from ..answer import Answer
from ..entailment.predicate import affirms_denied
from ..entailment.presuppositions import denies_premise, only_meant, says_all_of
from ..entailment.terms import Terms
from ..language.lexicon import with_other_forms
from ..query.phrasing import topic_of
from ..query.query import Query
from ..results import RankedPassage
from ..stories.speech.asked import WordsAsked, words_asked
from ..stories.witnesses import have_one_agency
from .answerability import answerability_model, confidence_in, states_unknown
from .composition import compose
from .near_miss import differences_of, names_unknown
from .of_time import (
    another_time,
    is_of_another_time,
    latest_holder,
    latest_plan,
    of_asked_time,
    without_older,
)
from .plausibility import explained_first, why_implausible
from .refusal import is_vague, quoted, refusal_after_reading
from .sentences import (
    COMPARED,
    WHOLE,
    CandidateSentence,
    around,
    candidate_sentences,
    goes_on,
    in_context,
)
from .topics import answer_about, answer_who

if TYPE_CHECKING:
    from ..figures.answer import FigureAnswer

_LIKE_BEST = 0.025  # less than the best in units of the ranking (docs/experiments.md)
_FEWEST_COMPARED = 2
_LESS_WORDED = 0.5  # of the words of a denial, in what is told in contrast to it
_IN_CONTRAST = re.compile(
    r"\b(?:contrast|contrary|hand|instead|but|however|unlike|while|whereas|only|though)\b",
    re.IGNORECASE,
)
_MAY_COMPARE = re.compile(r"\b(?:\w+(?:er|est)|more|less|most|least)\b", re.IGNORECASE)


def answer_from(query: Query, passages: Sequence[RankedPassage], unit: float = 1.0) -> Answer:
    """Answer from passages that were read, best first, whose scores have the ranking's `unit`.

    The status is never "partial": a chat model may still change what is cited.
    """
    found = _surest_first(query, candidate_sentences(query, passages, unit), unit)
    answer = _answer_from(query, passages, found)
    return answer if answer.answer or answer.reason else _explained(answer, query, found)


def _answer_from(
    query: Query, passages: Sequence[RankedPassage], found: Sequence[CandidateSentence]
) -> Answer:
    """Return an answer, or a refusal that need not say why yet."""
    candidates = about_the_question(query, found)
    refused = _refused(query, passages, confidence_in(query, candidates, found))
    if topic := topic_of(query.text):
        about = answer_about(topic, query, found, refused)
        return about if about.confidence >= (query.question.min_confidence or 0) else refused
    if not candidates or is_vague(query.text):
        return refused
    if _is_strict(query) and (none := _unrelated(query, candidates[0], found, refused)):
        return none
    return _if_sure(query, passages, candidates, found, refused)


def _surest_first(
    query: Query, found: list[CandidateSentence], unit: float
) -> list[CandidateSentence]:
    """Return the candidates with the most confident of those that score like the best first.

    For a question why or how, it is the best that explains it.
    """
    if not found:
        return found
    if query.answer_type in ("why", "how"):
        return explained_first(query, found, unit)
    best = found[0]
    near = [
        one for one in found if one.score >= best.score - _LIKE_BEST * unit or goes_on(one, best)
    ]
    if len(near) < _FEWEST_COMPARED:
        return found
    surest = max(near, key=lambda one: confidence_in(query, [one], found))
    return [surest, *(one for one in found if one is not surest)]


def _is_strict(query: Query) -> bool:
    """Whether rules may refuse, too: not where the caller says from what confidence to answer."""
    return query.question.min_confidence is None


def _if_sure(
    query: Query,
    passages: Sequence[RankedPassage],
    candidates: Sequence[CandidateSentence],
    found: Sequence[CandidateSentence],
    refused: Answer,
) -> Answer:
    """Return the answer where the confidence is high enough, or what stands without it."""
    threshold = answerability_model().threshold
    compared, deciding = _compared(query, passages), _deciding(query, candidates)
    if compared or deciding:
        # What is computed or decided stands by itself: the reader did not look for it.
        refused = replace(refused, confidence=max(refused.confidence, threshold))
    if deciding:
        candidates = [deciding, *(one for one in candidates if one is not deciding)]
    least = threshold if _is_strict(query) else query.question.min_confidence
    if refused.confidence < (least or 0):
        # The words beside a name stand by themselves: the reader is not asked.
        who = answer_who(query, found, replace(refused, confidence=threshold))
        return who if who.answer and _is_strict(query) else refused
    counted = compared or _with_figures(query, passages)
    if counted and (counted.text or not _names_time(query, candidates[0])):
        return _answered(refused, counted)
    return _quoted(query, _of_time(query, candidates), refused)


def _names_time(query: Query, one: CandidateSentence) -> bool:
    """Whether a sentence names the time asked about, though its figures are of a later day."""
    published = one.ranked.article.published
    return query.time is not None and query.time.is_named(one.sentence, published)


def _of_time(query: Query, candidates: Sequence[CandidateSentence]) -> Sequence[CandidateSentence]:
    """Return the candidates with those of the time asked about, or of the present, first."""
    candidates = latest_plan(latest_holder(query.text, candidates))
    if not query.time:
        return candidates
    return without_older(query.time, of_asked_time(query.time, candidates))


def _quoted(query: Query, candidates: Sequence[CandidateSentence], refused: Answer) -> Answer:
    """Answer with the best sentences, unless they can be no answer, or are of another time."""
    if _is_strict(query):
        lacking = why_implausible(query, candidates[0], refused.confidence)
        if lacking:
            # An age beside a name is no figure.
            who = answer_who(query, candidates, refused)
            if who.answer:
                return who
            hint = f"Nearest: {quoted(candidates[0])}. {lacking}"
            return refused.refused("near_miss", hint)
    if states_unknown(candidates[0].sentence):
        return refused.refused("near_miss", _unknown(candidates[0]))
    if query.time and is_of_another_time(query.time, candidates[0]):
        warning = another_time(query.time, candidates[0].ranked.article)
        return refused.refused("near_miss", warning)
    return refused.answered(*compose(candidates, query.text))


def _unrelated(
    query: Query,
    best: CandidateSentence,
    found: Sequence[CandidateSentence],
    refused: Answer,
) -> Answer | None:
    """Return a refusal where the best sentence shares no word, or what is asked is denied."""
    if _shares_no_word(query, best):
        return refused
    if denial := _denial_of_premise(query, found):
        return refused.refused("near_miss", f"It is said otherwise: {quoted(denial)}.")
    return None


def _shares_no_word(query: Query, best: CandidateSentence) -> bool:
    article, passage = best.ranked.article, best.ranked.passage
    return not query.terms.share(f"{article.title}\n{passage.text}")


def _answered(refused: Answer, found: "FigureAnswer") -> Answer:
    """Answer with figures; where there are none to give, its warnings say why."""
    if not found.text:
        return replace(refused, reason="near_miss", warnings=found.warnings)
    answered = refused.answered(found.text, found.citations)
    return replace(answered, figures=found.figures, warnings=found.warnings)


def _compared(query: Query, passages: Sequence[RankedPassage]) -> "FigureAnswer | None":
    if not _MAY_COMPARE.search(query.text):
        return None
    from ..figures.answer import answer_with_comparison  # its patterns compile slowly

    return answer_with_comparison(
        query.text, passages, query.snapshot.spellings, are_one_source=have_one_agency
    )


def _refused(query: Query, passages: Sequence[RankedPassage], confidence: float) -> Answer:
    text = query.text
    return Answer(text, text, "not_in_corpus", None, confidence, (), tuple(passages))


def _explained(refused: Answer, query: Query, found: Sequence[CandidateSentence]) -> Answer:
    """Return a refusal that says why: what is nearest of the sentences read, and what it lacks."""
    differs = differences_of(query, found[0]) if found else ()
    return refused.refused(*refusal_after_reading(query, refused.passages, found, differs))


def about_the_question(query: Query, found: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """Return the sentences that are about what the question is about, best first.

    Where the best is not, none that has fewer of the question's words stands in for it.
    """
    compared = found[:COMPARED]
    fitting = [one for one in compared if not differences_of(query, one)]
    if not fitting or (_is_strict(query) and names_unknown(query, fitting[0].ranked.article)):
        return []
    fitting += found[COMPARED:]
    if fitting[0] is not found[0] and not _stands_in(query, fitting[0], found[0]):
        return []
    return fitting


def _stands_in(query: Query, one: CandidateSentence, best: CandidateSentence) -> bool:
    """Whether a sentence says as much of what is asked as the best, which is about another.

    It must speak of the minister who is asked about, where the best tells of another minister. What
    is told in contrast to a denial says it in fewer words: "The mayor, in contrast, agreed."
    """
    differing = differences_of(query, best)
    is_denial = all(not differs.asked for differs in differing)
    if is_denial and one.ranked is best.ranked and _contrasts(query, one, best):
        return True
    names = all(differs.asked[:1].isupper() for differs in differing)
    if one.wording < best.wording * (_LESS_WORDED if names else 1):
        return False
    asked = (differs.asked.split(" of ")[0].split() for differs in differing)
    heads = {stem for words in asked if words for stem in Terms(words[-1]).stems}
    return heads <= with_other_forms(Terms(in_context(one)).stems)


def _contrasts(query: Query, one: CandidateSentence, denial: CandidateSentence) -> bool:
    """Whether a sentence says in contrast to a denial that it is so, with half of its words."""
    share = query.terms.share(one.sentence)
    return (
        bool(_IN_CONTRAST.search(one.sentence))
        and share >= _LESS_WORDED * denial.wording
        and affirms_denied(denial.sentence, one.sentence)
    )


def _deciding(query: Query, candidates: Sequence[CandidateSentence]) -> CandidateSentence | None:
    """Return the best sentence with the whole content of a yes/no question, if any has it.

    For what somebody said, it is the best one that tells it of them; for what a table tells, the
    row that has all of the question's words, with its head and what introduces it.
    """
    if asked := words_asked(query.without_time.text):
        return _telling(asked, query, candidates)
    if query.answer_type != "yes or no":
        best = candidates[0]
        tells = best.wording >= WHOLE and best.fits and is_row(best.sentence)
        return best if tells else None
    return next(
        (one for one in candidates if says_all_of(query.text, in_context(one), around(one))), None
    )


def _telling(
    asked: WordsAsked, query: Query, candidates: Sequence[CandidateSentence]
) -> CandidateSentence | None:
    about = asked.about and Query(replace(query.question, text=asked.about), query.snapshot)
    terms = about.terms if about else None
    for one in candidates:
        offset, (start, end) = one.ranked.passage.span[0], one.found.sentence
        if asked.told_in(one.ranked.article, (offset + start, offset + end), terms):
            return one
    return None


def _denial_of_premise(
    query: Query, found: Sequence[CandidateSentence]
) -> CandidateSentence | None:
    """Return a sentence that denies what is asked why or when, if the best has less of it."""
    best = found[0]
    return next(
        (
            one
            for one in found[:COMPARED]
            if ((one is best or best.wording < WHOLE) and _denies(query.text, one))
            or _only_meant(query, one, best)
        ),
        None,
    )


def _denies(question: str, one: CandidateSentence) -> bool:
    return denies_premise(question, one.sentence, in_context(one))


def _only_meant(query: Query, one: CandidateSentence, best: CandidateSentence) -> bool:
    """Whether the act asked about was only offered or tried, and the best does not tell it."""
    act = only_meant(query.text, one.sentence)
    if not act or one.wording < best.wording or not _is_as_near(query, one, best):
        return False
    return one is best or act not in analyzer().analyze(best.sentence)


def _is_as_near(query: Query, one: CandidateSentence, best: CandidateSentence) -> bool:
    """Whether a sentence has as many of the names asked about; with none it is of one article."""
    names, of_best = (query.terms.share_of_names(in_context(two)) for two in (one, best))
    return names >= of_best and (names > 0 or one.ranked.article.id == best.ranked.article.id)


def _with_figures(query: Query, passages: Sequence[RankedPassage]) -> "FigureAnswer | None":
    if query.answer_type != "number":
        return None
    from ..figures.answer import answer_with_figures  # its patterns compile slowly

    asked = query.text, passages, query.as_of, query.snapshot.spellings
    return answer_with_figures(*asked, are_one_source=have_one_agency)


def _unknown(best: CandidateSentence) -> str:
    return f"“{best.ranked.article.title}” says that this is not known: “{best.sentence}”"
