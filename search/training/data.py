"""The training data, and its split into training, calibration and held-out parts."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from ...corpus.article import Span
from ...corpus.errors import BrokenRecord, PathMissing
from ..reading.pairs import TitledText

Part = Literal["training", "calibration", "held-out"]

PASSAGES_FILE, ROWS_FILE = "passages.jsonl.gz", "rows.jsonl.gz"
_SHARES = 20  # of the passages: two are held out, one is for calibration


@dataclass(frozen=True, slots=True)
class Row:
    """A question, the number of a passage that answers it, and those of negatives.

    `answers` are the spans of the answer in the passage's text; empty where they are not known.
    A question that is `unanswerable` was written to look as if the passage answered it.
    """

    set: str
    question: str
    passage: int
    answers: tuple[Span, ...]
    negatives: tuple[int, ...]
    unanswerable: bool = False


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Passages by number, and the rows that refer to them."""

    passages: dict[int, TitledText]
    rows: list[Row]

    def part(self, part: Part) -> list[Row]:
        """Return the rows of a part.

        Each passage belongs to one part. Rows of the training part have no passages of other
        parts, not even as negatives. In the others, rows are answerable and have negatives.
        """
        part_of: dict[int, Part] = {
            number: part_of_passage(text) for number, (_, text) in self.passages.items()
        }
        rows = [row for row in self.rows if part_of[row.passage] == part]
        if part == "training":
            return [_among(row, part_of) for row in rows]
        return [row for row in rows if row.negatives and not row.unanswerable]

    def unanswerable(self, part: Part) -> list[Row]:
        """Return the questions of a part that were written to be unanswerable."""
        return [
            row
            for row in self.rows
            if row.unanswerable and part_of_passage(self.passages[row.passage][1]) == part
        ]


def part_of_passage(text: str) -> Part:
    """Return the part of a passage, by a hash of its text: equal texts are in the same part.

    >>> part_of_passage("Talks were held.") == part_of_passage(" talks were held. ")
    True
    """
    share = int(sha256(text.strip().lower().encode()).hexdigest(), 16) % _SHARES
    return "held-out" if share < 2 else "calibration" if share == 2 else "training"


def read_training_data(folder: Path) -> TrainingData:
    """Read `passages.jsonl.gz` and `rows.jsonl.gz`.

    A passage has `pid`, `title` and `text`; a row `set`, `question`, `pid`, `neg` (pids), `kind`
    ("span" where the places of `answers` are known, "noanswer" where there is none) and `answers`
    (`text` and `start`). Raises PathMissing or BrokenRecord.
    """
    passages = {
        record["pid"]: (record["title"], record["text"])
        for record in records(folder / PASSAGES_FILE, ("pid", "title", "text"))
    }
    fields = ("set", "question", "pid", "neg", "kind", "answers")
    return TrainingData(passages, [_row(record) for record in records(folder / ROWS_FILE, fields)])


def records(file: Path, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file, compressed or not, each with all of `fields`.

    Raises PathMissing or BrokenRecord.
    """
    if not file.is_file():
        raise PathMissing(where=file)
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
        for number, line in enumerate(lines, start=1):
            where = f"{file}, line {number}"
            try:
                record = json.loads(line)
            except ValueError as error:
                raise BrokenRecord(where=where, reason=str(error)) from error
            if missing := [field for field in fields if field not in record]:
                raise BrokenRecord(where=where, reason=f"it has no {missing[0]!r}")
            yield record


def _row(record: dict[str, Any]) -> Row:
    answers = record["answers"] if record["kind"] == "span" else ()
    return Row(
        set=record["set"],
        question=record["question"],
        passage=record["pid"],
        answers=_agreed_first([(a["start"], a["start"] + len(a["text"])) for a in answers]),
        negatives=tuple(record["neg"]),
        unanswerable=record["kind"] == "noanswer",
    )


def _agreed_first(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans, most frequent first, of equals the shortest: the first is learned."""
    given = Counter(spans)
    return tuple(sorted(given, key=lambda span: (-given[span], span[1] - span[0], span)))


def _among(row: Row, part_of: dict[int, Part]) -> Row:
    negatives = tuple(number for number in row.negatives if part_of[number] == "training")
    return replace(row, negatives=negatives)
