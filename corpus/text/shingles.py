"""Near-duplicate detection: whether one text is a reprint of another, cut or lightly edited.

Wordings are compared by their shingles, runs of three words (Broder 1997, "On the resemblance and
containment of documents"). All hashes are stable: the same in every process and on every machine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

# Longer shingles do not survive light editing: with one word in ten replaced, 73 % of those of
# three words are left and 66 % of those of four, while separate reports share hardly fewer.
_SHINGLE_WORDS = 3
# With fewer words a duplicate cannot be recognised: "Watch the video above."
_LEAST_WORDS = 12
# A shorter text is compared as a whole, since it cannot be an article that is part of another.
_BRIEF_WORDS = 50
_JACCARD_OF_BRIEFS = 0.8
# The shorter of two duplicates may have a line of its own (of its outlet, say) and this share of
# its words. Replaced words between shared ones do not count as its own: this separates a reprint
# that was edited throughout from a report with new paragraphs beside its old ones.
_OWN_LINE = 10
_OWN_SHARE = 0.06
_REPLACED_WORDS = 4
# A digest of three or more stories is not a duplicate of any of them.
_LEAST_PART = 1 / 3
# How many figures in the same places may differ: a bulletin issued again with new figures is
# another report.
_FIGURES_DIFFERING = 0.1
_FIGURE_CONTEXT = 3

SKETCH_SIZE = 64
_GREATEST = np.uint64(2**64 - 1)
# The least share of the shorter one's shingles in both: with one word in seven replaced.
_SHARED_BY_COPIES = 0.6

_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*"
    # Scripts without spaces between words: each character is a word.
    "|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W\d_]+"
)
_WRITTEN_FIGURES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    """.split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The features of a text by which near-duplicates are detected.

    `runs` are the hashes of its shingles in the order of the text, `shingles` the same as a set,
    ascending. `places` are the hashes of the words around each of its figures (numbers, weekdays,
    months), and `figures` those of the same words with the figure.
    """

    fingerprint: bytes
    runs: Hashes
    shingles: Hashes
    places: Hashes
    figures: Hashes

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.runs) + _SHINGLE_WORDS - 1

    @property
    def sketch(self) -> Hashes:
        """The smallest shingles, ascending: a random sample, drawn the same way from every text.

        Of all shingles that two texts share, those below both sketches' ends are in both
        sketches ("bottom-k": Cohen and Kaplan 2007, "Summarizing data using bottom-k sketches").
        """
        return self.shingles[:SKETCH_SIZE]


@lru_cache(maxsize=128)
def wording(text: str) -> Wording | None:
    """Return the wording of a text, ignoring case and punctuation; None if it is very short.

    >>> wording("Too short to tell.") is None
    True
    """
    words = [_reading(word) for word in _WORD.findall(text)]
    if len(words) < _LEAST_WORDS:
        return None
    hashes = np.array([word for word, _ in words], np.uint64)
    is_figure = np.array([figure for _, figure in words], bool)
    fingerprint = blake2b(hashes.astype("<u8").tobytes(), digest_size=16).digest()
    runs = _runs(hashes, _SHINGLE_WORDS)
    return Wording(fingerprint, runs, np.unique(runs), *_figures(hashes, is_figure))


def are_duplicates(one: Wording, other: Wording) -> bool:
    """Return whether one text is a near-duplicate of the other: cut, lightly edited or extended.

    The shorter one has hardly any words of its own, and the figures in both agree.

    >>> report = "Delegations from both countries met on Tuesday in the palace, and 12 ships sailed"
    >>> again, other = report.upper() + "!", report.replace("12", "14")
    >>> are_duplicates(wording(report), wording(again))
    True
    >>> are_duplicates(wording(report), wording(other))
    False
    """
    # Of two of the same length, always the same one, so that being a duplicate is mutual.
    short, long = sorted((one, other), key=lambda wording: (wording.words, wording.fingerprint))
    if short.words < _BRIEF_WORDS:
        shared = _shared(one.shingles, other.shingles)
        all_of_both = len(one.shingles) + len(other.shingles) - shared
        alike = shared >= _JACCARD_OF_BRIEFS * all_of_both
    else:
        own = short.words - _words_from(short, long)
        is_part = short.words >= _LEAST_PART * long.words
        alike = is_part and own <= _OWN_LINE + _OWN_SHARE * short.words
    return alike and _figures_agree(one, other)


def _words_from(short: Wording, long: Wording) -> int:
    """Return how many words of the shorter text come from the longer, a few replaced or not."""
    shared = np.flatnonzero(np.isin(short.runs, long.shingles))
    if not len(shared):
        return 0
    steps = np.diff(shared)
    near = steps <= _SHINGLE_WORDS + _REPLACED_WORDS
    return int(np.where(near, steps, _SHINGLE_WORDS).sum()) + _SHINGLE_WORDS


def similarities(one: Hashes, others: Sequence[Hashes]) -> NDArray[np.float64]:
    """Return the estimated shares of common shingles; 0 where too few for near-duplicates.

    A share is that of the text with fewer, as `are_duplicates` has it. One for each of `others`, of
    which there must be one at least; none may be empty.
    """
    sizes = np.array([*map(len, others)])
    hashes = np.concatenate(others)
    # A sketch that is full is a sample of what is below its end; another is complete.
    ends = np.where(sizes == SKETCH_SIZE, hashes[np.cumsum(sizes) - 1], _GREATEST)
    ends = np.minimum(ends, one[-1] if len(one) == SKETCH_SIZE else _GREATEST)
    owners = np.repeat(np.arange(len(others)), sizes)
    below = np.bincount(owners, hashes <= ends[owners])
    compared = np.minimum(below, np.searchsorted(one, ends, side="right"))
    shared = np.bincount(owners, np.isin(hashes, one))
    least = np.maximum(least_shared(len(one)), _leasts_shared()[sizes])
    enough = shared >= np.maximum(least, _least_of(compared))
    return np.where(enough, shared / np.maximum(compared, 1), 0.0)


def least_shared(size: int) -> int:
    """Return the least number of hashes that a sketch of this size shares with a duplicate's."""
    return max(1, int(_least_of(_LEAST_PART * size)))


def _least_of(compared: Any) -> Any:
    """Return the least number in common for duplicates, minus two standard deviations.

    The deviation of a count of n is at most half the root of n.
    """
    return _SHARED_BY_COPIES * compared - compared**0.5


@cache
def _leasts_shared() -> NDArray[np.intp]:
    return np.array([least_shared(size) for size in range(SKETCH_SIZE + 1)])


@lru_cache(maxsize=1 << 16)
def _reading(word: str) -> tuple[int, bool]:
    """Return the hash of a word, and whether it is a figure; 3,153 is 3153."""
    plain = word.casefold()
    is_number = plain[0].isdecimal()
    if is_number:
        plain = re.sub("[.,:]", "", plain)
    hashed = int.from_bytes(blake2b(plain.encode(), digest_size=8).digest(), "little")
    return hashed, is_number or plain in _WRITTEN_FIGURES


def _runs(hashes: Hashes, length: int) -> Hashes:
    """Hash each run of `length` words, evenly over all 64 bits."""
    runs = np.zeros(len(hashes) - length + 1, np.uint64)
    for offset in range(length):
        runs = _mixed(runs + hashes[offset : offset + len(runs)])
    return runs


def _mixed(hashes: Hashes) -> Hashes:
    """Spread hashes over all 64 bits (the last step of SplitMix64: Steele, Lea, Flood 2014)."""
    hashes = hashes + np.uint64(0x9E3779B97F4A7C15)
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _figures(hashes: Hashes, is_figure: NDArray[np.bool_]) -> tuple[Hashes, Hashes]:
    """Return places and figures. Adjacent figures are one: "29 March" is "March 29"."""
    follows = is_figure & np.concatenate([[False], is_figure[:-1]])
    starts = np.flatnonzero(~follows)
    sums = np.add.reduceat(hashes, starts)
    masked = np.where(is_figure[starts], np.uint64(1), sums)
    around = np.pad(masked, _FIGURE_CONTEXT)
    places = _runs(around, 2 * _FIGURE_CONTEXT + 1)[is_figure[starts]]
    return places, _mixed(places + sums[is_figure[starts]])


def _figures_agree(one: Wording, other: Wording) -> bool:
    in_both = np.isin(one.places, other.places)
    same = np.isin(one.figures, other.figures)
    places = len(np.unique(one.places[in_both]))
    agreeing = len(np.unique(one.places[same]))
    return places - agreeing <= _FIGURES_DIFFERING * places


def _shared(one: Hashes, other: Hashes) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))
