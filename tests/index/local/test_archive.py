"""The archive as a whole: what is published, replayed and rebuilt, and who may write."""

import shutil
import sqlite3
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.corpus.article import Article
from dragoman.index import indexing
from dragoman.index.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveTooNew,
    ArchiveUnreadable,
    EncoderMismatch,
    NotAnArchive,
)
from dragoman.index.indexing import encode_again, index_articles
from dragoman.index.local import archive as archive_module
from dragoman.index.local import generations
from dragoman.index.local.archive import Archive, writing
from dragoman.index.local.locking import writer_lock
from dragoman.index.local.manifest import read_manifest
from dragoman.index.local.schema import FILE
from initials_encoder import InitialsEncoder


def article(id: str, text: str, **fields) -> Article:
    return Article(id=id, title="", text=text, **fields)


def add(folder: Path, encoder: InitialsEncoder, *articles: Article):
    with writing(folder, encoder) as writer:
        return index_articles(writer, encoder, articles, lambda _: None)


def nearest(archive: Archive, encoder: InitialsEncoder, question: str) -> list[str]:
    found = archive.snapshot().vectors.search(encoder.encode_question(question), 10)
    stored = archive.database.passages(found.tolist())
    return [stored[number].article.id for number in found.tolist() if number in stored]


def with_words(archive: Archive, question: str) -> list[str]:
    found = [number for number, _ in archive.snapshot().words.search(question, 10)]
    stored = archive.database.passages(found)
    return [stored[number].article.id for number in found if number in stored]


@pytest.fixture
def folder(tmp_path, encoder) -> Path:
    folder = tmp_path / "archive"
    add(folder, encoder, article("a", "apple apple"), article("b", "bear bear"))
    return folder


def test_both_indexes_find_what_was_added(folder, encoder):
    archive = Archive(folder)
    assert nearest(archive, encoder, "bear")[0] == "b"
    assert with_words(archive, "apple") == ["a"]


def test_the_manifest_says_what_holds(folder, encoder):
    manifest = read_manifest(folder)
    assert manifest is not None
    assert (manifest.encoder, manifest.dim, manifest.count) == (encoder.fingerprint, 26, 2)
    assert manifest.seq == Archive(folder).database.seq
    assert [f.name for f in (folder / "generations").iterdir()] == [f"{manifest.generation:06d}"]


def test_a_reader_sees_a_later_change_by_itself(folder, encoder):
    archive = Archive(folder)
    assert with_words(archive, "cat") == []
    add(folder, encoder, article("c", "cat cat"))
    assert with_words(archive, "cat") == ["c"]
    assert nearest(archive, encoder, "cat")[0] == "c"


def test_a_removed_article_never_appears_again(folder, encoder):
    early = Archive(folder)
    early.snapshot()
    with writing(folder) as writer:
        assert writer.remove(["a"]) == ["a"]
        # Not published yet: the database alone must keep it from being shown.
        assert "a" not in nearest(early, encoder, "apple")
        assert with_words(early, "apple") == []
    for archive in (early, Archive(folder)):
        assert "a" not in nearest(archive, encoder, "apple")
        assert with_words(archive, "apple") == []


def test_an_emptied_archive_finds_nothing_and_can_be_filled_again(folder, encoder):
    with writing(folder) as writer:
        writer.remove(["a", "b"])
    archive = Archive(folder)
    assert nearest(archive, encoder, "apple") == with_words(archive, "apple") == []
    add(folder, encoder, article("c", "cat"))
    assert nearest(archive, encoder, "cat") == ["c"]


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
    archive = Archive(folder)
    assert nearest(archive, encoder, "bear")[0] == "b"
    assert with_words(archive, "apple") == ["a"]
    assert read_manifest(folder) is not None
    add(folder, encoder, article("c", "cat"))
    assert with_words(archive, "cat") == ["c"]


def test_what_a_killed_writer_did_not_publish_is_replayed(folder, encoder, monkeypatch):
    with monkeypatch.context() as patch:  # the writer dies before it can publish
        patch.setattr("dragoman.index.local.archive.publish_generation", lambda *_: None)
        add(folder, encoder, article("c", "cat"))
        with writing(folder) as writer:
            writer.remove(["a"])
    archive = Archive(folder)
    assert nearest(archive, encoder, "cat")[0] == "c"
    assert with_words(archive, "cat") == ["c"]
    assert with_words(archive, "apple") == []
    assert archive.snapshot().seq == archive.database.seq


def test_while_a_writer_is_at_work_readers_use_what_was_published(folder, encoder):
    with writing(folder, encoder) as writer:
        index_articles(writer, encoder, [article("c", "cat")], lambda _: None)
        reader = Archive(folder)
        assert with_words(reader, "cat") == []
        assert with_words(reader, "bear") == ["b"]
        writer.publish()
        assert with_words(reader, "cat") == ["c"]


def test_only_one_may_write(folder, encoder):
    with writer_lock(folder), pytest.raises(ArchiveBusy, match="Another process is writing"):
        add(folder, encoder, article("c", "cat"))
    add(folder, encoder, article("c", "cat"))


def test_a_new_generation_shares_unchanged_files_with_the_old(folder, encoder, monkeypatch):
    monkeypatch.setattr(generations, "EXACT_BELOW", 1)  # as if the archive were large
    many = [article(f"n{n}", "x") for n in range(18)]
    add(folder, encoder, *many)
    rebuilt = next(folder.glob("generations/*/vectors.faiss")).stat().st_ino
    add(folder, encoder, article("c", "cat"))  # one in twenty: not worth building again
    assert next(folder.glob("generations/*/vectors.faiss")).stat().st_ino == rebuilt
    archive = Archive(folder)
    assert nearest(archive, encoder, "cat")[0] == "c"
    with writing(folder) as writer:
        writer.remove(["b"])
    assert "b" not in nearest(archive, encoder, "bear")
    assert with_words(archive, "bear") == []


def test_adding_the_same_again_encodes_nothing(folder, encoder):
    before = encoder.encoded
    done = add(folder, encoder, article("a", "apple apple"), article("b", "bear bear"))
    assert (done.unchanged, done.added, done.replaced) == (["a", "b"], [], [])
    assert encoder.encoded == before


def test_a_changed_article_replaces_its_former_self(folder, encoder):
    done = add(folder, encoder, article("a", "zebra", published=date(2022, 3, 29)))
    assert (done.replaced, done.added) == (["a"], [])
    archive = Archive(folder)
    assert with_words(archive, "apple") == []
    assert nearest(archive, encoder, "zebra")[0] == "a"


def test_another_encoder_is_refused_by_both_names(folder):
    other = InitialsEncoder(fingerprint="other 26")
    with pytest.raises(EncoderMismatch, match=r"initials 26.*other 26.*rebuild"):
        Archive(folder).use(other)
    with pytest.raises(EncoderMismatch):
        add(folder, other, article("c", "cat"))


def test_encoding_again_exchanges_all_vectors_at_once(folder, encoder):
    other = InitialsEncoder(fingerprint="other 26")
    reader = Archive(folder)
    reader.use(encoder)
    reader.snapshot()
    with writing(folder) as writer:
        encode_again(writer, other, lambda _: None)
    archive = Archive(folder)
    archive.use(other)
    assert nearest(archive, other, "bear")[0] == "b"
    assert with_words(archive, "apple") == ["a"]
    with pytest.raises(EncoderMismatch):
        reader.snapshot()


def test_encoding_again_that_was_interrupted_changes_nothing(folder, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 1)  # so that half of it is done

    class Broken(InitialsEncoder):
        def encode_passages(self, texts):
            if "bear" in texts[0]:
                raise RuntimeError("power cut")
            return super().encode_passages(texts)

    with writing(folder) as writer, pytest.raises(RuntimeError):
        encode_again(writer, Broken(fingerprint="other 26"), lambda _: None)
    archive = Archive(folder)
    archive.use(encoder)
    assert nearest(archive, encoder, "bear")[0] == "b"
    assert archive.database.counts() == (2, 2)


def test_a_read_only_archive_is_searched_even_with_its_indexes_lost(
    folder, encoder, open_tmp, unprivileged
):
    lose_generations(folder)
    folder.chmod(0o555)
    for file in folder.iterdir():
        file.chmod(0o444)
    with unprivileged():
        archive = Archive(folder)
        assert nearest(archive, encoder, "bear")[0] == "b"
        assert with_words(archive, "apple") == ["a"]
        with pytest.raises(ArchiveNotWritable, match="ermission"):
            add(folder, encoder, article("c", "cat"))


def test_who_may_only_read_sees_what_the_owner_changes(folder, open_tmp, encoder, unprivileged):
    folder.chmod(0o755)
    with unprivileged():
        reader = Archive(folder)
        assert with_words(reader, "apple") == ["a"]
    with writing(folder) as writer:
        writer.remove(["a"])
    with unprivileged():
        assert with_words(reader, "apple") == []
        assert reader.database.article("a") is None


def test_changes_that_cannot_be_read_are_not_passed_over(folder, open_tmp, encoder, unprivileged):
    with writing(folder, encoder) as writer:  # its changes still lie beside the database
        index_articles(writer, encoder, [article("c", "cat")], lambda _: None)
        copy = shutil.copytree(folder, open_tmp / "copy", ignore=shutil.ignore_patterns("*-shm"))
    copy.chmod(0o555)
    with unprivileged(), pytest.raises(ArchiveUnreadable, match="being written"):
        Archive(copy).database.counts()


def test_what_is_published_while_a_reader_opens_is_seen_next(folder, encoder, monkeypatch):
    reader = Archive(folder)
    newest = archive_module._newest_snapshot

    def overtaken(*arguments):
        opened = newest(*arguments)
        monkeypatch.undo()
        add(folder, encoder, article("c", "cat"))
        return opened

    monkeypatch.setattr(archive_module, "_newest_snapshot", overtaken)
    assert with_words(reader, "cat") == []
    assert with_words(reader, "cat") == ["c"]


def test_what_was_published_holds_until_the_next_is_whole(folder, encoder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, writing(folder) as writer:
        patch.setattr(generations, "_make_vectors", full)
        with pytest.raises(ArchiveNotWritable, match="No space left"):
            writer.publish(afresh=True)
    manifest = read_manifest(folder)
    assert manifest is not None
    assert (folder / "generations" / f"{manifest.generation:06d}" / "rows.npz").exists()
    assert nearest(Archive(folder), encoder, "bear")[0] == "b"


def test_a_replaced_article_is_found_as_soon_as_its_batch_is_in(folder, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 1)
    reader = Archive(folder)
    changed = [article("a", "apple cake"), article("later", "zoo")]
    with writing(folder, encoder) as writer:
        index_articles(writer, encoder, changed, lambda _: None)
        assert with_words(reader, "cake") == ["a"]


def test_what_is_no_archive_is_refused(tmp_path, encoder):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(NotAnArchive, match=r"holiday\.jpg"):
        add(tmp_path, encoder, article("a", "apple"))
    with pytest.raises(ArchiveMissing):
        Archive(tmp_path)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["holiday.jpg"]
    with pytest.raises(NotAnArchive, match="not a folder"):
        add(tmp_path / "holiday.jpg", encoder)
    with pytest.raises(ArchiveMissing), writing(tmp_path / "new"):
        pass


def test_a_newer_schema_is_refused(folder):
    archive = Archive(folder)
    archive.close()
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ArchiveTooNew, match="99"):
        Archive(folder)


def test_a_database_of_which_half_is_missing_is_damaged_not_empty(folder, encoder):
    add(folder, encoder, *(article(f"n{n}", f"word{n} " * 200) for n in range(50)))
    file = folder / FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises((ArchiveDamaged, NotAnArchive)):
        list(Archive(folder).database.articles())


def test_threads_search_while_another_writes(folder, encoder):
    archive = Archive(folder)
    faults: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                assert nearest(archive, encoder, "bear")[0] == "b"
                assert with_words(archive, "bear") == ["b"]
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(8):
        add(folder, encoder, article(f"n{n}", f"zoo{n}"))
        if n % 2:
            with writing(folder) as writer:
                writer.remove([f"n{n - 1}"])
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert archive.database.counts()[0] == 6


WORDS = ["apple", "bear", "cat", "dog", "egg", "fox"]
CHANGES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), st.sampled_from(WORDS))), max_size=12
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CHANGES)
def test_after_any_changes_both_indexes_hold_just_what_the_database_holds(
    tmp_path_factory, changes
):
    folder = tmp_path_factory.mktemp("law") / "archive"
    encoder = InitialsEncoder()
    add(folder, encoder)
    expected: dict[str, str] = {}
    for id, word in changes:
        if word:
            add(folder, encoder, article(id, word))
            expected[id] = word
        else:
            with writing(folder) as writer:
                writer.remove([id])
            expected.pop(id, None)
    archive = Archive(folder)
    for word in WORDS:
        holders = {id for id, text in expected.items() if text == word}
        assert set(with_words(archive, word)) == holders
        found = nearest(archive, encoder, word)
        assert set(found) == set(expected)
        assert set(found[: len(holders)]) == holders
    assert np.all(np.diff(archive.database.article_numbers()) > 0)


REPRINTED = " ".join(f"word{n}" for n in range(60))


@pytest.fixture
def of_version_1(folder, encoder) -> Path:
    """An archive as version 1 wrote it: no table knows of copies."""
    add(folder, encoder, article("wire", REPRINTED), article("reprint", REPRINTED.upper()))
    with sqlite3.connect(folder / FILE) as connection:
        for table in ("worded", "sketched", "wordings"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    return folder


def test_an_archive_of_version_1_is_brought_up_to_date_when_it_is_opened(of_version_1, encoder):
    manifest = read_manifest(of_version_1)
    archive = Archive(of_version_1)
    assert archive.database.count_families() == 1
    assert archive.database.counts() == (4, 4)
    assert with_words(archive, "apple") == ["a"]
    assert read_manifest(of_version_1) == manifest  # both indexes hold as they were
    add(of_version_1, encoder, article("again", REPRINTED))
    assert archive.database.counts() == (5, 5)
    assert archive.database.count_families() == 1


def test_an_archive_of_version_1_is_brought_up_to_date_by_a_writer(of_version_1, encoder):
    add(of_version_1, encoder, article("again", REPRINTED))
    with writing(of_version_1) as writer:
        assert writer.database.count_families() == 1
        assert writer.remove(["wire", "reprint"]) == ["wire", "reprint"]
        assert writer.database.count_families() == 0


def test_bringing_up_to_date_is_done_wholly_or_not_at_all(of_version_1, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("dragoman.index.local.schema.join_family", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Archive(of_version_1)
    assert Archive(of_version_1).database.count_families() == 1


def test_an_archive_of_version_1_that_may_not_be_written_is_read_without_families(
    of_version_1, encoder, open_tmp, unprivileged
):
    of_version_1.chmod(0o555)
    for file in of_version_1.iterdir():
        if file.is_file():
            file.chmod(0o444)
    with unprivileged():
        archive = Archive(of_version_1)
        assert with_words(archive, "apple") == ["a"]
        assert nearest(archive, encoder, "bear")[0] == "b"
        assert archive.database.count_families() == 0
        assert archive.database.families(archive.database.vectors_of_articles().passages) == {}


def test_while_another_writes_an_archive_of_version_1_is_read_without_families(of_version_1):
    with writer_lock(of_version_1):
        archive = Archive(of_version_1)
        assert archive.database.count_families() == 0
        assert with_words(archive, "apple") == ["a"]
    Archive(of_version_1)
    assert archive.database.count_families() == 1
