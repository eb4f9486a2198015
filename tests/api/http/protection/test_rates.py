"""How often a key or an address may ask, and how large a body may be."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside
from dragoman.api.settings import ServiceSettings

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def serve(shipping) -> Iterator[Callable[..., TestClient]]:
    with ExitStack() as stack:

        def started(**settings) -> TestClient:
            app = create_app(shipping, ServiceSettings(**settings))
            return stack.enter_context(TestClient(app, base_url="http://localhost"))

        yield started


def statuses(client: TestClient, times: int, key: str | None = None) -> list[int]:
    headers = {"X-API-Key": key} if key else {}
    return [client.get("/v1/tags", headers=headers).status_code for _ in range(times)]


def test_an_address_that_asks_too_often_is_told_when_to_come_back(serve):
    client = serve(rate_limit="3/hour")
    assert statuses(client, 4) == [200, 200, 200, 429]
    refused = client.get("/v1/tags")
    assert refused.json()["code"] == "too-many-requests"
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["RateLimit-Limit"] == "3"
    assert client.get("/livez").status_code == 200


def test_each_key_has_a_rate_of_its_own(serve, shipping):
    keys = Keys(keys_beside(shipping.folder))
    one, other = keys.create("one")[1], keys.create("other")[1]
    client = serve(rate_limit="2/hour")
    assert statuses(client, 3, one) == [200, 200, 429]
    assert statuses(client, 1, other) == [200]


def test_wrong_keys_are_limited_and_valid_ones_beside_them_are_not(serve, shipping):
    _, secret = Keys(keys_beside(shipping.folder)).create("newsroom")
    client = serve()
    assert statuses(client, 21, "wrong") == [401] * 20 + [429]
    refused = client.get("/v1/tags", headers={"X-API-Key": "wrong"})
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert statuses(client, 1, secret) == [200]


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [
        ("POST", "/v1/search", 2000),
        ("POST", "/v1/ask/batch", 2000),
        ("POST", "/v1/chat/completions", 3000),
        ("POST", "/v1/responses", 3000),
        ("POST", "/v1/articles", 5000),
        ("PUT", "/v1/articles/grain", 5000),
    ],
)
def test_a_body_may_be_as_large_as_its_address_takes(serve, method, path, most):
    client = serve(max_body_bytes=2000, max_chat_bytes=3000, max_upload_bytes=5000)
    within = client.request(method, path, content=b" " * most, headers=JSON)
    assert within.status_code != 413
    for body in (b" " * (most + 1), iter([b" " * most, b" "])):
        refused = client.request(method, path, content=body, headers=JSON)
        assert refused.status_code == 413
        assert "request-too-large" in refused.text


@pytest.mark.parametrize("path", ["/v1/search", "/v1/ask", "/v1/ask/batch", "/v1/articles"])
@pytest.mark.parametrize("opening", [b"[", b'{"question":', b'{"question": "a", "filters": ['])
def test_deep_json_is_refused(serve, path, opening):
    refused = serve(max_body_bytes=10**6).post(path, content=opening * 10_000, headers=JSON)
    assert 400 <= refused.status_code < 500
    assert refused.json()["code"]
