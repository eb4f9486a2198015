"""The service under load: how quick it is with several clients, and what memory it takes.

python tests/benchmarks/load.py [DATA] [--archive DIR] [--seconds S] [--questions N]
                                [--txtai PYTHON [--txtai-index DIR]]

DATA is a BEIR-style collection, indexed at the first run and kept in the user's cache; without it,
articles are made up. The service runs in a process of its own, on the same processors as the
clients. With the Python of an environment that has txtai[api] and Dragoman, txtai's own service
searches the same passages with the same model before and after.
"""

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import chain, repeat
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.parse import quote

import numpy as np
from made_up import write_made_up_articles
from rich.console import Console
from rich.table import Table

from dragoman.api.cli.progress import IndexingProgress
from dragoman.index.encoding.encoder import open_encoder
from dragoman.search.dragoman import Dragoman
from dragoman.search.evaluation.collection import read_collection
from dragoman.search.evaluation.indexed_collection import index_collection

CLIENTS = (1, 8, 32)
OURS = "/v1/{route}?q={question}"
OF_TXTAI = "/search?query={question}&limit=5"
MADE_UP = 400
_WAIT = 0.2  # seconds between looks at whether the service is ready
_MIB = 1 << 10  # kilobytes, as the kernel counts


class Service(NamedTuple):
    """A service that answers: its port and its process."""

    port: int
    process: int


class Asked(NamedTuple):
    """What came of many questions: seconds for each that was answered, in all, and failures."""

    took: list[float]
    seconds: float
    failed: int


class Memory(NamedTuple):
    """What a process holds, in MiB: memory of its own, and of files, which can be dropped."""

    own: float
    of_files: float


def measure_load(
    archive: Path, questions: Sequence[str], seconds: float = 10, most: int = 10_000
) -> tuple[Table, Table]:
    """Ask a service over `archive` with 1, 8 and 32 clients; then search until `most` are asked.

    Returns a table of times and one of memory.
    """
    times = Table("", "clients", "questions/s", "p50 ms", "p95 ms", "p99 ms", "failed")
    memory = Table("after", "of its own, MiB", "with files, MiB")
    asked = 0
    with service(archive) as serving:
        _add(memory, "start", serving)
        for route in ("search", "ask"):
            paths = paths_of(questions, OURS, route)
            asked += _measure(times, route, serving, paths, seconds)
            _add(memory, f"{asked:,} questions", serving)
        if asked < most:
            ask(serving.port, paths_of(questions, OURS, "search"), 8, count=most - asked)
            _add(memory, f"{most:,} questions", serving)
    return times, memory


def measure_txtai(
    python: Path, archive: Path, folder: Path, questions: Sequence[str], seconds: float = 10
) -> tuple[Table, Table]:
    """Search by txtai's service, with its index in `folder`, as `measure_load` does by ours."""
    times = Table("", "clients", "questions/s", "p50 ms", "p95 ms", "p99 ms", "failed")
    memory = Table("after", "of its own, MiB", "with files, MiB")
    with txtai_service(python, archive, folder) as serving:
        _add(memory, "start", serving)
        asked = _measure(times, "txtai", serving, paths_of(questions, OF_TXTAI), seconds)
        _add(memory, f"{asked:,} questions", serving)
    return times, memory


def _measure(
    times: Table, name: str, serving: Service, paths: Sequence[str], seconds: float
) -> int:
    """Add a row for each number of clients; return how many questions were answered."""
    ask(serving.port, paths, 1, count=len(paths[:5]))
    asked = 0
    for clients in CLIENTS:
        done = ask(serving.port, paths, clients, seconds=seconds)
        asked += len(done.took)
        percentiles = (f"{1000 * p:.0f}" for p in np.percentile(done.took, (50, 95, 99)))
        rate = f"{len(done.took) / done.seconds:.1f}"
        times.add_row(name, str(clients), rate, *percentiles, str(done.failed))
    return asked


def paths_of(questions: Sequence[str], path: str, route: str = "") -> list[str]:
    """Return the address of each question."""
    return [path.format(route=route, question=quote(text[:900])) for text in questions]


@contextmanager
def service(archive: Path) -> Iterator[Service]:
    """Run the service over an archive in a process of its own, until it is ready."""
    command = [sys.executable, "-m", "dragoman.api", "serve", "--port", "0", "--archive", archive]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Service(_port(process), process.pid)
        finally:
            process.terminate()


@contextmanager
def txtai_service(python: Path, archive: Path, folder: Path) -> Iterator[Service]:
    """Run txtai's service over an archive's passages, until it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(__file__).with_name("txtai_service.py")
    with subprocess.Popen([python, script, archive, folder, str(port)]) as process:
        try:
            while not _is_ready(port, "/count"):
                if process.poll() is not None:
                    raise SystemExit("txtai's service does not start.")
                sleep(_WAIT)
            yield Service(port, process.pid)
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stderr
    for line in process.stderr:
        if found := re.search(r"http://\S+:(\d+)", line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            while not _is_ready(int(found[1])):
                sleep(_WAIT)
            return int(found[1])
    raise SystemExit("The service does not start.")


def _is_ready(port: int, path: str = "/readyz") -> bool:
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def ask(
    port: int,
    paths: Sequence[str],
    clients: int,
    seconds: float = float("inf"),
    count: int = sys.maxsize,
) -> Asked:
    """Get paths, over and over, by so many clients at once, for a time or so many times."""
    waiting = iter(zip(range(count), chain.from_iterable(repeat(paths)), strict=False))
    took: list[float] = []
    failed: list[int] = []
    drawing = threading.Lock()
    started = perf_counter()

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        while perf_counter() - started < seconds:
            with drawing:
                drawn = next(waiting, None)
            if drawn is None:
                return
            before = perf_counter()
            connection.request("GET", drawn[1])
            response = connection.getresponse()
            response.read()
            if response.status == 200:
                took.append(perf_counter() - before)
            else:
                failed.append(response.status)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Asked(took, perf_counter() - started, len(failed))


def memory_of(process: int) -> Memory | None:
    """Return what a process holds, or None where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return None
    held = {name: int(kib) for name, kib in re.findall(r"^(\w+):\s+(\d+) kB", told, re.MULTILINE)}
    return Memory(held["Anonymous"] / _MIB, (held["Rss"] - held["Anonymous"]) / _MIB)


def _add(table: Table, after: str, serving: Service) -> None:
    held = memory_of(serving.process)
    cells = (f"{held.own:.0f}", f"{held.own + held.of_files:.0f}") if held else ("–", "–")
    table.add_row(after, *cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="a BEIR-style collection")
    parser.add_argument("--archive", type=Path, help="an archive with its articles")
    parser.add_argument("--seconds", type=float, default=10, help="for each number of clients")
    parser.add_argument("--questions", type=int, default=10_000, help="in all")
    parser.add_argument("--txtai", type=Path, help="Python with txtai[api] and Dragoman")
    parser.add_argument("--txtai-index", type=Path, help="where its index is, or is to be kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-load-") as temporary:
        archive, questions = given.archive, _questions(given.data)
        if archive is None:
            archive = _indexed(given.data, Path(temporary))
        with Dragoman.open(archive) as dragoman:
            passages = dragoman.info().passages
            questions = questions or [article.title for article in dragoman.articles(limit=50)]
        console = Console()
        console.print(f"{passages:,} passages, {len(questions)} questions")
        kept = given.txtai_index or Path(temporary) / "txtai"
        for ours in (False, True, False):
            if ours:
                tables = measure_load(archive, questions, given.seconds, given.questions)
            elif given.txtai:
                tables = measure_txtai(given.txtai, archive, kept, questions, given.seconds)
            else:
                continue
            for table in tables:
                console.print(table)


def _questions(data: Path | None) -> list[str]:
    if data is None:
        return []
    return [question.text for question in read_collection(data).questions]


def _indexed(data: Path | None, temporary: Path) -> Path:
    if data is None:
        corpus = write_made_up_articles(temporary / "made-up.jsonl", articles=MADE_UP)
        with Dragoman.open(temporary / "archive") as dragoman:
            dragoman.add(corpus)
        return temporary / "archive"
    with IndexingProgress(if_stopped="") as progress:
        return index_collection(read_collection(data), open_encoder(), progress).dragoman.folder


if __name__ == "__main__":
    main()
