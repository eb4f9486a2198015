"""The protocol of snapshots: both indexes of an archive, as a search needs them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..corpus.text.spelling import Spellings

Numbers = NDArray[np.int64]
Vectors = NDArray[np.float32]  # one or several, as encoders give them


class Words(Protocol):
    """An index of the words of passages, as they are written but for case and accents."""

    @property
    def spellings(self) -> Spellings:
        """The names with several spellings: each is looked for in all of them."""
        ...

    def matching(
        self, question: str, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` passages with their BM25 scores, best first.

        With `articles`, ascending, only their passages are ranked. A question is text, never
        query syntax; where all its words are unknown, nothing matches.
        """
        ...

    def idf(self, stem: str) -> float:
        """Return the inverse document frequency of a stem among the passages' texts.

        A stem of a name counts in all the name's spellings.
        """
        ...

    def knows(self, word: str) -> bool:
        """Return whether any passage or its title has a word, in whatever inflection."""
        ...

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of passages and titles, in small plain letters, and how many have it."""
        ...


class Snapshot(Words, Protocol):
    """Both indexes as published at one moment. Immutable, so threads may share it."""

    def nearest(
        self, vector: Vectors, limit: int, articles: Numbers | None = None
    ) -> dict[int, float]:
        """Return up to `limit` of the nearest passages with their exact cosines, best first.

        `vector` is (dimension,) float32 of unit length. With `articles`, ascending, only their
        passages are ranked, so the filter never costs results.
        """
        ...

    def similarities(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Return the exact cosine of each of these passages that is still in the archive."""
        ...
