"""How many questions about stories are answered rightly: `python tests/benchmarks/asked.py`.

Each story of tests/asked_stories.json is an archive of its own. With `--wrong`, also what is
answered wrongly.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from asked_stories import SETS, asked_of, faults
from dragoman.search.dragoman import Dragoman


def ask(story: dict, folder: Path, wrong: list[str]) -> list[tuple[bool, bool]]:
    """Ask a story's questions; return for each whether it is answerable, and whether right."""
    with Dragoman.open(folder) as dragoman:
        dragoman.add(story["articles"])
        told = []
        for expected in story["questions"]:
            answer = asked_of(dragoman, expected)
            found = faults(answer, expected)
            told.append(("not_in_corpus" not in expected.get("status", ()), not found))
            if found:
                wrong.append(f"{expected['question']} {answer.answer} ({'; '.join(found)})")
        return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    shows_wrong, console, wrong = parser.parse_args().wrong, Console(), []
    table = Table(
        "set", "right", "of", "answerable", "not answerable", title="Questions about stories"
    )
    with TemporaryDirectory() as folder:
        for name, stories in SETS.items():
            told = [
                one
                for number, story in enumerate(track(stories, name, console=console))
                for one in ask(story, Path(folder) / f"{name}-{number}", wrong)
            ]
            shares = [
                [right for answerable, right in told if answerable is kind]
                for kind in (True, False)
            ]
            table.add_row(
                name,
                str(sum(right for _, right in told)),
                str(len(told)),
                *(f"{sum(rights)} of {len(rights)}" for rights in shares),
            )
    console.print(table)
    for line in wrong if shows_wrong else ():
        console.print(line, markup=False)


if __name__ == "__main__":
    main()
