"""ZIP and TAR archives: each file in them is read as any other."""

import io
import tarfile
import zipfile

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.errors import BrokenFile, FileBomb, NoArticles
from dragoman.corpus.files import SAVED_WITH_PAGE
from dragoman.corpus.loading import Loading

FILES = {
    "a.txt": b"They met on Tuesday.",
    "deep/b.jsonl": b'{"id": "b1", "text": "They left."}\n{"id": "b2"}\n',
    "deep/c.html": b"<html><body><p>They came back to the old harbour on Friday.</p></body></html>",
    "photo.jpg": b"\xff\xd8\xff",
    "__MACOSX/a.txt": b"x",
    ".hidden.txt": b"x",
}


def zipped(files: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def tarred(files: dict[str, bytes], mode: str) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return raw.getvalue()


def test_a_sidecar_in_an_archive_says_what_files_do_not_state(tmp_path):
    sidecar = b"file,title,source\na.txt,Talks,Harbour Post\ngone.txt,,\n"
    files = {"news/articles.csv": sidecar, "news/a.txt": b"They met.", "b.txt": b"They left."}
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(files))
    loading = Loading(file)
    articles = {article.text: article for article in loading.articles()}
    stated = articles["They met."]
    assert (stated.title, stated.source) == ("Talks", "Harbour Post")
    assert articles["They left."].source is None
    (problem,) = loading.problems
    assert "news/articles.csv, line 3: names the file 'gone.txt'" in str(problem)


def test_a_table_of_articles_in_an_archive_is_no_sidecar(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"articles.csv": b"title,text\nTalks,They met.\n"}))
    assert [article.title for article in Loading(file).articles()] == ["Talks"]


@pytest.mark.parametrize("pack", [zipped, lambda files: tarred(files, "w:gz")])
def test_what_a_browser_saved_with_a_page_is_left_out_of_archives(tmp_path, pack):
    page = b"<html><body><p>They came back to the old harbour on Friday.</p></body></html>"
    file = tmp_path / "a.bin"
    file.write_bytes(
        pack({"Storm.html": page, "Storm_files/ad.html": page, "b_files/c.html": page})
    )
    loading = Loading(file)
    assert len(list(loading.articles())) == 2
    assert loading.skipped == {SAVED_WITH_PAGE: 1}


PACKED = {
    "a.zip": zipped(FILES),
    "a.tar": tarred(FILES, "w"),
    "a.tar.gz": tarred(FILES, "w:gz"),
    "a.tgz": tarred(FILES, "w:gz"),
    "a.tar.bz2": tarred(FILES, "w:bz2"),
    "a.tar.xz": tarred(FILES, "w:xz"),
    "a.txt": zipped(FILES),
    "twice.zip": zipped({"a.zip": zipped(FILES)}),
}


@pytest.mark.parametrize("name", PACKED)
def test_every_file_is_read_as_any_other(tmp_path, name):
    (tmp_path / name).write_bytes(PACKED[name])
    loading = Loading(tmp_path)
    read = list(loading.articles())
    assert sorted(article.text.split()[1] for article in read) == ["came", "left.", "met"]
    assert loading.skipped == {".jpg": 1}
    (problem,) = loading.problems
    assert "deep/b.jsonl, line 2: " in str(problem)
    again = Loading(tmp_path)
    assert [article.id for article in again.articles()] == [article.id for article in read]


def test_files_of_one_name_have_ids_of_their_own(tmp_path):
    files = {"x/a.txt": b"They met.", "y/a.txt": b"They left."}
    (tmp_path / "a.zip").write_bytes(zipped(files))
    assert len({article.id for article in Loading(tmp_path).articles()}) == 2


def test_what_a_browser_saved_with_a_page_is_left_out(tmp_path):
    page = b"<html><body><p>The harbour office said that ferries sail again.</p></body></html>"
    files = {
        "x/Storm.html": page,
        "x/Storm_files/ad.html": page,
        "x/other_files/a.txt": b"They met.",
    }
    (tmp_path / "a.zip").write_bytes(zipped(files))
    loading = Loading(tmp_path)
    assert len(list(loading.articles())) == 2
    assert sum(loading.skipped.values()) == 1


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.tar.gz"])
def test_a_bomb_is_named_and_what_came_before_is_read(tmp_path, name):
    files = {"a.txt": b"They met.", "z.txt": b"a" * (20 << 20)}
    raw = zipped(files) if name.endswith("zip") else tarred(files, "w:gz")
    (tmp_path / name).write_bytes(raw)
    loading = Loading(tmp_path / name)
    assert [article.text for article in loading.articles()] == ["They met."]
    assert [type(problem) for problem in loading.problems] == [FileBomb]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_a_damaged_archive_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(PACKED[name][:200])
    loading = Loading(tmp_path / name)
    assert not list(loading.articles())
    assert {type(problem) for problem in loading.problems} == {BrokenFile}


def test_an_archive_of_pictures_says_what_it_holds(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"b.jpg": b"\xff\xd8", "c.jpg": b"\xff\xd8"}))
    loading = Loading(tmp_path / "a.zip")
    assert not list(loading.articles())
    (problem,) = loading.problems
    assert isinstance(problem, NoArticles)
    assert "only others: 2 .jpg" in str(problem)


def test_a_locked_file_in_an_archive_is_named(tmp_path):
    raw = bytearray(zipped({"a.txt": b"They met."}))
    raw[6] |= 1  # the mark of a password, at the file and in the directory
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    (problem,) = Loading(tmp_path / "a.zip").read()
    assert "protected by a password" in str(problem)
    assert not isinstance(problem, Article)
