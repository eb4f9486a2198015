"""How a large archive is added to: rates, what searches take meanwhile, and what a change costs."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path

import numpy as np
from load import OURS, paths_of, service
from many_articles import Words
from million_searching import percentiles, questions_of

from dragoman.corpus.article import Article
from dragoman.corpus.splitting import encoder_text, split
from dragoman.index.encoding.encoder import Encoder
from dragoman.index.local import writer as writer_module
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.writer import local_writer
from dragoman.search.dragoman import Dragoman

ADDED = 2_000  # passages
CLIENTS = 2
_IDLE = 8.0  # seconds
_CHANGES = 8
_ONE_BY_ONE = """
import sys, time
from dragoman.search.dragoman import Dragoman
with Dragoman.open(sys.argv[1]) as dragoman:
    dragoman.warm_up()
    print("ready", flush=True)
    for number in range(int(sys.argv[2])):
        sys.stdin.readline()
        text = f"Ferry {number} left Kestrel Island at noon on Monday, the county of Harbour said."
        started = time.perf_counter()
        dragoman.add({"id": f"added-one-{number}", "title": f"Ferry {number}", "text": text})
        print(time.perf_counter() - started, flush=True)
"""

Rows = Iterator[tuple[str, str]]


def measure_adding(archive: Path) -> Rows:
    """Add articles and remove them again, while a service searches and while it does not."""
    with Dragoman.open(archive) as dragoman, service(archive) as serving:
        questions = paths_of(questions_of(archive), OURS, "search")
        dragoman.warm_up()
        parts = [new_articles(archive, ADDED, seed) for seed in (1, 2)]
        ids = [article.id for part in parts for article in part]
        try:
            with _searching(serving.port, questions) as took:
                time.sleep(_IDLE)
            yield "searches before, 2 clients, ms", _searches(took)
            before = _bare(dragoman.encoder, parts[0])
            started = time.perf_counter()
            passages = dragoman.add(parts[0]).passages
            adding = time.perf_counter() - started
            bare = (before + _bare(dragoman.encoder, parts[0])) / 2
            yield "adding, passages a second", f"{passages / adding:.0f}"
            yield "… as a share of the bare encoder's rate", f"{bare / adding:.3f}"
            with _searching(serving.port, questions) as took:
                started = time.perf_counter()
                passages = dragoman.add(parts[1]).passages
                adding = time.perf_counter() - started
            yield "adding while it searches, passages a second", f"{passages / adding:.0f}"
            yield "… searches meanwhile, ms", _searches(took)
            with _searching(serving.port, questions) as took:
                lots = [ids[place::10] for place in range(10)]
                removing = [_seconds(lambda these=lot: dragoman.remove(these)) for lot in lots]
            yield "removing a tenth of these while it searches, s", f"{np.median(removing):.2f}"
            yield "… searches meanwhile, ms", _searches(took)
        finally:
            dragoman.remove(ids)


def measure_small_changes(archive: Path) -> Rows:
    """Add single articles in another process while a thread searches here."""
    command = [sys.executable, "-c", _ONE_BY_ONE, str(archive), str(_CHANGES)]
    with Dragoman.open(archive) as dragoman:
        dragoman.warm_up()
        questions = questions_of(archive)
        with _stalls() as idle, _one_searching(dragoman, questions) as idly:
            time.sleep(_IDLE)
        changing = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with changing as process:
            assert process.stdin
            assert process.stdout
            process.stdout.readline()
            adding = []
            with _stalls() as during, _one_searching(dragoman, questions) as meanwhile:
                for _ in range(_CHANGES):
                    print(file=process.stdin, flush=True)
                    adding.append(float(process.stdout.readline()))
                    time.sleep(1)
        dragoman.remove([f"added-one-{number}" for number in range(_CHANGES)])
    yield "adding a single article, s", f"{np.median(adding):.2f}, longest {max(adding):.2f}"
    yield "longest pause of a waiting thread: nothing changes, ms", f"{1000 * max(idle):.0f}"
    yield "… newer snapshots are opened, ms", f"{1000 * max(during):.0f}"
    yield "searches: nothing changes, ms", _searches(idly)
    yield "… newer snapshots are opened, ms", _searches(meanwhile)


def measure_copies_cost(archive: Path) -> Rows:
    """Put articles with their vectors, and time what finding their near-duplicates takes of it."""
    took: list[float] = []
    joining = writer_module.join_group

    def timed(*given: object) -> None:
        took.append(_seconds(lambda: joining(*given)))  # pyright: ignore[reportArgumentType]

    with Dragoman.open(archive) as dragoman:
        yield "families of near-duplicates", f"{dragoman.info().duplicate_groups:,}"
        articles = new_articles(archive, ADDED, seed=3)
        encoder = dragoman.encoder
        encoded = []
        for article in articles:
            passages = split(article, encoder.count_tokens, encoder.max_tokens)
            vectors = np.ones((len(passages), encoder.dimension), np.float32)
            encoded.append((article, passages, vectors / encoder.dimension**0.5))
        writer_module.join_group = timed
        try:
            with local_writer(archive, encoder) as writer:
                batches = [encoded[start : start + 25] for start in range(0, len(encoded), 25)]
                putting = [_seconds(lambda these=batch: writer.put(these)) for batch in batches]
                removing = _seconds(lambda: writer.remove([one.id for one in articles]))
        finally:
            writer_module.join_group = joining
    passages = sum(len(one[1]) for one in encoded)
    yield "putting, passages a second, without encoding", f"{passages / sum(putting):,.0f}"
    yield "… of which finding near-duplicates", f"{sum(took) / sum(putting):.0%}"
    yield "… near-duplicates, ms an article", percentiles([1000 * seconds for seconds in took])
    yield "removing, ms an article", f"{1000 * removing / len(articles):.1f}"


def new_articles(archive: Path, passages: int, seed: int) -> list[Article]:
    """Return new articles of about so many passages, of paragraphs of others, words replaced."""
    words, chance = Words(), random.Random(seed)
    opened = LocalArchive(archive)
    numbers = opened.article_numbers().tolist()
    held = opened.articles_numbered(chance.sample(numbers, passages // 2))
    opened.close()
    paragraphs = [part for article in held for part in article.text.split("\n\n")]
    found: list[Article] = []
    while passages > 0:
        count = chance.randint(1, 19)
        text = words.replaced(chance, "\n\n".join(chance.sample(paragraphs, count)))
        id = f"added-{seed}-{len(found)}"
        found.append(replace(held[len(found)], id=id, text=text))
        passages -= count
    return found


def _bare(encoder: Encoder, articles: Sequence[Article]) -> float:
    texts = [
        encoder_text(article, passage.text)
        for article in articles
        for passage in split(article, encoder.count_tokens, encoder.max_tokens)
    ]
    return _seconds(lambda: encoder.encode_passages(texts))


@contextmanager
def _searching(port: int, paths: Sequence[str]) -> Iterator[list[float]]:
    """Search by the service with some clients until the block is left; give the times, in ms."""
    took: list[float] = []
    stop = threading.Event()

    def client(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        for place in range(first, sys.maxsize, CLIENTS):
            if stop.is_set():
                return
            started = time.perf_counter()
            connection.request("GET", paths[place % len(paths)])
            connection.getresponse().read()
            took.append(1000 * (time.perf_counter() - started))

    yield from _running(
        [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)], stop, took
    )


@contextmanager
def _one_searching(dragoman: Dragoman, questions: Sequence[str]) -> Iterator[list[float]]:
    """Search by the library in a thread until the block is left; give the times, in ms."""
    took: list[float] = []
    stop = threading.Event()

    def search() -> None:
        for question in cycle(questions):
            if stop.is_set():
                return
            started = time.perf_counter()
            dragoman.search(question)
            took.append(1000 * (time.perf_counter() - started))

    yield from _running([threading.Thread(target=search)], stop, took)


@contextmanager
def _stalls() -> Iterator[list[float]]:
    """Have a thread wait for a millisecond, over and over; give how much longer it took."""
    took: list[float] = []
    stop = threading.Event()

    def wait() -> None:
        while not stop.is_set():
            took.append(_seconds(lambda: time.sleep(0.001)) - 0.001)

    yield from _running([threading.Thread(target=wait)], stop, took)


def _running(
    threads: Sequence[threading.Thread], stop: threading.Event, took: list[float]
) -> Iterator[list[float]]:
    for thread in threads:
        thread.start()
    try:
        yield took
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _searches(took: Sequence[float]) -> str:
    return f"{percentiles(took)}, longest {max(took):.0f} ({len(took):,} searches)"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
