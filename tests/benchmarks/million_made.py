"""The archive of a million passages: made once, through the writer, and resumed if interrupted."""

import json
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from many_articles import made_articles, seeds_of_archive, seeds_of_bundled
from rich.console import Console

from dragoman.index.encoding.encoder import open_encoder
from dragoman.index.opening import has_archive, open_archive, writing

T = TypeVar("T")

_TIMES_FILE = "made.json"  # beside the archive
_BATCH = 100  # articles, some thousand passages
_REPORT_EVERY = 20.0  # seconds


def make_archive(folder: Path, passages: int, seed_archive: Path | None, console: Console) -> None:
    """Bring the archive in `folder` up to so many passages, and publish its indexes."""
    held = open_archive(folder).summary() if has_archive(folder) else None
    there = held.passages if held else 0
    if there < passages:
        _write(folder, held.articles if held else 0, passages - there, seed_archive, console)
    elif "indexing" in times_of(folder):
        return
    started = time.perf_counter()
    with writing(folder, open_encoder()) as writer:
        writer.publish()
    if (took := time.perf_counter() - started) > 1:
        _note(folder, "indexing", took)
        console.print(f"Both indexes built in {took:,.0f} s.")


def times_of(folder: Path) -> dict[str, float]:
    """Return how many seconds of writing and of indexing the archive took."""
    file = folder.with_name(f"{folder.name}-{_TIMES_FILE}")
    return json.loads(file.read_text()) if file.exists() else {}


def _write(
    folder: Path, articles: int, missing: int, seed_archive: Path | None, console: Console
) -> None:
    """Write made-up articles from the number `articles` on, without publishing them."""
    encoder = open_encoder()
    seeds = seeds_of_archive(seed_archive) if seed_archive else seeds_of_bundled(encoder)
    console.print(f"{len(seeds.sentences):,} real passages; {missing:,} are to be made.")
    done, told, writing_took = 0, time.perf_counter(), 0.0
    with writing(folder, encoder) as writer:
        for batch in _batches(made_articles(seeds, articles, missing)):
            started = time.perf_counter()
            writer.put(batch)
            writing_took += time.perf_counter() - started
            done += sum(len(made) for _, made, _ in batch)
            if time.perf_counter() - told > _REPORT_EVERY:
                told = time.perf_counter()
                console.print(f"{done:,} written, {done / writing_took:,.0f} a second")
        _note(folder, "writing", writing_took)


def _note(folder: Path, step: str, seconds: float) -> None:
    times = times_of(folder)
    times[step] = times.get(step, 0.0) + seconds
    folder.with_name(f"{folder.name}-{_TIMES_FILE}").write_text(json.dumps(times))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
