"""Is the service running, and can it answer?"""

import shutil

from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.search.dragoman import Dragoman


def test_livez_says_that_the_process_answers(client):
    answer = client.get("/livez")
    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}


def test_readyz_says_how_much_there_is_to_search(client, talks):
    info = talks.info()
    ready = {"status": "ready", "articles": info.articles, "passages": info.passages}
    assert client.get("/readyz").json() == ready


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
    assert client.get("/readyz").json()["articles"] == 4


def test_another_encoder_than_the_archives_is_not_ready(shipping):
    other = Dragoman.open(shipping.folder, type(shipping.encoder)(fingerprint="another"))
    client = TestClient(create_app(other), base_url="http://localhost")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "encoder-mismatch")
    assert "another" in answer.json()["detail"]
