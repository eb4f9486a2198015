"""Which words of a passage the question shares."""

import re
from collections.abc import Iterable

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...corpus.text.spelling import canonical_spelling, known_names, other_spellings

_WORD = re.compile(r"\w+")

Span = tuple[int, int]


class Highlighter:
    """The words of a question, to find them in passages. Stems are compared, names in one spelling.

    >>> Highlighter("Where were the Kyiv talks held?").spans("Talks in Kiev: a talk was held.")
    ((0, 5), (9, 13), (17, 21), (26, 30))
    """

    def __init__(self, question: str) -> None:
        question = canonical_spelling(question)
        telling = (word for word in _WORD.findall(question) if word.lower() not in STOP_WORDS)
        self._stems = {stem for word in telling for stem in analyzer().analyze(word)}
        self._names = known_names(question)

    def spans(self, text: str) -> tuple[Span, ...]:
        """Give the spans of the words in `text` that match a word of the question."""
        words = [
            (token.char_offset_from, token.char_offset_to)
            for token in analyzer().pre_tokenize(text).tokens
            if token.text in self._stems
        ]
        named = self._names
        names = [span for span, _ in other_spellings(text, named)] if named else []
        return tuple(_apart(names + words))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Give the spans in order, those left out that overlap one that begins earlier or is longer."""
    apart: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
