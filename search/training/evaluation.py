"""Tables of the trained reader's results on held-out passages."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from ...corpus.text.sentences import sentence_spans
from ..evaluation.collection import CORPUS, QUESTIONS
from ..evaluation.measures import auroc_of
from ..evaluation.statistics import Mean, mean_of
from ..language.normalising import has_answer
from ..reading.model import ReaderModel
from ..reading.pairs import TitledText
from ..reading.reader import Reading
from .baselines import Retrieval
from .calibration import best_threshold
from .data import Row, records
from .measures import ReadRow, exact, f1, margin, read_row
from .unanswerable import changed_question, sentences_without

_BASELINES = ("BM25", "dense", "fused")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question about a passage, and its reading; `answers` are empty if it is unanswerable."""

    question: str
    text: str
    answers: tuple[str, ...]
    reading: Reading

    @property
    def answer(self) -> str:
        """The reader's answer."""
        return self.text[slice(*self.reading.span)] if self.reading.span else ""


def first_of_each_set(rows: Sequence[Row], most: int) -> list[Row]:
    """Return the first `most` rows of each set."""
    by_set: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if len(by_set[row.set]) < most:
            by_set[row.set].append(row)
    return [row for name in sorted(by_set) for row in by_set[name]]


def read_rows(
    reader: ReaderModel, rows: Iterable[Row], passages: dict[int, TitledText]
) -> list[ReadRow]:
    """Read all passages of all rows."""
    return [read_row(reader, row, passages) for row in rows]


def read_unanswerable(
    reader: ReaderModel,
    rows: Iterable[Row],
    written: Iterable[Row],
    passages: dict[int, TitledText],
    seed: int,
) -> dict[str, list[Reading]]:
    """Read rows with spans made unanswerable, and questions written to be; return them by kind."""
    chance = random.Random(seed)  # noqa: S311 -- nothing is secret here
    read: dict[str, list[Reading]] = {"changed question": [], "answer taken out": []}
    read["written question"] = [
        reading for row in written for reading in reader.read(row.question, [passages[row.passage]])
    ]
    for row in rows:
        title, text = passages[row.passage]
        others = [passages[number][1] for number in row.negatives]
        if changed := changed_question(row.question, text, others, chance):
            read["changed question"] += reader.read(changed, [(title, text)])
        if kept := sentences_without(text, row.answers):
            rest = " ".join(text[slice(*span)] for span in kept)
            read["answer taken out"] += reader.read(row.question, [(title, rest)])
    return read


def unanswerable_table(
    read: Sequence[ReadRow], unanswerable: Mapping[str, Sequence[Reading]]
) -> Table:
    """Return how well passages that answer are separated from hard negatives."""
    table = Table("without an answer", "readings", "AUROC, probability", "AUROC, margin")
    table.title = "Separating passages that answer from hard negatives"
    answering = [one.reading for one in read if one.row.answers]
    for name, others in unanswerable.items():
        shown = [
            _shown(auroc_of(*(np.array([score(r) for r in rs]) for rs in (answering, others))))
            for score in (_probability, margin)
        ]
        table.add_row(name, str(len(others)), *shown)
    return table


def ranking_table(read: Sequence[ReadRow], retrieval: Retrieval) -> Table:
    """Return the ranks of the answering passage among its negatives, for each set."""
    ranks = {"reader": np.array([one.rank for one in read])}
    scores = [
        retrieval.scores(one.row.question, (one.row.passage, *one.row.negatives)) for one in read
    ]
    for name in _BASELINES:
        ranks[name] = np.array([1 + sum(s >= of[name][0] for s in of[name][1:]) for of in scores])
    table = Table("set", "rows", "accuracy", *_BASELINES, "MRR", *_BASELINES)
    table.title = "Ranking: the answering passage among its negatives"
    for name, places in _by_set(read, lambda _: True):
        shown = [_shown(mean_of((of[places] == 1).astype(float))) for of in ranks.values()]
        shown += [_shown(mean_of(1 / of[places])) for of in ranks.values()]
        table.add_row(name, str(len(places)), *shown)
    return table


def reading_table(read: Sequence[ReadRow]) -> Table:
    """Return how well spans and answerability are predicted, for each set."""
    table = Table("set", "rows", "exact", "F1", "AUROC, probability", "AUROC, margin")
    table.title = "Reading: the answer's span, and whether there is one"
    for name, places in _by_set(read, lambda one: bool(one.row.answers)):
        of_set = [read[place] for place in places]
        table.add_row(
            name,
            str(len(places)),
            _shown(mean_of(np.array([exact(one.answer, one.answers) for one in of_set]))),
            _shown(mean_of(np.array([f1(one.answer, one.answers) for one in of_set]))),
            _shown(_auroc_of_rows(of_set, lambda reading: reading.probability)),
            _shown(_auroc_of_rows(of_set, margin)),
        )
    return table


def _auroc_of_rows(read: Sequence[ReadRow], score: Callable[[Reading], float]) -> Mean:
    negatives = [score(other) for one in read for other in one.negatives]
    return auroc_of(np.array([score(one.reading) for one in read]), np.array(negatives))


def _by_set(
    read: Sequence[ReadRow], counts: Callable[[ReadRow], bool]
) -> list[tuple[str, list[int]]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(read):
        if counts(one):
            places[one.row.set].append(place)
    everywhere = sorted(place for of_set in places.values() for place in of_set)
    return [*sorted(places.items()), ("all", everywhere)]


def read_questions(
    reader: ReaderModel, asked: Iterable[tuple[str, TitledText, tuple[str, ...]]]
) -> list[ReadQuestion]:
    """Read for each question its passage; each comes with the expected answers."""
    return [
        ReadQuestion(question, passage[1], answers, reader.read(question, [passage])[0])
        for question, passage, answers in asked
    ]


def questions_about_passages(
    folder: Path,
) -> Iterator[tuple[str, TitledText, tuple[str, ...]]]:
    """Yield the questions of a BEIR-style folder, each with its passage and its answers.

    The passage is the `source_doc` of its metadata; unanswerable questions have no answers. Raises
    PathMissing or BrokenRecord.
    """
    corpus = records(folder / CORPUS, ("_id", "title", "text"))
    passages = {record["_id"]: (record["title"], record["text"]) for record in corpus}
    for record in records(folder / QUESTIONS, ("text", "metadata")):
        known = record["metadata"]
        answers = tuple(known["answers"]) if known["answerable"] else ()
        yield record["text"], passages[known["source_doc"]], answers


def answerability_table(
    read: Sequence[ReadQuestion], threshold: float, retrieval: Retrieval
) -> Table:
    """Return the measures of SQuAD 2.0, and how often the answer's sentence is found."""
    answerable = [one for one in read if one.answers]
    table = Table("measure", "questions", "reader", "dense and idf overlap")
    for name, of in (("exact", exact), ("F1", f1)):
        values = np.array([of(one.answer, one.answers) for one in answerable])
        table.add_row(f"{name}, answerable", str(len(values)), _shown(mean_of(values)), "")
        for which, least in (("", threshold), (" at best", _best_threshold(read, of))):
            given = [_overall(one, one.reading.probability >= least, of) for one in read]
            shown = _shown(mean_of(np.array(given)))
            table.add_row(f"{name}, with unanswerable{which}", str(len(read)), shown, "")
    has = np.array([bool(one.answers) for one in read])
    for name, score in (("probability", _probability), ("margin", margin)):
        values = np.array([score(one.reading) for one in read])
        found = auroc_of(values[has], values[~has])
        table.add_row(f"AUROC, {name}", str(len(values)), _shown(found), "")
    sentences = [_sentence_hits(one, retrieval) for one in answerable]
    ours, baseline = (np.array(hits, float) for hits in zip(*sentences, strict=True))
    table.add_row("sentence", str(len(ours)), _shown(mean_of(ours)), _shown(mean_of(baseline)))
    return table


def _best_threshold(
    read: Sequence[ReadQuestion], measure: Callable[[str, Sequence[str]], float]
) -> float:
    answerable = [one for one in read if one.answers]
    return best_threshold(
        [one.reading for one in answerable],
        [measure(one.answer, one.answers) for one in answerable],
        [one.reading for one in read if not one.answers],
    )


def _probability(reading: Reading) -> float:
    return reading.probability


def _overall(
    one: ReadQuestion, answered: bool, measure: Callable[[str, Sequence[str]], float]
) -> float:
    if not one.answers or not answered:
        return float(not one.answers and not answered)
    return measure(one.answer, one.answers)


def _sentence_hits(one: ReadQuestion, retrieval: Retrieval) -> tuple[bool, bool]:
    """Return whether the reader, and whether the best baseline, choose a sentence that answers."""
    spans = sentence_spans(one.text)
    texts = [one.text[slice(*span)] for span in spans]
    start = one.reading.span[0] if one.reading.span else 0
    ours = next((n for n, (_, end) in enumerate(spans) if start < end), 0)
    scores = retrieval.sentence_scores(one.question, one.text, spans)
    return has_answer(texts[ours], one.answers), has_answer(
        texts[int(np.argmax(scores))], one.answers
    )


def _shown(mean: Mean) -> str:
    return f"{mean.mean:.3f} ({mean.low:.3f}–{mean.high:.3f})".replace("0.", ".")
