"""Fit the answerability model: `make calibrate COLLECTIONS="folder folder" DATA=folder`.

COLLECTIONS are BEIR-style folders on different subjects; of their questions the first halves are
used, and the second halves show how well the fit holds. DATA is the reader's training data: of its
passages that the reader did not learn from, collections of several sizes are made.

Questions may state that they are not `answerable`. Two kinds of unanswerable questions are added:
those whose judged articles are removed, if no other passage has an answer, and questions of one
collection asked of another.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import track

from ....corpus.errors import DragomanError
from ....corpus.extras import require
from ....index.encoding.encoder import open_encoder
from ...answering.answerability import WEIGHTS_FILE
from ...evaluation.collection import HALVES, Collection, Half, JudgedQuestion, read_collection
from ...evaluation.indexed_collection import index_collection
from ..data import read_training_data
from .asking import Groups, asked_of
from .fitting import archives_table, fitted
from .held_out import SIZES, held_out_collection

_SEED = 2022
_STRANGERS = 8  # one of so many questions is asked of another collection as well

console = Console(width=140)


def main() -> None:
    """Fit the model, write its file, and show its results."""
    options = _options()
    require("train", "Calibrating")
    with tempfile.TemporaryDirectory() as folder:
        collections = [*options.collections, *_made(options.data, Path(folder))]
        asked = dict(_asked(collections, options.questions))
    first, second = ({name: halves[half] for name, halves in asked.items()} for half in HALVES)
    model = fitted(first)
    WEIGHTS_FILE.write_text(json.dumps(asdict(model), indent=1) + "\n")
    console.print(f"threshold {model.threshold}, weights {model.weights}, bias {model.bias}")
    for half, archives in zip(HALVES, (first, second), strict=True):
        console.print(f"The {half} halves, {'fitted on' if half == 'first' else 'not fitted on'}")
        console.print(archives_table(model, archives))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("collections", type=Path, nargs="+", help="folders with questions")
    parser.add_argument("--data", type=Path, help="folder with the reader's training data")
    parser.add_argument(
        "--questions", type=int, default=500, help="of each half of a collection: %(default)s"
    )
    return parser.parse_args()


def _made(data: Path | None, folder: Path) -> list[Path]:
    if not data:
        return []
    read = read_training_data(data)
    return [held_out_collection(read, size, folder / f"held-out-{size}") for size in SIZES]


def _asked(folders: Sequence[Path], most: int) -> Iterator[tuple[str, dict[Half, Groups]]]:
    """Yield each collection's name with the features of its questions, by half."""
    chance = random.Random(_SEED)  # noqa: S311 -- nothing is secret
    read = [read_collection(folder) for folder in folders]
    for collection in read:
        others = [one for one in read if one.folder.name[:8] != collection.folder.name[:8]]
        with index_collection(collection, open_encoder()).dragoman as dragoman:
            halves: dict[Half, Groups] = {}
            for half in HALVES:
                questions = _some(_questions_of(collection.half(half)), most, chance)
                strangers = _some(
                    [question for other in others for question in other.half(half).questions],
                    max(len(questions) // _STRANGERS, 10),
                    chance,
                )
                described = f"{collection.folder.name}, {half} half"
                shown = track(questions, description=described, console=console)
                halves[half] = asked_of(dragoman, shown, strangers)
        yield collection.folder.name, halves


def _questions_of(collection: Collection) -> list[JudgedQuestion]:
    return [*collection.questions, *collection.unanswerable]


def _some(
    questions: Sequence[JudgedQuestion], most: int, chance: random.Random
) -> list[JudgedQuestion]:
    return chance.sample(questions, min(most, len(questions)))


if __name__ == "__main__":
    try:
        main()
    except DragomanError as error:
        sys.exit(f"Error: {error}")
