"""Compressed files are read as what they hold; a bomb is named."""

import bz2
import gzip
import lzma

import pytest
from backports import zstd

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile, FileBomb
from dragoman.corpus.loading import Loading, read_articles

LINES = b'{"id": "a", "text": "They met."}\n{"id": "b", "text": "They left."}\n'
PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd.compress}


@pytest.mark.parametrize("suffix", PACK)
def test_what_is_compressed_is_read_as_what_it_is(tmp_path, suffix):
    (tmp_path / f"a.jsonl{suffix}").write_bytes(PACK[suffix](LINES))
    assert [article.id for article in read_articles(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("name", ["a.html", "a"])
def test_a_page_is_unpacked_whatever_its_name_says(tmp_path, name):
    page = b"<!DOCTYPE html><title>Talks</title><p>They met on Tuesday in the old harbour.</p>"
    (tmp_path / name).write_bytes(gzip.compress(page))
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    assert "They met" in article.text


@pytest.mark.parametrize("suffix", PACK)
def test_a_bomb_is_named_and_the_others_come_out(tmp_path, suffix):
    (tmp_path / f"bomb.txt{suffix}").write_bytes(PACK[suffix](b"a" * (20 << 20)))
    (tmp_path / "z.txt").write_text("They met.")
    bomb, article = read_articles(tmp_path)
    assert isinstance(bomb, FileBomb)
    assert "more than 200 times its size" in str(bomb)
    assert isinstance(article, Article)


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("cut", [8, 40])
def test_a_damaged_file_is_named(tmp_path, suffix, cut):
    (tmp_path / f"a.jsonl{suffix}").write_bytes(PACK[suffix](LINES * 50)[:cut])
    (error,) = (one for one in read_articles(tmp_path) if not isinstance(one, Article))
    assert isinstance(error, BrokenFile)
    assert "cannot be unpacked" in str(error)


def test_files_within_files_end(tmp_path):
    raw = b"They met."
    for _ in range(12):
        raw = gzip.compress(raw)
    (tmp_path / "a.gz").write_bytes(raw)
    (error,) = read_articles(tmp_path)
    assert isinstance(error, FileBomb)


def test_what_is_compressed_but_not_read_is_counted(tmp_path):
    (tmp_path / "photo.jpg.gz").write_bytes(gzip.compress(b"\xff\xd8\xff"))
    (tmp_path / "a.txt").write_text("They met.")
    loading = Loading(tmp_path)
    assert len(list(loading.articles())) == 1
    assert loading.skipped == {".jpg": 1}
    assert "only others: 1 .jpg" in str(loading.problems[0])
