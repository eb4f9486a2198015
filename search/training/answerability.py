"""Fit the answerability model: `make calibrate DATA=folder OTHER=folder`.

DATA and OTHER are BEIR-style folders on different subjects, of which the first halves are used. The
questions of DATA state whether they are `answerable`. Two kinds of unanswerable questions are
added: those whose judged articles are removed, if no other passage has an answer, and questions of
each folder asked of the other one.
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
from ..answering.sentences import candidate_sentences, terms_asked
from ..dragoman import Dragoman
from ..evaluation.collection import Collection, JudgedQuestion, read_collection
from ..evaluation.indexed_collection import index_collection
from ..evaluation.measures import auroc
from ..language.normalising import has_answer
from ..query.query import Query
from ..question import READ_TO_ANSWER
from ..results import RankedPassage

# The weight of each group in the fit, over all its questions. The hard groups weigh more, since the
# confidence of the others is low anyway.
WEIGHTS = {"answered": 3.0, "unanswerable": 3.0, "article removed": 0.5, "off topic": 0.5}
_SEED = 2022
_ANSWERED = 0.9  # of the answerable; with a higher share, fewer unanswerable are refused
_ANSWERED_OFF_TOPIC = 0.05  # at most
_DIGITS = 4

Groups = dict[str, list[Features]]

console = Console(width=100)


def main() -> None:
    """Fit the model, write its file, and show its results."""
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
            for group, features in _features(dragoman, asked, strangers):
                groups[group].append(features)
    model = _fitted(groups)
    WEIGHTS_FILE.write_text(json.dumps(asdict(model), indent=1) + "\n")
    _show(model, groups)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with answerable and unanswerable questions")
    parser.add_argument("other", type=Path, help="folder with questions on other subjects")
    parser.add_argument("--questions", type=int, default=1000, help="asked: %(default)s")
    return parser.parse_args()


def _sample(
    chance: random.Random, questions: Sequence[JudgedQuestion], most: int
) -> list[JudgedQuestion]:
    return chance.sample(questions, min(most, len(questions)))


def _opened(collection: Collection) -> Dragoman:
    console.print(f"Asking {collection.folder}")
    return index_collection(collection, open_encoder()).dragoman


def _features(
    dragoman: Dragoman, asked: Sequence[JudgedQuestion], strangers: Sequence[JudgedQuestion]
) -> Iterator[tuple[str, Features]]:
    """Yield the features of each question, with the group it belongs to."""
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
            yield from _one("article removed", query, _without_answer(question, passages))


def _one(
    group: str, query: Query, passages: Sequence[RankedPassage]
) -> Iterator[tuple[str, Features]]:
    found = candidate_sentences(query, passages)
    if found:
        yield group, features_of(found[0], terms_asked(query, found[0].ranked))


def _without_answer(
    question: JudgedQuestion, passages: Iterable[RankedPassage]
) -> list[RankedPassage]:
    """Return the passages of other articles; none where one of them may answer too."""
    judged = {judgement.article for judgement in question.relevant}
    left = [ranked for ranked in passages if ranked.article.id not in judged]
    answers = question.answers
    if not answers or any(has_answer(ranked.passage.text, answers) for ranked in left):
        return []
    return left


def _fitted(groups: Groups) -> AnswerabilityModel:
    from sklearn.linear_model import LogisticRegression

    names = [name for name, features in groups.items() for _ in features]
    values = np.array([one for features in groups.values() for one in features])
    spread = values.std(axis=0).clip(1e-6)
    counts = [WEIGHTS[name] / len(groups[name]) * len(names) for name in names]
    answered = [name == "answered" for name in names]
    model = LogisticRegression(max_iter=1000).fit(values / spread, answered, sample_weight=counts)
    rounded = (round(float(weight), _DIGITS) for weight in model.coef_[0] / spread)
    weights = dict(zip(Features._fields, rounded, strict=True))
    return _with_threshold(
        AnswerabilityModel(weights, round(float(model.intercept_[0]), _DIGITS), 0.0), groups
    )


def _with_threshold(model: AnswerabilityModel, groups: Groups) -> AnswerabilityModel:
    """Return the model with a threshold that answers enough, and hardly any off-topic question."""
    enough = np.quantile(_confidences(model, groups["answered"]), 1 - _ANSWERED)
    lowest = np.quantile(_confidences(model, groups["off topic"]), 1 - _ANSWERED_OFF_TOPIC)
    return replace(model, threshold=round(float(max(enough, lowest)), _DIGITS))


def _confidences(model: AnswerabilityModel, features: Sequence[Features]) -> np.ndarray:
    return np.array([model.confidence(one) for one in features])


def _show(model: AnswerabilityModel, groups: Groups) -> None:
    console.print(f"threshold {model.threshold}, weights {model.weights}")
    answered = _confidences(model, groups["answered"])
    table = Table("group", "questions", "answered", "AUROC against the answered")
    for name, features in groups.items():
        given = _confidences(model, features)
        against = "" if name == "answered" else f"{auroc(answered, given):.3f}"
        share = f"{np.mean(given >= model.threshold):.3f}"
        table.add_row(name, f"{len(features):,}", share, against)
    console.print(table)


if __name__ == "__main__":
    try:
        main()
    except DragomanError as error:
        sys.exit(f"Error: {error}")
