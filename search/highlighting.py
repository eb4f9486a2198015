"""Which words of a passage the question shares."""

import re
from collections.abc import Iterable

from ..index.spelling import known_names, one_spelling, other_spellings
from ..index.words import STOP_WORDS, analyzer

_WORD = re.compile(r"\w+")

Span = tuple[int, int]


def highlights(question: str, text: str) -> tuple[Span, ...]:
    """Give the spans of the words in `text` that match a word of `question`.

    Stems are compared, and names in their one spelling.

    >>> highlights("Where were the Kyiv talks held?", "Talks in Kiev: a talk was held.")
    ((0, 5), (9, 13), (17, 21), (26, 30))
    """
    analyze = analyzer()
    question = one_spelling(question)
    telling = (word for word in _WORD.findall(question) if word.lower() not in STOP_WORDS)
    wanted = {stem for word in telling for stem in analyze.analyze(word)}
    words = [
        (token.char_offset_from, token.char_offset_to)
        for token in analyze.pre_tokenize(text).tokens
        if token.text in wanted
    ]
    named = known_names(question)
    names = [span for span, _ in other_spellings(text, named)] if named else []
    return tuple(_apart(names + words))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Give the spans in order, those left out that overlap one that begins earlier or is longer."""
    apart: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
