"""What a reader keeps in memory is as the database has it, whatever is changed meanwhile."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.text.folding import folded
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.database import Database
from dragoman.index.local.writer import LocalWriter, local_writer
from initials_encoder import InitialsEncoder

ENCODER = InitialsEncoder()
FILTERS = [
    {},
    {"sources": ["post"]},
    {"sources": ["Post", "Star", "none such"]},
    {"since": date(2022, 1, 3)},
    {"until": date(2022, 1, 3)},
    {"since": date(2022, 1, 2), "until": date(2022, 1, 4), "sources": ["Star"]},
    {"until": date.max},
    {"tags": ["odd"]},
    {"tags": ["odd"], "sources": ["Post"]},
]


def put(writer: LocalWriter, *numbers: int, text: str = "a ferry left") -> None:
    articles = [
        Article(
            id=str(n),
            title="",
            text=text,
            source=[None, "Post", "Star"][n % 3],
            published=date(2022, 1, 1) + timedelta(n) if n % 4 else None,
            tags=("odd",) if n % 2 else (),
        )
        for n in numbers
    ]
    writer.put(
        (one, [Passage(one.id, 0, (0, len(text)), text)], ENCODER.encode_passages([text]))
        for one in articles
    )


def passes(one: Article, sources=(), since=None, until=None, tags=()) -> bool:
    return (
        (not sources or folded(one.source or "") in {folded(source) for source in sources})
        and (not tags or bool({*one.tags} & {*tags}))
        and (not since or (one.published is not None and one.published >= since))
        and (not until or (one.published is not None and one.published <= until))
    )


def same_as_the_database(archive: LocalArchive) -> bool:
    with Database(archive.folder) as database:
        numbers = database.article_numbers().tolist()
        articles = dict(zip(numbers, database.articles_numbered(numbers), strict=True))
    return all(
        archive.article_numbers(**filters).tolist()
        == [number for number, one in articles.items() if passes(one, **filters)]
        for filters in FILTERS
    )


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "archive"
    with local_writer(folder, ENCODER) as writer:
        put(writer, *range(12))
    return folder


def test_filters_see_every_change(folder):
    archive = LocalArchive(folder)
    assert same_as_the_database(archive)
    with local_writer(folder) as writer:
        put(writer, 12, 13)
        assert same_as_the_database(archive)
        writer.remove(["12"])
        put(writer, 14)  # as many as before
        assert same_as_the_database(archive)
        put(writer, 3, text="a ferry came back")
        assert same_as_the_database(archive)
        writer.remove([str(n) for n in range(15)])
        assert archive.article_numbers().tolist() == []
        put(writer, 7)
        assert same_as_the_database(archive)


def test_words_are_found_in_what_passes_as_without_a_filter(folder):
    with local_writer(folder) as writer:
        for start in range(100, 4_000, 300):
            texts = "ferry " * (1 + start // 300)
            put(writer, *range(start, start + 300), text=f"{texts} left for {start}")
    archive = LocalArchive(folder)
    snapshot = archive.snapshot()
    every = snapshot.words.matching("ferry left", 5_000)
    of = archive.articles_of([*every])
    some = np.sort(np.random.default_rng(1).choice(archive.article_numbers(), 2_000, replace=False))
    late = archive.article_numbers()[-2_000:]  # all behind the others: more are looked for
    for articles in (some, late):
        passing = [p for p in every if of[p] in set(articles.tolist())]
        found = snapshot.matching("ferry left", 100, articles)
        assert found == {passage: pytest.approx(every[passage]) for passage in passing[:100]}
