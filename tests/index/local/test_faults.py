"""What storage may do to an archive: names that are taken, disks that are full or fail, kills."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.corpus.article import Article
from dragoman.index.errors import ArchiveObstructed
from dragoman.index.indexing import index_articles
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.manifest import read_manifest
from dragoman.index.local.schema import FILE
from dragoman.index.local.writer import local_writer
from initials_encoder import InitialsEncoder


def add(folder: Path, *texts: str) -> None:
    encoder = InitialsEncoder()
    articles = [Article(text.split()[0], "", text) for text in texts]
    with local_writer(folder, encoder) as writer:
        index_articles(writer, encoder, articles, lambda _: None)


def found(archive: LocalArchive, word: str) -> list[str]:
    numbers = list(archive.snapshot().matching(word, 10))
    return [passage.article.id for passage in archive.passages(numbers).values()]


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "archive"
    add(folder, "apple tree", "bear cub")
    return folder


def generations(folder: Path) -> list[str]:
    return sorted(entry.name for entry in (folder / "generations").iterdir())


def current(folder: Path) -> str:
    manifest = read_manifest(folder)
    assert manifest is not None
    return f"{manifest.generation:06d}"


def leave_behind(folder: Path, name: str) -> None:
    """What a writer leaves that is killed while it removes the generation before."""
    shutil.copytree(folder / "generations" / current(folder), folder / "generations" / name)
    (folder / "generations" / name / "articles.npy").unlink()


def test_a_generation_left_over_by_a_kill_is_removed_at_the_next_opening_for_writing(folder):
    leave_behind(folder, "000000")
    leave_behind(folder, "000007")
    with local_writer(folder):
        pass
    assert generations(folder) == [current(folder)]
    assert found(LocalArchive(folder), "bear") == ["bear"]


def test_an_error_is_not_hidden_by_indexes_that_cannot_be_written_either(folder):
    def change() -> None:
        with local_writer(folder, encoder) as writer:
            index_articles(writer, encoder, [Article("cat", "", "cat fur")], lambda _: None)
            shutil.rmtree(folder / "generations")
            (folder / "generations").write_text("in the way")
            raise ZeroDivisionError

    encoder = InitialsEncoder()
    with pytest.raises(ZeroDivisionError):
        change()
    (folder / "generations").unlink()
    assert found(LocalArchive(folder), "cat") == ["cat"]


def test_a_reader_keeps_the_generation_that_it_has_open(folder):
    reader = LocalArchive(folder)
    snapshot = reader.snapshot()
    before = current(folder)
    add(folder, "cat fur")
    assert before not in generations(folder)
    assert len(snapshot.matching("apple", 10)) == 1
    assert len(snapshot.nearest(InitialsEncoder().encode_question("bear"), 10)) == 2


def test_without_a_manifest_no_generation_is_taken_for_left_over(folder):
    (folder / "manifest.json").unlink()
    with local_writer(folder):
        assert generations(folder) == ["000001"]
    assert found(LocalArchive(folder), "bear") == ["bear"]


def replace_by_folder(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    (folder / name / "holiday.jpg").write_bytes(b"x")


@pytest.mark.parametrize(
    "name", [FILE, "manifest.json", "manifest.json.new", "writer.lock", f"{FILE}-wal"]
)
def test_a_folder_where_a_file_should_be_is_named_before_anything_is_stored(folder, name):
    replace_by_folder(folder, name)
    with pytest.raises(ArchiveObstructed, match=rf"{name} is not a file.*Move it away"):
        add(folder, "cat fur")
    assert (folder / name / "holiday.jpg").exists()
    shutil.rmtree(folder / name)
    if name != FILE:
        archive = LocalArchive(folder)
        assert archive.counts() == (2, 2)
        add(folder, "cat fur")
        assert found(archive, "cat") == ["cat"]


def test_a_file_where_the_generations_should_be_is_named(folder):
    shutil.rmtree(folder / "generations")
    (folder / "generations").write_text("x")
    with pytest.raises(ArchiveObstructed, match="generations is not a folder"):
        add(folder, "cat fur")
    assert found(LocalArchive(folder), "bear") == ["bear"]  # indexed in memory


def test_a_folder_in_the_place_of_the_database_is_no_missing_archive(folder):
    replace_by_folder(folder, FILE)
    with pytest.raises(ArchiveObstructed, match=FILE):
        LocalArchive(folder)


def test_with_a_folder_for_a_manifest_the_archive_is_still_searched(folder):
    replace_by_folder(folder, "manifest.json")
    assert found(LocalArchive(folder), "bear") == ["bear"]


REBUILD = """
import resource, sys
from pathlib import Path
from dragoman.index.encoding.encoder import Encoder
from dragoman.index.errors import ArchiveError
from dragoman.index.indexing import encode_again
from dragoman.index.local.writer import local_writer
from initials_encoder import InitialsEncoder

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with local_writer(folder) as writer:
        encode_again(writer, InitialsEncoder(), lambda _: None)
        writer.publish(afresh=True)
except ArchiveError as error:
    print(type(error).__name__)
"""


def rebuild_with_files_of_at_most(size: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """Rebuild in a process whose files the system lets grow no further than `size` bytes."""
    return subprocess.run(
        [sys.executable, "-c", REBUILD, str(folder), str(size)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize("size", [0, 600, 40_000])
def test_a_file_that_cannot_be_written_during_rebuild_leaves_the_archive_as_it_was(folder, size):
    add(folder, *(f"word{n} among {n} trees " * 40 for n in range(60)))
    ran = rebuild_with_files_of_at_most(size, folder)
    assert ran.stdout.strip() == "ArchiveNotWritable"
    assert ran.stderr == ""
    archive = LocalArchive(folder)
    assert archive.counts()[0] == 62
    assert found(archive, "bear") == ["bear"]
    add(folder, "cat fur")
    assert generations(folder) == [current(folder)]
    assert found(archive, "cat") == ["cat"]
