"""What the story of a matter costs: `python tests/benchmarks/stories.py [--archive FOLDER]`.

Of the bundled articles the matters are given here; of an archive they are the titles of ten of
its articles, and the numbers asked for are of what these titles name.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman

_ROUNDS = 3
_MATTERS = (
    "peace talks", "Istanbul round of talks", "humanitarian corridors", "Mariupol",
    "security guarantees", "neutral status", "call of Akar and Shoigu", "Kalın in Kyiv",
)  # fmt: skip
_OF_ARCHIVE = 10

Tell = Callable[[str], object]


def measure_stories(archive: Path | None = None, name: str = "the bundled articles") -> Table:
    """Time each part of the story of some matters, with the models and the archive warm.

    Times are of the processors, so that other work on the machine counts little.
    """
    with (
        tempfile.TemporaryDirectory(prefix="dragoman-bench-") as folder,
        Dragoman.open(archive or Path(folder) / "archive") as dragoman,
    ):
        if archive is None:
            dragoman.add(BUNDLED)
        dragoman.warm_up()
        matters = _MATTERS if archive is None else _titles(dragoman)
        table = Table("", "median ms", "slowest", title=f"Stories of {name}", min_width=40)
        table.title_justify = "left"
        for part, tell in _parts(dragoman).items():
            times = [_best(tell, matter) for matter in matters]
            table.add_row(part, f"{median(times):.0f}", f"{max(times):.0f}")
    return table


def _titles(dragoman: Dragoman) -> list[str]:
    titles = [article.title for article in dragoman.articles()]
    return titles[:: max(1, len(titles) // _OF_ARCHIVE)][:_OF_ARCHIVE]


def _parts(dragoman: Dragoman) -> dict[str, Tell]:
    stories = dragoman.stories
    return {
        "search, for comparison": dragoman.search,
        "timeline": stories.timeline,
        "quotes": lambda matter: stories.quotes(about=matter),
        "figures": lambda matter: stories.figures(f"How many people: {matter}?"),
        "conflicts": stories.conflicts,
    }


def _best(tell: Tell, matter: str) -> float:
    return min(_milliseconds(tell, matter) for _ in range(_ROUNDS))


def _milliseconds(tell: Tell, matter: str) -> float:
    started = process_time()
    tell(matter)
    return (process_time() - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, help="an archive to measure, too")
    archive = parser.parse_args().archive
    console = Console()
    console.print(measure_stories())
    if archive:
        console.print(measure_stories(archive, archive.name))


if __name__ == "__main__":
    main()
