"""`POST /v1/articles` and `/v1/jobs`: adding many articles."""

import json
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app

LINES = {"Content-Type": "application/x-ndjson"}


def finished(client, answer) -> dict:
    """Wait until a job is over, and return it."""
    assert (answer.status_code, answer.json()["state"]) == (202, "enqueued"), answer.text
    for _ in range(600):
        job = client.get(answer.headers["location"]).json()
        if job["state"] not in ("enqueued", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def counts(job: dict) -> tuple[int, int, int, int]:
    return job["added"], job["replaced"], job["unchanged"], job["problems_total"]


def total(client) -> int:
    return client.get("/v1/articles").json()["total"]


def test_a_batch_of_json_is_added_by_a_job(shipping_client):
    articles = [{"id": f"tanker-{n}", "text": f"Tanker {n} waits."} for n in range(70)]
    changed = {"id": "grain", "text": "Grain stays."}
    posted = shipping_client.post("/v1/articles", json={"articles": [*articles, changed]})
    job = finished(shipping_client, posted)
    assert (job["state"], job["error"], counts(job)) == ("succeeded", None, (70, 1, 0, 0))
    assert job["articles"] == job["estimate"] == 71
    assert job["created"] <= job["started"] <= job["finished"]
    assert shipping_client.get("/v1/articles/grain").json()["text"] == "Grain stays."
    listed = shipping_client.get("/v1/jobs").json()["jobs"]
    assert listed == [job]
    again = shipping_client.post("/v1/articles", json={"articles": articles})
    assert counts(finished(shipping_client, again)) == (0, 0, 70, 0)


def test_what_a_batch_does_not_state_is_given(shipping_client):
    given = {"columns": "title=Kop, text=Woord", "tag": ["ports", "ships"], "source": "Post"}
    table = ("a.csv", b"Kop,Woord\nTankers,They wait.\n")
    answer = shipping_client.post("/v1/articles", params=given, files={"file": table})
    assert counts(finished(shipping_client, answer)) == (1, 0, 0, 0)
    (article,) = shipping_client.get("/v1/articles?source=post").json()["articles"]
    read = shipping_client.get(f"/v1/articles/{article['id']}").json()
    assert (read["title"], read["text"], read["tags"]) == ("Tankers", "They wait.", given["tag"])


@pytest.mark.parametrize("columns", ["Kop", "kop=text", "title="])
def test_columns_that_say_nothing_are_refused(shipping_client, columns):
    body = {"articles": [{"text": "They wait."}]}
    answer = shipping_client.post("/v1/articles", params={"columns": columns}, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "columns-unusable")


def test_what_is_broken_is_named_and_the_rest_is_added(shipping_client):
    lines = [
        b'{"id": "a", "text": "Tankers."}',
        b'{"id": "b", "te',
        b'{"id": "c", "text": ""}',
        b"7",
    ]
    job = finished(
        shipping_client,
        shipping_client.post(
            "/v1/articles?source=Daily+Post&published=2022-03-29",
            content=b"\n".join(lines),
            headers=LINES,
        ),
    )
    assert (job["state"], counts(job)) == ("succeeded", (1, 0, 0, 3))
    assert [problem["code"] for problem in job["problems"]] == [
        "broken-record", "no-text", "broken-record"
    ]  # fmt: skip
    assert job["problems"][0]["detail"].startswith("articles.jsonl, line 2: ")
    article = shipping_client.get("/v1/articles/a").json()
    assert (article["source"], article["published"]) == ("Daily Post", "2022-03-29")


def test_files_are_added_and_known_by_their_names(shipping_client):
    files = [
        ("file", ("tankers.txt", b"Tankers wait.\n\nThey wait before the strait.")),
        ("file", ("../../etc/barges.MD", b"# Barges\n\nBarges pass.")),
        ("file", ("broken.json", b'{"text": ')),
        ("file", ("b\x00ad.html", b"<html><p>Boats sail on the strait every day.</p></html>")),
    ]
    job = finished(shipping_client, shipping_client.post("/v1/articles", files=files))
    assert (job["state"], counts(job)) == ("succeeded", (3, 0, 0, 1))
    assert job["problems"][0]["detail"].startswith("broken.json: not a readable article")
    changed = [("file", ("tankers.txt", b"Tankers sail."))]
    again = finished(shipping_client, shipping_client.post("/v1/articles", files=changed))
    assert counts(again) == (0, 1, 0, 0)
    left = list((shipping_client.app.state.jobs.store.folder / "uploads").iterdir())
    assert left == []


def test_a_job_of_which_nothing_can_be_read_has_failed(shipping_client):
    files = {"file": ("broken.txt", bytes(range(256)) * 40)}
    job = finished(shipping_client, shipping_client.post("/v1/articles", files=files))
    assert (job["state"], job["error"]["code"]) == ("failed", "nothing-added")
    assert job["problems"][0]["code"] == "not-text"
    assert "/uploads/" not in json.dumps(job)


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"content": b'{"articles": ', "headers": {"Content-Type": "application/json"}}, 422, None),
        ({"content": b"[" * 9999, "headers": {"Content-Type": "application/json"}}, 422, None),
        ({"content": b"\xff", "headers": {"Content-Type": "application/json"}}, 422, None),
        ({"json": []}, 422, None),
        ({"json": {"articles": []}}, 422, None),
        ({"json": {"articles": {}}}, 422, None),
        ({"json": {"articles": [], "more": 1}}, 422, None),
        ({"json": {"addresses": ["https://example.org"]}}, 403, "addresses-not-fetched"),
        ({"content": b" \n", "headers": LINES}, 422, None),
        ({"content": b"ships"}, 422, None),
        ({"files": {"file": ("ships.exe", b"x")}}, 422, "unknown-format"),
        ({"files": {"file": ("..", b"x")}}, 422, "unknown-format"),
        ({"files": {"file": (f"{'x' * 9000}.txt", b"x")}}, 400, "unreadable-request"),
        ({"files": [("file", ("a.txt", b"x")), ("file", ("a.txt", b"y"))]}, 422, None),
        ({"files": {"file": (None, b"x")}}, 422, None),
    ],
)
def test_what_brings_no_articles_is_refused(shipping_client, sent, status, code):
    answer = shipping_client.post("/v1/articles", **sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code or "upload-not-understood")
    assert shipping_client.get("/v1/jobs").json() == {"jobs": []}


@pytest.mark.parametrize("id", ["nothing", "0" * 32, "%00", "%ff", "'--", "x" * 3000])
def test_an_unknown_job_is_missing(shipping_client, id):
    shipping_client.post("/v1/articles", content=b'{"text": "Ships."}', headers=LINES)
    for method in ("GET", "DELETE"):
        answer = shipping_client.request(method, f"/v1/jobs/{id}")
        assert (answer.status_code, answer.json()["code"]) == (404, "job-missing")


def test_a_cancelled_job_adds_no_more(shipping_client):
    articles = [{"id": f"tanker-{n}", "text": f"Tanker {n} waits."} for n in range(3000)]
    posted = shipping_client.post("/v1/articles", json={"articles": articles}).json()
    cancelled = shipping_client.delete(f"/v1/jobs/{posted['id']}").json()
    assert cancelled["state"] == "cancelled"
    after = shipping_client.post("/v1/articles", content=b'{"text": "Last."}', headers=LINES)
    finished(shipping_client, after)
    assert total(shipping_client) < 3000
    assert shipping_client.delete(f"/v1/jobs/{posted['id']}").json()["state"] == "cancelled"


def test_jobs_that_come_at_once_are_all_run(shipping_client):
    def post(n: int):
        return shipping_client.post("/v1/articles", json={"articles": [{"text": f"Tug {n}."}]})

    with ThreadPoolExecutor(8) as posting:
        posted = list(posting.map(post, range(8)))
    assert {finished(shipping_client, one)["state"] for one in posted} == {"succeeded"}


def test_too_many_files_are_refused_with_their_bound(shipping_client):
    files = [("file", (f"{n}.txt", b"Ships.")) for n in range(1001)]
    refused = shipping_client.post("/v1/articles", files=files)
    assert (refused.status_code, refused.json()["code"]) == (422, "upload-not-understood")
    assert "more than 1,000 files" in refused.json()["detail"]
    fields = {f"field-{n}": "x" for n in range(11)}
    refused = shipping_client.post("/v1/articles", data=fields, files=files[:1])
    assert (refused.status_code, refused.json()["code"]) == (422, "upload-not-understood")
    assert "more than 10 fields" in refused.json()["detail"]


def test_an_upload_that_fails_leaves_no_job_behind(shipping):
    app = create_app(shipping)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        sent = {"articles": [{"id": "tanker", "text": "Tankers wait."}]}
        job = finished(client, client.post("/v1/articles", json=sent))
        store = app.state.jobs.store
        database = sqlite3.connect(store.folder / "jobs.sqlite", isolation_level=None)
        database.execute("alter table task rename to gone")  # the queue takes no more
        assert client.post("/v1/articles", json=sent).status_code == 500
        database.execute("alter table gone rename to task")
        database.close()
        assert client.get("/v1/jobs").json() == {"jobs": [job]}
        assert list((store.folder / "uploads").iterdir()) == []
