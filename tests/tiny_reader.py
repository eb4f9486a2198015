"""A reader of one thin layer, and made-up rows to teach it. Only in a checkout."""

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.search.training.data import PASSAGES_FILE, ROWS_FILE

if TYPE_CHECKING:
    from dragoman.search.training.model import TorchReader

CITIES = ("Antalya", "Brest", "Geneva", "Istanbul", "Kyiv", "Minsk", "Paris", "Rome")
ROUNDS = 200


def tiny_reader(seed: int = 7) -> "TorchReader":
    from transformers import BertConfig

    from dragoman.search.training.model import reader_of

    config = BertConfig(
        vocab_size=30522,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    return reader_of(config, seed)


def write_records(file: Path, records: list[dict]) -> None:
    with gzip.open(file, "wt") as lines:
        lines.writelines(f"{json.dumps(record)}\n" for record in records)


def write_training_data(folder: Path) -> None:
    """Passages about rounds of talks, and a question for each, of which a fourth have no span."""
    texts = [
        f"Round {n} of the talks was held in {CITIES[n % len(CITIES)]}." for n in range(ROUNDS)
    ]
    passages = [{"pid": n, "title": "Talks" * (n % 2), "text": t} for n, t in enumerate(texts)]
    write_records(folder / PASSAGES_FILE, passages)
    write_records(folder / ROWS_FILE, [_row(n, text) for n, text in enumerate(texts)])


def _row(number: int, text: str) -> dict:
    city = CITIES[number % len(CITIES)]
    span = number % 4 != 3
    return {
        "set": "span" if span else "rank",
        "question": f"Where was round {number} held?",
        "pid": number,
        "kind": "span" if span else "rank",
        "answers": [{"text": city, "start": text.index(city)}] if span else [],
        "neg": [(number + step) % ROUNDS for step in (1, 2, 3, 4)],
    }
