"""Candidate sentences: the sentences that were read, ranked by how well they answer."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...corpus.article import Span
from ...corpus.text.lists import TextList, lists_in
from ...corpus.text.sentences import is_heading
from ..entailment.predicate import denies_the_same, differs_in_negation
from ..entailment.reasons import explains, gives_reason, is_called_reason
from ..language.reference import start_of_reference
from ..query.answer_type import fits
from ..query.query import Query
from ..query.terms import QueryTerms
from ..reading.reader import FoundSpan
from ..results import RankedPassage

# Besides the score of the passage, in units of the ranking (docs/experiments.md, Answers): the
# weights of the share of the question's terms in the sentence and of the span's score, and the
# penalties for a span of another type than asked for, or one that only repeats the question; for a
# sentence that denies what is asked, restates a question why, or is of another item of a list.
_WORDING = 0.2
_SPAN = 0.02
_UNFIT = 0.1
_ECHO = 0.1
_DENIES = 0.3
_DENIES_THE_SAME = 0.1  # a reward
_RESTATES = 0.2
_CALLED_REASON = 0.1  # a reward
_OTHER_ITEM = 0.3
_OF_REPORT = 0.3  # its day, where it is asked when something was
# "The report of 1 May": when something was reported is not when it was.
_REPORT_OF = re.compile(
    r"\b(?:reports?|articles?|accounts?|stor(?:y|ies)|statements?|documents?|issue|edition)\s+"
    r"(?:of|from|dated)\s+(?:[A-Z][a-z]+day,?\s+)?\Z"
)
_MOST_BACK = 600  # characters of the sentences that one may refer back to, with it
ALL_BUT = 0.8  # of the question's terms, in a sentence that restates it
WHOLE = 0.99  # of them, in one that has all
COMPARED = 12  # of the best sentences; those below only stand beside them


class CandidateSentence(NamedTuple):
    """A sentence that may answer, with the span in it that would be the answer.

    `wording` is the share of the question's terms in the sentence; `fits` says whether the span
    can be an answer of the type asked for. The higher the `score`, the better it answers.
    """

    ranked: RankedPassage
    found: FoundSpan
    wording: float
    fits: bool
    score: float

    @property
    def sentence(self) -> str:
        """The sentence."""
        return self.ranked.passage.text[slice(*self.found.sentence)]

    @property
    def answer(self) -> str:
        """The words that would be the answer."""
        return self.ranked.passage.text[slice(*self.found.span)]


def candidate_sentences(
    query: Query, passages: Sequence[RankedPassage], unit: float = 1.0
) -> list[CandidateSentence]:
    """Return the sentences of the passages that were read, best first.

    `unit` is that of the ranking that the passages come from.
    """
    found = (one for ranked in passages for one in _candidates(query, ranked, unit))
    return sorted(found, key=lambda one: -one.score)


def terms_asked(query: Query, ranked: RankedPassage) -> QueryTerms:
    """Return the terms that a passage should have: not those of its own article's day."""
    article = ranked.article
    return query.asked_of(article.published, article.event, text=ranked.passage.text).terms


def _candidates(query: Query, ranked: RankedPassage, unit: float) -> Iterator[CandidateSentence]:
    text = ranked.passage.text
    spans = ranked.reading.spans if ranked.reading else ()
    listed = _ListedItems(query, ranked)
    # A heading only announces what follows it, so it may answer only if there is nothing else.
    told = [
        found
        for found in spans
        if found.sentence in listed or not is_heading(text[slice(*found.sentence)])
    ]
    terms = terms_asked(query, ranked)
    before_each = _sentences_before(spans) if query.answer_type == "why" else {}
    for found in told or spans:
        answer = text[slice(*found.span)]
        before = text[_start_of_reference(text, found.sentence) : found.sentence[0]]
        if earlier := before_each.get(found.sentence):
            before += _reasoned(text[slice(*earlier)], text[slice(*found.sentence)])
        wording = terms.share(f"{before} {listed.with_lead(found.sentence)}")
        fit = fits(query.answer_type, answer)
        more = _WORDING * wording + _SPAN * found.score - _UNFIT * (not fit)
        more -= _ECHO * terms.repeats(answer) + _OTHER_ITEM * listed.is_other(found.sentence)
        more -= _OF_REPORT * _dates_report(query, text, found)
        more -= _said_otherwise(query, listed.with_lead(found.sentence), terms)
        yield CandidateSentence(ranked, found, wording, fit, ranked.score + unit * more)


def _sentences_before(spans: Sequence[FoundSpan]) -> dict[Span, Span]:
    """Return for each sentence of a passage the one before it."""
    return {other: one for one, other in pairwise(sorted(found.sentence for found in spans))}


def _reasoned(told: str, sentence: str) -> str:
    """Return what is told before a sentence that may give the reason of it, else nothing."""
    return told if explains(told, sentence) else ""


def _dates_report(query: Query, text: str, found: FoundSpan) -> bool:
    """Whether a question when gets the day of a report that the sentence speaks of."""
    before = text[found.sentence[0] : found.span[0]]
    return query.answer_type == "when" and bool(_REPORT_OF.search(before))


def _said_otherwise(query: Query, sentence: str, terms: QueryTerms) -> float:
    """Return the penalty for denying what is asked, or only restating what is asked why.

    It is negative for a sentence that denies the same as the question.

    Whether something is so is answered by its denial, too.
    """
    if query.answer_type == "yes or no":
        return 0.0
    if differs_in_negation(query.text, sentence):
        return _DENIES
    if denies_the_same(query.text, sentence):
        return -_DENIES_THE_SAME
    if query.answer_type != "why":
        return 0.0
    if (share := terms.share(sentence)) >= ALL_BUT:
        return _RESTATES * (not gives_reason(query.text, sentence, share))
    return -_CALLED_REASON * is_called_reason(sentence)


def in_context(one: CandidateSentence) -> str:
    """Return a sentence after what it refers back to: the names that "she" stands for."""
    text, sentence = one.ranked.passage.text, one.found.sentence
    return text[_start_of_reference(text, sentence) : sentence[1]]


def around(one: CandidateSentence) -> str:
    """Return the passage of a sentence, after the title of its article."""
    return f"{one.ranked.article.title}\n{one.ranked.passage.text}"


def goes_on(one: CandidateSentence, best: CandidateSentence) -> bool:
    """Return whether a sentence goes on about what an earlier one names, with more of the question.

    "The beekeepers lost eleven hives. They will be compensated by the canton."
    """
    if one.ranked is not best.ranked or one.wording <= best.wording:
        return False
    start = _start_of_reference(one.ranked.passage.text, one.found.sentence)
    return start <= best.found.sentence[0] < one.found.sentence[0]


def _start_of_reference(text: str, sentence: Span) -> int:
    return start_of_reference(text, sentence, 0, _MOST_BACK)


class _ListedItems:
    """The items of the lists of an article, by their spans in one of its passages."""

    def __init__(self, query: Query, ranked: RankedPassage) -> None:
        self._text, self._offset = ranked.article.text, ranked.passage.span[0]
        self._terms = query.terms
        self._lists = {item: one for one in lists_in(self._text) for item in one.items}

    def __contains__(self, sentence: Span) -> bool:
        return self._list_of(sentence) is not None

    def with_lead(self, sentence: Span) -> str:
        """Return a sentence, after the words that announce its list or table where it is in one."""
        found, words = self._list_of(sentence), self._words(self._in_article(sentence))
        lead = found.lead if found and (found.announced or found.rows) else None
        return f"{self._words(lead)} {words}" if lead else words

    def is_other(self, sentence: Span) -> bool:
        """Whether another item of the same list has more of the question's names or words."""
        found = self._list_of(sentence)
        if found is None:
            return False
        here, *others = map(self._shares, (self._in_article(sentence), *found.items))
        return here < max(others)

    def _shares(self, item: Span) -> tuple[float, float]:
        """Return the shares of the question's names and of its terms that an item has."""
        words = self._words(item)
        return self._terms.share_of_names(words), self._terms.share(words)

    def _list_of(self, sentence: Span) -> TextList | None:
        return self._lists.get(self._in_article(sentence))

    def _in_article(self, sentence: Span) -> Span:
        return sentence[0] + self._offset, sentence[1] + self._offset

    def _words(self, span: Span) -> str:
        return self._text[slice(*span)]
