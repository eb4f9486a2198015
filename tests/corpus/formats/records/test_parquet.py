"""Parquet files are read row by row, by the names of their columns."""

import sys
from datetime import date, datetime

import pyarrow
import pytest
from pyarrow import parquet

from dragoman.corpus.errors import BrokenFile, ReaderMissing
from dragoman.corpus.loading import Loading

ROWS = {"headline": ["Ferries", None], "text": ["They met.", "They left."],
        "date": [datetime(2023, 11, 8, 18), None]}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    parquet.write_table(pyarrow.table(ROWS), tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_each_row_is_an_article(file):
    first, second = Loading(file).articles()
    assert (first.title, first.text, first.published) == ("Ferries", "They met.", date(2023, 11, 8))
    assert (second.title, second.published) == ("They left.", None)


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + bytes(100))
    (error,) = Loading(tmp_path).read()
    assert isinstance(error, BrokenFile)


def test_without_its_extra_the_message_names_it(file, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (error,) = Loading(file).read()
    assert isinstance(error, ReaderMissing)
    assert "with its extra 'parquet'" in str(error)
