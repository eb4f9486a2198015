"""A test collection small enough to rank in one's head."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

# One passage each. By initials, title included: Apples is aar, Bees is bbb, Cats is ccp.
ARTICLES = (
    {"_id": "a", "title": "Apples", "text": "Apples ripen."},
    {"_id": "b", "title": "Bees", "text": "Bees buzz."},
    {"_id": "c", "title": "Cats", "text": "Cats purr.", "metadata": {"date": "2022-03-29"}},
)
QUESTIONS = (
    {"_id": "first", "text": "apples", "metadata": {"answers": ["The ripen!"]}},
    {"_id": "second", "text": "bees ripen", "metadata": {"answers": ["never", "ripen"]}},
    {"_id": "never", "text": "zebras", "metadata": {"date": "2022-03-28"}},
    {"_id": "unanswerable", "text": "apples", "metadata": {"answerable": False}},
    {"_id": "unjudged", "text": "apples"},
)
JUDGEMENTS = (
    ("first", "a", 1),
    ("second", "a", 1),
    ("second", "b", 0),
    ("never", "c", 1),
    ("unanswerable", "a", 1),
)


def write_collection(
    folder: Path,
    articles: Iterable[Mapping[str, object]] = ARTICLES,
    questions: Iterable[Mapping[str, object]] = QUESTIONS,
    judgements: Iterable[tuple[object, ...]] = JUDGEMENTS,
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, articles)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)))
    lines = ("query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in judgements))
    (folder / "qrels.tsv").write_text("\n".join(lines))
    return folder
