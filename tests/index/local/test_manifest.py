from dragoman.index.local.manifest import Manifest, checksum_of, manifest_stamp, read_manifest

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
