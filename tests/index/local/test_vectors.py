"""The kinds of vector index, each against the exact answer."""

from pathlib import Path

import numpy as np
import pytest

from dragoman.index.local.database import PassageVectors
from dragoman.index.local.vectors import (
    EXACT_BELOW,
    INVERTED_ABOVE,
    VectorIndex,
    build_vector_index,
    index_kind,
    open_vector_index,
)

PASSAGES, PER_ARTICLE, DIMENSION = 30_000, 10, 64
# The last is as earlier versions made them.
KINDS = ["Flat", index_kind(PASSAGES, DIMENSION), f"IVF100,PQ{DIMENSION // 2}x4fs,Refine(SQ8)"]


def nothing_later(articles: np.ndarray) -> PassageVectors:
    assert len(articles) == 0
    empty = np.empty(0, np.int64)
    return PassageVectors(empty, empty, np.empty((0, 0), np.float32))


def clustered(seed: int = 0) -> np.ndarray:
    """Vectors in loose clusters, as real passages lie, rather than evenly spread noise."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(300, DIMENSION))
    vectors = centres[random.integers(0, 300, PASSAGES)] + 0.6 * random.normal(
        size=(PASSAGES, DIMENSION)
    )
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


VECTORS = clustered()
STORED = PassageVectors(
    np.arange(PASSAGES) * 3 + 1, np.arange(PASSAGES) // PER_ARTICLE + 1, VECTORS
)
ALL = np.unique(STORED.articles)


@pytest.fixture(scope="module", params=KINDS)
def folder(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    build_vector_index(STORED, folder, request.param)
    return folder


def opened(folder: Path, articles: np.ndarray = ALL, stored=nothing_later) -> VectorIndex:
    return open_vector_index(folder, articles, stored)


def exact(question: np.ndarray, limit: int, rows: np.ndarray | None = None) -> list[int]:
    scores = VECTORS @ question
    if rows is not None:
        scores = np.where(rows, scores, -np.inf)
    return STORED.passages[np.argsort(-scores)[:limit]].tolist()


def recall(index: VectorIndex, limit: int = 10, articles: np.ndarray | None = None) -> float:
    """The share of the truly nearest ten that are among the nearest `limit` given."""
    rows = None if articles is None else np.isin(STORED.articles, articles)
    found = 0
    for question in VECTORS[::1000]:
        truth = exact(question, 10, rows)
        found += len(set(truth) & set(index.search(question, limit, articles).tolist()))
    return found / (10 * len(VECTORS[::1000]))


def test_the_size_chooses_the_kind():
    assert index_kind(EXACT_BELOW - 1, 384) == "Flat"
    assert index_kind(EXACT_BELOW, 384).startswith("IVF1,PQ192x4fs")
    assert index_kind(INVERTED_ABOVE + 1, 384).startswith("IVF548,PQ192x4fs")
    assert index_kind(EXACT_BELOW, 25) == "Flat"  # an odd dimension cannot be quantised in pairs


def test_the_nearest_are_found(folder):
    # The retriever takes a hundred and scores them exactly, so that is what counts.
    assert recall(opened(folder), limit=100) >= 0.95


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_a_filter_holds_before_ranking(folder, share):
    allowed = np.sort(np.random.default_rng(1).choice(ALL, int(len(ALL) * share), replace=False))
    index = opened(folder)
    assert recall(index, 100, allowed) >= 0.95
    found = index.search(VECTORS[0], 50, allowed)
    assert np.isin((found - 1) // 3 // PER_ARTICLE + 1, allowed).all()
    assert len(found) == 50


def test_where_few_pass_each_of_them_is_given(folder):
    few = ALL[:20]
    assert opened(folder).few_allowed(few).tolist() == STORED.passages[:200].tolist()
    assert opened(folder).few_allowed(ALL[:1000]) is None


def test_a_compressed_index_has_the_exact_vectors_beside(tmp_path):
    build_vector_index(STORED, tmp_path, index_kind(EXACT_BELOW, DIMENSION))
    wanted = [*STORED.passages[::997].tolist(), 2]  # no passage has the number 2
    scores = opened(tmp_path).scores(VECTORS[0], wanted)
    assert scores == pytest.approx(dict(zip(wanted, VECTORS[::997] @ VECTORS[0], strict=False)))


def test_what_was_removed_is_never_found(folder):
    question = VECTORS[0]
    gone = (exact(question, 1)[0] - 1) // 3 // PER_ARTICLE + 1
    left = ALL[gone != ALL]
    found = opened(folder, left).search(question, 100)
    assert gone not in (found - 1) // 3 // PER_ARTICLE + 1
    assert len(found) == 100


def test_what_came_later_is_found_beside_the_base(folder):
    late = VECTORS[:5][:, ::-1].copy()
    later = PassageVectors(np.arange(5) + 10**6, np.full(5, 10**5), late)
    index = opened(folder, np.append(ALL, 10**5), lambda new: later)
    assert index.search(late[2], 3)[0] == 10**6 + 2
    assert recall(index, 100) >= 0.95


def test_an_empty_base_finds_nothing_and_then_what_comes_later(tmp_path):
    empty = np.empty(0, np.int64)
    build_vector_index(PassageVectors(empty, empty, np.empty((0, 0), np.float32)), tmp_path)
    question = VECTORS[0]
    assert len(opened(tmp_path, empty).search(question, 5)) == 0
    later = PassageVectors(np.array([7]), np.array([1]), question[None])
    assert opened(tmp_path, np.array([1]), lambda new: later).search(question, 5).tolist() == [7]
