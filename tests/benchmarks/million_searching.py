"""How a large archive is opened and searched: times, memory, and what is found."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import numpy as np
from load import OURS, ask, memory_of, paths_of, service
from many_articles import DAYS, FIRST_DAY
from numpy.typing import NDArray

from dragoman.index.archive import Numbers
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.rows import StoredVectors
from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters

Vectors = NDArray[np.float32]
Rows = NDArray[np.bool_] | None

QUESTIONS = 300
CLIENTS = 32
SECONDS = 20.0
_OPENINGS = 3
_ASKED = 150  # vectors of questions, for the recall
_PART = 20_000
_OPENING = """
import sys, time
from pathlib import Path
from dragoman.index.local.archive import LocalArchive
started = time.perf_counter()
LocalArchive(Path(sys.argv[1])).snapshot()
print(time.perf_counter() - started)
"""
# A tenth of the articles, by date and by outlet.
FILTERS = {
    "a tenth by date": Filters(since=FIRST_DAY + timedelta(days=round(0.9 * DAYS))),
    "a tenth by outlet": Filters(sources=("Outlet 2", "Outlet 8")),
}


def measure_opening(archive: Path) -> Iterator[tuple[str, str]]:
    """Open the archive in new processes, its files in the system's cache."""
    command = [sys.executable, "-c", _OPENING, str(archive)]
    took = [float(subprocess.check_output(command)) for _ in range(_OPENINGS)]
    yield "opening, s", ", ".join(f"{seconds:.2f}" for seconds in took)


def measure_searching(archive: Path) -> Iterator[tuple[str, str]]:
    """Search by the library, one question at a time."""
    with Dragoman.open(archive) as dragoman:
        dragoman.warm_up()
        questions = questions_of(archive)
        for question in questions[:50]:
            dragoman.search(question)
        yield "search alone, ms", _timed(questions, dragoman.search)
        for name, filters in FILTERS.items():
            filtered = partial(dragoman.search, filters=filters)
            filtered(questions[0])
            yield f"… {name}, ms", _timed(questions[:100], filtered)
        every = partial(dragoman.search, all_copies=True)
        yield "… with all copies, ms", _timed(questions, every)


def measure_recall(archive: Path) -> Iterator[tuple[str, str]]:
    """Compare the nearest ten passages with those of all vectors, with filters and without."""
    opened = LocalArchive(archive)
    with Dragoman.open(archive) as dragoman:
        asked = np.stack(
            [dragoman.encoder.encode_question(q) for q in questions_of(archive)[:_ASKED]]
        )
    snapshot, stored = opened.snapshot(), opened.stored_vectors()
    kept: dict[str, Numbers | None] = {"all": None}
    for name, one in FILTERS.items():
        kept[name] = opened.article_numbers(one.sources, one.since)
    rows = {
        name: None if articles is None else np.isin(stored.articles, articles)
        for name, articles in kept.items()
    }
    exact = _exact(asked, stored, rows)
    for name, articles in kept.items():
        snapshot.nearest(asked[0], 100, articles)
        started = time.thread_time()
        found = [[*snapshot.nearest(vector, 100, articles).values()][:10] for vector in asked]
        took = 1000 * (time.thread_time() - started) / len(asked)
        # By scores: copies have the same, and any of them will do.
        right = np.mean(np.array(found) >= exact[name][:, None] - 1e-5)
        yield f"recall@10, {name}", f"{right:.3f} ({took:.1f} ms of the processor)"
    opened.close()


def measure_service(archive: Path) -> Iterator[tuple[str, str]]:
    """Search by the service, alone and with many clients."""
    paths = paths_of(questions_of(archive), OURS, "search")
    started = time.perf_counter()
    with service(archive) as serving:
        yield "service ready after, s", f"{time.perf_counter() - started:.1f}"
        yield "memory at the start, MiB", _memory(serving.process)
        ask(serving.port, paths, 1, count=30)
        for clients in (1, CLIENTS):
            done = ask(serving.port, paths, clients, seconds=SECONDS)
            rate = len(done.took) / done.seconds
            took = percentiles([1000 * seconds for seconds in done.took])
            yield f"{clients} clients, ms", f"{took}; {rate:.0f} a second, {done.failed} failed"
        yield "memory afterwards, MiB", _memory(serving.process)


def questions_of(archive: Path, most: int = QUESTIONS) -> list[str]:
    """Return titles of articles from all over the archive."""
    opened = LocalArchive(archive)
    numbers = opened.article_numbers().tolist()
    found = opened.articles_numbered(numbers[:: max(len(numbers) // most, 1)])
    opened.close()
    return [article.title for article in found if article.title][:most]


def percentiles(took: Sequence[float]) -> str:
    """Return the middle and the slow end of times."""
    p50, p95, p99 = np.percentile(took, (50, 95, 99))
    return f"p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f}"


def peak_of(process: int) -> float:
    """Return the most memory that a process has held, in MiB."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else float("nan")


def _memory(process: int) -> str:
    held = memory_of(process)
    if held is None:
        return "not told by the system"
    whole, most = held.own + held.of_files, peak_of(process)
    return f"{whole:,.0f} ({held.own:,.0f} of its own, the rest of files); peak {most:,.0f}"


def _timed(questions: Sequence[str], search: Callable[[str], object]) -> str:
    """Search, and tell the times in ms, and the processor's, which other work hardly changes."""
    took, worked = [], []
    for question in questions:
        started, began = time.perf_counter(), time.process_time()
        search(question)
        took.append(1000 * (time.perf_counter() - started))
        worked.append(1000 * (time.process_time() - began))
    return f"{percentiles(took)} (of the processor's time p50 {np.median(worked):.1f})"


def _exact(asked: Vectors, stored: StoredVectors, rows: Mapping[str, Rows]) -> dict[str, Vectors]:
    """Return the cosine of the tenth passage nearest to each question, of all vectors.

    By name, of all rows or of those chosen.
    """
    best = {name: np.full((len(asked), 10), -1, np.float32) for name in rows}
    for start in range(0, len(stored.passages), _PART):
        part = stored.passages[start : start + _PART]
        scores = asked @ stored.between(int(part[0]), int(part[-1])).vectors.T
        for name, chosen in rows.items():
            here = scores if chosen is None else scores[:, chosen[start : start + _PART]]
            best[name] = np.sort(np.hstack([best[name], here]), axis=1)[:, -10:]
    return {name: cosines[:, 0] for name, cosines in best.items()}
