"""What a search costs, stage by stage, and beside a plain fusion of both indexes."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from rich.table import Table

from dragoman.index.archive import Archive
from dragoman.search.dragoman import Dragoman
from dragoman.search.highlighting import highlights
from dragoman.search.question import Question
from dragoman.search.ranking import rank
from dragoman.search.retriever import Candidates, retrieve
from dragoman.search.selection import select

_DEPTH = 100
_SHOWN = 5
_ROUNDS = 3

Step = Callable[[Question], object]


def measure_search(archive: Path, asked: Sequence[str] = (), name: str = "made up") -> Table:
    """Time each stage of a search, a plain fusion, and the whole, question by question.

    Without questions, the titles of fifty articles are asked.
    """
    with Dragoman.open(archive) as dragoman:
        dragoman.warm_up()
        texts = list(asked) or [article.title for article in dragoman.articles(limit=50)]
        opened = Archive(archive)
        questions = [Question(text) for text in texts]
        times = _medians(_steps(dragoman, opened), questions)
        opened.close()
    table = Table("stage", "median ms", "share", title=f"Searching {name}, {len(texts)} questions")
    table.title_justify = "left"
    for stage, milliseconds in _stages(times).items():
        table.add_row(stage, f"{milliseconds:.2f}", f"{milliseconds / times['search']:.0%}")
    table.add_section()
    table.add_row("the whole search", f"{times['search']:.2f}", "100%")
    parts = times["encode"] + times["FAISS"] + times["tantivy"]
    table.add_row("… as a multiple of its parts", f"{times['search'] / parts:.2f}")
    table.add_row("… of a plain fusion", f"{times['search'] / times['fusion']:.2f}")
    return table


def _steps(dragoman: Dragoman, archive: Archive) -> Mapping[str, Step]:
    """Give what is timed, by name; each includes what it builds upon."""
    encoder, snapshot = dragoman.encoder, archive.snapshot()

    def found(question: Question) -> Candidates:
        return retrieve(question, archive, encoder)

    return {
        "encode": lambda asked: encoder.encode_question(asked.text),
        "FAISS": lambda asked: snapshot.vectors.search(_vector(asked), _DEPTH),
        "tantivy": lambda asked: snapshot.words.search(asked.text, _DEPTH),
        "retrieve": found,
        "fusion": lambda asked: _fused(found(asked), asked, archive),
        "rank": lambda asked: rank(asked, found(asked), archive),
        "select": lambda asked: select(asked, archive, encoder, None),
        "search": lambda asked: dragoman.search(asked.text),
    }
