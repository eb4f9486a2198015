"""FAISS: the passages nearest to a question. Derived from the database and rebuildable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss as faiss_
import numpy as np
from numpy.typing import NDArray

from ..archive import Numbers
from ..encoding.encoder import Vectors
from .rows import PassageVectors

faiss: Any = faiss_  # its stubs lack the arguments that its Python wrappers add

_INDEX_FILE = "vectors.faiss"
_ROWS_FILE = "rows.npz"

# Measured on 2 cores at 384 dimensions for recall@10 of .95 or more (docs/experiments.md, Speed
# and size): below the first size an exact index is as quick as any, above the second the lists of
# an inverted file pay for their training.
EXACT_BELOW = 20_000
INVERTED_ABOVE = 300_000
_NPROBE = 32
_REFINE_FACTOR = 10  # how many times the wanted results are refined
# Below this share of passing passages, scoring just those beats searching among all.
_FEW = 0.05


def index_kind(passages: int, dimension: int) -> str:
    """Return the kind of index for this many passages, as a FAISS factory string.

    >>> index_kind(1_000, 384), index_kind(100_000, 384)
    ('Flat', 'IVF1,PQ192x4fs,Refine(Flat)')
    """
    if passages < EXACT_BELOW or dimension % 2:
        return "Flat"
    # One list is no inverted file, but unlike FAISS's plain fast-scan index it can be filtered.
    lists = 1 if passages <= INVERTED_ABOVE else round(passages**0.5)
    return f"IVF{lists},PQ{dimension // 2}x4fs,Refine(Flat)"


@dataclass(frozen=True)
class _Part:
    """A FAISS index, the passage and article numbers of its rows, and which are still there.

    Rows are ordered by passage number.
    """

    index: Any
    passages: Numbers
    articles: Numbers
    alive: NDArray[np.bool_] | None = None

    @cached_property
    def vectors(self) -> Vectors | None:
        """The vectors, where the index has them uncompressed; not a copy."""
        index = self.index
        if isinstance(index, faiss.IndexRefine):  # compressed, with the vectors beside
            index = faiss.downcast_index(index.refine_index)
        if not isinstance(index, faiss.IndexFlat):
            return None
        flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
        return flat.reshape(index.ntotal, index.d)

    @property
    def held(self) -> tuple[Numbers, Numbers]:
        """The passages that are still there, and the article of each."""
        if self.alive is None:
            return self.passages, self.articles
        return self.passages[self.alive], self.articles[self.alive]

    def allowed(self, articles: Numbers | None) -> NDArray[np.bool_] | None:
        """Return which rows may be found, those of `articles` still there; None means all."""
        if articles is None:
            return self.alive
        chosen = np.isin(self.articles, articles)
        return chosen if self.alive is None else chosen & self.alive


class VectorIndex:
    """An index of a base, which may be compressed, and of passages added since.

    Immutable, so threads may share it.
    """

    def __init__(self, *parts: _Part) -> None:
        self._parts = [part for part in parts if len(part.passages)]

    def search(self, question: Vectors, limit: int, articles: Numbers | None = None) -> Numbers:
        """Return the numbers of about the `limit` nearest passages, nearest first.

        `question` is (dimension,) float32 of unit length. With `articles`, ascending, only
        passages of these articles are returned. The order of compressed indexes is approximate:
        score the passages by their stored vectors for the exact one.
        """
        found = [
            _search_part(part, question, limit, part.allowed(articles)) for part in self._parts
        ]
        if not found:
            return np.empty(0, np.int64)
        scores = np.concatenate([scores for scores, _ in found])
        passages = np.concatenate([passages for _, passages in found])
        return passages[np.argsort(-scores, kind="stable")[:limit]]

    def scores(self, question: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Return the exact cosines of those of `passages` that are stored uncompressed here."""
        found: dict[int, float] = {}
        wanted = np.asarray(passages, np.int64)
        for part in self._parts:
            vectors = part.vectors
            if vectors is None:
                continue
            rows = np.searchsorted(part.passages, wanted)
            rows[rows == len(part.passages)] = 0
            here = part.passages[rows] == wanted
            scored = vectors[rows[here]] @ question
            found.update(zip(wanted[here].tolist(), scored.tolist(), strict=True))
        return found

    def held(self) -> tuple[Numbers, Numbers]:
        """Return the passages that may be found, ascending, and the article of each."""
        none = np.empty(0, np.int64)
        held = [(none, none), *(part.held for part in self._parts)]
        passages, articles = map(np.concatenate, zip(*held, strict=True))
        return passages, articles

    def few_allowed(self, articles: Numbers) -> Numbers | None:
        """Return the passages of `articles` if they are few enough to score each, or None."""
        total = sum(len(part.passages) for part in self._parts)
        chosen = [part.passages[part.allowed(articles)] for part in self._parts]
        if sum(map(len, chosen)) > _FEW * total:
            return None
        return np.concatenate(chosen) if chosen else np.empty(0, np.int64)


def build_vector_index(stored: PassageVectors, folder: Path, kind: str | None = None) -> None:
    """Index all these vectors and write the base into `folder`."""
    if len(stored.passages):
        kind = kind or index_kind(*stored.vectors.shape)
        faiss.write_index(_trained(stored.vectors, kind), str(folder / _INDEX_FILE))
    np.savez(folder / _ROWS_FILE, passages=stored.passages, articles=stored.articles)


def open_vector_index(
    folder: Path, articles: Numbers, stored: Callable[[Numbers], PassageVectors]
) -> VectorIndex:
    """Open the base in `folder` as the index over just `articles`.

    `stored` returns the vectors of articles that are not in the base; articles of the base that
    are not among `articles` are left out.
    """
    # One question at a time is quickest on one thread, and threads of several pools that spin
    # on the same cores slow each other down.
    faiss.omp_set_num_threads(1)
    with np.load(folder / _ROWS_FILE) as rows:
        passages, of_base = rows["passages"], rows["articles"]
    later = _exact(stored(np.setdiff1d(articles, of_base)))
    if not len(passages):
        return VectorIndex(later)
    index = faiss.read_index(str(folder / _INDEX_FILE), faiss.IO_FLAG_MMAP_IFC)
    alive = np.isin(of_base, articles)
    return VectorIndex(_Part(index, passages, of_base, None if alive.all() else alive), later)


def vector_index_in_memory(stored: PassageVectors) -> VectorIndex:
    """Index these vectors exactly, in memory."""
    return VectorIndex(_exact(stored))


def base_articles(folder: Path) -> Numbers:
    """Return the article number of each row of the base in `folder`."""
    with np.load(folder / _ROWS_FILE) as rows:
        return rows["articles"]


def _exact(stored: PassageVectors) -> _Part:
    index = None
    if len(stored.passages):
        index = faiss.IndexFlatIP(stored.vectors.shape[1])
        index.add(stored.vectors)
    return _Part(index, stored.passages, stored.articles)


def _trained(vectors: Vectors, kind: str) -> Any:
    index = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    return index


def _search_part(
    part: _Part, question: Vectors, limit: int, allowed: NDArray[np.bool_] | None
) -> tuple[Vectors, Numbers]:
    limit = min(limit, len(part.passages))
    # The selector keeps only a pointer to the bits: they must outlive the search.
    bits = None if allowed is None else np.packbits(allowed, bitorder="little")
    selector = None if bits is None else faiss.IDSelectorBitmap(bits)
    parameters = _parameters(part.index, selector)
    scores, rows = part.index.search(question[None], limit, params=parameters)
    hits = rows[0] >= 0
    return scores[0][hits], part.passages[rows[0][hits]]


def _parameters(index: Any, selector: Any) -> Any:
    refined = isinstance(index, faiss.IndexRefine)
    inner = faiss.downcast_index(index.base_index) if refined else index
    if isinstance(inner, faiss.IndexIVF):
        parameters = faiss.IVFSearchParameters(sel=selector, nprobe=_NPROBE)
    else:
        parameters = faiss.SearchParameters(sel=selector)
    if not refined:
        return parameters
    return faiss.IndexRefineSearchParameters(k_factor=_REFINE_FACTOR, base_index_params=parameters)
