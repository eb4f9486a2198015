"""The index of vectors, as it is searched: a base in files, and beside it what came since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import faiss as faiss_
import numpy as np

from ...archive import Numbers
from ...encoding.encoder import Vectors
from ..rows import PassageVectors
from .files import BASE_FILES, INDEX_FILE, VectorsFile, open_exact, read_rows
from .numbers import Chosen, Rows, Runs, among

faiss: Any = faiss_  # its stubs lack the arguments that its Python wrappers add

# Of the lists of an inverted file so many are searched, and more where a filter lets few pass
# (docs/experiments.md, Vector index).
_NPROBE = 160
_REFINE_FACTOR = 10  # how many times the wanted results are refined
_REFINE_FACTOR_OF_EIGHT_BITS = 4
# Below this share of passing passages, scoring just those beats searching among all.
_FEW = 0.05
_FEW_IN_EIGHT_BITS = 0.03
_MOST_READ = 1_000  # vectors, one by one


@dataclass(frozen=True)
class _Base:
    """A FAISS index, and the passage and article numbers of its rows, ordered by passage.

    `exact` has the vectors of the first rows, where the index holds them in eight bits.
    """

    index: Any
    passages: Numbers
    articles: Numbers
    exact: VectorsFile | None = None

    @cached_property
    def vectors(self) -> Vectors | VectorsFile | None:
        """The vectors of the rows, or of the first, where they are at hand uncompressed."""
        if self.exact:
            return self.exact
        index = self.index
        if isinstance(index, faiss.IndexRefine):  # compressed, with the vectors beside
            index = faiss.downcast_index(index.refine_index)
        if not isinstance(index, faiss.IndexFlat):
            return None
        flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
        return flat.reshape(index.ntotal, index.d)

    @cached_property
    def in_eight_bits(self) -> Any:
        """The index of the vectors in eight bits, where there is one."""
        if not isinstance(self.index, faiss.IndexRefine):
            return None
        refine = faiss.downcast_index(self.index.refine_index)
        return refine if isinstance(refine, faiss.IndexScalarQuantizer) else None

    @cached_property
    def rows(self) -> Rows:
        """The row of each passage."""
        return Rows(self.passages)

    @cached_property
    def runs(self) -> Runs:
        """The rows of each article."""
        return Runs(self.articles)


@dataclass(frozen=True)
class _Part:
    """A base, and which of its rows are still there; None means all."""

    base: _Base
    alive: Chosen | None = None

    @property
    def held(self) -> tuple[Numbers, Numbers]:
        """The passages that are still there, and the article of each."""
        passages, articles = self.base.passages, self.base.articles
        return (
            (passages, articles)
            if self.alive is None
            else (passages[self.alive], articles[self.alive])
        )

    def allowed(self, articles: Numbers | None) -> Chosen | None:
        """Return which rows may be found, those of `articles` still there; None means all."""
        if articles is None:
            return self.alive
        runs = self.base.runs
        chosen = runs.rows(runs.of(articles))
        return chosen if self.alive is None else chosen & self.alive

    def most_allowed(self, articles: Numbers) -> int:
        """Return how many rows are of `articles`, still there or not."""
        return self.base.runs.count(self.base.runs.of(articles))


_Stamps = tuple[tuple[int, int, int, int], ...]
_bases: "WeakValueDictionary[_Stamps, _Base]" = WeakValueDictionary()


class VectorIndex:
    """An index of a base, which may be compressed, and of passages added since.

    Immutable, so threads may share it.
    """

    def __init__(self, *parts: _Part) -> None:
        self._parts = [part for part in parts if len(part.base.passages)]

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
            vectors = part.base.vectors
            if vectors is None:
                continue
            rows, here = part.base.rows.find(wanted)
            here &= rows < len(vectors)  # beside a large index there are those of the first rows
            if not here.any():
                continue
            scored = vectors[rows[here]] @ question
            found.update(zip(wanted[here].tolist(), scored.tolist(), strict=True))
        return found

    def held(self) -> tuple[Numbers, Numbers]:
        """Return the passages that may be found, ascending, and the article of each."""
        if len(self._parts) == 1:
            return self._parts[0].held  # without copying them
        none = np.empty(0, np.int64)
        held = [(none, none), *(part.held for part in self._parts)]
        passages, articles = map(np.concatenate, zip(*held, strict=True))
        return passages, articles

    def few_allowed(self, articles: Numbers) -> Numbers | None:
        """Return the passages of `articles` if they are few enough to score each, or None."""
        most = _FEW * sum(len(part.base.passages) for part in self._parts)
        if any(part.base.in_eight_bits for part in self._parts):
            most = min(most, _MOST_READ)  # and those of more are searched
            if sum(part.most_allowed(articles) for part in self._parts) > most:
                return None
        chosen = [part.base.passages[part.allowed(articles)] for part in self._parts]
        if sum(map(len, chosen)) > most:
            return None
        return np.concatenate(chosen) if chosen else np.empty(0, np.int64)


def open_vector_index(
    folder: Path, articles: Numbers, stored: Callable[[Numbers], PassageVectors]
) -> VectorIndex:
    """Open the base in `folder` as the index over just `articles`.

    `stored` returns the vectors of articles that are not in the base; articles of the base that
    are not among `articles` are left out.
    """
    base = _opened_base(folder)
    of_base = base.runs.articles
    later = _exact(stored(articles[~among(articles, np.sort(of_base))]))
    there = base.runs.of(articles)
    alive = None if there.all() else base.runs.rows(there)
    return VectorIndex(_Part(base, alive), later)


def _opened_base(folder: Path) -> _Base:
    """Open the base in `folder`, or return it where it is that of a snapshot still in use.

    A generation shares it with the next one. To open a large one takes a tenth of a second in
    which all other threads wait.
    """
    files = [folder / name for name in BASE_FILES if (folder / name).exists()]
    found = [file.stat() for file in files]
    stamp = tuple((one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns) for one in found)
    if base := _bases.get(stamp):
        return base
    passages, articles = read_rows(folder)
    index = exact = None
    if len(passages):
        index = faiss.read_index(str(folder / INDEX_FILE), faiss.IO_FLAG_MMAP_IFC)
        exact = open_exact(folder, index.d)
    base = _bases[stamp] = _Base(index, passages, articles, exact)
    return base


def vector_index_in_memory(stored: PassageVectors) -> VectorIndex:
    """Index these vectors exactly, in memory."""
    return VectorIndex(_exact(stored))


def _exact(stored: PassageVectors) -> _Part:
    index = None
    if len(stored.passages):
        index = faiss.IndexFlatIP(stored.vectors.shape[1])
        index.add(stored.vectors)
    return _Part(_Base(index, stored.passages, stored.articles))


def _search_part(
    part: _Part, question: Vectors, limit: int, allowed: Chosen | None
) -> tuple[Vectors, Numbers]:
    base = part.base
    limit = min(limit, len(base.passages))
    # The selector keeps only a pointer to the bits: they must outlive the search.
    bits = None if allowed is None else np.packbits(allowed, bitorder="little")
    selector = None if bits is None else faiss.IDSelectorBitmap(bits)
    share = 1.0 if allowed is None else np.count_nonzero(allowed) / len(allowed)
    if base.in_eight_bits and share < _FEW_IN_EIGHT_BITS:
        index, parameters = base.in_eight_bits, faiss.SearchParameters(sel=selector)
    else:
        index, parameters = base.index, _parameters(base, selector, share)
    # One question is quickest on one thread, and threads of several pools that spin on the same
    # cores slow each other down. It is set for the calling thread alone.
    faiss.omp_set_num_threads(1)
    scores, rows = index.search(question[None], limit, params=parameters)
    hits = rows[0] >= 0
    return scores[0][hits], base.passages[rows[0][hits]]


def _parameters(base: _Base, selector: Any, share: float) -> Any:
    index = base.index
    refined = isinstance(index, faiss.IndexRefine)
    inner = faiss.downcast_index(index.base_index) if refined else index
    if isinstance(inner, faiss.IndexIVF):
        lists = min(round(_NPROBE / max(share, _FEW_IN_EIGHT_BITS) ** 0.25), inner.nlist)
        parameters = faiss.IVFSearchParameters(sel=selector, nprobe=lists)
    else:
        parameters = faiss.SearchParameters(sel=selector)
    if not refined:
        return parameters
    factor = _REFINE_FACTOR_OF_EIGHT_BITS if base.in_eight_bits else _REFINE_FACTOR
    return faiss.IndexRefineSearchParameters(k_factor=factor, base_index_params=parameters)
