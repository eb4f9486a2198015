"""The archive as a whole: what is published, replayed and rebuilt, and who may write."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from dragoman.corpus.article import Article
from dragoman.corpus.text.stems import stems_of
from dragoman.index.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveTooNew,
    ArchiveUnreadable,
    IndexesNotWritable,
    NotAnArchive,
    SpellingsUnusable,
)
from dragoman.index.indexing import encode_again, index_articles
from dragoman.index.local import archive as archive_module
from dragoman.index.local import generations
from dragoman.index.local.archive import LocalArchive
from dragoman.index.local.locking import writer_lock
from dragoman.index.local.manifest import read_manifest
from dragoman.index.local.schema import FILE, SCHEMA_VERSION
from dragoman.index.local.vectors import building
from dragoman.index.local.writer import local_writer
from initials_encoder import InitialsEncoder


def article(id: str, text: str, **fields) -> Article:
    return Article(id=id, title="", text=text, **fields)


def add(folder: Path, encoder: InitialsEncoder, *articles: Article):
    with local_writer(folder, encoder) as writer:
        return index_articles(writer, encoder, articles, lambda _: None)


def nearest(archive: LocalArchive, encoder: InitialsEncoder, question: str) -> list[str]:
    found = list(archive.snapshot().nearest(encoder.encode_question(question), 10))
    stored = archive.passages(found)
    return [stored[number].article.id for number in found if number in stored]


def with_words(archive: LocalArchive, question: str) -> list[str]:
    found = list(archive.snapshot().matching(question, 10))
    stored = archive.passages(found)
    return [stored[number].article.id for number in found if number in stored]


@pytest.fixture
def folder(tmp_path, encoder) -> Path:
    folder = tmp_path / "archive"
    add(folder, encoder, article("a", "apple apple"), article("b", "bear bear"))
    return folder


def test_the_manifest_says_what_holds(folder, encoder):
    manifest = read_manifest(folder)
    assert manifest is not None
    assert (manifest.encoder, manifest.dim, manifest.count) == (encoder.fingerprint, 26, 2)
    assert manifest.seq == LocalArchive(folder).seq
    assert [f.name for f in (folder / "generations").iterdir()] == [f"{manifest.generation:06d}"]


def spoil_nothing(folder: Path) -> None:
    """The archive as it is."""


def lose_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def garble_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def lose_generations(folder: Path) -> None:
    shutil.rmtree(folder / "generations")


def lose_vectors(folder: Path) -> None:
    next(folder.glob("generations/*/vectors.faiss")).unlink()


def flip_a_byte(pattern: str):
    def spoil(folder: Path) -> None:
        file = next(folder.glob(f"generations/*/{pattern}"))
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 0xFF
        file.write_bytes(raw)

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [spoil_nothing, lose_manifest, garble_manifest, lose_generations, lose_vectors,
     flip_a_byte("vectors.faiss"), flip_a_byte("rows.npz"), flip_a_byte("articles.npy"),
     flip_a_byte("words/*.idx"), flip_a_byte("words/meta.json")],
)  # fmt: skip
def test_losing_a_derived_file_costs_no_data(folder, encoder, spoil):
    spoil(folder)
    archive = LocalArchive(folder)
    assert nearest(archive, encoder, "bear")[0] == "b"
    assert with_words(archive, "apple") == ["a"]
    assert read_manifest(folder) is not None
    add(folder, encoder, article("c", "cat"))
    assert with_words(archive, "cat") == ["c"]


def test_what_a_killed_writer_did_not_publish_is_replayed(folder, encoder, monkeypatch):
    with monkeypatch.context() as patch:  # the writer dies before it can publish
        patch.setattr("dragoman.index.local.writer.publish_generation", lambda *_: None)
        add(folder, encoder, article("c", "cat"))
        with local_writer(folder) as writer:
            writer.remove(["a"])
    archive = LocalArchive(folder)
    assert nearest(archive, encoder, "cat")[0] == "c"
    assert with_words(archive, "cat") == ["c"]
    assert with_words(archive, "apple") == []
    assert archive.snapshot().seq == archive.seq


KILLED = """
import os, sys
from pathlib import Path
from dragoman.index.local import writer
writer.publish_generation = lambda *_: os._exit(9)  # after what was changed is stored
with writer.local_writer(Path(sys.argv[1])) as changing:
    changing.remove(["a"])
"""


def test_who_reads_already_finds_what_a_killed_writer_did_not_publish(folder):
    archive = LocalArchive(folder)
    assert with_words(archive, "apple") == ["a"]
    killed = subprocess.run([sys.executable, "-c", KILLED, folder], check=False)
    assert killed.returncode == 9
    archive.snapshot()
    archive.take_up()  # what that search began
    assert archive.snapshot().seq == archive.seq
    assert list(archive.snapshot().matching("apple", 10)) == []


def test_what_another_writes_is_not_published_by_who_reads(folder):
    archive = LocalArchive(folder)
    present = archive.snapshot()
    with local_writer(folder) as writer:
        writer.remove(["a"])
        assert archive.snapshot() is archive.take_up() is present
    assert archive.snapshot() is not present


def test_what_was_encoded_again_but_not_published_is_replayed(folder, encoder, monkeypatch):
    """The articles are the same then, and the encoder, but the passages have other numbers."""

    def full(*_):
        raise IndexesNotWritable(path=folder, reason="no space")

    with monkeypatch.context() as patch:
        patch.setattr("dragoman.index.local.writer.publish_generation", full)
        with pytest.raises(IndexesNotWritable), local_writer(folder) as writer:
            encode_again(writer, encoder, lambda _: None)
    archive = LocalArchive(folder)
    assert with_words(archive, "apple") == ["a"]
    assert nearest(archive, encoder, "apple")[0] == "a"


def test_what_is_put_is_found_where_nothing_was_ever_published(tmp_path, encoder, monkeypatch):
    folder = tmp_path / "full"

    def full(*_):
        raise IndexesNotWritable(path=folder, reason="no space")

    for module in ("archive", "writer"):
        monkeypatch.setattr(f"dragoman.index.local.{module}.publish_generation", full)
    with pytest.raises(IndexesNotWritable):
        add(folder, encoder, article("a", "apple"))
    archive = LocalArchive(folder)
    assert with_words(archive, "apple") == ["a"]
    with pytest.raises(IndexesNotWritable):
        add(folder, encoder, article("b", "bear"))
    assert with_words(archive, "bear") == ["b"]


def test_what_is_put_is_found_at_once_whatever_path_the_folder_was_opened_by(
    folder, encoder, monkeypatch
):
    monkeypatch.chdir(folder.parent)
    archive = LocalArchive(Path(folder.name))
    assert with_words(archive, "cat") == []
    monkeypatch.setattr(LocalArchive, "_open_aside", lambda _: None)
    add(folder, encoder, article("c", "cat"))
    assert with_words(archive, "cat") == ["c"]


def test_what_is_put_before_something_fails_is_found_at_once(folder, encoder, monkeypatch):
    archive = LocalArchive(folder)
    assert with_words(archive, "cat") == []
    monkeypatch.setattr(LocalArchive, "_open_aside", lambda _: None)
    with pytest.raises(KeyError), local_writer(folder, encoder) as writer:  # noqa: PT012
        index_articles(writer, encoder, [article("c", "cat")], lambda _: None)
        raise KeyError
    assert with_words(archive, "cat") == ["c"]


def test_only_one_may_write(folder, encoder):
    with writer_lock(folder), pytest.raises(ArchiveBusy, match="Another process is writing"):
        add(folder, encoder, article("c", "cat"))
    add(folder, encoder, article("c", "cat"))


def test_a_new_generation_shares_unchanged_files_with_the_old(folder, encoder, monkeypatch):
    monkeypatch.setattr(building, "_REBUILT_BELOW", 1)  # as if the archive were large
    many = [article(f"n{n}", "x") for n in range(18)]
    add(folder, encoder, *many)
    rebuilt = next(folder.glob("generations/*/vectors.faiss")).stat().st_ino
    add(folder, encoder, article("c", "cat"))  # one in twenty: not worth building again
    assert next(folder.glob("generations/*/vectors.faiss")).stat().st_ino == rebuilt
    archive = LocalArchive(folder)
    assert nearest(archive, encoder, "cat")[0] == "c"
    with local_writer(folder) as writer:
        writer.remove(["b"])
    assert "b" not in nearest(archive, encoder, "bear")
    assert with_words(archive, "bear") == []


def test_a_read_only_archive_is_searched_even_with_its_indexes_lost(
    folder, encoder, open_tmp, unprivileged
):
    lose_generations(folder)
    folder.chmod(0o555)
    for file in folder.iterdir():
        file.chmod(0o444)
    with unprivileged():
        archive = LocalArchive(folder)
        assert nearest(archive, encoder, "bear")[0] == "b"
        assert with_words(archive, "apple") == ["a"]
        with pytest.raises(ArchiveNotWritable, match="ermission"):
            add(folder, encoder, article("c", "cat"))


def test_who_may_only_read_sees_what_the_owner_changes(folder, open_tmp, encoder, unprivileged):
    folder.chmod(0o755)
    with unprivileged():
        reader = LocalArchive(folder)
        assert with_words(reader, "apple") == ["a"]
    with local_writer(folder) as writer:
        writer.remove(["a"])
    with unprivileged():
        assert with_words(reader, "apple") == []
        assert reader.article("a") is None


def test_changes_that_cannot_be_read_are_not_passed_over(folder, open_tmp, encoder, unprivileged):
    with local_writer(folder, encoder) as writer:  # its changes still lie beside the database
        index_articles(writer, encoder, [article("c", "cat")], lambda _: None)
        copy = shutil.copytree(folder, open_tmp / "copy", ignore=shutil.ignore_patterns("*-shm"))
    copy.chmod(0o555)
    with unprivileged(), pytest.raises(ArchiveUnreadable, match="being written"):
        LocalArchive(copy).counts()


def test_what_is_published_while_a_reader_opens_is_seen_next(folder, encoder, monkeypatch):
    reader = LocalArchive(folder)
    newest = archive_module._newest_snapshot

    def overtaken(*arguments):
        opened = newest(*arguments)
        monkeypatch.undo()
        add(folder, encoder, article("c", "cat"))
        return opened

    monkeypatch.setattr(archive_module, "_newest_snapshot", overtaken)
    assert with_words(reader, "cat") == []
    assert with_words(reader, "cat") == ["c"]


def test_the_present_snapshot_is_searched_while_a_newer_one_is_opened(folder, monkeypatch):
    archive = LocalArchive(folder)
    present, newest = archive.snapshot(), archive_module._newest_snapshot
    opened = threading.Event()

    def slowly(database):
        opened.wait()
        return newest(database)

    monkeypatch.setattr(archive_module, "_newest_snapshot", slowly)
    (folder / "manifest.json").touch()  # as another process does
    assert archive.snapshot() is archive.snapshot() is present
    opened.set()
    assert archive.take_up() is archive.snapshot() is not present


def test_a_manifest_of_an_older_version_holds(folder):
    manifest = read_manifest(folder)
    assert manifest is not None
    generation = folder / "generations" / f"{manifest.generation:06d}"
    digest = sha256()  # over all files as one
    for file in sorted(file for file in generation.rglob("*") if file.is_file()):
        if file.suffix != ".lock":
            name = file.relative_to(generation).as_posix()
            digest.update(f"{name}\n{file.stat().st_size}\n".encode() + file.read_bytes())
    older = replace(manifest, checksum=digest.hexdigest())
    older.publish(folder)
    LocalArchive(folder).snapshot()
    assert read_manifest(folder) == older  # no index was made again


def test_what_was_published_holds_until_the_next_is_whole(folder, encoder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, local_writer(folder) as writer:
        patch.setattr(generations, "_make_vectors", full)
        with pytest.raises(ArchiveNotWritable, match="No space left"):
            writer.publish(afresh=True)
    manifest = read_manifest(folder)
    assert manifest is not None
    assert (folder / "generations" / f"{manifest.generation:06d}" / "rows.npz").exists()
    assert nearest(LocalArchive(folder), encoder, "bear")[0] == "b"


def test_what_is_no_archive_is_refused(tmp_path, encoder):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(NotAnArchive, match=r"holiday\.jpg"):
        add(tmp_path, encoder, article("a", "apple"))
    with pytest.raises(ArchiveMissing):
        LocalArchive(tmp_path)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["holiday.jpg"]
    with pytest.raises(NotAnArchive, match="not a folder"):
        add(tmp_path / "holiday.jpg", encoder)
    with pytest.raises(ArchiveMissing), local_writer(tmp_path / "new"):
        pass


def test_a_newer_schema_is_refused(folder):
    archive = LocalArchive(folder)
    archive.close()
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ArchiveTooNew, match="99"):
        LocalArchive(folder)


def test_a_database_of_which_half_is_missing_is_damaged_not_empty(folder, encoder):
    add(folder, encoder, *(article(f"n{n}", f"word{n} " * 200) for n in range(50)))
    file = folder / FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises((ArchiveDamaged, NotAnArchive)):
        list(LocalArchive(folder).articles())


def test_an_archive_may_have_its_own_spellings(folder, encoder):
    archive = LocalArchive(folder)
    manifest = read_manifest(folder)
    assert with_words(archive, "grizzly") == []
    (folder / "spellings.txt").write_text("bear | grizzly\n")
    assert with_words(archive, "grizzly") == ["b"]
    (folder / "spellings.txt").write_text("apple | grizzly | braeburn\n")
    assert with_words(archive, "grizzly") == ["a"]
    (folder / "spellings.txt").unlink()
    assert with_words(archive, "grizzly") == []
    assert read_manifest(folder) == manifest  # no index was made again


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"bear | \xff", "UTF-8"), (b"bear | grizzly\nNorth | grizzly", "'grizzly' is there twice")],
)
def test_spellings_that_cannot_be_used_are_told(folder, content, reason):
    (folder / "spellings.txt").write_bytes(content)
    with pytest.raises(SpellingsUnusable, match=rf"spellings\.txt.*{reason}"):
        LocalArchive(folder).snapshot()


def test_spellings_may_be_there_before_the_archive(tmp_path, encoder):
    (tmp_path / "spellings.txt").write_text("bear | grizzly\n")
    add(tmp_path, encoder, article("b", "bear"))
    assert with_words(LocalArchive(tmp_path), "grizzly") == ["b"]


REPRINTED = " ".join(f"word{n}" for n in range(60))


@pytest.fixture
def of_version_1(folder, encoder) -> Path:
    """An archive as version 1 wrote it: no table knows of copies."""
    add(folder, encoder, article("wire", REPRINTED), article("reprint", REPRINTED.upper()))
    with sqlite3.connect(folder / FILE) as connection:
        for table in ("worded", "sketched", "wordings"):
            connection.execute(f"DROP TABLE {table}")
        for table in ("tags", "versions", "visits", "files", "stems"):
            connection.execute(f"DROP TABLE {table}")
        for column in ("tags", "details"):
            connection.execute(f"ALTER TABLE articles DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    return folder


def test_an_archive_of_version_1_is_brought_up_to_date_when_it_is_opened(of_version_1, encoder):
    manifest = read_manifest(of_version_1)
    archive = LocalArchive(of_version_1)
    assert archive.summary().duplicate_groups == 1
    assert archive.counts() == (4, 4)
    assert with_words(archive, "apple") == ["a"]
    assert read_manifest(of_version_1) == manifest  # both indexes hold as they were
    add(of_version_1, encoder, article("again", REPRINTED))
    assert archive.counts() == (5, 5)
    assert archive.summary().duplicate_groups == 1


def test_an_archive_of_version_1_is_brought_up_to_date_by_a_writer(of_version_1, encoder):
    add(of_version_1, encoder, article("again", REPRINTED))
    with local_writer(of_version_1) as writer:
        assert writer.summary().duplicate_groups == 1
        assert writer.remove(["wire", "reprint"]) == ["wire", "reprint"]
        assert writer.summary().duplicate_groups == 0


def test_bringing_up_to_date_is_done_wholly_or_not_at_all(of_version_1, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("dragoman.index.local.schema.join_group", interrupted)
        with pytest.raises(KeyboardInterrupt):
            LocalArchive(of_version_1)
    assert LocalArchive(of_version_1).summary().duplicate_groups == 1


def test_an_archive_of_version_1_that_may_not_be_written_is_read_without_duplicates(
    of_version_1, encoder, open_tmp, unprivileged
):
    of_version_1.chmod(0o555)
    for file in of_version_1.iterdir():
        if file.is_file():
            file.chmod(0o444)
    with unprivileged():
        archive = LocalArchive(of_version_1)
        assert with_words(archive, "apple") == ["a"]
        assert nearest(archive, encoder, "bear")[0] == "b"
        assert archive.summary().duplicate_groups == 0
        assert archive.duplicate_groups(archive.vectors_of_articles().passages.tolist()) == {}


def test_while_another_writes_an_archive_of_version_1_is_read_without_duplicates(of_version_1):
    with writer_lock(of_version_1):
        archive = LocalArchive(of_version_1)
        assert archive.summary().duplicate_groups == 0
        assert with_words(archive, "apple") == ["a"]
    LocalArchive(of_version_1)
    assert archive.summary().duplicate_groups == 1


# Archives that older versions of the tables were really written by, as SQL

VERSIONS = (1, 2, 3, 4, 5)
HELD = Article(
    id="a/1",
    title="Talks",
    text="Apple bear. Cat.",
    source="Gazete Doğu",
    url="https://example.org/1",
    published=date(2022, 3, 29),
    event=date(2022, 3, 28),
    form="digest",
    authors=("A. Yazar", "B. Автор"),
)


@pytest.fixture(params=VERSIONS)
def older(request, tmp_path) -> Path:
    folder = tmp_path / "older"
    folder.mkdir()
    written = Path(__file__).with_name(f"version_{request.param}.sql").read_text()
    connection = sqlite3.connect(folder / FILE)
    connection.executescript(written)
    connection.close()
    return folder


def version_of(folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return version


def test_an_older_archive_is_brought_up_to_date_when_it_is_opened(older, encoder):
    archive = LocalArchive(older)
    assert version_of(older) == SCHEMA_VERSION
    assert archive.article("a/1") == HELD
    assert archive.summary().duplicate_groups == 1
    assert nearest(archive, encoder, "apple")[0] == with_words(archive, "apple")[0] == "a/1"
    assert archive.article_numbers(tags=["talks"]).tolist() == []


@pytest.mark.parametrize("older", [4, 5], indirect=True)
def test_it_keeps_former_versions_and_gets_more(older, encoder, open_tmp, unprivileged):
    (older / FILE).chmod(0o444)
    older.chmod(0o555)
    with unprivileged():
        former = LocalArchive(older).versions("a/1")
    older.chmod(0o755)
    (older / FILE).chmod(0o644)
    assert [version.article for version in former] == [replace(HELD, title="Talk")]
    assert LocalArchive(older).versions("a/1") == former
    add(older, encoder, replace(HELD, title="Talks end"))
    titles = [version.article.title for version in LocalArchive(older).versions("a/1")]
    assert titles == ["Talk", "Talks"]


def test_it_gets_the_stems_of_its_passages(older):
    archive = LocalArchive(older)
    texts = archive.texts(archive.vectors_of_articles().passages.tolist())
    assert len(texts) == stored_stems(older) == 4
    expected = {n: stems_of(text.title, text.text).tolist() for n, text in texts.items()}
    assert {n: stems.tolist() for n, stems in archive.stems([*texts, 1]).items()} == expected


def stored_stems(folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE)
    count = connection.execute("SELECT count(*) FROM stems").fetchone()[0]
    connection.close()
    return count


def test_its_articles_are_unchanged_until_they_have_tags(older, encoder):
    assert add(older, encoder, HELD).unchanged == ["a/1"]
    tagged = replace(HELD, tags=("Talks", "Türkiye"))
    assert add(older, encoder, tagged).replaced == ["a/1"]
    archive = LocalArchive(older)
    assert archive.article("a/1") == tagged
    assert len(archive.article_numbers(tags=["turkiye"])) == 1


def test_an_older_archive_that_may_not_be_written_is_read_without_tags(
    older, encoder, open_tmp, unprivileged
):
    (older / FILE).chmod(0o444)
    before = version_of(older)
    older.chmod(0o555)
    with unprivileged():
        archive = LocalArchive(older)
        assert archive.article("a/1") == HELD
        assert [found.id for found in archive.articles()] == ["a/1", "plain", "wire", "reprint"]
        assert nearest(archive, encoder, "dog")[0] == with_words(archive, "dog")[0] == "plain"
        assert archive.article_numbers(tags=["talks"]).tolist() == []
        (number,) = archive.snapshot().matching("dog", 1)
        assert archive.stems([number])[number].tolist() == stems_of("Plain", "Dog. Eel.").tolist()
    older.chmod(0o755)
    assert version_of(older) == before


def is_in_memory(file: Path) -> bool:
    """Whether the system has the beginning of a file in its memory."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return os.preadv(descriptor, [bytearray(1)], 0, os.RWF_NOWAIT) == 1
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


@pytest.mark.skipif(not hasattr(os, "RWF_NOWAIT"), reason="the system does not tell")
def test_the_indexes_are_read_ahead(tmp_path):
    add(tmp_path, InitialsEncoder(), article("1", "Talks began."))
    file = next(tmp_path.glob("generations/*/articles.npy"))
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if is_in_memory(file):
        pytest.skip("the file system keeps all in memory")
    generations.read_ahead(tmp_path)
    deadline = time.monotonic() + 10
    while not is_in_memory(file):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nothing_is_read_ahead_where_there_is_no_archive(tmp_path):
    generations.read_ahead(tmp_path)
    assert not any(tmp_path.iterdir())
