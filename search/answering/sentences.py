"""Candidate sentences: the sentences that were read, ranked by how well they answer."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...corpus.text.sentences import is_heading
from ..query.answer_type import fits
from ..query.query import Query
from ..query.terms import QueryTerms
from ..reading.reader import FoundSpan
from ..results import RankedPassage

# Besides the score of the passage, in units of the ranking (docs/experiments.md, Answers): the
# weights of the share of the question's terms in the sentence and of the span's score, and the
# penalties for a span of another type than asked for, or one that only repeats the question.
_WORDING = 0.2
_SPAN = 0.02
_UNFIT = 0.1
_ECHO = 0.1


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
    # A heading only announces what follows it, so it may answer only if there is nothing else.
    told = [found for found in spans if not is_heading(text[slice(*found.sentence)])]
    terms = terms_asked(query, ranked)
    for found in told or spans:
        wording = terms.share(text[slice(*found.sentence)])
        answer = text[slice(*found.span)]
        fit = fits(query.answer_type, answer)
        echo = terms.repeats(answer)
        more = _WORDING * wording + _SPAN * found.score - _UNFIT * (not fit) - _ECHO * echo
        yield CandidateSentence(ranked, found, wording, fit, ranked.score + unit * more)
