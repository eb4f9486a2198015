"""A million passages in the archive of one folder: made once, then measured.

make bench-million [ARCHIVE=FOLDER] [OPTIONS="--seed-archive FOLDER --only searching,recall"]

The archive is made at the first run, which takes most of an hour, and kept in the user's cache or
in the folder named. Its passages are made of real ones (many_articles.py): of the bundled articles'
sentences, or of the passages of an archive of real articles. What is measured needs some minutes,
and leaves the archive with the articles that it had. The service and the clients share the
processors.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from million_adding import measure_adding, measure_copies_cost, measure_small_changes
from million_made import make_archive, times_of
from million_searching import (
    measure_opening,
    measure_recall,
    measure_searching,
    measure_service,
)
from platformdirs import user_cache_path
from rich.console import Console
from rich.table import Table

PASSAGES = 1_000_000
_REPOSITORY = Path(__file__).resolve().parents[2]

Rows = Iterator[tuple[str, str]]
MEASUREMENTS: dict[str, Callable[[Path], Rows]] = {
    "opening": measure_opening,
    "searching": measure_searching,
    "recall": measure_recall,
    "copies": measure_copies_cost,
    "service": measure_service,
    "adding": measure_adding,
    "changes": measure_small_changes,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, help="where the archive is, or is to be made")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--seed-archive", type=Path, help="an archive of real articles")
    parser.add_argument("--only", help=f"some of {','.join(MEASUREMENTS)}")
    given = parser.parse_args()
    name = f"many-{given.passages}"
    archive = (given.archive or user_cache_path("dragoman") / "benchmarks" / name).resolve()
    if archive.is_relative_to(_REPOSITORY):
        parser.error("The archive is large: put it outside the repository.")
    console = Console(width=100)
    archive.parent.mkdir(parents=True, exist_ok=True)
    make_archive(archive, given.passages, given.seed_archive, console)
    table = Table("", "", "load", title=f"{given.passages:,} passages in a folder")
    for name, value in _made(archive):
        table.add_row(name, value, "")
    for part in given.only.split(",") if given.only else MEASUREMENTS:
        table.add_section()
        for name, value in MEASUREMENTS[part](archive):
            table.add_row(name, value, f"{os.getloadavg()[0]:.1f}")
            console.print(f"{name}: {value}")
    console.print(table)


def _made(archive: Path) -> Rows:
    took = times_of(archive)
    for step, seconds in took.items():
        yield f"made: {step}", f"{seconds:,.0f} s"
    generation = next((archive / "generations").iterdir())
    words = sum(file.stat().st_size for file in (generation / "words").iterdir())
    vectors = sum(file.stat().st_size for file in generation.iterdir() if file.is_file())
    database = sum(file.stat().st_size for file in archive.glob("dragoman.sqlite*"))
    sizes = {"database": database, "vectors": vectors, "words": words}
    parts = ", ".join(f"{name} {size / 1e6:,.0f}" for name, size in sizes.items())
    yield "disk, MB", f"{sum(sizes.values()) / 1e6:,.0f} ({parts})"


if __name__ == "__main__":
    main()
