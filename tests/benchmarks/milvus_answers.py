"""Asks the same questions of an archive in a folder and of its copy on a Milvus server.

    python tests/benchmarks/milvus_answers.py ARCHIVE QUESTIONS.jsonl --most 120

A line of QUESTIONS.jsonl is an object with a "text", as test collections have it. The archive is
copied by `copy_archive`, which takes its vectors along. Answers are the same where all is that an
answer states: its text, status, citations, figures and warnings, and which passages come with it;
confidences may differ by 10⁻⁶. The exit status is 1 where one is not.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.index.copying import copy_archive
from dragoman.search.answer import Answer
from dragoman.search.dragoman import Dragoman

sys.path.insert(0, str(Path(__file__).parent.parent))

from milvus_server import MilvusServer, end_when_told

MOST_APART = 1e-6  # of two confidences
MEASURED = ("confidence", "took_ms", "stages")


def stated(answer: Answer) -> dict[str, Any]:
    """Return what an answer states but for its confidence, and of passages only which they are."""
    told = answer.to_dict()
    told["passages"] = [(ranked.article.id, ranked.passage.position) for ranked in answer.passages]
    return {name: value for name, value in told.items() if name not in MEASURED}


def timed(dragoman: Dragoman, question: str) -> tuple[Answer, float]:
    """Return an answer, and how many seconds it took."""
    began = time.perf_counter()
    return dragoman.ask(question), time.perf_counter() - began


def compare(folder: Dragoman, copy: Dragoman, questions: list[str]) -> int:
    """Ask both, then tell; return the exit status."""
    seconds, apart, statuses, differing = [], [], Counter[str](), []
    for question in questions:
        (one, first), (two, second) = timed(folder, question), timed(copy, question)
        seconds.append((first, second))
        statuses[one.status] += 1
        apart.append(abs(one.confidence - two.confidence))
        parts, others = stated(one), stated(two)
        if unlike := [name for name in parts if parts[name] != others[name]]:
            differing.append(f"{question!r}: {', '.join(unlike)}")
    print(f"{len(questions)} questions, {dict(statuses)}; {len(differing)} answers differ")
    print(*differing[:20], sep="\n")
    print(f"confidences differ by up to {max(apart):.1e}")
    print("p50 of an answer, ms: folder {:.0f}, server {:.0f}".format(*milliseconds(seconds)))
    return 1 if differing or max(apart) > MOST_APART else 0


def milliseconds(seconds: list[tuple[float, float]]) -> list[float]:
    """Return the median of each column, in milliseconds."""
    return (np.median(seconds, axis=0) * 1000).tolist()


def main() -> None:
    """Copy the archive, ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--most", type=int, default=120, help="questions, from the first on")
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()[: options.most]
    end_when_told()
    with MilvusServer() as server:
        address = f"{server.address}/copied"
        copied = copy_archive(options.archive, address)
        print(f"{copied.contents.articles} articles, {copied.contents.passages} passages copied")
        with Dragoman.open(options.archive) as folder, Dragoman.open(address) as copy:
            status = compare(folder, copy, [json.loads(line)["text"] for line in lines])
    sys.exit(status)


if __name__ == "__main__":
    main()
