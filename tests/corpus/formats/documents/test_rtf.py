"""Rich text is read without its marks, whatever the file's name says."""

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile
from dragoman.corpus.loading import read_articles

WRITTEN = (
    r"{\rtf1\ansi\ansicpg1254\deff0{\fonttbl{\f0 Arial;}}{\info{\title Hidden}}\f0\fs24 "
    r"Talks resume\par Kal\u305?n met \'c7avu\'feo\u287?lu on Tuesday.\par They left.\par}"
)


@pytest.mark.parametrize("name", ["a.rtf", "a.txt", "a.doc", "a"])
def test_text_without_marks(tmp_path, name):
    (tmp_path / name).write_text(WRITTEN)
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    assert article.title == "Talks resume"
    assert article.text == "Kalın met Çavuşoğlu on Tuesday.\n\nThey left."


def test_another_file_of_that_name(tmp_path):
    (tmp_path / "a.rtf").write_text("They met.")
    (error,) = read_articles(tmp_path)
    assert isinstance(error, BrokenFile)
    assert "not a readable RTF file" in str(error)
