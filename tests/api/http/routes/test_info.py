"""`/v1/info`: what the service holds and takes."""

from importlib.metadata import version

from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside
from dragoman.api.settings import ServiceSettings


def test_it_tells_what_the_archive_holds(shipping_client, shipping):
    info, held = shipping_client.get("/v1/info").json(), shipping.info()
    assert info["version"] == version("dragoman")
    assert (info["articles"], info["passages"]) == (held.articles, held.passages)
    assert info["encoder"] == held.encoder
    assert (info["first_published"], info["last_published"]) == ("2022-03-10", "2022-05-01")
    assert info["languages"] == ["en"]


def test_its_number_of_the_latest_change_grows(shipping_client, shipping):
    before = shipping_client.get("/v1/info").json()["seq"]
    assert shipping_client.get("/v1/info").json()["seq"] == before
    shipping.remove("grain")
    assert shipping_client.get("/v1/info").json()["seq"] > before


def test_a_limit_it_tells_is_the_limit(shipping_client):
    limits = shipping_client.get("/v1/info").json()["limits"]
    for most, asked in (
        (limits["passages"], lambda n: {"path": "/v1/search", "params": {"q": "x", "limit": n}}),
        (limits["articles"], lambda n: {"path": "/v1/articles", "params": {"limit": n}}),
        (limits["question_characters"], lambda n: {"path": "/v1/search", "params": {"q": "x" * n}}),
    ):
        for n, status in ((most, 200), (most + 1, 422)):
            given = asked(n)
            got = shipping_client.get(given["path"], params=given["params"])
            assert got.status_code == status


def test_it_tells_whether_one_may_write(shipping):
    def told(settings: ServiceSettings, **headers: str) -> bool:
        app = create_app(shipping, settings)
        got = TestClient(app, base_url="http://localhost").get("/v1/info", headers=headers)
        return got.json()["may_write"]

    assert told(ServiceSettings())
    assert not told(ServiceSettings(allow_writes=False))
    assert not told(ServiceSettings(host="0.0.0.0", open_access=True))
    assert not told(ServiceSettings(), **{"Sec-Fetch-Site": "cross-site"})
    keys = Keys(keys_beside(shipping.folder))
    for scopes, may in ((["read"], False), (["read", "write"], True)):
        _, secret = keys.create(f"desk-{may}", scopes=scopes)
        assert told(ServiceSettings(), **{"X-API-Key": secret}) is may
