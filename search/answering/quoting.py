"""Quotations: whole sentences of an article, verbatim, that can be understood by themselves."""

from dataclasses import dataclass

from ...corpus.article import Article, Span
from ..language.reference import refers_back, with_the_one_before
from .sentences import CandidateSentence

# A longer sentence is shortened around its answer, at word boundaries.
MOST_CHARACTERS = 420


@dataclass(frozen=True, slots=True)
class Quote:
    """`article.text[span[0]:span[1]]`; `answer` is the answer's span in that, where known."""

    article: Article
    span: Span
    answer: Span | None

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.article.text[slice(*self.span)]


def quote_of(sentence: CandidateSentence) -> Quote:
    """Return a sentence as a quotation, with the one before if it refers back to it."""
    article, offset = sentence.ranked.article, sentence.ranked.passage.span[0]
    start, end = (offset + place for place in sentence.found.sentence)
    first, last = (offset + place for place in sentence.found.span)
    start, end = _shortened(article.text, (start, end), (first, last))
    if refers_back(article.text, start):
        start = with_the_one_before(article.text, (start, end), offset, MOST_CHARACTERS)
    first, last = max(first, start), min(last, end)
    whole = (first, last) == (start, end)
    answer = None if whole or first >= last else (first - start, last - start)
    return Quote(article, (start, end), answer)


def _shortened(text: str, sentence: Span, answer: Span) -> Span:
    """Return the span of a sentence, cut at words around the answer where it is too long."""
    start, end = sentence
    if end - start <= MOST_CHARACTERS:
        return sentence
    middle = (answer[0] + min(answer[1], answer[0] + MOST_CHARACTERS)) // 2
    first = max(start, min(middle - MOST_CHARACTERS // 2, end - MOST_CHARACTERS))
    last = first + MOST_CHARACTERS
    if first > start:
        first = min(_next_word(text, first), answer[0])
    if last < end:
        space = text.rfind(" ", answer[0] + 1, last + 1)
        last = space if space > first else last  # some languages have no spaces
    return first, last


def _next_word(text: str, place: int) -> int:
    space = text.find(" ", place)
    return place if space < 0 else space + 1
