"""Addresses of archives."""

import pickle
from pathlib import Path

import pytest

from dragoman.index.addresses import EngineAddress, address_from, folder_of
from dragoman.index.errors import AddressNotUnderstood


@pytest.mark.parametrize("given", ["news", "./a:b", "C:\\news", "milvus", "a b/milvus:x"])
def test_whatever_has_no_scheme_is_a_folder(given):
    assert address_from(given) == address_from(Path(given)) == Path.cwd() / given


def test_the_home_folder_is_understood():
    assert address_from("~/news") == Path.home() / "news"


def test_an_address_is_kept_as_it_is_given():
    address = address_from("milvus://host:19530/news")
    assert isinstance(address, EngineAddress)
    assert address.text == str(address) == "milvus://host:19530/news"
    assert address_from(address) == pickle.loads(pickle.dumps(address)) == address


def test_a_file_does_not_depend_on_the_working_directory():
    address = address_from("milvus+lite:news.db")
    assert str(address) == f"milvus+lite:{Path.cwd() / 'news.db'}"


def test_a_password_is_never_printed():
    address = address_from("milvus://me:p@ss/w:rd@host:1/news")
    assert "p@ss" not in f"{address} {address!r} {folder_of(address)}"
    assert str(address) == "milvus://host:1/news"
    with pytest.raises(AddressNotUnderstood) as refused:
        address_from("postgres://me:secret@host/news")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "given",
    [
        "http://host/news", "postgres://host/news", "milvus+tls://host/news", "milvus:host/news",
        "milvus://", "milvus+lite:", "file:///news", "MILVUS:x", Path("milvus://host:1/news"),
    ],
)  # fmt: skip
def test_another_scheme_is_refused_by_the_known_ones(given):
    with pytest.raises(AddressNotUnderstood, match=r"folder, milvus://HOST:PORT/NAME or milvus\+"):
        address_from(given)


def test_what_is_kept_beside_an_archive_elsewhere_has_a_folder_of_its_own(tmp_path):
    assert folder_of(tmp_path) == tmp_path
    one, other = address_from("milvus://host:1/a-b"), address_from("milvus://host:1/a_b")
    assert folder_of(one) != folder_of(other)
    assert folder_of(address_from("milvus://me:secret@host:1/a-b")) == folder_of(one)
