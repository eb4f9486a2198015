"""Backup and restore: consistent while others write, and nothing made of what is broken."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from dragoman.corpus.article import Article
from dragoman.index.backup import back_up, restore
from dragoman.index.errors import (
    ArchiveMissing,
    ArchiveNotEmpty,
    ArchiveTooNew,
    BackupExists,
    BackupNotWritten,
    BackupUnreadable,
    NotABackup,
)
from dragoman.index.indexing import index_articles
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.writer import local_writer
from initials_encoder import InitialsEncoder


def add(folder: Path, *texts: str) -> None:
    encoder = InitialsEncoder()
    articles = [Article(text.split()[0], "", text) for text in texts]
    with local_writer(folder, encoder) as writer:
        index_articles(writer, encoder, articles, lambda _: None)


def found(folder: Path, word: str) -> list[str]:
    archive = LocalArchive(folder)
    numbers = list(archive.snapshot().matching(word, 10))
    return [passage.article.id for passage in archive.passages(numbers).values()]


def no_report(_done: int, _total: int) -> None:
    return


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "archive"
    add(folder, "apple tree", "bear cub")
    (folder / "spellings.txt").write_text("bear | grizzly\n")
    return folder


@pytest.fixture
def backup(folder, tmp_path) -> Path:
    back_up(folder, tmp_path / "backup.zip", False, no_report)
    return tmp_path / "backup.zip"


def test_what_is_restored_answers_as_before(folder, backup, tmp_path):
    held = restore(backup, tmp_path / "new", no_report)
    assert (held.articles, held.passages) == (2, 2)
    question = InitialsEncoder().encode_question("bear")
    before, after = LocalArchive(folder).snapshot(), LocalArchive(tmp_path / "new").snapshot()
    assert after.nearest(question, 10) == before.nearest(question, 10)
    assert found(tmp_path / "new", "grizzly") == ["bear"]
    add(tmp_path / "new", "cat fur")
    assert found(tmp_path / "new", "cat") == ["cat"]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["archive", "backup.zip", "new"]


def test_a_backup_is_one_moment_of_an_archive_that_is_being_written(folder, tmp_path):
    """A writer puts two articles at a time; a backup never has one without the other."""
    encoder, stop = InitialsEncoder(), threading.Event()

    def write() -> None:
        with local_writer(folder, encoder) as writer:
            number = 0
            while not stop.is_set():
                number += 1
                pair = [Article(f"{side}{number}", "", "x" * 3_000) for side in ("left", "right")]
                vectors = encoder.encode_passages(["x"])
                writer.put([(article, [], vectors[:0]) for article in pair])

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for number in range(5):
            back_up(folder, tmp_path / f"{number}.zip", False, no_report)
    finally:
        stop.set()
        writing.join()
    counts = [
        restore(tmp_path / f"{n}.zip", tmp_path / f"{n}", no_report).articles for n in range(5)
    ]
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)
    ids = {article.id for article in LocalArchive(tmp_path / "4").articles()}
    assert {id.replace("left", "right") for id in ids if "left" in id} == {
        id for id in ids if "right" in id
    }


def test_what_was_removed_is_not_in_the_backup(folder, tmp_path):
    add(folder, "secret " + "walnut " * 30)
    with local_writer(folder) as writer:
        writer.remove(["secret"])
    back_up(folder, tmp_path / "b.zip", False, no_report)
    with ZipFile(tmp_path / "b.zip") as zipped:
        assert b"walnut" not in zipped.read("dragoman.sqlite")


def test_a_file_that_is_there_is_replaced_only_if_told(folder, backup):
    before = backup.read_bytes()
    with pytest.raises(BackupExists, match="--force"):
        back_up(folder, backup, False, no_report)
    assert backup.read_bytes() == before
    add(folder, "cat fur")
    assert back_up(folder, backup, True, no_report).articles == 3
    assert backup.stat().st_mode & 0o077 == 0


def test_what_cannot_be_backed_up_is_named(folder, tmp_path):
    with pytest.raises(ArchiveMissing):
        back_up(tmp_path / "none", tmp_path / "b.zip", False, no_report)
    with pytest.raises(BackupNotWritten, match="No such file"):
        back_up(folder, tmp_path / "no-folder" / "b.zip", False, no_report)
    with pytest.raises(BackupNotWritten, match="it is a folder"):
        back_up(folder, folder, True, no_report)


def test_a_folder_with_something_in_it_is_never_restored_into(folder, backup, tmp_path):
    for taken in (folder, backup):
        with pytest.raises(ArchiveNotEmpty):
            restore(backup, taken, no_report)
    (tmp_path / "empty").mkdir()
    restore(backup, tmp_path / "empty", no_report)
    assert found(tmp_path / "empty", "apple") == ["apple"]


def repacked(backup: Path, change) -> None:
    """Replace the files of a backup by what `change` makes of them."""
    with ZipFile(backup) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    changed = change(files) or files
    with ZipFile(backup, "w", ZIP_DEFLATED) as zipped:
        for name, content in changed.items():
            zipped.writestr(name, content)


def stating(**facts):
    def change(files):
        files["backup.json"] = json.dumps(json.loads(files["backup.json"]) | facts).encode()

    return change


def with_database(statement: str):
    def change(files):
        with tempfile.TemporaryDirectory() as room:
            file = Path(room) / "db"
            file.write_bytes(files["dragoman.sqlite"])
            connection = sqlite3.connect(file)
            connection.executescript(statement)
            connection.close()
            files["dragoman.sqlite"] = raw = file.read_bytes()
        said = json.loads(files["backup.json"])
        said["files"]["dragoman.sqlite"] = [len(raw), hashlib.sha256(raw).hexdigest()]
        files["backup.json"] = json.dumps(said).encode()

    return change


HOSTILE = {
    "nothing of ours": lambda _: {"holiday.jpg": b"x"},
    "empty": lambda _: {"backup.json": b""},
    "not an object": lambda _: {"backup.json": b"[1]"},
    "deep": lambda _: {"backup.json": b"[" * 100_000},
    "huge contents": lambda files: files | {"backup.json": b" " * (1 << 21)},
    "another format": stating(format=2),
    "files no object": stating(files=3),
    "files without database": stating(files={}),
    "negative": stating(files={"dragoman.sqlite": [-1, ""]}),
    "traversal": lambda files: files | {"../../evil": b"x"},
    "absolute": lambda files: files | {"/tmp/evil": b"x"},
    "traversal stated": stating(files={"dragoman.sqlite": [1, ""], "../evil": [1, ""]}),
    "database changed": lambda files: (
        files | {"dragoman.sqlite": files["dragoman.sqlite"][:-1] + b"?"}
    ),
    "spellings missing": lambda files: {k: v for k, v in files.items() if k != "spellings.txt"},
    "another database": with_database("PRAGMA application_id = 7"),
    "a trigger": with_database(
        "CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM articles; END"
    ),
    "no tables": with_database("DROP TABLE passages"),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_backup_that_was_tampered_with_is_refused(backup, tmp_path, change):
    repacked(backup, change)
    with pytest.raises(NotABackup, match="Nothing was restored"):
        restore(backup, tmp_path / "new", no_report)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["archive", "backup.zip"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_refused(backup, tmp_path, share):
    raw = backup.read_bytes()
    backup.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(NotABackup):
        restore(backup, tmp_path / "new", no_report)
    assert not (tmp_path / "new").exists()


def test_what_is_no_backup_is_refused(tmp_path):
    with pytest.raises(BackupUnreadable, match="No such file"):
        restore(tmp_path / "none.zip", tmp_path / "new", no_report)
    (tmp_path / "a.zip").write_text("The ferry sails at nine.\n" * 100)
    with pytest.raises(NotABackup):
        restore(tmp_path / "a.zip", tmp_path / "new", no_report)


def test_a_backup_of_a_newer_version_is_refused(backup, tmp_path):
    repacked(backup, with_database("PRAGMA user_version = 99"))
    with pytest.raises(ArchiveTooNew, match="99"):
        restore(backup, tmp_path / "new", no_report)
    assert not (tmp_path / "new").exists()


def test_a_backup_that_states_more_than_there_is_room_for_is_refused(backup, tmp_path):
    repacked(backup, stating(files={"dragoman.sqlite": [1 << 60, ""], "spellings.txt": [1, ""]}))
    with pytest.raises(BackupNotWritten, match="No space left"):
        restore(backup, tmp_path / "new", no_report)
    assert not (tmp_path / "new").exists()


LIMITED = """
import resource, sys
from pathlib import Path
from dragoman.index.backup import back_up, restore
from dragoman.index.errors import BackupError
from dragoman.index.errors import ArchiveError
what, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, 8_192))
try:
    if what == "backup":
        back_up(source, target, False, lambda *_: None)
    else:
        restore(source, target, lambda *_: None)
except (BackupError, ArchiveError) as error:
    print(type(error).__name__)
"""


def test_without_room_nothing_is_left(folder, backup, tmp_path):
    for what, source in (("backup", folder), ("restore", backup)):
        ran = subprocess.run(
            [sys.executable, "-c", LIMITED, what, str(source), str(tmp_path / "new")],
            capture_output=True,
            text=True,
        )
        assert (ran.stdout.strip(), ran.stderr) == ("BackupNotWritten", "")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["archive", "backup.zip"]


def test_progress_is_told(folder, tmp_path):
    told: list[tuple[int, int]] = []
    back_up(folder, tmp_path / "b.zip", False, no_report)
    restore(tmp_path / "b.zip", tmp_path / "new", lambda *done: told.append(done))
    assert told[-1][0] == told[-1][1] > 0
