"""What a search costs beyond its parts: encoding the question, FAISS and tantivy."""

import time
from pathlib import Path
from statistics import median

from rich.table import Table

from dragoman.index.archive import Archive
from dragoman.search.dragoman import Dragoman

_DEPTH = 100


def measure_search(archive: Path, questions: int = 50) -> Table:
    """Time each part and the whole for the titles of articles, in turn, in one process."""
    with Dragoman.open(archive) as dragoman:
        dragoman.warm_up()
        titles = [article.title for article in dragoman.articles(limit=questions)]
        opened = Archive(archive)
        for title in titles:
            _times(dragoman, opened, title, title)
        # The whole is timed on another question than its parts, which would warm it.
        others = titles[len(titles) // 2 :] + titles[: len(titles) // 2]
        times = [_times(dragoman, opened, *two) for two in zip(titles, others, strict=True)]
        measured = list(zip(*times, strict=True))
        opened.close()
    names = ("encode the question", "FAISS", "tantivy", "search")
    milliseconds = [1000 * median(times) for times in measured]
    table = Table("part", "median ms", title=f"Searching, {len(titles)} questions")
    table.title_justify = "left"
    for name, value in zip(names, milliseconds, strict=True):
        table.add_row(name, f"{value:.2f}")
    table.add_row(
        "search, as a multiple of its parts", f"{milliseconds[3] / sum(milliseconds[:3]):.2f}"
    )
    return table


def _times(dragoman: Dragoman, archive: Archive, question: str, other: str) -> tuple[float, ...]:
    snapshot = archive.snapshot()
    started = time.perf_counter()
    vector = dragoman.encoder.encode_question(question)
    encoded = time.perf_counter()
    snapshot.vectors.search(vector, _DEPTH)
    near = time.perf_counter()
    snapshot.words.search(question, _DEPTH)
    words = time.perf_counter()
    dragoman.search(other)
    whole = time.perf_counter()
    return encoded - started, near - encoded, words - near, whole - words
