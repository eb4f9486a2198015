"""Keys over HTTP: who may do what."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.http.protection.access import OPEN
from dragoman.api.keys import Keys, keys_beside
from dragoman.api.settings import ServiceSettings


@pytest.fixture
def keys(shipping) -> Keys:
    return Keys(keys_beside(shipping.folder))


@pytest.fixture
def served(shipping) -> Iterator[TestClient]:
    with TestClient(create_app(shipping), base_url="http://localhost") as client:
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_is_taken_from_either_header(served, keys):
    _, secret = keys.create("newsroom")
    for headers in (bearer(secret), {"X-API-Key": secret}, {"Authorization": f"bearer  {secret}"}):
        assert served.get("/v1/articles", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic YTpi"}, {"X-API-Key": ""}])
def test_once_there_is_a_key_none_is_an_error(served, keys, headers):
    assert served.get("/v1/articles", headers=headers).status_code == 200
    keys.create("newsroom")
    refused = served.get("/v1/articles", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "key-missing")
    assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_every_address_needs_a_key_but_the_open_ones(served, keys):
    keys.create("newsroom")
    methods = {"get", "put", "post", "delete", "patch"}
    walked = 0
    for address, operations in served.app.openapi()["paths"].items():
        for method in methods & set(operations):
            answered = served.request(method, address.replace("{id}", "grain"))
            assert (answered.status_code == 401) == (address not in OPEN), (method, address)
            walked += 1
    assert walked > 5
    shown = served.get("/articles/grain")
    assert shown.status_code == 200
    assert "Grain" not in shown.text
    assert served.get("/docs").status_code == 200


def test_a_revoked_or_expired_key_stops_at_once(served, keys):
    _, secret = keys.create("newsroom")
    assert served.get("/v1/articles", headers=bearer(secret)).status_code == 200
    keys.revoke("newsroom")
    refused = served.get("/v1/articles", headers=bearer(secret))
    assert (refused.status_code, refused.json()["code"]) == (401, "key-not-accepted")
    assert "revoked" in refused.json()["detail"]
    assert secret not in refused.text


def test_a_key_does_what_its_scope_allows(served, keys):
    _, secret = keys.create("newsroom")
    question = {"question": "Who?"}
    assert served.post("/v1/search", json=question, headers=bearer(secret)).status_code == 200
    for method in ("PUT", "DELETE", "POST", "PATCH"):
        refused = served.request(method, "/v1/articles/grain", headers=bearer(secret))
        assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
        assert "“write”" in refused.json()["detail"]
    refused = served.get("/metrics", headers=bearer(secret))
    assert "“admin”" in refused.json()["detail"]


def test_broken_keys_let_nobody_in(served, keys):
    keys.path.write_text("{")
    refused = served.get("/v1/articles", headers=bearer("x"))
    assert (refused.status_code, refused.json()["code"]) == (503, "keys-unreadable")
    assert str(keys.path) not in refused.text
    assert served.get("/livez").status_code == 200


def test_keys_that_vanish_do_not_open_the_service(served, keys):
    keys.create("newsroom")
    assert served.get("/v1/articles").status_code == 401
    keys.path.unlink()
    assert served.get("/v1/articles").status_code == 401


def test_where_others_reach_it_a_key_is_needed_even_if_there_is_none(shipping):
    settings = ServiceSettings(host="0.0.0.0", allow_host=("*",))
    with TestClient(create_app(shipping, settings)) as client:
        assert client.get("/v1/articles").status_code == 401


def test_open_access_reads_without_a_key_and_never_writes(shipping):
    settings = ServiceSettings(host="0.0.0.0", open_access=True)
    with TestClient(create_app(shipping, settings), base_url="http://localhost") as client:
        assert client.get("/v1/articles").status_code == 200
        refused = client.delete("/v1/articles/grain")
    assert (refused.status_code, refused.json()["code"]) == (403, "writing-not-allowed")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_other_web_sites_do_not_write_without_a_key(served, headers):
    refused = served.put("/v1/articles/grain", json={}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "origin-not-allowed")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "news.my.org"},
        {"X-Forwarded-For": "192.0.2.1"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Host": "news.my.org"},
        {"X-Real-IP": "192.0.2.1"},
        {"Forwarded": "for=192.0.2.1"},
        {"Via": "1.1 proxy"},
    ],
)
def test_nothing_is_written_without_a_key_from_elsewhere(shipping, headers):
    settings = ServiceSettings(allow_host=("news.my.org",))
    with TestClient(create_app(shipping, settings), base_url="http://localhost") as client:
        refused = client.put("/v1/articles/grain", json={}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "writing-not-allowed")


def test_the_description_says_which_scope_each_operation_needs(served):
    described = served.get("/openapi.json").json()
    schemes = described["components"]["securitySchemes"]
    assert (schemes["key"]["type"], schemes["key"]["scheme"]) == ("http", "bearer")
    assert schemes["key_header"]["name"] == "X-API-Key"
    scopes = {}
    for address, operations in described["paths"].items():
        for method, operation in operations.items():
            assert ("security" in operation) == (address not in OPEN)
            if "security" in operation:
                assert operation["security"][-1] == {}  # where there are no keys
                scopes[f"{method} {address}"] = operation["description"].rpartition("`")[0][-5:]
    assert scopes["post /v1/ask"] == "`read"
    assert scopes["put /v1/articles/{id}"] == scopes["get /v1/jobs"] == "write"
    assert scopes["get /metrics"] == "admin"
