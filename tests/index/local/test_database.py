from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.text.folding import folded
from dragoman.index.archive import PassageText
from dragoman.index.errors import ArchiveMissing
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.database import Database
from dragoman.index.local.schema import create_database, prepare_folder
from dragoman.index.local.writer import LocalWriter
from initials_encoder import InitialsEncoder

FULL = Article(
    id="a/1",
    title="Talks",
    text="One two. Three.",
    source="Gazete Doğu",
    url="https://example.org/1",
    published=date(2022, 3, 29),
    event=date(2022, 3, 28),
    form="digest",
    authors=("A. Yazar", "B. Автор"),
    tags=("barış", "Барыш"),
)


def stored(article: Article, value: float = 1.0):
    passage = Passage(article.id, 0, (0, len(article.text)), article.text)
    return article, [passage], np.full((1, 4), value, np.float32)


@pytest.fixture
def database(tmp_path: Path):
    folder = tmp_path / "archive"
    prepare_folder(folder)
    create_database(folder)
    with LocalWriter(folder) as database:
        yield database


def test_what_is_put_is_what_is_read(database):
    database.put([stored(FULL)])
    assert database.article("a/1") == FULL
    number = int(database.vectors_of_articles().passages[0])
    found = database.passages([number])[number]
    assert found.article == FULL
    assert found.passage.text == FULL.text
    assert database.vectors([number])[number].tolist() == [1.0] * 4
    texts = database.texts([number, number + 1])
    assert texts == {
        number: PassageText("Talks", FULL.text, FULL.source, FULL.published, FULL.event)
    }


def test_putting_again_replaces_the_article_with_all_that_hangs_on_it(database):
    database.put([stored(FULL)])
    before = int(database.vectors_of_articles().passages[0])
    changed = Article(id="a/1", title="Talks end", text="Other words.")
    database.put([stored(changed, 2.0)])
    assert database.counts() == (1, 1)
    assert database.article("a/1") == changed
    assert database.passages([before]) == {}
    assert database.vectors([before]) == {}


def test_numbers_are_never_used_twice(database):
    database.put([stored(FULL)])
    first = database.article_numbers()[0]
    database.remove(["a/1"])
    database.put([stored(FULL)])
    assert database.article_numbers()[0] > first


def test_removing_takes_all_and_says_what_was_there(database):
    database.put([stored(FULL)])
    assert database.remove(["a/1", "never"]) == ["a/1"]
    assert database.counts() == (0, 0)
    assert database.article("a/1") is None


def test_every_change_raises_seq_and_a_failed_one_leaves_everything(database):
    database.put([stored(FULL)])
    seq = database.seq
    second = Article(id="b", title="", text="x")
    with pytest.raises(ValueError, match="zip"):
        database.put([stored(second), (FULL, [], np.zeros((1, 4), np.float32))])
    assert database.seq == seq
    assert database.counts() == (1, 1)
    database.remove([FULL.id])
    assert database.seq > seq


def test_filters_are_inclusive_and_undated_articles_pass_no_date(database):
    days = {"early": date(2022, 3, 1), "late": date(2022, 4, 1), "undated": None}
    database.put(
        [stored(Article(id=id, title="", text="x", published=day)) for id, day in days.items()]
    )
    with LocalArchive(database.folder) as archive:
        early, late, undated = archive.article_numbers().tolist()
        since = archive.article_numbers(since=date(2022, 3, 1)).tolist()
        assert since == [early, late]
        assert archive.article_numbers(until=date(2022, 3, 1)).tolist() == [early]
        between = archive.article_numbers(since=date(2022, 3, 2), until=date(2022, 3, 31))
        assert between.tolist() == []
    assert undated not in since


@pytest.mark.parametrize("asked", ["Gazete Doğu", "gazete dogu", "GAZETE  DOĞU"])
def test_sources_are_compared_without_case_or_accents(database, asked):
    database.put([stored(FULL), stored(Article(id="b", title="", text="x", source="Other"))])
    with LocalArchive(database.folder) as archive:
        assert len(archive.article_numbers(sources=[asked])) == 1


def test_folded_reads_dotted_and_dotless_i_alike():
    assert folded("KALIN") == folded("Kalın") == folded("kalin")
    assert folded("İbrahim") == folded("ibrahim")


def test_more_numbers_than_sqlite_takes_at_once(database):
    articles = [Article(id=str(n), title="", text="x") for n in range(2000)]
    database.put([stored(article) for article in articles])
    numbers = database.vectors_of_articles().passages.tolist()
    assert len(database.vectors(numbers)) == 2000
    assert len(database.hashes([article.id for article in articles])) == 2000
    texts = list(database.passage_texts(database.article_numbers().tolist()))
    assert len({number for number, *_ in texts}) == 2000


def test_an_unfinished_reading_hides_no_later_change(database):
    database.put([stored(Article(id=str(n), title="", text="x")) for n in range(2000)])
    with Database(database.folder) as reader:
        reading = reader.articles()
        assert next(reading).id == "0"
        database.remove(["1", "1999"])
        database.put([stored(Article(id="new", title="", text="x"))])
        assert reader.article("1999") is None
        assert reader.counts() == (1999, 1999)
        read = [article.id for article in reading]
    assert read == [str(n) for n in range(2, 1999)]


def test_staged_passages_take_the_place_of_all_others_at_once(database):
    database.put([stored(FULL)])
    halves = [Passage("a/1", 0, (0, 8), "One two."), Passage("a/1", 1, (9, 15), "Three.")]
    seen = []

    def batches():
        yield [(FULL, halves, np.ones((2, 26), np.float32))]
        seen.append(database.counts())

    database.reencode(InitialsEncoder(fingerprint="other"), batches())
    assert seen == [(1, 1)]
    assert database.counts() == (1, 2)
    assert database.vectors_of_articles().vectors.shape == (2, 26)
    assert database.setting("encoder") == "other"


def test_a_folder_without_a_database_is_no_archive(tmp_path):
    with pytest.raises(ArchiveMissing, match="adding articles"):
        Database(tmp_path)
