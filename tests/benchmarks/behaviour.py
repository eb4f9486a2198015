"""What a version answers, to prove that a redesign changes nothing.

    python tests/benchmarks/behaviour.py record before.json --data rtqa_2022
    python tests/benchmarks/behaviour.py compare before.json after.json

`record` asks and searches some 400 questions through the library: those of the tests about the
bundled articles, some that follow on others, and with `--data` the first hundred of a collection.
`compare` prints what differs, and how long a search and an ask take in both.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from dragoman import Dragoman, Filters, Turn

TESTS = Path(__file__).parent.parent / "search"
MODES = ("hybrid", "dense", "lexical")
_OF_COLLECTION = 100
_TIMINGS = ("took_ms", "stages")
_DIALOGUES = (
    ("Who led Russia's delegation in Istanbul?", "Vladimir Medinsky.", "And Ukraine's?"),
    ("How many civilians were killed?", "At least 3,153.", "And the injured?"),
    ("Who met in Antalya?", "Lavrov and Kuleba.", "When was that?"),
    ("What did Kalın discuss in Kyiv?", "Mariupol.", "What did he say about Istanbul?"),
    ("Where were the talks of 29 March held?", "In Istanbul.", "Who else was there?"),
    ("Did Turkey close the straits?", "Yes.", "When?"),
    ("What did Akar tell Shoigu?", "That a cease-fire matters.", "Why?"),
    ("How many refugees left Ukraine?", "5.4 million.", "And by 29 March?"),
    ("Who hosted the talks?", "Turkey did.", "What did they offer?"),
    ("Which rounds were held in Belarus?", "Three.", "How long did the first last?"),
)


class Asked(NamedTuple):
    """A question, what was said before it, and the day as of which it is asked."""

    question: str
    history: tuple[Turn, ...] = ()
    as_of: date | None = None


def bundled_questions() -> Iterator[Asked]:
    """Return the tests' questions on the bundled articles, and short dialogues about them."""
    for line in (TESTS / "answering" / "ask_questions.jsonl").read_text().splitlines():
        found = json.loads(line)
        history = tuple(Turn(**turn) for turn in found.get("history", ()))
        as_of = date.fromisoformat(found["as_of"]) if found.get("as_of") else None
        yield Asked(found["question"], history, as_of)
    for line in (TESTS / "retrieval" / "time_questions.jsonl").read_text().splitlines():
        yield Asked(json.loads(line)["question"])
    for name in ("retrieval/name_questions.txt", "answering/off_topic_questions.txt"):
        yield from map(Asked, (TESTS / name).read_text().splitlines())
    for first, answer, question in _DIALOGUES:
        yield Asked(question, (Turn("user", first), Turn("assistant", answer)))


def collection_questions(folder: Path) -> Iterator[Asked]:
    """Return the first hundred questions of a collection."""
    lines = (folder / "queries.jsonl").read_text().splitlines()[:_OF_COLLECTION]
    yield from (Asked(json.loads(line)["text"]) for line in lines)


def recorded(dragoman: Dragoman, asked: Asked) -> dict[str, Any]:
    """Return what is answered and what is found in each mode, with the milliseconds."""
    filters = Filters(as_of=asked.as_of)
    started = time.perf_counter()
    answer = dragoman.ask(asked.question, asked.history, filters=filters)
    taken = 1000 * (time.perf_counter() - started)
    record: dict[str, Any] = {"ask": without_timings(answer.to_dict()), "ask_ms": taken}
    for mode in MODES:
        started = time.perf_counter()
        found = dragoman.search(asked.question, 10, mode, filters)
        record[f"{mode}_ms"] = 1000 * (time.perf_counter() - started)
        record[mode] = without_timings(found.to_dict())
    return record


def without_timings(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message without what differs from one run to the next."""
    return {name: value for name, value in message.items() if name not in _TIMINGS}


def record_all(file: Path, data: Path | None, archive: Path | None) -> None:
    """Ask all questions and write what comes of it."""
    records: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        with Dragoman.open(Path(folder) / "archive") as dragoman:
            dragoman.add(Path(__file__).parents[2] / "corpus" / "talks-2022")
            _record(dragoman, "bundled", list(bundled_questions()), records)
        if data:
            with Dragoman.open(archive or Path(folder) / "collection") as dragoman:
                if archive is None or not archive.exists():
                    dragoman.add(data / "corpus.jsonl")
                _record(dragoman, "collection", list(collection_questions(data)), records)
    file.write_text(json.dumps(records, indent=1, ensure_ascii=False, default=str))
    print(f"{len(records)} questions written to {file}")
    print_times(records)


def _record(dragoman: Dragoman, name: str, questions: list[Asked], records: dict[str, Any]) -> None:
    recorded(dragoman, questions[0])  # what only the first question waits for
    for number, asked in enumerate(questions):
        records[f"{name} {number}: {asked.question}"] = recorded(dragoman, asked)


def print_times(records: dict[str, Any]) -> None:
    """Print the median milliseconds of an ask and of a search in each mode."""
    for name in ("ask", *MODES):
        for part in dict.fromkeys(key.split()[0] for key in records):
            taken = [one[f"{name}_ms"] for key, one in records.items() if key.startswith(part)]
            print(f"{part:<12}{name:<10}{median(taken):8.2f} ms")


def compare(before: Path, after: Path) -> int:
    """Print what differs between two recordings; return how many questions do."""
    old, new = (json.loads(file.read_text()) for file in (before, after))
    kinds: Counter[str] = Counter()
    differing = 0
    for key in {**old, **new}:
        paths = sorted(differences(old.get(key, {}), new.get(key, {})))
        if paths:
            differing += 1
            kinds.update({path.split(":")[0] for path in paths})
            print(key, *paths[:6], sep="\n    ")
    print(f"{differing} of {len(new)} questions differ")
    for kind, count in kinds.most_common():
        print(f"{count:>5}  {kind}")
    for name, records in (("before", old), ("after", new)):
        print(name)
        print_times(records)
    return differing


def differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Return the places where two messages differ, with both values."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            if not str(name).endswith("_ms"):
                yield from differences(old.get(name), new.get(name), f"{path}.{name}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield from differences(one, other, f"{path}[]")
    elif (old or new) and old != new and not _nearly_equal(old, new):
        yield f"{path}: {str(old)[:160]} → {str(new)[:160]}"


def _nearly_equal(old: Any, new: Any) -> bool:
    return isinstance(old, float) and isinstance(new, float) and abs(old - new) < 1e-6


def main() -> None:
    """Record or compare, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    record = commands.add_parser("record")
    record.add_argument("file", type=Path)
    record.add_argument("--data", type=Path, help="a collection's folder")
    record.add_argument("--archive", type=Path, help="where its articles are, or are to be put")
    comparison = commands.add_parser("compare")
    comparison.add_argument("before", type=Path)
    comparison.add_argument("after", type=Path)
    given = parser.parse_args()
    if given.command == "record":
        record_all(given.file, given.data, given.archive)
    else:
        sys.exit(1 if compare(given.before, given.after) else 0)


if __name__ == "__main__":
    main()
