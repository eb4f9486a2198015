"""What browsers are told: whose pages may read an answer, and what a page may do."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings

ORIGIN = "https://paper.example"
PREFLIGHT = {
    "Origin": ORIGIN,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization",
}


@pytest.fixture
def open_to_origin(shipping) -> Iterator[TestClient]:
    app = create_app(shipping, ServiceSettings(allow_origin=(ORIGIN,)))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def test_no_other_site_reads_anything_by_default(shipping_client):
    for path in ("/v1/tags", "/", "/nothing"):
        answered = shipping_client.get(path, headers={"Origin": ORIGIN})
        assert "access-control-allow-origin" not in answered.headers
    preflight = shipping_client.options("/v1/search", headers=PREFLIGHT)
    assert "access-control-allow-origin" not in preflight.headers


def test_an_origin_that_is_allowed_reads_answers_and_problems(open_to_origin):
    preflight = open_to_origin.options("/v1/search", headers=PREFLIGHT)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()
    for path, status in (("/v1/tags", 200), ("/nothing", 404), ("/v1/search", 422)):
        answered = open_to_origin.get(path, headers={"Origin": ORIGIN})
        assert answered.status_code == status
        assert answered.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in answered.headers
    other = open_to_origin.get("/v1/tags", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


def test_every_response_has_the_security_headers(shipping_client):
    answers = [
        *map(shipping_client.get, ("/", "/articles/grain", "/articles/none", "/docs", "/livez")),
        *map(shipping_client.get, ("/v1/tags", "/nothing", "/v1/search", "/openapi.json")),
        shipping_client.get("/livez", headers={"Host": "evil.example"}),
        shipping_client.post("/v1/search", content=b"x" * 70_000),
        shipping_client.options("/v1/search"),
    ]
    for answered in answers:
        headers = answered.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        scripts = policy.partition("script-src")[2].partition(";")[0]
        assert "unsafe" not in scripts
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


def test_what_nobody_foresaw_has_them_too_and_is_logged_once(shipping, caplog):
    app = create_app(shipping, ServiceSettings(allow_origin=(ORIGIN,)))

    @app.get("/v1/fails")
    def fail():
        raise RuntimeError(f"in {shipping.folder}")

    with TestClient(app, base_url="http://localhost") as client:
        answered = client.get("/v1/fails", headers={"Origin": ORIGIN})
    assert (answered.status_code, answered.json()["code"]) == (500, "internal-error")
    assert answered.headers["x-frame-options"] == "DENY"
    assert answered.headers["access-control-allow-origin"] == ORIGIN
    assert str(shipping.folder) not in answered.text
    assert [record.message for record in caplog.records] == ["unexpected error"]
