"""Which files of a folder are read, which are skipped, and which are never reached."""

import os
from pathlib import Path

import pytest

from dragoman.corpus.errors import NothingToRead, OldFormat, PathMissing, PathUnreadable
from dragoman.corpus.files import LINK, NO_SUFFIX, SAVED_WITH_PAGE, SPECIAL, FoundFiles, find_files

SUFFIXES = (".txt", ".md")


@pytest.fixture
def file(tmp_path):
    def write(name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("They met.")
        return path

    return write


def found_in(path: Path | str) -> FoundFiles:
    return find_files(path, SUFFIXES, lambda file: file.stem == "known")


def names(path: Path | str) -> list[str]:
    return [file.name for file in found_in(path).files]


def test_files_come_in_the_order_of_names_with_what_lies_below(file, tmp_path):
    for name in ["b.txt", "a.md", "deep/er/c.md", "B.TXT"]:
        file(name)
    (tmp_path / "folder.txt").mkdir()
    assert names(tmp_path) == ["B.TXT", "a.md", "b.txt", "c.md"]


def test_what_is_skipped_is_counted_by_its_suffix(file, tmp_path):
    for name in ["a.txt", "b.pdf", "deep/c.PDF", "d.docx", "README", "e.txt~"]:
        file(name)
    for name in [".hidden.pdf", ".git/f.pdf", "deep/.trash/g.pdf"]:
        file(name)
    found = found_in(tmp_path)
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.skipped == {".pdf": 2, ".docx": 1, NO_SUFFIX: 1, ".txt~": 1}


def test_an_old_format_is_named_with_what_to_do(file, tmp_path):
    old = file("a.doc")
    file("b.txt")
    assert found_in(tmp_path).skipped == {".doc (old Word: save it as .docx)": 1}
    with pytest.raises(OldFormat, match=r"a\.doc: .*save it as \.docx"):
        found_in(old)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(file, tmp_path):
    file("a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = found_in(tmp_path)
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.skipped == {SPECIAL: 1}
    with pytest.raises(PathUnreadable, match="pipe, socket or device"):
        found_in(tmp_path / "pipe.txt")


def test_a_file_with_another_suffix_is_read_if_it_is_known(file, tmp_path):
    for name in ["known.dat", "known", "other.dat"]:
        file(name)
    found = found_in(tmp_path)
    assert [path.name for path in found.files] == ["known", "known.dat"]
    assert found.skipped == {".dat": 1}


def test_what_a_browser_saved_with_a_page_is_left_out(file, tmp_path):
    for name in [
        "Storm.html",
        "Storm_files/ad.txt",
        "Storm_files/deep/ad.txt",
        "Rain-Dateien/a.md",
    ]:
        file(name)
    found = found_in(tmp_path)
    assert [path.name for path in found.files] == ["a.md"]
    assert found.skipped == {".html": 1, SAVED_WITH_PAGE: 2}


def test_a_folder_with_a_hidden_name_is_read_when_it_is_asked_for(file):
    assert names(file(".private/a.txt").parent) == ["a.txt"]


def test_a_folder_without_articles_says_what_it_holds(file, tmp_path):
    for name in ["a.pdf", "b.pdf", "c.docx"]:
        file(f"others/{name}")
    with pytest.raises(NothingToRead, match=r"only others: 2 \.pdf, 1 \.docx.*\.txt, \.md"):
        found_in(tmp_path / "others")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToRead, match="it is empty"):
        found_in(tmp_path / "empty")


def test_the_home_of_nobody_is_a_missing_path():
    with pytest.raises(PathMissing):
        found_in("~nobody-of-this-name/a.txt")


def test_a_name_too_long_for_any_file():
    with pytest.raises(PathUnreadable):
        found_in("x" * 5000 + ".txt")


@pytest.mark.parametrize("inside", ["", "a.txt"])
def test_a_folder_that_may_not_be_opened(file, open_tmp, unprivileged, inside):
    folder = file("closed/a.txt").parent
    folder.chmod(0)
    try:
        with unprivileged(), pytest.raises(PathUnreadable, match="closed"):
            found_in(folder / inside)
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("beside", [True, False])
def test_a_folder_below_that_may_not_be_opened_is_named(
    file, tmp_path, open_tmp, unprivileged, beside
):
    folder = file("news/closed/a.txt").parent
    if beside:
        file("news/b.txt")
    folder.chmod(0)
    try:
        with unprivileged():
            if beside:
                (problem,) = found_in(tmp_path / "news").problems
            else:
                with pytest.raises(PathUnreadable) as raised:
                    found_in(tmp_path / "news")
                problem = raised.value
    finally:
        folder.chmod(0o755)
    assert isinstance(problem, PathUnreadable)
    assert str(folder) in str(problem)


# Symbolic links


def test_a_loop_of_links_ends(file, tmp_path):
    file("deep/a.txt")
    (tmp_path / "deep" / "back").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = found_in(tmp_path)
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.skipped == {LINK: 2}
    with pytest.raises(PathMissing):
        found_in(tmp_path / "self.txt")


def test_links_out_of_a_folder_are_not_followed(file, tmp_path):
    secret = file("outside/secret.txt")
    folder = file("news/a.txt").parent
    (folder / "link.txt").symlink_to(secret)
    (folder / "linked").symlink_to(secret.parent)
    (folder / "up.txt").symlink_to(Path("..") / "outside" / "secret.txt")
    found = found_in(folder)
    assert [path.name for path in found.files] == ["a.txt"]
    assert found.skipped == {LINK: 3}


def test_links_within_a_folder_are_followed(file, tmp_path):
    (tmp_path / "link.txt").symlink_to(file("deep/a.txt"))
    (tmp_path / "linked").symlink_to(tmp_path / "deep")  # its files are found by themselves
    found = found_in(tmp_path)
    assert [path.name for path in found.files] == ["a.txt", "link.txt"]
    assert not found.skipped


def test_a_folder_or_file_may_itself_be_named_by_a_link(file, tmp_path):
    path = file("news/a.txt")
    (tmp_path / "folder").symlink_to(path.parent)
    (tmp_path / "file.txt").symlink_to(path)
    assert names(tmp_path / "folder") == ["a.txt"]
    assert names(tmp_path / "file.txt") == ["file.txt"]
