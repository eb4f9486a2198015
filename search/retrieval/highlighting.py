"""Highlighting: which words of a passage the question shares."""

from collections.abc import Iterable

from ...corpus.article import Span
from ...corpus.text.analysis import analyzer
from ..query.terms import QueryTerms


class Highlighter:
    """Finds the content words of a question in passages, by their stems, and names as spelt there.

    >>> terms = QueryTerms("Where were the Kyiv talks held?", idf=len)
    >>> Highlighter(terms).spans("Talks in Kiev: a talk was held.")
    ((0, 5), (9, 13), (17, 21), (26, 30))
    """

    def __init__(self, terms: QueryTerms) -> None:
        self._stems = terms.content_stems
        self._names = terms.names
        self._spellings = terms.spellings

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return the spans of the words in `text` that match a word of the question."""
        words = [
            (token.char_offset_from, token.char_offset_to)
            for token in analyzer().pre_tokenize(text).tokens
            if token.text in self._stems
        ]
        if self._names:
            words += [span for span, _ in self._spellings.other_spellings(text, self._names)]
        return tuple(_apart(words))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, without those that overlap an earlier or longer one."""
    apart: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
