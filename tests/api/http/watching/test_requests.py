"""Request ids, compression, and what is known of a request that has been served."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dragoman.api.http.problems import add_problem_handlers
from dragoman.api.http.watching.requests import Served, WatchRequests


def sent(client, path, id):
    return client.get(path, headers={"X-Request-ID": id} if id else {})


@pytest.mark.parametrize("id", ["a", "trace-1.2_3", "x" * 64])
@pytest.mark.parametrize(("path", "status"), [("/livez", 200), ("/none", 404), ("/v1/ask", 422)])
def test_a_harmless_request_id_is_echoed(shipping_client, id, path, status):
    answer = sent(shipping_client, path, id)
    assert (answer.status_code, answer.headers["x-request-id"]) == (status, id)
    if status >= 400:
        assert answer.json()["request_id"] == id


@pytest.mark.parametrize("id", [None, "x" * 65, "a b", "a\x1b[31m", '"', "ü".encode("latin-1")])
def test_any_other_request_has_an_id_of_its_own(shipping_client, id):
    made = [sent(shipping_client, "/livez", id).headers["x-request-id"] for _ in range(2)]
    assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in made)
    assert len(set(made)) == 2


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Content-Length": "99999"}])
def test_what_is_refused_before_any_route_has_the_id(shipping_client, headers):
    answer = shipping_client.post("/v1/search", headers={**headers, "X-Request-ID": "here"})
    assert answer.status_code in (400, 413)
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "here"


@pytest.fixture
def served() -> list[Served]:
    return []


@pytest.fixture
def small_service(served):
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/fails/{why}")
    def fail(why: str):
        raise RuntimeError(why)

    app.add_middleware(WatchRequests, reports=[served.append])
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def test_an_unexpected_error_has_the_id_and_is_reported(small_service, served):
    answer = sent(small_service, "/fails/badly", "one")
    assert answer.headers.get_list("x-request-id") == [answer.json()["request_id"]] == ["one"]
    (one,) = served
    assert (one.id, one.method, one.status) == ("one", "GET", 500)
    assert one.route == "/fails/{why}"
    assert one.seconds > 0


def test_what_is_long_is_compressed_for_those_who_take_it(shipping_client):
    plain = shipping_client.get("/openapi.json", headers={"Accept-Encoding": "identity"})
    packed = shipping_client.get("/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 4
    assert "content-encoding" not in shipping_client.get("/livez").headers
