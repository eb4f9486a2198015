"""Fit the weights by which it is decided whether the articles answer: `make calibrate`.

DATA and OTHER are BEIR-style folders on different things, whose first halves are learned from;
questions of DATA say whether they are `answerable`. To questions that are not, others are added:
those whose judged articles are taken away, if no passage left has an answer, and those of DATA
asked in OTHER, and the other way round.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from ...corpus.errors import DragomanError
from ...corpus.extras import require
from ...index.encoding.encoder import open_encoder
from ..answering.answerability import WEIGHTS_FILE, AnswerabilityModel, Features, features_of
from ..answering.sentences import candidate_sentences
from ..dragoman import Dragoman
from ..evaluation.collection import Collection, JudgedQuestion, read_collection
from ..evaluation.indexed_collection import index_collection
from ..evaluation.measures import auroc
from ..language.normalising import has_answer
from ..query.query import Query
from ..question import READ_TO_ANSWER
from ..results import RankedPassage

# What each group counts in the fit, all its questions together. The hard ones decide what a
# confidence is worth: of the others it is low anyway.
WEIGHTS = {"answered": 3.0, "unanswerable": 3.0, "article taken away": 0.5, "off topic": 0.5}
_SEED = 2022
_ANSWERED = 0.9  # of what can be answered; higher, and less is refused that cannot
_ANSWERED_OFF_TOPIC = 0.05  # at most
_DIGITS = 4

Groups = dict[str, list[Features]]

console = Console(width=100)


def main() -> None:
    """Fit, show what it gives, and write the file."""
    options = _options()
    require("train", "Calibrating")
    chance = random.Random(_SEED)  # noqa: S311
    data, other = (
        read_collection(folder).half("first") for folder in (options.data, options.other)
    )
    groups: Groups = defaultdict(list)
    for here, elsewhere in ((data, other), (other, data)):
        asked = _sample(chance, [*here.questions, *here.unanswerable], options.questions)
        strangers = _sample(chance, elsewhere.questions, options.questions // 8)
        with _opened(here) as dragoman:
            for group, signals in _signals(dragoman, asked, strangers):
                groups[group].append(signals)
    decision = _fitted(groups)
    WEIGHTS_FILE.write_text(json.dumps(asdict(decision), indent=1) + "\n")
    _show(decision, groups)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with answerable and other questions")
    parser.add_argument("other", type=Path, help="folder with questions on quite other things")
    parser.add_argument("--questions", type=int, default=1000, help="asked: %(default)s")
    return parser.parse_args()


def _sample(
    chance: random.Random, questions: Sequence[JudgedQuestion], most: int
) -> list[JudgedQuestion]:
    return chance.sample(questions, min(most, len(questions)))


def _opened(collection: Collection) -> Dragoman:
    console.print(f"Asking {collection.folder}")
    return index_collection(collection, open_encoder()).dragoman


def _signals(
    dragoman: Dragoman, asked: Sequence[JudgedQuestion], strangers: Sequence[JudgedQuestion]
) -> Iterator[tuple[str, Features]]:
    """Give what speaks for an answer to each question, and the group that it belongs to."""
    numbered = [*((question, True) for question in asked), *((q, False) for q in strangers)]
    for question, belongs in track(numbered, description="asking", console=console):
        text = question.rewrite or question.text
        query = dragoman.query(text)
        passages = dragoman.search(
            text, limit=READ_TO_ANSWER, per_article=None, rerank=READ_TO_ANSWER
        ).passages
        group = "off topic" if not belongs else "answered" if question.answerable else None
        yield from _one(group or "unanswerable", query, passages)
        if group == "answered":
            yield from _one("article taken away", query, _without_answer(question, passages))


def _one(
    group: str, query: Query, passages: Sequence[RankedPassage]
) -> Iterator[tuple[str, Features]]:
    found = candidate_sentences(query, passages)
    if found:
        yield group, features_of(found[0], query.terms)


def _without_answer(
    question: JudgedQuestion, passages: Iterable[RankedPassage]
) -> list[RankedPassage]:
    """Take the judged articles away; give none where what is left may answer all the same."""
    judged = {judgement.article for judgement in question.relevant}
    left = [ranked for ranked in passages if ranked.article.id not in judged]
    answers = question.answers
    if not answers or any(has_answer(ranked.passage.text, answers) for ranked in left):
        return []
    return left


def _fitted(groups: Groups) -> AnswerabilityModel:
    from sklearn.linear_model import LogisticRegression

    names = [name for name, signals in groups.items() for _ in signals]
    values = np.array([one for signals in groups.values() for one in signals])
    spread = values.std(axis=0).clip(1e-6)
    counts = [WEIGHTS[name] / len(groups[name]) * len(names) for name in names]
    answered = [name == "answered" for name in names]
    model = LogisticRegression(max_iter=1000).fit(values / spread, answered, sample_weight=counts)
    rounded = (round(float(weight), _DIGITS) for weight in model.coef_[0] / spread)
    weights = dict(zip(Features._fields, rounded, strict=True))
    return _with_threshold(
        AnswerabilityModel(weights, round(float(model.intercept_[0]), _DIGITS), 0.0), groups
    )


def _with_threshold(decision: AnswerabilityModel, groups: Groups) -> AnswerabilityModel:
    """Set the threshold so that enough is answered, and of what is off topic hardly any."""
    enough = np.quantile(_confidences(decision, groups["answered"]), 1 - _ANSWERED)
    lowest = np.quantile(_confidences(decision, groups["off topic"]), 1 - _ANSWERED_OFF_TOPIC)
    return replace(decision, threshold=round(float(max(enough, lowest)), _DIGITS))


def _confidences(decision: AnswerabilityModel, signals: Sequence[Features]) -> np.ndarray:
    return np.array([decision.confidence(one) for one in signals])


def _show(decision: AnswerabilityModel, groups: Groups) -> None:
    console.print(f"from {decision.threshold}: {decision.weights}")
    answered = _confidences(decision, groups["answered"])
    table = Table("group", "questions", "answered", "AUROC of the answered against it")
    for name, signals in groups.items():
        given = _confidences(decision, signals)
        against = "" if name == "answered" else f"{auroc(answered, given):.3f}"
        share = f"{np.mean(given >= decision.threshold):.3f}"
        table.add_row(name, f"{len(signals):,}", share, against)
    console.print(table)


if __name__ == "__main__":
    try:
        main()
    except DragomanError as error:
        sys.exit(f"Error: {error}")
