"""Train the reader's model, compress it, and evaluate it: `make train DATA=folder`.

DATA holds `passages.jsonl.gz` and `rows.jsonl.gz`. Results are kept in the folder OUT, and those
that are there already are not made again: an interrupted training continues where it stopped.
"""

import argparse
import random
import sys
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table
from transformers.utils import logging

from ...corpus.errors import DragomanError
from ...corpus.extras import require
from ...index.encoding.encoder import open_encoder
from ...index.encoding.weights import default_model_folder, sha256_of
from ..reading.model import (
    MODEL_FILE,
    TOKENIZER_FILE,
    Calibration,
    CompiledPairModel,
    PairModel,
    ReaderModel,
)
from ..reading.pairs import PairTokenizer
from ..reading.reader import Reading
from .baselines import Retrieval
from .calibration import best_threshold, calibrate
from .data import Row, TrainingData, read_training_data
from .evaluation import (
    answerability_table,
    first_of_each_set,
    questions_about_passages,
    ranking_table,
    read_questions,
    read_rows,
    read_unanswerable,
    reading_table,
    unanswerable_table,
)
from .examples import Examples
from .export import add_calibration, compress, export
from .loop import Plan, average_with, begin_from, train
from .measures import ReadRow, f1, learning_figures
from .model import TorchPairModel, TorchReader, new_reader

EXPORTED = "fp32.onnx"
# How many rows of each set are read: during training, and for calibration.
_FOLLOWED, _CALIBRATING, _CALIBRATING_UNANSWERABLE = 20, 60, 600
_VERIFIED = 500  # rows, over all sets

console = Console(width=200)


def main() -> None:
    """Train, compress and evaluate, as the command line asks."""
    options = _options()
    logging.set_verbosity_error()  # it would list the weights that are not used
    logging.disable_progress_bar()
    if options.threads:
        torch.set_num_threads(options.threads)
    try:
        require("train", "Training")
        _make(options)
    except DragomanError as error:
        sys.exit(f"Error: {error}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make train", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the training data")
    parser.add_argument("--out", type=Path, default=Path(".training"), help="%(default)s")
    parser.add_argument("--layers", type=int, default=6, help="of MiniLM's six, kept: %(default)s")
    parser.add_argument("--steps", type=int, default=3000, help="%(default)s")
    parser.add_argument("--rate", type=float, default=Plan.rate, help="%(default)s")
    every = Plan.measured_every
    parser.add_argument("--measured-every", type=int, default=every, help="in steps: %(default)s")
    parser.add_argument("--heads-rate", type=float, default=Plan.heads_rate, help="%(default)s")
    parser.add_argument("--begin-from", type=Path, help="checkpoint with the initial weights")
    parser.add_argument(
        "--average-with", type=Path, nargs="+", default=(), help="checkpoints of other stages"
    )
    parser.add_argument("--seed", type=int, default=Plan.seed, help="%(default)s")
    parser.add_argument("--threads", type=int, help="default: torch's own choice")
    parser.add_argument("--fp32", action="store_true", help="for processors without bfloat16")
    parser.add_argument("--rows", type=int, default=250, help="evaluated of each set: %(default)s")
    parser.add_argument("--squad", type=Path, help="BEIR-style folder to measure answerability on")
    return parser.parse_args()


def _make(options: argparse.Namespace) -> None:
    data = read_training_data(options.data)
    tokenizer = PairTokenizer(default_model_folder() / TOKENIZER_FILE)
    plan = Plan(
        options.steps,
        rate=options.rate,
        heads_rate=options.heads_rate,
        measured_every=options.measured_every,
        seed=options.seed,
        bf16=not options.fp32,
    )
    exported, made = options.out / EXPORTED, options.out / MODEL_FILE
    if not exported.is_file():
        reader = _trained(options, data, tokenizer, plan)
        export(reader.cpu(), exported)
    if not made.is_file():
        _compress(exported, made, data, tokenizer)
    _measure(options, data, tokenizer)


def _trained(
    options: argparse.Namespace, data: TrainingData, tokenizer: PairTokenizer, plan: Plan
) -> TorchReader:
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader = new_reader(options.layers, plan.seed).to(device)
    if options.begin_from:
        begin_from(options.begin_from, reader)
    followed = first_of_each_set(data.part("held-out"), _FOLLOWED)

    def measure(reader: TorchReader) -> dict[str, float]:
        model = _uncalibrated(TorchPairModel(reader, device), tokenizer)
        return learning_figures(read_rows(model, followed, data.passages))

    train(reader, Examples(data, tokenizer, plan.seed), plan, options.out, measure)
    average_with(options.average_with, reader)
    return reader


def _compress(exported: Path, made: Path, data: TrainingData, tokenizer: PairTokenizer) -> None:
    """Compress the model, calibrate it, and move it into place once it is complete."""
    aside = made.with_suffix(".new")
    compress(exported, aside, Calibration())
    reader = _uncalibrated(CompiledPairModel(aside), tokenizer)
    rows = first_of_each_set(data.part("calibration"), _CALIBRATING)
    calibration = calibrate(*_read_to_tune(reader, rows, data))
    add_calibration(aside, calibration)
    aside.replace(made)


def _read_to_tune(
    reader: ReaderModel, rows: list[Row], data: TrainingData
) -> tuple[list[ReadRow], list[Reading]]:
    """Read rows; read what is unanswerable, made of them or written so."""
    written = first_of_each_set(data.unanswerable("calibration"), _CALIBRATING_UNANSWERABLE)
    unanswerable = read_unanswerable(reader, _spans(rows), written, data.passages, Plan.seed)
    return read_rows(reader, rows, data.passages), [r for of in unanswerable.values() for r in of]


def _spans(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.answers]


def _measure(options: argparse.Namespace, data: TrainingData, tokenizer: PairTokenizer) -> None:
    made = options.out / MODEL_FILE
    console.print(f"{made}: {made.stat().st_size:,} bytes, SHA-256 {sha256_of(made)}")
    model = CompiledPairModel(made)
    reader = ReaderModel(model, tokenizer, model.calibration)
    console.print(f"{model.calibration}")
    rows = first_of_each_set(data.part("held-out"), options.rows)
    read = read_rows(reader, rows, data.passages)
    retrieval = Retrieval(data.passages, open_encoder())
    console.print(reading_table(read))
    written = first_of_each_set(data.unanswerable("held-out"), options.rows)
    hard = read_unanswerable(reader, _spans(rows), written, data.passages, Plan.seed)
    console.print(unanswerable_table(read, hard))
    console.print(ranking_table(read, retrieval))
    console.print(
        _verification(options.out, data, tokenizer, read[:: max(len(read) // _VERIFIED, 1)])
    )
    if options.squad:
        console.print(_answerability(options.squad, reader, data))


def _verification(
    out: Path, data: TrainingData, tokenizer: PairTokenizer, read: list[ReadRow]
) -> Table:
    """Compare the compressed model with the exported one on the same rows."""
    exported = ReaderModel(CompiledPairModel(out / EXPORTED), tokenizer, _calibration(out))
    again = read_rows(exported, [one.row for one in read], data.passages)
    small, whole = learning_figures(read), learning_figures(again)
    table = Table("measure", "fp32", "int8", "difference", title=f"int8 on {len(read)} rows")
    for name in whole:
        difference = f"{small[name] - whole[name]:+.4f}"
        table.add_row(name, f"{whole[name]:.4f}", f"{small[name]:.4f}", difference)
    return table


def _answerability(folder: Path, reader: ReaderModel, data: TrainingData) -> Table:
    rows = first_of_each_set(data.part("calibration"), _CALIBRATING)
    tuned, unanswerable = _read_to_tune(reader, rows, data)
    spans = [one for one in tuned if one.row.answers]
    others = [*unanswerable, *(one.negatives[0] for one in spans)]
    threshold = best_threshold(
        [one.reading for one in spans],
        [f1(one.answer, one.answers) for one in spans],
        random.Random(Plan.seed).sample(others, len(spans)),  # noqa: S311 -- nothing is secret
    )
    console.print(f"Threshold of the probability for answering: {threshold:.3f}")
    asked = list(questions_about_passages(folder))
    passages = dict(enumerate({passage for _, passage, _ in asked}))
    return answerability_table(
        read_questions(reader, asked), threshold, Retrieval(passages, open_encoder())
    )


def _calibration(out: Path) -> Calibration:
    return CompiledPairModel(out / MODEL_FILE).calibration


def _uncalibrated(model: PairModel, tokenizer: PairTokenizer) -> ReaderModel:
    return ReaderModel(model, tokenizer, Calibration())


if __name__ == "__main__":
    main()
