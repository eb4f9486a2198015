"""HEAD, OPTIONS and `Allow`, on every route."""

import re

import pytest
from starlette.testclient import TestClient

READ = "GET, HEAD, OPTIONS"
ASK = "GET, HEAD, POST, OPTIONS"
ROUTES = {
    "/v1/ask?q=ships": ASK,
    "/v1/search?q=ships": ASK,
    "/v1/timeline?q=ships": ASK,
    "/v1/quotes?about=ships": ASK,
    "/v1/figures?q=ships": ASK,
    "/v1/conflicts?q=ships": ASK,
    "/v1/articles": "GET, HEAD, POST, DELETE, OPTIONS",
    "/v1/articles/2022/03/gas/similar": READ,
    "/v1/articles/2022/03/gas/passages": READ,
    "/v1/articles/2022/03/gas/versions": READ,
    "/v1/articles/2022/03/gas": "GET, HEAD, PUT, DELETE, OPTIONS",
    "/v1/sources": READ,
    "/v1/tags": READ,
    "/v1/jobs": READ,
    "/v1/info": READ,
    "/v1/models": READ,
    "/v1/models/dragoman": READ,
    "/widget.js": READ,
    "/livez": READ,
    "/readyz": READ,
    "/metrics": READ,
    "/openapi.json": READ,
    "/docs": READ,
    "/static-offline-docs/swagger-ui.css": READ,
}

BODIES = {
    "/v1/articles": {"articles": [{"text": "Ships."}]},
    "/v1/timeline": {"matter": "ships"},
    "/v1/conflicts": {"matter": "ships"},
    "/v1/quotes": {"about": "ships"},
}


@pytest.fixture
def client(shipping_client) -> TestClient:
    return shipping_client


def test_every_documented_route_is_among_them(client):
    documented = client.get("/openapi.json").json()["paths"]
    tried = {path.split("?")[0].replace("2022/03/gas", "{id}") for path in ROUTES}
    tried |= {"/v1/jobs/{id}", "/v1/models/{id}"}
    posted = {path for path, operations in documented.items() if set(operations) == {"post"}}
    assert set(documented) - posted <= tried


@pytest.mark.parametrize("path", ROUTES)
def test_head_is_get_without_its_body(client, path):
    plain = {"Accept-Encoding": "identity"}  # the length of what is compressed is not known
    got, head = client.get(path, headers=plain), client.head(path, headers=plain)
    assert (head.status_code, head.content) == (got.status_code, b"") == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert int(head.headers["content-length"]) > 0


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing", 404), ("/v1/articles/nothing", 404), ("/v1/search", 422), ("/v1/search?q=", 422)],
)
def test_head_fails_as_get_does(client, path, status):
    head = client.head(path)
    assert (head.status_code, head.content) == (status, b"")
    assert head.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("path", "allowed"), ROUTES.items())
def test_options_says_what_is_allowed(client, path, allowed):
    answer = client.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == allowed


def test_options_at_an_address_with_nothing_is_not_found(client):
    assert client.options("/nothing").status_code == 404


@pytest.mark.parametrize(("path", "allowed"), ROUTES.items())
def test_a_method_that_is_not_allowed_is_answered_with_those_that_are(client, path, allowed):
    for method in {"PUT", "PATCH", "DELETE", "TRACE", "POST"} - {*allowed.split(", ")}:
        answer = client.request(method, path)
        said = answer.json().get("error") or answer.json()  # as OpenAI has it, at its addresses
        assert (answer.status_code, said["code"]) == (405, "method-not-allowed"), method
        assert answer.headers["allow"] == allowed, method


def test_what_allow_names_is_served(client):
    for path, allowed in ROUTES.items():
        for method in allowed.split(", "):
            asked = BODIES.get(path.split("?")[0], {"question": "ships"})
            json = asked if method == "POST" else None
            answer = client.request(method, path, json=json)
            # To put nothing, and to remove whatever there is, is allowed to nobody.
            fitting = (422, 204, 404) if method in ("PUT", "DELETE") else (200, 202, 204)
            assert answer.status_code in fitting


def test_every_operation_has_a_short_name_of_its_own(client):
    paths = client.get("/openapi.json").json()["paths"].values()
    names = [operation["operationId"] for path in paths for operation in path.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+(_[a-z]+){0,2}", name) for name in names)
    assert {"ask", "search", "ask_batch", "list_articles", "get_article", "put_article"} <= {*names}
