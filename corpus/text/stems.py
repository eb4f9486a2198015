"""The stems of a passage as numbers, which an archive stores so that no search finds them again."""

import re
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .analysis import analyzer

Stems = NDArray[np.uint32]
"""The stems of a title, then of each sentence of a text, in order; after each of these END."""

END = 0

# A cheap splitter: abbreviations are cut, too, which changes no ranking, at a tenth of the time.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")


def stems_of(title: str, text: str) -> Stems:
    """Return the stems of a passage and its title.

    >>> stems_of("Talks", "They met.").tolist() == [
    ...     stem_number("talk"), END, stem_number("they"), stem_number("met"), END
    ... ]
    True
    """
    analyze = analyzer().analyze
    numbers: list[int] = []
    for part in (title, *_SENTENCE_END.split(text)):
        numbers += map(stem_number, analyze(part))
        numbers.append(END)
    return np.array(numbers, np.uint32)


def stem_number(stem: str) -> int:
    """Return the number of a stem, the same everywhere; two have the same once in billions."""
    return crc32(stem.encode()) or 1
