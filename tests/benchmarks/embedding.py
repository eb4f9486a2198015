"""What encoding on Ray costs here: the bare encoder, `add`, and `add` on one and on two nodes.

`make bench-ray`. All nodes are of this machine, so none can be faster. Each way is measured several
times in turn, and the best is shown: other programs make it slower only.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from made_up import write_made_up_articles
from ray.cluster_utils import Cluster
from rich import print
from rich.table import Table

from dragoman.corpus.article import Article
from dragoman.corpus.loading import read_articles
from dragoman.corpus.splitting import encoder_text, split
from dragoman.index.encoding.bulk import bulk_encoding
from dragoman.index.encoding.encoder import open_encoder
from dragoman.search.dragoman import Dragoman

_ARTICLES = 60
_ROUNDS = 3


def main() -> None:
    """Print a row for each way."""
    processors = os.cpu_count() or 1
    best: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        os.environ["RAY_TMPDIR"] = folder
        corpus = write_made_up_articles(Path(folder) / "corpus.jsonl", _ARTICLES)
        for _ in range(_ROUNDS):
            found = {"bare encoder": _measured("bare", corpus), "add": _measured("add", corpus)}
            found[f"add, one node of {processors}"] = _measured("ray", corpus, "auto")
            with _nodes(2, processors // 2) as address:
                found[f"add, two nodes of {processors // 2}"] = _measured("ray", corpus, address)
            best = {way: max(one, best.get(way, one)) for way, one in found.items()}
    table = Table("", "passages/s", "start, s", "peak, MiB", "passages")
    for way, (rate, start, peak, passages) in best.items():
        table.add_row(way, f"{rate:.1f}", f"{start:.1f}", f"{peak:,}", f"{passages:,}")
    print(table)


class Measured(NamedTuple):
    """Passages per second, seconds to begin, MiB of all processes, passages."""

    rate: float
    start: float
    peak: int
    passages: int


@contextmanager
def _nodes(count: int, processors: int) -> Iterator[str]:
    given = {"include_dashboard": False, "num_cpus": processors}
    nodes = Cluster(initialize_head=True, head_node_args=given)
    for _ in range(count - 1):
        nodes.add_node(num_cpus=processors)
    yield nodes.address
    nodes.shutdown()


def _measured(way: str, *given: object) -> Measured:
    command = [sys.executable, __file__, way, *map(str, given)]
    memory, stop = [0], threading.Event()
    watching = threading.Thread(target=_watch_memory, args=(memory, stop))
    watching.start()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    stop.set()
    watching.join()
    passages, seconds, start = json.loads(done.stdout)
    return Measured(passages / seconds, start, memory[0], passages)


def _ours() -> Iterator[Path]:
    """The processes below this one, with the clusters that it started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {os.getpid()}
    while new := {one for one, parent in parents.items() if parent in found} - found:
        found |= new
    for process in found - {os.getpid()}:
        yield Path(f"/proc/{process}")


def _watch_memory(peak: list[int], stop: threading.Event) -> None:
    while not stop.wait(0.5):
        total = 0
        for process in _ours():
            try:
                lines = (process / "smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += next((int(x.split()[1]) for x in lines if x.startswith("Pss:")), 0)
        peak[0] = max(peak[0], total // 1024)


def _run(way: str, corpus: Path, address: str | None = None) -> tuple[int, float, float]:
    """Return the passages, the seconds that they took, and those before the first."""
    encoder = open_encoder()
    encoder.encode_passages(["words"])
    if way == "bare":
        texts = [
            encoder_text(article, passage.text)
            for article in read_articles(corpus)
            if isinstance(article, Article)
            for passage in split(article, encoder.count_tokens, encoder.max_tokens)
        ]
        began = time.perf_counter()
        encoder.encode_passages(texts)
        return len(texts), time.perf_counter() - began, 0.0
    start = 0.0
    if address:
        began = time.perf_counter()
        with bulk_encoding(encoder, address):
            start = time.perf_counter() - began
    began = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        Dragoman.open(Path(folder) / "archive", encoder) as dragoman,
    ):
        added = dragoman.add(corpus, ray=address)
    return added.passages, time.perf_counter() - began - start, start


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.write(json.dumps(_run(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])))
    else:
        main()
