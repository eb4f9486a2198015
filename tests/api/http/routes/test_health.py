"""Is the service running, and can it answer?"""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.search.dragoman import Dragoman
from initials_encoder import HeldEncoder


def test_livez_says_that_the_process_answers(client):
    answer = client.get("/livez")
    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}


def test_readyz_says_that_the_service_can_answer_and_nothing_of_the_archive(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready"}


def test_without_an_archive_the_service_lives_but_is_not_ready(tmp_path, encoder):
    missing = tmp_path / "missing"
    client = TestClient(create_app(Dragoman.open(missing, encoder)), base_url="http://localhost")
    assert client.get("/livez").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "archive-missing"
    assert "has no archive" in answer.json()["detail"]
    assert str(missing) not in answer.text


def test_an_archive_that_is_made_meanwhile_makes_the_service_ready(shipping, tmp_path, encoder):
    folder = tmp_path / "later"
    client = TestClient(create_app(Dragoman.open(folder, encoder)), base_url="http://localhost")
    assert client.get("/readyz").status_code == 503
    shutil.copytree(shipping.folder, folder)
    assert client.get("/readyz").status_code == 200


def test_another_encoder_than_the_archives_is_not_ready(shipping):
    other = Dragoman.open(shipping.folder, type(shipping.encoder)(fingerprint="another"))
    client = TestClient(create_app(other), base_url="http://localhost")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "encoder-mismatch")
    assert "another" in answer.json()["detail"]


def test_a_damaged_archive_is_not_ready(shipping, encoder):
    shipping.close()
    (database,) = shipping.folder.glob("*.sqlite")
    database.write_bytes(b"no database" * 1000)
    damaged = create_app(Dragoman.open(shipping.folder, encoder))
    answer = TestClient(damaged, base_url="http://localhost").get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not-an-archive")
    assert str(shipping.folder) not in answer.text


def test_without_its_models_the_service_is_not_ready(shipping, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))  # no encoder can be kept there
    answer = TestClient(
        create_app(Dragoman.open(shipping.folder)), base_url="http://localhost"
    ).get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "cache-not-writable")
    assert str(tmp_path) not in answer.text


@pytest.mark.parametrize(("seconds", "becomes"), [(0.01, 503), (900, 200)])
def test_a_change_that_does_not_end_makes_the_service_not_ready(shipping, seconds, becomes):
    encoder = HeldEncoder()
    app = create_app(Dragoman.open(shipping.folder, encoder), ServiceSettings(write_stuck=seconds))
    with TestClient(app, base_url="http://localhost") as client, ThreadPoolExecutor(1) as writers:
        assert client.get("/readyz").status_code == 200
        try:
            put = writers.submit(client.put, "/v1/articles/a", json={"text": "Ships sail."})
            while app.state.writer.busy_since is None:
                pass
            while (answer := client.get("/readyz")).status_code != becomes:
                pass
            if becomes == 503:
                assert answer.json()["code"] == "writer-stuck"
            assert client.get("/livez").status_code == 200
            assert client.get("/v1/search?q=ships").status_code == 200
        finally:
            encoder.let_go.set()
        assert put.result().status_code == 201
        assert client.get("/readyz").status_code == 200
