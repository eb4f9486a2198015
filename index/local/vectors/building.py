"""Building the base of an index of vectors, and adding to a large one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import faiss as faiss_
import numpy as np

from ...archive import Numbers
from ...encoding.encoder import Vectors
from ..rows import PassageVectors, StoredVectors
from .files import EXACT_FILE, INDEX_FILE, read_rows, trained_rows, write_rows
from .numbers import Runs, among

faiss: Any = faiss_  # its stubs lack the arguments that its Python wrappers add

# Measured on 2 cores at 384 dimensions for recall@10 of .95 or more (docs/experiments.md, Speed
# and size): below the first size an exact index is as quick as any, above the second the lists of
# an inverted file pay for their training.
EXACT_BELOW = 20_000
INVERTED_ABOVE = 300_000
_REBUILT_BELOW = EXACT_BELOW  # a small base is built faster than it is updated
# A base is built again when more than this share of it has come or gone since.
_STALE = 0.1
# To a large one so many passages are added at once; fewer are searched exactly beside it. It is
# built again when it is twice what it was trained on.
_ADDED_AT_ONCE = 20_000
_OUTGROWN = 2
_SAMPLE = 65_536  # vectors to train a large one on: more do not improve it
_PART = 20_000  # vectors held in memory at once

Stored = PassageVectors | StoredVectors


def index_kind(passages: int, dimension: int) -> str:
    """Return the kind of index for this many passages, as a FAISS factory string.

    >>> index_kind(1_000, 384), index_kind(100_000, 384)
    ('Flat', 'IVF1,PQ192x4fs,Refine(Flat)')
    >>> index_kind(1_000_000, 384)
    'IVF1000,PQ192x4fs,Refine(SQ8)'
    """
    if passages < EXACT_BELOW or dimension % 2:
        return "Flat"
    if passages > INVERTED_ABOVE:
        # In eight bits, since a process that searches holds all of it sooner or later.
        return f"IVF{round(passages**0.5)},PQ{dimension // 2}x4fs,Refine(SQ8)"
    # One list is no inverted file, but unlike FAISS's plain fast-scan index it can be filtered.
    return f"IVF1,PQ{dimension // 2}x4fs,Refine(Flat)"


def build_vector_index(stored: Stored, folder: Path, kind: str | None = None) -> None:
    """Index all these vectors and write the base into `folder`."""
    write_rows(folder, [stored.passages], [stored.articles])
    if not len(stored.passages):
        return
    first = int(stored.passages[0])
    dimension = stored.between(first, first).vectors.shape[1]
    kind = kind or index_kind(len(stored.passages), dimension)
    index = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    if kind.endswith("Refine(SQ8)"):
        index.train(_sample(stored))
        with (folder / EXACT_FILE).open("wb") as exact:
            for part in _parts(stored):
                index.add(part)
                exact.write(part.astype("<f4", copy=False).tobytes())
    else:
        vectors = np.empty((len(stored.passages), dimension), np.float32)
        np.concatenate([*_parts(stored)], out=vectors)
        index.train(vectors)
        index.add(vectors)
    faiss.write_index(index, str(folder / INDEX_FILE))


def to_be_added(
    folder: Path, articles: Numbers, dimension: int, passages_of: Callable[[Numbers], Numbers]
) -> Numbers | None:
    """Return the numbers of the passages to add to the base in `folder`; None to build it again.

    `articles` are those that are there, ascending, and `passages_of` gives the passages of some.
    Few that came since are not worth it: they are searched beside it.
    """
    passages, of_base = read_rows(folder)
    runs = Runs(of_base)
    kept = np.count_nonzero(runs.rows(among(runs.articles, articles)))
    come = passages_of(articles[~among(articles, np.sort(runs.articles))])
    gone, there = len(passages) - kept, kept + len(come)
    if there < _REBUILT_BELOW:
        return None
    trained = trained_rows(folder, dimension)
    if not trained:
        return None if gone + len(come) > _STALE * len(passages) else come[:0]
    if gone > _STALE * len(passages) or there > _OUTGROWN * trained:
        return None
    return come if len(come) >= _ADDED_AT_ONCE else come[:0]


def add_to_vector_index(previous: Path, stored: Stored, added: Numbers, target: Path) -> None:
    """Write the base in `previous` with the `added` passages, ascending, into `target`.

    Its vectors beside it are not written again: they stay those that it was trained on.
    """
    index = faiss.read_index(str(previous / INDEX_FILE))
    for start in range(0, len(added), _PART):
        part = added[start : start + _PART]
        between = stored.between(int(part[0]), int(part[-1]))
        index.add(between.vectors[among(between.passages, part)])
    faiss.write_index(index, str(target / INDEX_FILE))
    passages, articles = read_rows(previous)
    of_added = stored.articles[np.searchsorted(stored.passages, added)]
    write_rows(target, [passages, added], [articles, of_added])


def _sample(stored: Stored) -> Vectors:
    """Return vectors from all over, in stretches, since these are read fast."""
    passages = stored.passages
    stretches = np.array_split(passages, max(len(passages) // 16, 1))
    step = max(len(passages) // _SAMPLE, 1)
    taken = (stored.between(int(one[0]), int(one[-1])) for one in stretches[::step])
    return np.concatenate([part.vectors for part in taken])


def _parts(stored: Stored) -> Iterator[Vectors]:
    passages = stored.passages
    for start in range(0, len(passages), _PART):
        part = passages[start : start + _PART]
        yield stored.between(int(part[0]), int(part[-1])).vectors
