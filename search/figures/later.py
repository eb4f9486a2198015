"""What later articles tell of the same, without a figure: the missing were found."""

from collections.abc import Iterator, Sequence

from ...corpus.article import Span
from ...corpus.text.sentences import is_heading, sentence_spans
from ...corpus.text.spelling import Spellings
from ..language.numbers import numbers_in
from .asked import matcher_for
from .finding import Evidence
from .history import FigureHistory

_FEWEST = 3  # words of the question, all of which a later sentence must have


def later_report(
    question: str, history: FigureHistory, evidence: Sequence[Evidence], spellings: Spellings
) -> tuple[int, Span] | None:
    """Return the latest sentence that has all words of the question and is later than its figures.

    It is given as the number of its evidence and its span in the article. A sentence with a figure
    of its own is none: figures are compared by themselves.
    """
    matcher, day = matcher_for(question, spellings), history.figures[0].day
    words = matcher.things | matcher.outcomes | matcher.others if matcher else frozenset()
    if not matcher or not day or history.asked or len(words) < _FEWEST:
        return None
    told = {history.figures[0].mentions[0].evidence} | {
        number
        for number, one in enumerate(evidence)
        if not one.article.published or one.article.published <= day
    }
    later = [
        (evidence[number].article.published, number, span)
        for number, one in enumerate(evidence)
        if number not in told
        for span in _sentences(one)
        if words <= matcher.stems(one.article.text[slice(*span)])
    ]
    latest = max(later, key=lambda one: str(one[0]), default=None)
    return latest[1:] if latest else None


def _sentences(one: Evidence) -> Iterator[Span]:
    offset, text = one.span[0], one.article.text[slice(*one.span)]
    for first, last in sentence_spans(text):
        if not is_heading(text[first:last]) and not numbers_in(text[first:last]):
            yield offset + first, offset + last
