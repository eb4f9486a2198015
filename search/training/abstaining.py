"""Fit the weights by which it is decided whether the articles answer: `make calibrate`.

DATA is a BEIR-style folder whose questions say whether they are `answerable`; of these, the first
half is learned from. Questions on quite other things are made by asking those of OTHER here, and
those of DATA in OTHER.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track

from ...index.encoder import open_encoder
from ..abstention import WEIGHTS_FILE, Decision, Signals, signals_of
from ..collection import Collection, JudgedQuestion, read_collection
from ..dragoman import READ_TO_ANSWER, Dragoman
from ..findings import findings
from ..indexed_collection import index_collection
from ..measures import auroc
from ..question_kind import kind_of

_SEED = 2022
_ANSWERED_OFF_TOPIC = 0.05  # so many of the questions on other things may be answered
_DIGITS = 4

console = Console(width=120)


def main() -> None:
    """Fit, show what it gives, and write the file."""
    options = _options()
    chance = random.Random(_SEED)  # noqa: S311
    here, other = (
        read_collection(folder).half("first") for folder in (options.data, options.other)
    )
    asked = [*here.questions, *here.unanswerable]
    asked = chance.sample(asked, min(options.questions, len(asked)))
    strangers = chance.sample(other.questions, min(options.questions // 4, len(other.questions)))
    ours = chance.sample(here.questions, min(options.questions // 8, len(here.questions)))
    with _opened(here) as dragoman:
        read = list(_signals(dragoman, asked))
        off_topic = list(_signals(dragoman, strangers))
    with _opened(other) as dragoman:
        off_topic += list(_signals(dragoman, ours))
    answers = np.array([question.answerable for question in asked])
    decision = _fitted(read, answers, off_topic)
    WEIGHTS_FILE.write_text(json.dumps(asdict(decision), indent=1) + "\n")
    _show(decision, read, answers, off_topic)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with answerable and other questions")
    parser.add_argument("other", type=Path, help="folder with questions on quite other things")
    parser.add_argument("--questions", type=int, default=1600, help="asked: %(default)s")
    return parser.parse_args()


def _opened(collection: Collection) -> Dragoman:
    console.print(f"Reading {collection.corpus}")
    return index_collection(collection, open_encoder()).dragoman


def _signals(dragoman: Dragoman, questions: Sequence[JudgedQuestion]) -> Iterator[Signals]:
    for question in track(questions, description="asking", console=console):
        text = question.rewrite or question.text
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
    rounded = (round(float(weight), _DIGITS) for weight in model.coef_[0] / spread)
    weights = dict(zip(Signals._fields, rounded, strict=True))
    decision = Decision(weights, round(float(model.intercept_[0]), _DIGITS), 0.0)
    confidences = [decision.confidence(signals) for signals in off_topic]
    threshold = float(np.quantile(confidences, 1 - _ANSWERED_OFF_TOPIC))
    return replace(decision, threshold=round(threshold, _DIGITS))


def _show(
    decision: Decision, read: list[Signals], answers: np.ndarray, off_topic: list[Signals]
) -> None:
    given = np.array([decision.confidence(signals) for signals in read])
    off = np.array([decision.confidence(signals) for signals in off_topic])
    answered = given >= decision.threshold
    console.print_json(json.dumps(asdict(decision)))
    console.print(f"AUROC, answerable or not: {auroc(given[answers], given[~answers]):.3f}")
    console.print(f"AUROC, answerable or off topic: {auroc(given[answers], off):.3f}")
    console.print(f"answered of the answerable: {answered[answers].mean():.3f}")
    console.print(f"refused of the unanswerable: {1 - answered[~answers].mean():.3f}")
    console.print(f"refused off topic: {(off < decision.threshold).mean():.3f}")


if __name__ == "__main__":
    main()
