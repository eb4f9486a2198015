"""`POST /v1/articles` with addresses: off unless allowed, a job otherwise."""

import threading
import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.search.dragoman import Dragoman
from local_site import HTML, Site, served

FIRST = "Ten ships left the harbour on Thursday morning. They carried wheat for Egypt."
CORRECTED = "Twelve ships left the harbour on Thursday morning. They carried wheat for Egypt."
RSS = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def site() -> Iterator[Site]:
    with served(name="127.0.0.1") as site:
        yield site


@pytest.fixture
def settings(site) -> ServiceSettings:
    return ServiceSettings(fetch_addresses=True, allow_private_host=(site.host,))


@pytest.fixture
def fetching(shipping, settings) -> Iterator[TestClient]:
    with TestClient(create_app(shipping, settings), base_url="http://localhost") as client:
        yield client


def posted(client: TestClient, *addresses: object, query: str = ""):
    return client.post(f"/v1/articles{query}", json={"addresses": [*addresses]})


def finished(client: TestClient, answer) -> dict:
    assert answer.status_code == 202, answer.text
    return ended(client, answer.headers["location"])


def ended(client: TestClient, path: str) -> dict:
    """Wait until a job is over, and return it."""
    for _ in range(600):
        job = client.get(path).json()
        if job["state"] not in ("enqueued", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError(path)


def counts(job: dict) -> tuple[int, int, int, int]:
    return job["added"], job["replaced"], job["unchanged"], job["problems_total"]


def rss(*addresses: str) -> bytes:
    items = "".join(f"<item><link>{address}</link></item>" for address in addresses)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def test_pages_and_feeds_are_fetched_by_a_job(fetching, site):
    grain, gas = site.put("/grain", "Grain leaves", FIRST), site.put("/gas", "Gas comes", FIRST)
    site.routes["/feed"] = (200, RSS, rss(gas, site.at("/none")))
    answer = posted(fetching, grain, site.at("/feed"), query="?source=Harbour+Post")
    job = finished(fetching, answer)
    assert (job["state"], counts(job)) == ("succeeded", (2, 0, 0, 1))
    assert (job["articles"], job["estimate"]) == (2, 2)
    assert job["problems"] == [
        {"code": "page-missing", "detail": f"{site.at('/none')}: there is no such page (404). "
         "Check the address."}
    ]  # fmt: skip
    listed = fetching.get("/v1/articles?source=Harbour+Post").json()["articles"]
    assert [article["url"] for article in listed] == [grain, gas]


def test_a_correction_is_a_new_version(fetching, site):
    grain = site.put("/grain", "Grain leaves", FIRST)
    finished(fetching, posted(fetching, grain))
    site.put("/grain", "Grain leaves", CORRECTED)
    assert counts(finished(fetching, posted(fetching, grain))) == (0, 1, 0, 0)
    assert counts(finished(fetching, posted(fetching, grain))) == (0, 0, 1, 0)
    id = fetching.get("/v1/articles?offset=4").json()["articles"][0]["id"]
    texts = [one["text"] for one in fetching.get(f"/v1/articles/{id}/versions").json()["versions"]]
    assert texts == [CORRECTED, FIRST]


def test_nothing_is_fetched_unless_the_operator_allows_it(shipping_client):
    answer = posted(shipping_client, "https://example.org/")
    assert (answer.status_code, answer.json()["code"]) == (403, "addresses-not-fetched")
    assert "fetch_addresses" in answer.json()["detail"]
    assert shipping_client.get("/v1/info").json()["may_fetch"] is False


def test_what_may_be_fetched_is_told(fetching):
    assert fetching.get("/v1/info").json()["may_fetch"] is True


@pytest.mark.parametrize(
    ("addresses", "code"),
    [
        ([], "upload-not-understood"),
        (["https://example.org/"] * 101, "upload-not-understood"),
        ([7], "upload-not-understood"),
        (["file:///etc/passwd"], "address-not-usable"),
        (["http://127.0.0.1:1/"], "address-not-usable"),
        (["https://me:secret@example.org/"], "address-not-usable"),
        (["ships"], "address-not-usable"),
    ],
)
def test_what_is_no_address_is_refused_at_once(fetching, addresses, code):
    answer = posted(fetching, *addresses)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "secret" not in answer.text


def test_a_private_address_fails_without_saying_which_it_is(fetching):
    job = finished(fetching, posted(fetching, "http://localhost/"))
    assert (job["state"], job["problems"][0]["code"]) == ("failed", "private-host")
    assert "127.0.0.1" not in str(job)


def test_a_job_goes_on_after_the_service_was_stopped(shipping: Dragoman, settings, site):
    """The second page does not come before the service is told to stop."""
    first = site.put("/first", "Grain leaves", FIRST)
    waiting, goes_on = threading.Event(), threading.Event()

    def slow(_):
        waiting.set()
        goes_on.wait(20)
        return 503, HTML | {"Retry-After": "50"}, b""

    site.routes["/second"] = slow
    with TestClient(create_app(shipping, settings), base_url="http://localhost") as client:
        path = posted(client, first, site.at("/second")).headers["location"]
        assert waiting.wait(20)
        goes_on.set()
    site.put("/second", "Gas comes", FIRST)
    again = Dragoman.open(shipping.folder, shipping.encoder)
    with TestClient(create_app(again, settings), base_url="http://localhost") as client:
        job = ended(client, path)
        assert (job["state"], counts(job)) == ("succeeded", (2, 0, 0, 0))
    assert site.asked.count("/first") == 1
