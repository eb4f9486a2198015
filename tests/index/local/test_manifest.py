import os

import pytest

from dragoman.index.local import manifest as manifest_module
from dragoman.index.local.manifest import (
    CHECKSUMS_FILE,
    Manifest,
    checksum_of,
    is_checksum_of,
    manifest_stamp,
    note_checksums,
    read_manifest,
    recall_checksums,
)

MANIFEST = Manifest(generation=3, seq=7, encoder="e", dim=26, count=10, checksum="abc")


def test_what_is_published_is_read(tmp_path):
    MANIFEST.publish(tmp_path)
    assert read_manifest(tmp_path) == MANIFEST
    assert [file.name for file in tmp_path.iterdir()] == ["manifest.json"]


def test_nothing_and_garbage_are_no_manifest(tmp_path):
    assert read_manifest(tmp_path) is None
    for garbage in ("", "{", "[]", '{"generation": 1}', "\x00\x01"):
        (tmp_path / "manifest.json").write_text(garbage)
        assert read_manifest(tmp_path) is None


def test_the_stamp_changes_with_every_publication(tmp_path):
    assert manifest_stamp(tmp_path) is None
    stamps = set()
    for _ in range(5):
        MANIFEST.publish(tmp_path)
        stamps.add(manifest_stamp(tmp_path))
    assert len(stamps) == 5


def test_the_checksum_sees_names_sizes_and_contents(tmp_path):
    (tmp_path / "inner").mkdir()
    file = tmp_path / "inner" / "a"
    seen = {checksum_of(tmp_path)}
    for content in (b"", b"x", b"y", b"yy"):
        file.write_bytes(content)
        seen.add(checksum_of(tmp_path))
    file.rename(tmp_path / "inner" / "b")
    seen.add(checksum_of(tmp_path))
    assert len(seen) == 6


def test_lock_files_do_not_count(tmp_path):
    before = checksum_of(tmp_path)
    (tmp_path / ".writer.lock").write_text("")
    assert checksum_of(tmp_path) == before


@pytest.fixture
def generation(tmp_path, monkeypatch):
    monkeypatch.setattr(manifest_module, "_checksums", {})
    folder = tmp_path / "generation"
    folder.mkdir()
    (folder / "vectors").write_bytes(b"published")
    return folder


def in_another_process(monkeypatch) -> None:
    monkeypatch.setattr(manifest_module, "_checksums", {})


def test_what_was_published_and_has_not_changed_is_not_read_again(
    tmp_path, generation, monkeypatch
):
    published = checksum_of(generation)
    note_checksums(tmp_path, generation)
    in_another_process(monkeypatch)
    file = generation / "vectors"
    before = file.stat()
    file.write_bytes(b"different")  # of which only the content would tell
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    recall_checksums(tmp_path, generation)
    assert is_checksum_of(published, generation)


def test_what_has_changed_since_it_was_published_is_read(tmp_path, generation, monkeypatch):
    published = checksum_of(generation)
    note_checksums(tmp_path, generation)
    in_another_process(monkeypatch)
    (generation / "vectors").write_bytes(b"different")
    os.utime(generation / "vectors", ns=(1, 1))
    recall_checksums(tmp_path, generation)
    assert not is_checksum_of(published, generation)


@pytest.mark.parametrize("noted", ["", "[]", "{", '{"vectors": 3}', '{"vectors": []}', "null"])
def test_notes_that_cannot_be_read_cost_time_alone(tmp_path, generation, noted):
    published = checksum_of(generation)
    (tmp_path / CHECKSUMS_FILE).write_text(noted)
    recall_checksums(tmp_path, generation)
    assert is_checksum_of(published, generation)
