"""An archive that an older version made: opened, searched, added to and backed up by this one."""

import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.index.backup import back_up, restore
from dragoman.index.local.locking import writer_lock
from dragoman.index.local.schema import FILE, connect, schema_version
from dragoman.index.opening import bring_up_to_date, open_archive
from dragoman.search.dragoman import Dragoman

# Three made-up articles, one a reprint of another, added by `dragoman add` of version 0.1.0, whose
# schema was 2.
OLDER = Path(__file__).parent / "archive-0.1.tar.gz"
QUESTION = "Who will command the first crossing of the ferry?"


@pytest.fixture
def folder(tmp_path) -> Path:
    with tarfile.open(OLDER) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path / "archive"


def test_it_is_of_the_older_schema(folder):
    connection = connect(folder, writable=False)
    assert schema_version(connection) == 2
    connection.close()


def test_it_is_brought_up_to_date_once_and_says_how_far_it_is(folder):
    told = []
    bring_up_to_date(folder, lambda *done: told.append(done))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    bring_up_to_date(folder, lambda *done: told.append(done))
    assert len(told) == 4
    assert open_archive(folder).summary().articles == 3


def test_nothing_is_said_of_one_that_may_not_be_written(folder):
    told = []
    with writer_lock(folder):
        bring_up_to_date(folder, lambda *done: told.append(done))
    assert told == []


def test_it_is_opened_searched_and_asked(folder, real_encoder):
    with Dragoman.open(folder, real_encoder) as dragoman:
        assert (dragoman.info().articles, dragoman.info().duplicate_groups) == (3, 1)
        assert dragoman.search(QUESTION).passages[0].article.source == "Harbour Post"
        answer = dragoman.ask(QUESTION)
        assert answer.answer is not None
        assert "Captain Ilse Brandt" in answer.answer


def test_it_is_added_to_and_removed_from(folder, real_encoder):
    text = "The lighthouse of Kestrel Island is painted red and white, the county said."
    with Dragoman.open(folder, real_encoder) as dragoman:
        removed = [article.id for article in dragoman.articles() if "mill" in article.title]
        dragoman.add({"id": "new", "title": "Lighthouse painted", "text": text})
        assert dragoman.remove(removed) == removed
        assert dragoman.search("How is the lighthouse painted?").passages[0].article.id == "new"
        assert dragoman.search(QUESTION).passages[0].article.source == "Harbour Post"
        assert dragoman.info().articles == 3


def test_it_is_backed_up_and_restored(folder, real_encoder, tmp_path):
    held = back_up(folder, tmp_path / "backup.zip", False, lambda *_: None)
    assert (held.schema, held.articles) == (2, 3)
    restore(tmp_path / "backup.zip", tmp_path / "again", lambda *_: None)
    assert (tmp_path / "again" / FILE).exists()
    with Dragoman.open(tmp_path / "again", real_encoder) as dragoman:
        assert dragoman.search(QUESTION).passages[0].article.source == "Harbour Post"


def test_a_version_is_kept_of_what_was_added_then(folder, real_encoder):
    with Dragoman.open(folder, real_encoder) as dragoman:
        older = next(article for article in dragoman.articles() if "mill" in article.title)
        dragoman.add(replace(older, text="The mill has been sold, the county said."))
    former = open_archive(folder).versions(older.id)
    assert [version.article for version in former] == [older]


def test_one_that_may_not_be_written_has_no_versions(folder):
    with writer_lock(folder):
        archive = open_archive(folder)
        assert archive.versions("any") == []
        assert archive.visits(["https://example.org/"]) == {}
