"""What Prometheus reads fits what was asked, in few series."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.search.dragoman import Dragoman
from initials_encoder import HeldEncoder, WaitingEncoder


def read(client: TestClient) -> dict[tuple[str, ...], float]:
    """Each sample's value, by its name and the values of its labels in the order of their names."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status(shipping_client):
    for path in ("grain", "undated", "nothing", "no/thing"):
        shipping_client.get(f"/v1/articles/{path}")
    for number in range(20):
        shipping_client.get(f"/made-up/{number}")
    shipping_client.request("BREW", "/livez")
    found = read(shipping_client)
    requests = {key[1:]: n for key, n in found.items() if key[0] == "dragoman_http_requests_total"}
    assert requests == {
        ("GET", "/v1/articles/{id}", "200"): 2,
        ("GET", "/v1/articles/{id}", "404"): 2,
        ("GET", "none", "404"): 20,
        ("other", "/livez", "405"): 1,
    }
    assert found["dragoman_http_request_duration_seconds_count", "/v1/articles/{id}"] == 4


def test_answers_are_counted_by_status_and_reason_and_timed_by_stage(shipping_client):
    asked = [
        shipping_client.get("/v1/ask", params={"q": "Who spoke of ships?", "min_confidence": least})
        for least in (0, 1)
    ]
    asked = [answer.json() for answer in asked]
    found = read(shipping_client)
    assert {answer["status"] for answer in asked} > {"not_in_corpus"}
    for answer in asked:
        key = ("dragoman_answers_total", answer["reason"] or "none", answer["status"])
        assert found[key] == 1
    assert found["dragoman_ask_stage_duration_seconds_count", "read"] == 2
    spent = found["dragoman_ask_stage_duration_seconds_sum", "read"]
    assert spent == pytest.approx(sum(one["stages"]["read"] for one in asked) / 1000, abs=1e-4)


def test_the_questions_in_flight_waiting_and_refused_are_counted(tmp_path):
    (tmp_path / "a.txt").write_text("Ships sail.")
    encoder = WaitingEncoder()
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    dragoman.add(tmp_path / "a.txt")
    encoder.hold()
    app = create_app(dragoman, ServiceSettings(max_in_flight=1, max_queued=1))
    with TestClient(app, base_url="http://localhost") as client, ThreadPoolExecutor(2) as askers:

        def questions(what: str) -> float:
            return read(client)[f"dragoman_questions_{what}", "search"]

        try:
            asked = [askers.submit(client.get, "/v1/search?q=ships") for _ in range(2)]
            while questions("queued") < 1:
                pass
            assert questions("in_flight") == 1
            assert questions("refused_total") == 0
            assert client.get("/v1/search?q=ships").status_code == 503
            assert questions("refused_total") == 1
        finally:
            encoder.let_go.set()
        assert {one.result().status_code for one in asked} == {200}
        while questions("in_flight"):
            pass


def test_writes_are_described(tmp_path):
    encoder = HeldEncoder()
    encoder.let_go.set()
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    dragoman.add({"id": "first", "text": "Ships sail."})
    with (
        TestClient(
            create_app(dragoman), base_url="http://localhost", raise_server_exceptions=False
        ) as client,
        ThreadPoolExecutor(2) as writers,
    ):

        def writes() -> dict[str, float]:
            return {
                key[0].removeprefix("dragoman_"): value
                for key, value in read(client).items()
                if key[0].startswith(("dragoman_writes", "dragoman_archive_seq"))
            }

        assert set(writes().values()) - {writes()["archive_seq"]} == {0}
        assert client.delete("/v1/articles/none").status_code == 404
        assert writes()["writes_failed_total"] == 0
        encoder.let_go.clear()
        before = writes()["archive_seq"]
        try:
            put = [
                writers.submit(client.put, f"/v1/articles/{id}", json={"text": "Ships."})
                for id in "ab"
            ]
            # One is queued for a moment before it begins: until one has begun and the other waits.
            while min((during := writes())[f"writes_{n}"] for n in ("queued", "in_progress")) < 1:
                pass
            assert (during["writes_in_progress"], during["writes_total"]) == (1, 0)
        finally:
            encoder.let_go.set()
        assert {one.result().status_code for one in put} == {201}
        after = writes()
        assert (after["writes_in_progress"], after["writes_queued"]) == (0, 0)
        assert (after["writes_total"], after["archive_seq"] > before) == (2, True)
        assert time.time() - 60 < after["writes_last_timestamp_seconds"] <= time.time()
        assert after["writes_last_duration_seconds"] > 0
        encoder.broken = True
        assert client.put("/v1/articles/c", json={"text": "Barges."}).status_code == 500
        assert writes()["writes_failed_total"] == 1
        assert writes()["writes_total"] == 2


def test_jobs_are_counted_by_state(shipping_client):
    states = ("enqueued", "running", "succeeded", "failed", "cancelled")
    assert [read(shipping_client)["dragoman_jobs", state] for state in states] == [0] * 5
    posted = {"articles": [{"id": "tanker", "text": "Tankers wait."}]}
    assert shipping_client.post("/v1/articles", json=posted).status_code == 202
    while not read(shipping_client)["dragoman_jobs", "succeeded"]:
        pass
    assert [read(shipping_client)["dragoman_jobs", state] for state in states] == [0, 0, 1, 0, 0]


def test_broken_files_of_jobs_leave_the_other_metrics(shipping):
    (shipping.folder / "jobs").mkdir(exist_ok=True)
    (shipping.folder / "jobs" / "jobs.sqlite").write_bytes(b"no database" * 1000)
    found = read(TestClient(create_app(shipping), base_url="http://localhost"))
    assert found["dragoman_archive_up",] == 1
    assert not any(name == "dragoman_jobs" for name, *_ in found)


def test_the_archive_and_the_process_are_described(shipping_client):
    found = read(shipping_client)
    assert found["dragoman_archive_up",] == 1
    assert found["dragoman_articles",] == 4
    assert found["dragoman_passages",] == 4
    assert found["process_resident_memory_bytes",] > 10_000_000


def test_without_an_archive_there_are_metrics_still(tmp_path, encoder):
    missing = create_app(Dragoman.open(tmp_path / "missing", encoder))
    found = read(TestClient(missing, base_url="http://localhost"))
    assert found["dragoman_archive_up",] == 0
    assert ("dragoman_articles",) not in found


def test_each_service_counts_for_itself(shipping):
    first, second = (
        TestClient(create_app(shipping), base_url="http://localhost") for _ in range(2)
    )
    first.get("/livez")
    livez = ("dragoman_http_requests_total", "GET", "/livez", "200")
    assert read(first)[livez] == 1
    assert livez not in read(second)
