"""Fields above a text: front matter in YAML, TOML and JSON, and a block of labelled lines."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenRecord
from dragoman.corpus.loading import read_articles

BODY = "The ferries sail again.\n\nThey wait."
ABOVE = {
    "TOML": '+++\ntitle = "Ferries"\ndate = 2023-11-08T18:00:00Z\nauthor = "Jo"\n+++\n\n',
    "TOML of Zola": '+++\ntitle = "Ferries"\ndate = 2023-11-08\nauthors = ["Jo"]\n[extra]\na = 1\n'
    "+++\n",
    "JSON": '{"title": "Ferries", "date": "2023-11-08", "author": "Jo"}\n\n',
    "YAML": "---\ntitle: Ferries\ndate: 2023-11-08\nauthor: Jo\n---\n",
    "lines": "Title: Ferries\nDate: November 8, 2023\nAuthor: By Jo\n\n",
    "lines in German": "Titel: Ferries\nDatum: 08.11.2023\nAutor: Jo\n\n",
    "lines in Turkish": "Başlık: Ferries\nTarih: 8 Kasım 2023\nYazar: Jo\n\n",
    "lines apart": "Title: Ferries\n\nPublished: 2023-11-08\n\nBy: Jo\n\n---\n\n",
    "lines to the text": "HEADLINE: Ferries\nDATE: 8 November 2023\nBYLINE: Jo\nTEXT: ",
}


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_what_stands_above_a_text(tmp_path, above, name):
    if (above, name) == ("JSON", "a.txt"):
        pytest.skip("a plain text that begins as JSON is JSON")
    (tmp_path / name).write_text(ABOVE[above] + BODY)
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Ferries", BODY)
    assert (article.published, article.authors) == (date(2023, 11, 8), ("Jo",))


@pytest.mark.parametrize(
    "text",
    ["Note: ferries sail again on Tuesday.\n\nThey wait.", "+++\n\nThey wait.\n\n+++\n\nThey go.",
     "Title: a sentence that begins so.\n\nThey wait."],
)  # fmt: skip
def test_text_that_only_looks_like_it_stays(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    read = f"{article.title} {article.text}".split()
    assert " ".join(read).endswith(" ".join(text.split())[-25:])


@pytest.mark.parametrize("written", ["a = [\n", "a = " + "[" * 5000, "a = " + "9" * 5000])
def test_broken_front_matter_is_named(tmp_path, written):
    (tmp_path / "a.md").write_text(f"+++\n{written}\n+++\n\nThey wait.")
    (error,) = read_articles(tmp_path)
    assert isinstance(error, BrokenRecord)
    assert "front matter" in str(error)
