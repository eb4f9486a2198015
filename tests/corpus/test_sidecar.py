"""`articles.csv` in a folder says of its files what they do not state."""

from datetime import date

import pytest

from dragoman.corpus.errors import ColumnsUnusable, SidecarUnmatched
from dragoman.corpus.loading import Loading


def test_what_files_do_not_state_the_sidecar_says(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("They met.")
    (folder / "b.md").write_text("---\ntitle: B\nsource: News One\n---\nThey left.")
    (folder / "articles.csv").write_text(
        "File,Title,Source,Date,Tags\n"
        'a.txt,Talks,Harbour Post,2022-03-29,"talks, ports"\n'
        "b.md,,Harbour Post,2022-03-30,\n"
        "gone.txt,,,,\n"
    )
    loading = Loading(tmp_path, source="Given")
    first, second = loading.articles()
    assert (first.title, first.source, first.tags) == ("Talks", "Harbour Post", ("talks", "ports"))
    assert (second.title, second.source) == ("B", "News One")
    assert (first.published, second.published) == (date(2022, 3, 29), date(2022, 3, 30))
    (problem,) = loading.problems
    assert isinstance(problem, SidecarUnmatched)
    assert "line 4: names the file 'gone.txt'" in str(problem)


def test_a_table_of_articles_is_no_sidecar(tmp_path):
    (tmp_path / "articles.csv").write_text("id,text\na,They met.\n")
    assert [article.id for article in Loading(tmp_path).articles()] == ["a"]


def test_columns_of_no_field_are_refused():
    with pytest.raises(ColumnsUnusable, match=r"no field 'titel'.*id, title, text"):
        Loading({"text": "They met."}, columns={"titel": "a"})
