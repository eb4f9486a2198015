"""Fit the weights by which it is decided whether the articles answer: `make calibrate`.

DATA is a BEIR-style folder whose questions say whether they are `answerable`; of these, the first
half is learned from. Questions on quite other things are made by asking those of OTHER here, and
those of DATA in OTHER.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from ...index.encoder import open_encoder
from ..abstention import WEIGHTS_FILE, Decision, Signals, signals_of
from ..collection import CORPUS, QUESTIONS, read_collection
from ..dragoman import READ_TO_ANSWER, Dragoman
from ..findings import findings
from ..indexed_collection import index_collection
from ..question_kind import kind_of
from .data import records
from .measures import auroc

_SEED = 2022
_ANSWERED_OFF_TOPIC = 0.05  # so many of the questions on other things may be answered
_DIGITS = 4

console = Console(width=120)


def main() -> None:
    """Fit, show what it gives, and write the file."""
    options = _options()
    chance = random.Random(_SEED)  # noqa: S311
    here, elsewhere = _questions(options.data), _questions(options.other)
    known = chance.sample(here, min(options.questions, len(here)))
    others = chance.sample(elsewhere, min(options.questions // 4, len(elsewhere)))
    ours = [question for question in here if question["answerable"]]
    strangers = chance.sample(ours, min(options.questions // 8, len(ours)))
    with _opened(options.data) as dragoman:
        read = list(_signals(dragoman, known))
        off_topic = list(_signals(dragoman, others))
    with _opened(options.other) as dragoman:
        off_topic += list(_signals(dragoman, strangers))
    answers = np.array([question["answerable"] for question in known])
    decision = _fitted(read, answers, off_topic)
    WEIGHTS_FILE.write_text(json.dumps(_rounded(decision), indent=1) + "\n")
    _show(decision, read, answers, off_topic)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with answerable and other questions")
    parser.add_argument("other", type=Path, help="folder with questions on quite other things")
    parser.add_argument("--questions", type=int, default=1600, help="asked: %(default)s")
    return parser.parse_args()


def _questions(folder: Path) -> list[dict[str, Any]]:
    """Read the questions of the first half, stand-alone, and whether each can be answered."""
    return [
        {
            "text": record["metadata"].get("rewrite") or record["text"],
            "answerable": record["metadata"].get("answerable", True),
        }
        for record in records(folder / QUESTIONS, ("text", "metadata"))
        if in_first_half(record)
    ]


def _opened(folder: Path) -> Dragoman:
    console.print(f"Reading {folder / CORPUS}")
    return index_collection(read_collection(folder), open_encoder()).dragoman


def _signals(dragoman: Dragoman, questions: Iterable[dict[str, Any]]) -> Iterator[Signals]:
    for question in track(list(questions), description="asking", console=console):
        text = question["text"]
        words = dragoman.question_words(text)
        passages = dragoman.search(
            text, limit=READ_TO_ANSWER, per_article=None, rerank=READ_TO_ANSWER
        ).passages
        best = findings(text, kind_of(text), passages, words)[0]
        yield signals_of(best, passages, words)


def _fitted(read: list[Signals], answers: np.ndarray, off_topic: list[Signals]) -> Decision:
    from sklearn.linear_model import LogisticRegression

    values = np.array([*read, *off_topic])
    spread = values.std(axis=0).clip(1e-6)
    known = np.concatenate([answers, np.zeros(len(off_topic), bool)])
    model = LogisticRegression(max_iter=1000).fit(values / spread, known)
    weights = dict(zip(Signals._fields, model.coef_[0] / spread, strict=True))
    decision = Decision(weights, float(model.intercept_[0]), 0.0)
    confidences = [decision.confidence(signals) for signals in off_topic]
    return Decision(
        weights, decision.bias, float(np.quantile(confidences, 1 - _ANSWERED_OFF_TOPIC))
    )


def _rounded(decision: Decision) -> dict[str, Any]:
    return {
        "weights": {name: round(float(value), _DIGITS) for name, value in decision.weights.items()},
        "bias": round(decision.bias, _DIGITS),
        "threshold": round(decision.threshold, _DIGITS),
    }


def _show(
    decision: Decision, read: list[Signals], answers: np.ndarray, off_topic: list[Signals]
) -> None:
    given = np.array([decision.confidence(signals) for signals in read])
    off = np.array([decision.confidence(signals) for signals in off_topic])
    answered = given >= decision.threshold
    console.print_json(json.dumps(_rounded(decision)))
    console.print(f"AUROC, answerable or not: {auroc(given[answers], given[~answers]):.3f}")
    console.print(f"AUROC, answerable or off topic: {auroc(given[answers], off):.3f}")
    console.print(f"answered of the answerable: {answered[answers].mean():.3f}")
    console.print(f"refused of the unanswerable: {1 - answered[~answers].mean():.3f}")
    console.print(f"refused off topic: {(off < decision.threshold).mean():.3f}")


if __name__ == "__main__":
    main()
