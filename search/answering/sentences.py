"""Which sentences of the passages that were read answer the question best."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...corpus.text.analysis import analyzer
from ...corpus.text.sentences import is_heading
from ..query.answer_type import Kind, fits
from ..query.terms import QueryTerms
from ..reading.reader import FoundSpan
from ..results import RankedPassage

# What else counts beside the score of its passage, which is mostly from 0 to 1 (measured:
# ARCHITECTURE.md, Answers): the share of the question's words in the sentence, the score of the
# span, and what is taken off where a span cannot be meant, or only says again what was asked.
_WORDING = 0.2
_SPAN = 0.02
_UNFIT = 0.1
_ECHO = 0.1


class CandidateSentence(NamedTuple):
    """A sentence that may answer, with the span in it that would be the answer.

    `wording` is the share of the question's words in the sentence; `fits` says whether the span
    can be an answer of the kind that is asked for. Of two, the higher `score` answers better.
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
    question: str, kind: Kind, passages: Sequence[RankedPassage], words: QueryTerms
) -> list[CandidateSentence]:
    """Give all sentences of the passages that were read, the one that answers best first."""
    asked = set(analyzer().analyze(question))
    # BM25 has no upper end: there all else adds a share of the best score.
    scale = max([1.0, *(ranked.score for ranked in passages)])
    scale = scale if passages and passages[0].scores.dense is None else 1.0
    found = [
        one
        for ranked in passages
        if ranked.reading
        for one in _candidates(kind, ranked, words, asked, scale)
    ]
    return sorted(found, key=lambda one: -one.score)


def _candidates(
    kind: Kind, ranked: RankedPassage, words: QueryTerms, asked: set[str], scale: float
) -> Iterator[CandidateSentence]:
    text = ranked.passage.text
    read = ranked.reading.spans if ranked.reading else ()
    # A heading names what is told below it; only where there is nothing else it may be the answer.
    told = [found for found in read if not is_heading(text[slice(*found.sentence)])]
    for found in told or read:
        wording = words.share(text[slice(*found.sentence)])
        answer = text[slice(*found.span)]
        fit = fits(kind, answer)
        echo = asked.issuperset(analyzer().analyze(answer))
        more = _WORDING * wording + _SPAN * found.score - _UNFIT * (not fit) - _ECHO * echo
        yield CandidateSentence(ranked, found, wording, fit, ranked.score + scale * more)
