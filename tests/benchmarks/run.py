"""All measurements, one after the other: `make bench DATA=folder-of-BEIR-folders`.

DATA may hold `xquad_en` (quality), `rtqa_ukraine` (real articles, for indexing and searching) and
`rtqa_2022` (many of them, for searching; indexed at the first run only, which takes a while).
Without it, articles are made up from the words of the bundled ones, and quality is not measured.
Times are given as ratios of what was measured side by side in this run.
"""

import argparse
import tempfile
from pathlib import Path

from copies import measure_copies
from indexing import measure_indexing, measure_interruption
from made_up import write_made_up_articles
from rich.console import Console
from searching import measure_search
from starting import measure_start

from dragoman.api.cli.evaluation_report import show_evaluation
from dragoman.api.cli.progress import IndexingProgress
from dragoman.index.encoding.encoder import open_encoder
from dragoman.search.evaluation.collection import read_collection
from dragoman.search.evaluation.indexed_collection import index_collection
from dragoman.search.evaluation.retrieval import evaluate

console = Console()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with xquad_en/ and rtqa_ukraine/")
    data = parser.parse_args().data
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as temporary:
        folder = Path(temporary)
        console.print(measure_start(folder))
        if data and (data / "xquad_en").is_dir():
            show_quality(data / "xquad_en", folder)
        corpus = data / "rtqa_ukraine" / "corpus.jsonl" if data else None
        if corpus is None or not corpus.is_file():
            console.print(measure_copies())
            corpus = write_made_up_articles(folder / "made-up.jsonl", articles=400)
        else:
            console.print(measure_copies(corpus))
        console.print(measure_indexing(corpus, folder / "archive"))
        console.print(measure_search(folder / "archive"))
        if data and (data / "rtqa_2022").is_dir():
            show_search(data / "rtqa_2022")
        console.print(measure_interruption(corpus, folder / "archive", folder / "killed"))


def show_quality(data: Path, cache: Path) -> None:
    collection = read_collection(data)
    indexed = index_collection(collection, open_encoder(), cache=cache)
    with indexed.dragoman:
        show_evaluation(evaluate(indexed), indexed)


def show_search(data: Path) -> None:
    """Time searches among many articles, which are indexed once and kept in the user's cache."""
    collection = read_collection(data)
    with IndexingProgress(if_stopped="") as progress:
        indexed = index_collection(collection, open_encoder(), progress)
    questions = [question.text for question in collection.questions]
    console.print(measure_search(indexed.dragoman.folder, questions, data.name))


if __name__ == "__main__":
    main()
