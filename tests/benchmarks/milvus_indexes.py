"""Compares Milvus's indexes of vectors over the vectors of an archive: HNSW and inverted files.

    python tests/benchmarks/milvus_indexes.py ARCHIVE --most 60000

Each index has a server of its own. Questions are vectors of the archive's passages, moved a little,
and no part of what is indexed. Recall is that of the ten nearest by exact comparison. Memory is
that of the whole server once the index is loaded. The lists of an inverted file are 4·√n, as
Milvus's guide advises. Times depend on what else the machine does.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pymilvus import DataType, MilvusClient

from dragoman.index.local.archive import LocalArchive

sys.path.insert(0, str(Path(__file__).parent.parent))

from milvus_server import MilvusServer, end_when_told

QUESTIONS = 300
NEAREST = 10
AT_ONCE = 1000
MOVED = 0.4  # of a vector's length, in a random direction


class Kind(NamedTuple):
    """An index: how it is built, and with which parameters it is searched."""

    name: str
    built: dict[str, int]
    searched: tuple[dict[str, int], ...]


def kinds(count: int) -> list[Kind]:
    """Return the indexes to compare for so many vectors."""
    lists = {"nlist": int(4 * count**0.5)}
    probed = tuple({"nprobe": number} for number in (16, 32, 64, 128))
    graph = Kind("HNSW", {"M": 16, "efConstruction": 200}, ({"ef": 64}, {"ef": 128}))
    return [graph, Kind("IVF_FLAT", lists, probed), Kind("IVF_SQ8", lists, probed)]


def vectors_of(archive: Path, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors to index, and others that ask."""
    opened = LocalArchive(archive)
    random = np.random.default_rng(7)
    vectors = opened.vectors_of_articles().vectors[:most]
    opened.close()
    chosen = random.permutation(len(vectors))
    asking = vectors[chosen[:QUESTIONS]].astype(np.float32)
    away = random.normal(size=asking.shape).astype(np.float32)
    asking += MOVED * away / np.linalg.norm(away, axis=1, keepdims=True)
    asking /= np.linalg.norm(asking, axis=1, keepdims=True)
    return vectors[chosen[QUESTIONS:]].astype(np.float32), asking


def exact(vectors: np.ndarray, asking: np.ndarray) -> list[set[int]]:
    """Return the numbers of the nearest vectors of each question."""
    scores = asking @ vectors.T
    return [set(row.tolist()) for row in np.argpartition(-scores, NEAREST, axis=1)[:, :NEAREST]]


def fill(client: MilvusClient, vectors: np.ndarray) -> float:
    """Insert all vectors; return how many seconds it took."""
    schema = client.create_schema(auto_id=False)
    schema.add_field("number", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=vectors.shape[1])
    client.create_collection("vectors", schema=schema)
    began = time.monotonic()
    for start in range(0, len(vectors), AT_ONCE):
        part = vectors[start : start + AT_ONCE]
        client.insert("vectors", [{"number": start + n, "vector": v} for n, v in enumerate(part)])
    client.flush("vectors")
    return time.monotonic() - began


def build(client: MilvusClient, kind: Kind, count: int) -> float:
    """Build the index and load it; return how many seconds it took."""
    index = client.prepare_index_params()
    index.add_index("vector", index_type=kind.name, metric_type="IP", params=kind.built)
    began = time.monotonic()
    client.create_index("vectors", index, sync=False)
    while client.describe_index("vectors", "vector")["indexed_rows"] < count:
        time.sleep(0.5)
    client.load_collection("vectors")
    return time.monotonic() - began


def ask(client: Any, asking: np.ndarray, searched: dict[str, int]) -> tuple[list[set], np.ndarray]:
    """Return what is found for each question, and the milliseconds that each took."""
    found, took = [], []
    for question in asking:
        began = time.perf_counter()
        (hits,) = client.search(
            "vectors",
            data=[question],
            limit=NEAREST,
            output_fields=["number"],
            search_params={"params": searched},
        )
        took.append((time.perf_counter() - began) * 1000)
        found.append({hit["entity"]["number"] for hit in hits})
    return found, np.array(took)


def measure(kind: Kind, vectors: np.ndarray, asking: np.ndarray, right: list[set[int]]) -> None:
    """Print what one index costs and finds."""
    with MilvusServer() as server:
        client = MilvusClient(server.address.replace("milvus://", "http://"))
        inserted, built = fill(client, vectors), build(client, kind, len(vectors))
        memory = server.memory / 2**20
        print(f"{kind.name} {kind.built}: insert {inserted:.0f} s, build {built:.0f} s, ", end="")
        print(f"server {memory:.0f} MiB", flush=True)
        ask(client, asking[:20], kind.searched[0])
        for searched in kind.searched:
            found, took = ask(client, asking, searched)
            pairs = zip(found, right, strict=True)
            recall = sum(len(one & other) for one, other in pairs) / (NEAREST * len(right))
            p50, p95 = np.percentile(took, (50, 95))
            print(f"  {searched}: recall {recall:.3f}, p50 {p50:.1f}, p95 {p95:.1f} ms", flush=True)
        client.close()


def main() -> None:
    """Measure one index after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--most", type=int, default=60_000, help="vectors")
    parser.add_argument("--only", help="one index, by its name")
    options = parser.parse_args()
    end_when_told()
    vectors, asking = vectors_of(options.archive, options.most)
    right = exact(vectors, asking)
    print(f"{len(vectors)} vectors of {vectors.shape[1]} dimensions")
    for kind in kinds(len(vectors)):
        if options.only in (None, kind.name):
            measure(kind, vectors, asking, right)


if __name__ == "__main__":
    main()
