"""The service as a whole: how it starts, whom it answers, and what it says of itself."""

import gc
import json
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit

import pytest
from fastapi.openapi.models import OpenAPI
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.openai.errors import is_of_openai
from dragoman.api.settings import ServiceSettings
from dragoman.index.errors import ArchiveMissing
from dragoman.search.dragoman import Dragoman
from initials_encoder import WaitingEncoder


def test_it_answers_over_real_http(server):
    question = quote("Where were the talks of 29 March held?")
    with urllib.request.urlopen(f"{server}/v1/search?q={question}&limit=1") as answer:
        body = json.load(answer)
    assert answer.headers["content-type"] == "application/json"
    assert "server" not in answer.headers
    assert "Dolmabahçe" in body["passages"][0]["text"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_64_kib_is_refused(server, chunked):
    body = b'{"question": "' + b"x" * 65_536 + b'"}'
    headers = {"Content-Type": "application/json"}
    with closing(HTTPConnection(urlsplit(server).netloc)) as connection:
        connection.request("POST", "/v1/search", iter([body]) if chunked else body, headers)
        answer = connection.getresponse()
        assert answer.status == 413
        assert json.load(answer)["code"] == "request-too-large"


def test_a_name_that_is_not_its_own_is_refused(server):
    stranger = urllib.request.Request(f"{server}/livez", headers={"Host": "evil.example"})
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(stranger)
    with refused.value as answer:
        problem = json.load(answer)
    assert (problem["status"], problem["code"]) == (400, "host-not-allowed")
    assert "such as localhost" in problem["detail"]
    assert "--" not in problem["detail"]


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_answered_by_all_its_names(client, host):
    assert client.get("/livez", headers={"Host": host}).status_code == 200


def test_a_name_may_be_allowed(shipping):
    settings = ServiceSettings(allow_host=("*.example.org",))
    client = TestClient(create_app(shipping, settings), base_url="http://news.example.org")
    assert client.get("/livez").status_code == 200
    assert client.get("/livez", headers={"Host": "example.com"}).status_code == 400


def test_it_does_not_start_without_an_archive(tmp_path, encoder):
    missing = Dragoman.open(tmp_path / "missing", encoder)
    with (
        pytest.raises(ArchiveMissing),
        TestClient(create_app(missing), base_url="http://localhost"),
    ):
        pass


def test_searching_does_not_block_the_event_loop(tmp_path):
    encoder = WaitingEncoder()
    (tmp_path / "a.txt").write_text("Ships sail.")
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    dragoman.add(tmp_path / "a.txt")
    encoder.hold()
    many = 40  # more than are worked on at the same time
    with (
        TestClient(create_app(dragoman), base_url="http://localhost") as client,
        ThreadPoolExecutor(many) as askers,
    ):
        slow = [askers.submit(client.get, "/v1/search", params={"q": "ships"}) for _ in range(many)]
        try:
            assert all(encoder.entered.acquire(timeout=30) for _ in range(8))
            assert client.get("/livez").json() == {"status": "alive"}
            assert not any(asked.done() for asked in slow)
        finally:
            encoder.let_go.set()
        assert {asked.result().status_code for asked in slow} == {200}


def test_the_model_is_loaded_once(talks):
    dragoman = Dragoman.open(talks.folder)
    start = threading.Barrier(6)

    def encoder_as_seen_by_one_thread():
        start.wait()
        return dragoman.encoder

    with (
        TestClient(create_app(dragoman), base_url="http://localhost") as client,
        ThreadPoolExecutor(6) as threads,
    ):
        loaded = dragoman.encoder
        for mode in ("hybrid", "dense", "lexical"):
            asked = {"question": "Who met in Istanbul?", "mode": mode}
            assert client.post("/v1/search", json=asked).status_code == 200
        seen = [threads.submit(encoder_as_seen_by_one_thread) for _ in range(6)]
        assert all(encoder.result() is loaded for encoder in seen)


def test_threads_that_come_first_together_load_one_model(talks):
    dragoman = Dragoman.open(talks.folder)
    start = threading.Barrier(4)

    def first_use():
        start.wait()
        return dragoman.encoder

    with ThreadPoolExecutor(4) as threads:
        loaded = [threads.submit(first_use) for _ in range(4)]
    assert len({id(encoder.result()) for encoder in loaded}) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells")
def test_threads_that_are_gone_leave_no_open_files(shipping):
    """The server's worker threads come and go as long as it runs."""

    def open_files() -> int:
        gc.collect()
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    def ask_in_a_new_thread() -> None:
        asking = threading.Thread(target=shipping.search, args=["ships"])
        asking.start()
        asking.join()

    ask_in_a_new_thread()
    before = open_files()
    for _ in range(10):
        ask_in_a_new_thread()
    assert open_files() < before + 10


# What it says of itself


@pytest.fixture(scope="module")
def document(client):
    return client.get("/openapi.json").json()


def test_its_description_is_valid_openapi(document):
    OpenAPI.model_validate(document)
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    references = json.dumps(document).split('"$ref": "#/components/schemas/')[1:]
    assert references
    assert all(reference.split('"')[0] in schemas for reference in references)


def test_its_description_documents_every_problem(document):
    for address, path in document["paths"].items():
        for operation in path.values():
            for status in ("4XX", "5XX"):
                if is_of_openai(address):  # whose clients expect their own form
                    assert set(operation["responses"][status]["content"]) == {"application/json"}
                    continue
                (kind, content), *others = operation["responses"][status]["content"].items()
                assert kind == "application/problem+json"
                assert {"type", "title", "status", "detail", "code"} <= set(
                    content["schema"]["required"]
                )
                assert not others
            assert "422" not in operation["responses"]


def test_its_description_has_examples_that_work(document, client):
    message = document["components"]["schemas"]["SearchRequest"]
    for example in message["examples"]:
        assert client.post("/v1/search", json=example).json()["passages"]
    parameters = document["paths"]["/v1/search"]["get"]["parameters"]
    schemas = {parameter["name"]: parameter["schema"] for parameter in parameters}
    examples = {name: schema["examples"][0] for name, schema in schemas.items() if name != "source"
                and "examples" in schema}  # fmt: skip
    assert set(examples) == {"q", "since", "until", "as_of"}
    assert client.get("/v1/search", params=examples).json()["passages"]


def test_its_description_says_what_every_operation_and_message_is(document):
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
    assert all(schema["description"] for schema in document["components"]["schemas"].values())
