"""The archive of a test collection: made once, for one content, encoder and code."""

import json
import shutil

import pytest

from dragoman.index.errors import ArchiveNotWritable
from dragoman.search.evaluation.collection import read_collection
from dragoman.search.evaluation.indexed_collection import index_collection
from initials_encoder import InitialsEncoder
from tiny_collection import ARTICLES, write_collection


@pytest.fixture
def index(tmp_path, encoder):
    """Indexes a collection of these articles; gives it, with how many passages were encoded."""

    def index(articles=ARTICLES, folder="collection", encoder=encoder, on_progress=None):
        collection = read_collection(write_collection(tmp_path / folder, articles))
        before = encoder.encoded
        indexed = index_collection(collection, encoder, on_progress, tmp_path / "cache")
        return indexed, encoder.encoded - before

    return index


def test_a_second_run_does_not_index_again(index):
    first, encoded = index()
    assert encoded == first.indexing.passages == first.indexing.articles == 3
    assert first.indexing.passages_per_second
    second, encoded = index()
    assert encoded == 0
    assert second.indexing == first.indexing
    found = second.dragoman.search("apples", mode="lexical").passages
    assert [passage.article.id for passage in found] == ["a"]


def test_the_archive_is_known_by_the_content_wherever_it_lies(index):
    first, _ = index()
    elsewhere, encoded = index(folder="elsewhere")
    assert (encoded, elsewhere.dragoman.folder) == (0, first.dragoman.folder)
    other, encoded = index([*ARTICLES, {"_id": "d", "text": "Dogs bark."}])
    assert encoded == 4
    assert other.sha256 != first.sha256
    assert other.dragoman.folder != first.dragoman.folder


def test_another_encoder_has_another_archive(index):
    first, _ = index()
    other, encoded = index(encoder=InitialsEncoder(fingerprint="others 26"))
    assert encoded == 3
    assert other.dragoman.folder != first.dragoman.folder


def test_what_was_interrupted_goes_on_and_is_not_measured(index, encoder):
    articles = [
        *ARTICLES,
        *({"_id": f"train {n}", "text": f"Train {n} stops."} for n in range(300)),
    ]

    def stop_in_the_second_batch(done, _total):
        if done.passages > 256:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(articles, on_progress=stop_in_the_second_batch)
    encoded_before = encoder.encoded
    indexed, encoded = index(articles)
    assert encoded_before == 303
    assert encoded == 303 - 256
    assert indexed.indexing.articles == 303
    assert indexed.indexing.passages_per_second is None


def test_what_cannot_be_read_is_told_by_every_run(index, tmp_path):
    articles = [*ARTICLES, {"_id": "empty", "text": " "}, {**ARTICLES[0], "text": "Again."}]
    for _ in range(2):
        problems = index(articles)[0].indexing.problems
        assert len(problems) == 2
        assert "corpus.jsonl, line 4: the article has no text" in problems[0]
        assert "line 5: the id 'a' was already used" in problems[1]


def test_a_lost_archive_or_a_spoilt_record_is_made_again(index):
    first, _ = index()
    record = first.dragoman.folder.parent / "indexing.json"
    record.write_text("{")
    spoilt, encoded = index()
    assert encoded == 0  # only the record is made again: the articles are there
    assert spoilt.indexing.passages_per_second is None
    assert json.loads(record.read_text())["passages"] == 3
    shutil.rmtree(first.dragoman.folder)
    assert index()[1] == 3


def test_a_cache_that_may_not_be_written(open_tmp, unprivileged, encoder):
    collection = read_collection(write_collection(open_tmp))
    # Once before, since the installed code, which the name depends on, may be root's alone.
    index_collection(collection, encoder, cache=open_tmp / "other").dragoman.close()
    (open_tmp / "cache").mkdir(mode=0o555)
    with unprivileged(), pytest.raises(ArchiveNotWritable):
        index_collection(collection, encoder, cache=open_tmp / "cache")
