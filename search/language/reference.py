"""Sentences that refer back to the one before, which says who "he" is."""

import re

from ...corpus.article import Span
from ...corpus.text.sentences import sentence_spans

_REFERS_BACK = re.compile(
    r"[\"'“‘(]*(?:he|she|they|it|his|her|their|its|this|these|those|that|such|both|but|so|"
    r"however|there|then|meanwhile|instead|neither|the (?:two|pair|latter|former|\w+est(?=,)|"
    r"(?:correct|right|true) (?:figure|number|sum)))\b",
    re.IGNORECASE,
)


def refers_back(text: str, start: int = 0) -> bool:
    """Return whether the sentence that begins at `start` refers to the one before.

    >>> refers_back("It has 95 employees."), refers_back("The brewery has 95 employees.")
    (True, False)
    """
    return bool(_REFERS_BACK.match(text, start))


def with_the_one_before(text: str, sentence: Span, first: int, most: int) -> int:
    """Return the start of the sentence before, if that is in the same paragraph.

    It must not begin before `first`, and both must not be longer than `most` characters.
    """
    line = max(text.rfind("\n", 0, sentence[0]) + 1, first)
    before = sentence_spans(text[line : sentence[0]])
    start = line + before[-1][0] if before else sentence[0]
    return start if sentence[1] - start <= most else sentence[0]


def start_of_reference(text: str, sentence: Span, first: int, most: int) -> int:
    """Return where begins what a sentence refers back to, over several sentences.

    >>> start_of_reference("Al sat. He ate. He left.", (16, 24), 0, 100)
    0
    """
    start = sentence[0]
    while refers_back(text, start):
        before = with_the_one_before(text, (start, sentence[1]), first, most)
        if before == start:
            break
        start = before
    return start
