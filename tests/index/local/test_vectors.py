"""The kinds of vector index, each against the exact answer."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
import pytest

from dragoman.index.local.rows import PassageVectors
from dragoman.index.local.vectors.building import (
    EXACT_BELOW,
    INVERTED_ABOVE,
    add_to_vector_index,
    build_vector_index,
    index_kind,
    to_be_added,
)
from dragoman.index.local.vectors.files import EXACT_FILE
from dragoman.index.local.vectors.index import VectorIndex, open_vector_index

PASSAGES, PER_ARTICLE, DIMENSION = 30_000, 10, 64
# The last is that of large archives.
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


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """A base as large archives have it, though it is not as large."""
    folder = tmp_path_factory.mktemp("large")
    build_vector_index(STORED, folder, KINDS[2])
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


def test_a_search_keeps_to_one_processor_in_whatever_thread(folder):
    index = opened(folder)

    def searched() -> int:
        index.search(VECTORS[0], 10)
        return faiss.omp_get_max_threads()

    with ThreadPoolExecutor(1) as another:
        assert another.submit(searched).result() == 1


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


@pytest.mark.parametrize("share", [0.5, 0.1, 0.05])
def test_a_large_index_finds_what_passes_a_filter(large, share):
    allowed = np.sort(np.random.default_rng(1).choice(ALL, int(len(ALL) * share), replace=False))
    index = opened(large)
    assert index.few_allowed(allowed) is None
    assert recall(index, 100, allowed) >= 0.95


def test_a_large_index_is_added_to_without_being_trained_again(large, tmp_path):
    more = clustered(seed=1)[:20_000]
    added = np.arange(len(more)) + 10**6
    of_added = added // PER_ARTICLE + 10**5
    stored = PassageVectors(
        np.concatenate([STORED.passages, added]),
        np.concatenate([STORED.articles, of_added]),
        np.concatenate([VECTORS, more]),
    )
    few = due(large, part_of(stored, PASSAGES + 19_990))
    assert few is not None
    assert few.tolist() == []
    many = due(large, stored)
    assert many is not None
    assert many.tolist() == added.tolist()
    add_to_vector_index(large, stored, many, tmp_path)
    (tmp_path / EXACT_FILE).hardlink_to(large / EXACT_FILE)
    index = opened(tmp_path, np.unique(stored.articles))
    assert recall_of(index, stored.passages, stored.vectors, stored.vectors[::1500]) >= 0.95
    asked = [int(STORED.passages[7]), int(added[7])]
    assert index.scores(VECTORS[7], asked) == {asked[0]: pytest.approx(1.0)}  # others: database


@pytest.mark.parametrize("left", [PASSAGES * 8 // 10, 10_000])
def test_a_large_index_is_built_again_once_much_of_it_is_gone(large, left):
    assert due(large, part_of(STORED, left)) is None


def due(folder: Path, stored: PassageVectors) -> np.ndarray | None:
    """What is to be added to the base in a folder, if this is stored."""
    return to_be_added(
        folder,
        np.unique(stored.articles),
        DIMENSION,
        lambda articles: stored.passages[np.isin(stored.articles, articles)],
    )


def part_of(stored: PassageVectors, passages: int) -> PassageVectors:
    return stored.between(0, int(stored.passages[passages - 1]))


def recall_of(index, passages, vectors, questions) -> float:
    found = 0
    for question in questions:
        truth = passages[np.argsort(-(vectors @ question))[:10]]
        found += len(set(truth.tolist()) & set(index.search(question, 100).tolist()))
    return found / (10 * len(questions))


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


def test_a_base_that_is_in_use_is_not_opened_again(folder, monkeypatch):
    first = opened(folder)
    with monkeypatch.context() as patch:
        patch.setattr(faiss, "read_index", None)
        gone = opened(folder, ALL[1:])
    nearest = STORED.passages[0]  # of article 1, which is gone
    assert nearest in first.search(VECTORS[0], 100)
    assert nearest not in gone.search(VECTORS[0], 100)


def test_an_empty_base_finds_nothing_and_then_what_comes_later(tmp_path):
    empty = np.empty(0, np.int64)
    build_vector_index(PassageVectors(empty, empty, np.empty((0, 0), np.float32)), tmp_path)
    question = VECTORS[0]
    assert len(opened(tmp_path, empty).search(question, 5)) == 0
    later = PassageVectors(np.array([7]), np.array([1]), question[None])
    assert opened(tmp_path, np.array([1]), lambda new: later).search(question, 5).tolist() == [7]
