"""How well copies are told from other reports, at several strengths of editing."""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from rich.table import Table

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.loading import read_articles
from dragoman.index.local.schema import create_database, prepare_folder
from dragoman.index.local.writer import LocalWriter
from dragoman.search.bundled import BUNDLED

sys.path.append(str(Path(__file__).parent.parent))  # where the tests keep what they share
from reprints import EDITS, bulletin, digest, made_up_report, quoting, with_background

_MADE_UP = 100


def measure_copies(corpus: Path | None = None, most: int = 300) -> Table:
    """Find the reprints of articles among other reports that have much in common with them.

    The articles are the bundled ones, made-up ones, and `most` of a corpus if there is one.
    Precision and recall are of pairs: an article and its reprint in one family.
    """
    texts = [made_up_report(seed) for seed in range(_MADE_UP)]
    for path in filter(None, (BUNDLED, corpus)):
        found = (read for read in read_articles(path) if isinstance(read, Article))
        texts += dict.fromkeys(article.text for article, _ in zip(found, range(most), strict=False))
    title = f"Copies of {len(texts)} articles, among as many that quote them or resemble others"
    table = Table("reprints", "precision", "recall", "ms per article", title=title)
    table.title_justify = "left"
    for name, edit in EDITS.items():
        groups = [*([text, edit(text)] for text in texts), *([text] for text in _others(texts))]
        precision, recall, milliseconds = _measured(groups)
        table.add_row(name, f"{precision:.3f}", f"{recall:.3f}", f"{milliseconds:.1f}")
    return table


def _others(texts: list[str]) -> Iterator[str]:
    """Give reports that are no copies of any: quotes, shared background, digests, bulletins."""
    for number, text in enumerate(texts):
        yield quoting(text, 10_000 + number)
    background = made_up_report(20_000, paragraphs=4)
    for number in range(50):
        yield with_background(20_001 + number, background)
    for start in range(0, _MADE_UP - 4, 5):
        yield digest(*texts[start : start + 5])
    for day in range(1, 31):
        yield bulletin(day, 1_200 + 37 * day, 1_500 + 53 * day)


def _measured(groups: list[list[str]]) -> tuple[float, float, float]:
    """Give precision, recall and milliseconds per article; a group's texts are copies."""
    texts = [text for group in groups for text in group]
    group_of = [number for number, group in enumerate(groups) for _ in group]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "archive"
        prepare_folder(folder)
        create_database(folder)
        with LocalWriter(folder) as database:
            started = time.perf_counter()
            database.put(_stored(number, text) for number, text in enumerate(texts))
            seconds = time.perf_counter() - started
            joined = _joined(database)
    wanted = sum(len(group) * (len(group) - 1) // 2 for group in groups)
    right = sum(group_of[one] == group_of[other] for one, other in joined)
    return right / max(len(joined), 1), right / wanted, 1000 * seconds / len(texts)


def _stored(number: int, text: str) -> tuple[Article, list[Passage], np.ndarray]:
    id = str(number)
    passage = Passage(id, 0, (0, len(text)), text)
    return Article(id=id, title="", text=text), [passage], np.ones((1, 1), np.float32)


def _joined(database: LocalWriter) -> list[tuple[int, int]]:
    """Return the pairs of articles that are in one group of duplicates."""
    places = database.duplicate_groups(database.vectors_of_articles().passages.tolist())
    members = defaultdict(list)
    for (_, group), copy in database.duplicates(sorted({group for _, group in places.values()})):
        members[group].append(int(copy.id))
    return [pair for group in members.values() for pair in combinations(group, 2)]
