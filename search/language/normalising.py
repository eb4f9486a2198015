"""Text normalised for comparison."""

import re
import string
from collections.abc import Iterable

_PUNCTUATION = str.maketrans("", "", string.punctuation)

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def has_answer(text: str, answers: Iterable[str]) -> bool:
    """Return whether `text` contains one of the `answers` as whole words, both `normalised`.

    >>> has_answer("They met in the U.S. Senate.", ["us senate"])
    True
    >>> has_answer("They met in Istanbul.", ["Stan"])
    False
    """
    words = f" {normalised(text)} "
    return any(f" {normalised(answer)} " in words for answer in answers if normalised(answer))


def normalised(text: str) -> str:
    """Return `text` in lower case, without punctuation and articles, with single spaces.

    From `normalize_answer` in the official evaluation script of SQuAD 2.0 (Rajpurkar et al. 2018).

    >>> normalised("The  Treaty, of a Day's Length")
    'treaty of days length'
    """
    without = text.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", without).split())
