"""Text normalised for comparison."""

import re
import string
from collections.abc import Iterable

_PUNCTUATION = str.maketrans("", "", string.punctuation)
# What the official script does not know: typographic marks count as those of ASCII.
_TYPOGRAPHIC = str.maketrans("‘’‚“”„«»–—…", '\'\'\'"""""--.')
_POSSESSIVE = re.compile(r"(?<=\w)['’](?:s\b)?(?!\w)", re.IGNORECASE)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def has_answer(text: str, answers: Iterable[str]) -> bool:
    """Return whether `text` contains one of the `answers` as whole words, both `normalised`.

    "Colombia's" contains "Colombia", too.

    >>> has_answer("They met in the U.S. Senate.", ["us senate"])
    True
    >>> has_answer("They met in Istanbul.", ["Stan"])
    False
    >>> has_answer("He is Colombia’s first.", ["Colombia"])
    True
    """
    texts = [f" {normalised(form)} " for form in (text, _POSSESSIVE.sub("", text))]
    expected = [f" {words} " for answer in answers if (words := normalised(answer))]
    return any(answer in words for answer in expected for words in texts)


def normalised(text: str) -> str:
    """Return `text` in lower case, without punctuation and articles, with single spaces.

    From `normalize_answer` in the official evaluation script of SQuAD 2.0 (Rajpurkar et al. 2018),
    with typographic quotation marks and dashes as those of ASCII.

    >>> normalised("The  Treaty, of a Day's Length")
    'treaty of days length'
    >>> normalised("“Grease”")
    'grease'
    """
    without = text.lower().translate(_TYPOGRAPHIC).translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", without).split())
