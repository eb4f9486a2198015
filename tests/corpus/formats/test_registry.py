"""The table of formats: what a file is read as, and formats that other packages add."""

import re
from importlib.metadata import EntryPoint
from io import BytesIO
from pathlib import Path

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import FormatUnusable
from dragoman.corpus.formats import registry
from dragoman.corpus.formats.file import File
from dragoman.corpus.formats.format import Format, starting_with
from dragoman.corpus.loading import read_articles


def read_shouted(file: File):
    yield file.where, Article(file.id, "Shouted", file.text().removeprefix("SHOUT "))


SHOUTED = Format("shouted text", (".shout",), read_shouted, starting_with(b"SHOUT "))
NOT_A_FORMAT = 3
DOCS = Path(__file__).parents[3] / "docs" / "articles.md"


@pytest.fixture
def added(monkeypatch):
    """Return what adds an entry point, as an installed package does."""

    def add(name: str) -> None:
        entry = EntryPoint("shouted", f"{__name__}:{name}", registry.GROUP)
        monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
        registry.formats.cache_clear()

    yield add
    monkeypatch.undo()
    registry.formats.cache_clear()


@pytest.mark.parametrize("before", ["<!---->", "<?xml?>?>", "<!DOCTYPE a>", " "])
def test_much_before_the_first_tag_makes_no_file_slow(before):
    body = (before * 1000 + "<other>").encode()
    assert registry.format_of(File("a file", "a", "a", lambda: BytesIO(body))) is None


def test_every_format_has_a_name_and_suffixes_of_its_own():
    names = [format.name for format in registry.FORMATS]
    suffixes = [suffix for format in registry.FORMATS for suffix in format.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)


@pytest.mark.skipif(not DOCS.exists(), reason="not in a checkout")
def test_the_table_in_the_documentation_is_this_one():
    rows = re.findall(r"^\| ([^|]+) \| (`\.[^|]+|–) \| ([^|]+) \|$", DOCS.read_text(), re.MULTILINE)
    documented = [(name, re.findall(r"`(\.\w+)`", ends), by) for name, ends, by in rows]
    assert documented == [(f.name, list(f.suffixes), read_by(f)) for f in registry.FORMATS]


def read_by(format: Format) -> str:
    extra = f", with the extra `{format.extra}`" if format.extra else ""
    return (format.library or "–") + extra


def test_a_package_adds_a_format(added, tmp_path, monkeypatch):
    added("SHOUTED")
    monkeypatch.setattr(EntryPoint, "load", lambda entry: SHOUTED)
    (tmp_path / "a.shout").write_text("SHOUT They met.")
    (tmp_path / "b.txt").write_text("SHOUT They left.")
    assert [article.text for article in read_articles(tmp_path)] == ["They met.", "They left."]


@pytest.mark.parametrize(("name", "reason"), [("NOT_A_FORMAT", "no Format"), ("gone", "gone")])
def test_a_format_that_cannot_be_loaded_is_named(added, tmp_path, name, reason):
    added(name)
    (tmp_path / "a.txt").write_text("They met.")
    with pytest.raises(FormatUnusable, match=f"'shouted'.*{reason}"):
        list(read_articles(tmp_path))
