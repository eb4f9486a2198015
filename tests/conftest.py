import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from dragoman.index.encoding.encoder import Encoder, open_encoder
from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

# How long an example takes depends on what else runs.
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests wait for services, browsers and disks."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, monkeypatch):
    """No test reads or writes the user's own archive; the compiled encoder is shared, as it is."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("DRAGOMAN_ARCHIVE", raising=False)
    monkeypatch.delenv("DRAGOMAN_ENCODER", raising=False)
    monkeypatch.delenv("DRAGOMAN_LLM_URL", raising=False)


@pytest.fixture
def encoder() -> InitialsEncoder:
    return InitialsEncoder()


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The default encoder, in its compiled form."""
    return open_encoder()


@pytest.fixture(scope="session")
def talks(tmp_path_factory, real_encoder) -> Dragoman:
    """The bundled articles, with the real encoder. Only for reading."""
    dragoman = Dragoman.open(tmp_path_factory.mktemp("talks") / "archive", real_encoder)
    dragoman.add(BUNDLED)
    return dragoman


@contextmanager
def _unprivileged() -> Iterator[None]:
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """A context in which file permissions hold even where root runs the tests."""
    return _unprivileged


@pytest.fixture
def as_nobody(unprivileged) -> Iterator[None]:
    """Have file permissions hold for the whole of a test."""
    with unprivileged():
        yield


@pytest.fixture
def open_tmp(tmp_path) -> Path:
    """A temporary folder that every user may enter."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    return tmp_path
