"""An archive on a true Milvus server that is down, is killed, or refuses: `make test-milvus`."""

import os
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from milvus_server import INSTALLED, VARIABLE, MilvusServer
from pymilvus import MilvusClient
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.index.addresses import EngineAddress
from dragoman.index.errors import (
    ArchiveError,
    ArchiveForbidden,
    ArchiveUnreachable,
    CredentialsMissing,
    CredentialsRefused,
)
from dragoman.index.milvus.collections import ROW_FIELDS
from dragoman.index.milvus.sharing import Shared
from dragoman.index.milvus.sweeping import sweep_uncommitted
from dragoman.index.milvus.target import Target
from dragoman.index.opening import copy_here, open_archive, writing
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

pytestmark = pytest.mark.skipif(
    VARIABLE not in os.environ or not INSTALLED.exists(), reason="asks for a server of its own"
)
ARTICLES = [{"id": str(n), "text": f"Ships from w{n}."} for n in range(40)]


@pytest.fixture(autouse=True)
def own_copies(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def server() -> Iterator[MilvusServer]:
    with MilvusServer() as running:
        yield running


def test_a_server_that_is_down_is_told_and_found_again(server):
    address = f"{server.address}/down"
    with Dragoman.open(address, InitialsEncoder()) as dragoman:
        dragoman.add(ARTICLES)
        assert dragoman.search("w7").passages[0].article.id == "7"
        server.kill()
        with pytest.raises(ArchiveError, match="does not answer"):
            dragoman.add({"id": "late", "text": "Late."})
        time.sleep(0.1)  # a state that was read is good for half of that
        with pytest.raises(ArchiveUnreachable, match="Check that it runs"):
            open_archive(address).summary()
        with pytest.raises(ArchiveUnreachable):
            open_archive(f"{server.address}/other")
        server.start()
        assert until_it_answers(lambda: dragoman.search("w7")).passages[0].article.id == "7"
        until_it_answers(lambda: dragoman.add({"id": "late", "text": "Late."}))
        assert dragoman.info().articles == 41


def test_what_was_not_committed_is_gone_for_readers_once_it_is_swept(server):
    address = f"{server.address}/swept"
    with Dragoman.open(address, InitialsEncoder()) as dragoman:
        dragoman.add(ARTICLES)
        shared = Shared.of(Target.of(EngineAddress(address)))
        position = shared.state().position
        (row, *_) = shared.server.rows("swept__rows", "", ROW_FIELDS, shared.server.seen())
        late = {**row, "unused": [0.0, 0.0], "number": position + 1, "born": position + 1}
        with shared.register.leased():
            shared.server.insert("swept__rows", [late])
            sweep_uncommitted(shared)
        uncommitted = f"born > {position}"
        left = shared.server.rows("swept__rows", uncommitted, ROW_FIELDS, shared.server.seen())
        assert not [*left]
        shared.release()


def test_the_first_copy_on_a_machine_tells_how_far_it_is(server, tmp_path, monkeypatch):
    address = f"{server.address}/fetched"
    with Dragoman.open(address, InitialsEncoder()) as dragoman:
        dragoman.add(ARTICLES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
    told = []
    copy_here(address, lambda done, total: told.append((done, total)))
    done, total = told[-1]
    assert done == total >= 2 * len(ARTICLES)
    copy_here(address, lambda *_: told.clear())
    assert told
    with closing(open_archive(address)) as archive:
        assert archive.summary().articles == len(ARTICLES)


def until_it_answers(work):
    for _ in range(20):
        try:
            return work()
        except ArchiveError:
            continue
    return work()


def test_the_service_says_so_without_the_address(server):
    address = f"{server.address}/served"
    with Dragoman.open(address, InitialsEncoder()) as dragoman:
        dragoman.add(ARTICLES)
        with TestClient(create_app(dragoman), base_url="http://localhost") as client:
            assert client.get("/v1/search", params={"q": "w7"}).status_code == 200
            server.kill()
            refused = client.get("/v1/search", params={"q": "w7"})
            put = client.put("/v1/articles/late", json={"text": "Late."})
            server.start()
            for answer in (refused, put):
                assert (answer.status_code, answer.json()["code"]) == (503, "archive-unreachable")
                assert answer.headers["retry-after"] == "5"
                assert "127.0.0.1" not in answer.text


def test_what_was_acknowledged_outlives_the_server(server):
    address = f"{server.address}/killed"
    with writing(address, InitialsEncoder()):
        pass
    with Dragoman.open(address, InitialsEncoder()) as dragoman:
        for article in ARTICLES[:10]:
            dragoman.add(article)
        dragoman.remove("3")
        server.kill()
        server.start()
        found = until_it_answers(lambda: dragoman.search("ships", limit=20, per_article=None))
        assert {one.article.id for one in found.passages} == {*"012456789"}
        with closing(open_archive(address)) as archive:
            assert [article.id for article in archive.articles()] == [*"012456789"]


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """HOST:PORT of a server that asks for a name and password, with an archive `kept`."""
    with MilvusServer(guarded=True) as server:
        host = server.address.removeprefix("milvus://")
        with Dragoman.open(f"milvus://root:Milvus@{host}/kept", InitialsEncoder()) as dragoman:
            dragoman.add(ARTICLES[:2])
            assert dragoman.info().articles == 2
        client = MilvusClient(f"http://{host}", user="root", password="Milvus")
        client.create_user("outsider", "Outsider-1")
        client.create_user("reader", "Reader-1")
        client.create_role("readers")
        for right in ("Search", "Query", "GetLoadState"):
            client.grant_privilege("readers", "Collection", right, "*")
        client.grant_role("reader", "readers")
        client.close()
        yield host


@pytest.mark.parametrize(
    ("user", "error", "says"),
    [
        ("", CredentialsMissing, "asks for a name and a password"),
        ("root:wrong-password@", CredentialsRefused, "does not accept the name and password"),
        ("nobody:wrong-password@", CredentialsRefused, "does not accept the name and password"),
        ("outsider:Outsider-1@", ArchiveForbidden, "the privilege Query is missing"),
    ],
)
def test_credentials_that_are_missing_wrong_or_without_rights_are_told_apart(
    guarded, user, error, says
):
    with pytest.raises(ArchiveForbidden, match=says) as refused:
        open_archive(f"milvus://{user}{guarded}/kept").summary()
    assert type(refused.value) is error
    assert not any(secret in str(refused.value) for secret in ("wrong-password", "Outsider-1"))


def test_a_user_who_may_read_searches_and_cannot_write(guarded):
    with Dragoman.open(f"milvus://reader:Reader-1@{guarded}/kept", InitialsEncoder()) as dragoman:
        assert dragoman.search("w1").passages[0].article.id == "1"
        with pytest.raises(ArchiveForbidden, match="the privilege RenameCollection is missing"):
            dragoman.add({"id": "late", "text": "Late."})
        assert dragoman.info().articles == 2


def test_the_service_tells_a_refused_password_by_its_code(guarded):
    address = f"milvus://root:Milvus@{guarded}/kept"
    client = MilvusClient(f"http://{guarded}", user="root", password="Milvus")
    with (
        Dragoman.open(address, InitialsEncoder()) as dragoman,
        TestClient(create_app(dragoman), base_url="http://localhost") as http,
    ):
        assert http.get("/v1/search", params={"q": "w1"}).status_code == 200
        client.update_password("root", "Milvus", "Another-1")
        try:
            refused = until(lambda: http.get("/v1/search", params={"q": "w1"}), 503)
        finally:
            again = MilvusClient(f"http://{guarded}", user="root", password="Another-1")
            again.update_password("root", "Another-1", "Milvus")
        assert refused.json()["code"] == "credentials-refused"


def until(asked, status):
    """Return the first answer with this status: a server knows a password for a while."""
    for _ in range(100):
        answer = asked()
        if answer.status_code == status:
            break
        time.sleep(0.1)
    return answer
