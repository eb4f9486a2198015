"""The wording of a question beside that of passages, by the stems that the archive stores."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...corpus.text.analysis import analyzer
from ...corpus.text.stems import END, Stems, stem_number, stems_of
from ...index.archive import Archive
from ..query.terms import QueryTerms

Places = NDArray[np.intp]


class Shares(NamedTuple):
    """The weighted shares of a question that stand together in a passage.

    `phrases` is the share of its pairs of adjacent terms that are adjacent in the text or in the
    title; `sentence` that of its terms in the sentence which has the most; `title` that of its
    terms in the title.
    """

    phrases: float
    sentence: float
    title: float


def shares_of_passages(
    terms: QueryTerms, numbers: Sequence[int], archive: Archive
) -> dict[int, Shares]:
    """Return the shares of a question in those of these passages that are still there."""
    stems = archive.stems(numbers)
    respelt = _with_other_spellings(terms, stems)
    for number, found in archive.texts(respelt).items():
        title, text = (
            terms.spellings.canonical(part, terms.names) for part in (found.title, found.text)
        )
        stems[number] = stems_of(title, text)
    return dict(zip(stems, shares_of_stems(terms, [*stems.values()]), strict=True))


def shares_of_stems(terms: QueryTerms, passages: Sequence[Stems]) -> list[Shares]:
    """Return the shares of a question in passages, whose names are spelt as the question's."""
    if not passages or not terms.weights:
        return [Shares(0.0, 0.0, 0.0)] * len(passages)
    together = _Together(terms, passages)
    return list(map(Shares, together.phrases(), together.sentences(), together.titles()))


def _with_other_spellings(terms: QueryTerms, stems: Mapping[int, Stems]) -> list[int]:
    """Return the passages that may spell a name otherwise than the question does."""
    others = [{*map(stem_number, analyzer().analyze(other))} for other in terms.other_spellings]
    if not others:
        return []
    held = {number: set(found.tolist()) for number, found in stems.items()}
    return [number for number, here in held.items() if any(here >= other for other in others)]


class _Together:
    """Where the terms of a question stand in passages, all of which are looked at together.

    A part is a title or a sentence; the first part of each passage is its title.
    """

    def __init__(self, terms: QueryTerms, passages: Sequence[Stems]) -> None:
        self._weights = terms.weights
        self._pairs = terms.pairs
        stems = np.concatenate(passages)
        ends = np.flatnonzero(stems == END)
        of_passage = np.searchsorted(np.cumsum([*map(len, passages)]), ends, side="right")
        self._passages = len(passages)
        self._titles = np.searchsorted(of_passage, np.arange(len(passages)))
        self._found, self._terms = self._find(stems)
        self._parts = np.searchsorted(ends, self._found)
        self._passage = of_passage[self._parts]
        self._in_title = self._parts == self._titles[self._passage]
        self._count = len(ends)

    def _find(self, stems: Stems) -> tuple[Places, Places]:
        """Return where a term stands, and which."""
        numbers = np.array([*map(stem_number, self._weights)], np.uint32)
        order = np.argsort(numbers)
        ascending = numbers[order]
        at = np.searchsorted(ascending, stems)
        at[at == len(ascending)] = 0
        found = np.flatnonzero(ascending[at] == stems)
        return found, order[at[found]]

    def sentences(self) -> list[float]:
        """Return for each passage the share of the terms in the sentence which has the most."""
        held = np.zeros((len(self._weights), self._count), np.bool_)
        said = ~self._in_title
        held[self._terms[said], self._parts[said]] = True
        shares = _shares(held, self._weights.values())
        return np.maximum.reduceat(shares, self._titles).tolist()

    def phrases(self) -> list[float]:
        """Return for each passage the share of the pairs that are adjacent in text or title."""
        held = np.zeros((len(self._pairs), self._passages), np.bool_)
        first, second = slice(None, -1), slice(1, None)
        # Adjacent are the last term of a sentence and the first of the next, too.
        apart = np.diff(self._found) - np.diff(self._parts)
        beside = (
            (apart == 1)
            & (self._passage[first] == self._passage[second])
            & (self._in_title[first] == self._in_title[second])
        )
        pair = self._numbers_of_pairs()[self._terms[first][beside], self._terms[second][beside]]
        asked = pair >= 0
        held[pair[asked], self._passage[first][beside][asked]] = True
        return _shares(held, self._pairs.values()).tolist()

    def titles(self) -> list[float]:
        """Return for each passage the share of the terms in the title."""
        held = np.zeros((len(self._weights), self._passages), np.bool_)
        held[self._terms[self._in_title], self._passage[self._in_title]] = True
        return _shares(held, self._weights.values()).tolist()

    def _numbers_of_pairs(self) -> Places:
        """Return the number of the pair of any two terms, -1 where there is none."""
        place = {stem: number for number, stem in enumerate(self._weights)}
        numbers = np.full((len(place), len(place)), -1, np.intp)
        for number, (one, other) in enumerate(self._pairs):
            numbers[place[one], place[other]] = number
        return numbers


def _shares(held: NDArray[np.bool_], weights: Collection[float]) -> NDArray[np.float64]:
    """Return for each column the share of the `weights` that belongs to the rows it holds."""
    # Summed in the order of the question: sums of floats depend on it.
    summed = np.zeros(held.shape[1])
    for row, weight in zip(held, weights, strict=True):
        summed += row * weight
    return summed / (sum(weights) or 1.0)
