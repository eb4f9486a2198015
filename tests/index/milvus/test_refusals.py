"""What an archive on Milvus says where it cannot be opened."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from milvus_lite import MilvusLite
from pymilvus import MilvusException

from dragoman.corpus import extras
from dragoman.corpus.errors import ExtraMissing
from dragoman.index.errors import (
    AddressNotUnderstood,
    ArchiveBusy,
    ArchiveForbidden,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveTooNew,
    ArchiveTooOld,
    ArchiveUnreachable,
    CredentialsMissing,
    EngineFailed,
    LocalCopyUnusable,
    NotAnArchive,
)
from dragoman.index.milvus import collections
from dragoman.index.milvus.failures import failure
from dragoman.index.milvus.target import Target
from dragoman.index.opening import EngineAddress, has_archive, open_archive, writing
from initials_encoder import InitialsEncoder


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def address(tmp_path) -> str:
    return f"milvus+lite:{tmp_path / 'news'}"


def make(address: str) -> None:
    with writing(address, InitialsEncoder()):
        pass


@pytest.mark.parametrize(
    "address",
    ["milvus://host:19530", "milvus://host/a/b", "milvus://host/a-b", "milvus://host/a__b",
     "milvus://host/1a", f"milvus://host/{'a' * 81}", "milvus://host/ğ"],
)  # fmt: skip
def test_a_name_that_milvus_does_not_take_is_refused(address):
    with pytest.raises(AddressNotUnderstood, match="NAME is up to 80 letters, digits and single _"):
        open_archive(address)


@pytest.mark.parametrize("address", ["milvus://host:x/a", "milvus:///a", "milvus://host/a?x=1"])
def test_an_address_without_a_host_or_with_unknown_options_is_refused(address):
    with pytest.raises(AddressNotUnderstood, match=r"\?database=NAME and \?tls=yes"):
        open_archive(address)


def test_an_address_names_a_server_a_user_and_a_database():
    target = Target.of(EngineAddress("milvus://me:p%40ss@host/news?database=d&tls=yes"))
    assert target.options() == {
        "uri": "https://host:19530", "db_name": "d", "user": "me", "password": "p@ss",
    }  # fmt: skip
    assert str(target) == "milvus://host/news"


def test_a_server_that_is_down_is_named_without_its_password():
    for opened in (open_archive, has_archive, make):
        with pytest.raises(ArchiveUnreachable, match="Check that it runs") as told:
            opened("milvus://me:secret@127.0.0.1:1/news")
        assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("permission deny to reader in host:19530", ArchiveForbidden),
        ("auth check failure, please check username", CredentialsMissing),
        ("Deadline Exceeded", ArchiveUnreachable),
        ("failed to connect to all addresses ipv4:10.0.0.1:19530", ArchiveUnreachable),
        ("collection not loaded[collection=47]", ArchiveUnreachable),
        ("quota exceeded at 10.0.0.1:19530", EngineFailed),
    ],
)
def test_what_a_server_says_is_told_without_addresses(said, error):
    told = failure(Target.of(EngineAddress("milvus://host/news")), MilvusException(message=said))
    assert type(told) is error
    assert not any(place in str(told) for place in ("19530", "10.0.0.1"))


def test_a_host_that_is_not_known_and_a_port_where_nothing_listens_are_told_apart():
    with pytest.raises(ArchiveUnreachable, match="nothing listens on its port"):
        open_archive("milvus://127.0.0.1:1/news")
    with pytest.raises(ArchiveUnreachable, match="its host name is not known"):
        open_archive("milvus://no-such-host.invalid/news")


def test_what_is_not_milvus_is_told():
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever).start()
        try:
            with pytest.raises(ArchiveUnreachable, match="what listens there is not Milvus"):
                open_archive(f"milvus://127.0.0.1:{other.server_port}/news")
        finally:
            other.shutdown()


def test_the_file_of_a_missing_archive_is_not_made(address, tmp_path):
    assert not has_archive(address)
    with pytest.raises(ArchiveMissing, match="adding articles"):
        open_archive(address)
    with pytest.raises(ArchiveMissing), writing(address):
        pass
    assert not (tmp_path / "news").exists()


def test_what_milvus_did_not_make_is_left_alone(address, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "letter.txt").write_text("Dear Sir")
    for opened in (open_archive, has_archive, make):
        with pytest.raises(NotAnArchive, match=r"other files, such as letter\.txt"):
            opened(address)
    with pytest.raises(NotAnArchive, match="it is a file"):
        open_archive(f"{address}/letter.txt")


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveNotWritable, match="Not a directory"):
        make(f"milvus+lite:{tmp_path / 'file' / 'news'}")


def test_a_file_of_another_process_is_busy(address, tmp_path):
    make(address)
    other = MilvusLite(str(tmp_path / "news"))
    with pytest.raises(ArchiveBusy):
        open_archive(address)
    other.close()
    open_archive(address).close()


@pytest.mark.parametrize(("format", "error"), [(0, ArchiveTooOld), (2, ArchiveTooNew)])
def test_an_archive_of_another_version_is_told(address, monkeypatch, format, error):
    with monkeypatch.context() as patched:
        patched.setattr(collections, "FORMAT", format)
        with pytest.raises(error, match=f"has schema {format}"):
            make(address)
    with pytest.raises(error, match="this version reads"):
        open_archive(address)


def test_a_copy_that_cannot_be_kept_is_told(address, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(LocalCopyUnusable, match="XDG_CACHE_HOME") as told:
        make(address)
    assert str(tmp_path / "cache") in str(told.value)


def test_the_packages_that_are_missing_are_named(address, tmp_path, monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    (tmp_path / "news").mkdir()
    with pytest.raises(ExtraMissing, match=r"pymilvus, milvus_lite") as told:
        make(address)
    assert told.value.with_command.endswith('pip install "dragoman[milvus]"')


def test_a_folder_needs_no_client_of_milvus(tmp_path):
    opened = (
        "import sys; from dragoman.index.opening import has_archive; has_archive('x');"
        " sys.exit('pymilvus' in sys.modules or 'dragoman.index.milvus' in sys.modules)"
    )
    asked = [sys.executable, "-c", opened]
    assert subprocess.run(asked, cwd=Path(tmp_path), env=os.environ).returncode == 0
