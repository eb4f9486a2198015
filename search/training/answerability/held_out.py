"""Collections made of the training data's passages that the reader did not learn from."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ...evaluation.collection import CORPUS, JUDGEMENTS, QUESTIONS
from ..data import Row, TrainingData, part_of_passage

SIZES = (50, 500, 5000)  # articles of a collection
# Sets whose questions can be understood without their passage.
STANDALONE = frozenset(
    ("squad2_train_part", "squadshifts_wiki", "nq_dev_gold", "tydiqa_en", "mlqa_en_dev")
)
_QUESTIONS = 3  # of each kind about one article, at most
_SEED = 2022


def held_out_collection(data: TrainingData, articles: int, folder: Path) -> Path:
    """Write a BEIR-style collection of so many passages, each an article, and return its folder.

    There are fewer where the data has fewer. Articles with questions come first.
    """
    chance = random.Random(_SEED)  # noqa: S311 -- nothing is secret
    passages = [n for n, (_, text) in data.passages.items() if part_of_passage(text) != "training"]
    asked = _rows_of(data.rows, set(passages))
    chance.shuffle(passages)
    passages.sort(key=lambda number: number not in asked)
    kept = passages[:articles]
    rows = [row for number in kept for row in _some(asked.get(number, []), chance)]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / CORPUS, (_article(number, *data.passages[number]) for number in kept))
    _write(folder / QUESTIONS, (_question(n, row, data) for n, row in enumerate(rows)))
    judged = [f"{n}\t{row.passage}\t1" for n, row in enumerate(rows) if not row.unanswerable]
    (folder / JUDGEMENTS).write_text("\n".join(("query-id\tcorpus-id\tscore", *judged)) + "\n")
    return folder


def _rows_of(rows: Iterable[Row], passages: set[int]) -> dict[int, list[Row]]:
    asked: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        usable = row.answers or row.unanswerable
        if row.passage in passages and row.set in STANDALONE and usable:
            asked[row.passage].append(row)
    return asked


def _some(rows: list[Row], chance: random.Random) -> list[Row]:
    kept = []
    for unanswerable in (False, True):
        of_kind = [row for row in rows if row.unanswerable == unanswerable]
        kept += chance.sample(of_kind, min(_QUESTIONS, len(of_kind)))
    return kept


def _article(number: int, title: str, text: str) -> dict[str, object]:
    return {"_id": str(number), "title": title, "text": text, "metadata": {}}


def _question(number: int, row: Row, data: TrainingData) -> dict[str, object]:
    text = data.passages[row.passage][1]
    answers = [text[slice(*span)] for span in row.answers]
    known = {
        "answers": answers,
        "answerable": not row.unanswerable,
        "source_doc": str(row.passage),
    }
    return {"_id": str(number), "text": row.question, "metadata": known}


def _write(file: Path, records: Iterable[dict[str, object]]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
