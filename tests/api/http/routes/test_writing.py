"""`/v1/articles`: putting and removing articles."""

import random
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.corpus.article import Article
from dragoman.corpus.formats.records.record import read_record
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder

ALL = ["grain", "2022/03/gas", "gold ö#1?", "undated"]
NEWS = {"title": "Tankers wait", "text": "Tankers wait before the strait.", "source": "Daily Post"}


def found(client, word: str) -> list[str]:
    options = {"mode": "lexical", "limit": 100, "all_copies": True}
    answer = client.get("/v1/search", params={"q": word, **options})
    return [passage["article"]["id"] for passage in answer.json()["passages"]]


def serving(dragoman: Dragoman, **settings) -> TestClient:
    return TestClient(
        create_app(dragoman, ServiceSettings(**settings)), base_url="http://localhost"
    )


@pytest.fixture(scope="module")
def refusing(tmp_path_factory) -> Iterator[TestClient]:
    """A service with one article, none of whose changes succeeds."""
    with Dragoman.open(tmp_path_factory.mktemp("refusing") / "archive", InitialsEncoder()) as held:
        held.add({"id": "grain", "text": "Ships sail.", "source": "Daily Post"})
        with serving(held) as client:
            yield client
            assert client.get("/v1/articles").json()["total"] == 1


# Putting


def test_a_new_article_is_there_and_found_at_once(shipping_client):
    answer = shipping_client.put("/v1/articles/tankers", json=NEWS)
    head = {"id": "tankers", "title": "Tankers wait", "source": "Daily Post"}
    assert answer.status_code == 201
    unstated = dict.fromkeys(("url", "published", "published_at", "dated_by", "notice"))
    assert answer.json() == {"article": {**head, **unstated}, "outcome": "added"}
    assert found(shipping_client, "tankers") == ["tankers"]


def test_every_field_is_kept(shipping_client):
    full = {
        **NEWS,
        "url": "https://example.org/tankers",
        "published": "2022-03-29",
        "event": "2022-03-28",
        "form": "digest",
        "authors": ["A. Yazar", "B. Автор"],
    }
    shipping_client.put("/v1/articles/tankers", json=full)
    read = shipping_client.get("/v1/articles/tankers").json()
    assert full.items() <= read.items()
    assert shipping_client.put("/v1/articles/tankers", json=read).json()["outcome"] == "unchanged"


@pytest.mark.parametrize("text", ["<p>Ships &amp; tugs</p>", "AT&amp;T\n\nRead more", "By 5 <br/>"])
def test_what_is_read_can_be_put_back(shipping_client, shipping, text):
    at = datetime.fromisoformat("2022-03-29T23:30:00-05:00")
    times = {"published": at.date(), "published_at": at, "dated_by": "address"}
    shipping.add(Article("held", "Ships - Post", text, "Post", captions=("Ada.", ""), **times))
    read = shipping_client.get("/v1/articles/held").json()
    assert (read["published_at"], read["dated_by"]) == (at.isoformat(), "address")
    assert shipping_client.put("/v1/articles/held", json=read).json()["outcome"] == "unchanged"
    assert read_record(read, "").published_at == at


def test_an_article_that_is_dated_by_its_time_alone_has_its_day(shipping_client):
    at = "2022-03-29T23:30:00+03:00"
    answer = shipping_client.put("/v1/articles/tankers", json={**NEWS, "published_at": at})
    stated = answer.json()["article"]
    assert (stated["published"], stated["published_at"]) == ("2022-03-29", at)


def test_html_is_read_as_its_text(shipping_client):
    shipping_client.put(
        "/v1/articles/tankers", json={"text": "<p>Tankers &amp; tugs</p> <p>wait.</p>"}
    )
    assert shipping_client.get("/v1/articles/tankers").json()["text"] == "Tankers & tugs\n\nwait."


def test_an_article_replaces_its_former_version(shipping_client):
    shipping_client.put("/v1/articles/tankers", json=NEWS)
    for outcome in ("replaced", "unchanged"):
        answer = shipping_client.put("/v1/articles/tankers", json={"text": "Barges pass."})
        assert (answer.status_code, answer.json()["outcome"]) == (200, outcome)
        assert found(shipping_client, "tankers") == []
        assert found(shipping_client, "barges") == ["tankers"]
    assert shipping_client.get("/v1/articles/tankers").json()["source"] is None


@pytest.mark.parametrize("id", ["2022/03/tankers", "ö#1? é", "50 %", "a+b", "..hidden", "🚢"])
def test_an_id_may_have_any_characters_that_can_be_read(shipping_client, id):
    address = f"/v1/articles/{quote(id, safe='')}"
    assert shipping_client.put(address, json=NEWS).json()["article"]["id"] == id
    assert shipping_client.get(address).json()["text"] == NEWS["text"]
    assert shipping_client.delete(address).status_code == 204


@pytest.mark.parametrize(
    "id", ["", "%00", "a%1Fb", "%ff", "a%20%20b", "%20a", "x" * 513, "%ED%A0%80"]
)
def test_an_id_that_cannot_be_read_is_refused(refusing, id):
    answer = refusing.put(f"/v1/articles/{id}", json=NEWS)
    assert (answer.status_code, answer.json()["code"]) == (422, "id-not-usable")


@pytest.mark.parametrize(
    ("fields", "code", "said"),
    [
        ({"text": " \n"}, "no-text", "'tankers': the article has no text"),
        ({"text": None}, "invalid-request", "text: "),
        ({"text": ["a", "b"]}, "invalid-request", "text: "),
        ({"title": 7}, "invalid-request", "title: "),
        ({"title": "t" * 2001}, "invalid-request", "title: "),
        ({"authors": "A. Yazar"}, "invalid-request", "authors: "),
        ({"authors": [7]}, "invalid-request", "authors.0: "),
        ({"txet": "?"}, "invalid-request", "txet: "),
        ({"id": "boats"}, "id-not-usable", "another one"),
        ({"published": "yesterday"}, "date-not-understood", "published is 'yesterday'"),
        ({"published_at": "yesterday"}, "invalid-request", "published_at: "),
        ({"dated_by": "hearsay"}, "invalid-request", "dated_by: "),
        ({"published": 20220329}, "invalid-request", "published: "),
        ({"published": "2022-02-30"}, "date-not-understood", "2022-02-30"),
        ({"published": str(date.today() + timedelta(days=3))}, "date-in-future", "published is"),
        ({"event": "29 March"}, "date-not-understood", "event is"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_changed(refusing, fields, code, said):
    answer = refusing.put("/v1/articles/tankers", json={**NEWS, **fields})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert said in answer.json()["detail"]
    assert refusing.get("/v1/articles/tankers").status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"ships", b'{"text": ', b"[1]", b"null", b"\xff\xfe", b"[" * 10_000]
)
def test_a_body_that_is_no_article_is_refused(refusing, body):
    answer = refusing.put(
        "/v1/articles/tankers", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("invalid-request", "unreadable-request")


def test_harmful_characters_are_left_out(shipping_client):
    text = '{"text": "Tan\\u0000kers\\ud800 wait.\\u202e", "title": "A\\nB\\u0007"}'
    kind = {"Content-Type": "application/json"}
    answer = shipping_client.put("/v1/articles/tankers", content=text.encode(), headers=kind)
    assert answer.json()["article"]["title"] == "A B"
    read = shipping_client.get("/v1/articles/tankers").json()
    assert read["text"] in ("Tankers wait.", "Tankers� wait.")


def test_a_long_article_is_taken(shipping_client):
    line = "Tanker {} waits, with its crew and all that it carries, before the strait " * 9
    text = "\n\n".join(line.format(*[number] * 9).strip() + "." for number in range(3_200))
    assert len(text) > 2_000_000
    answer = shipping_client.put("/v1/articles/long", json={"text": text})
    assert answer.json()["outcome"] == "added"
    assert shipping_client.get("/v1/articles/long").json()["text"] == text


def test_a_body_may_have_a_size_of_its_own_where_it_brings_articles(shipping):
    with serving(shipping, max_body_bytes=1024, max_upload_bytes=4096) as client:
        long = {"text": "Ships. " * 300}
        assert client.put("/v1/articles/long", json=long).status_code == 201
        assert client.post("/v1/search", json={"question": "ships " * 300}).status_code == 413
        larger = client.put("/v1/articles/longer", json={"text": "Ships. " * 600})
        assert (larger.status_code, larger.json()["code"]) == (413, "request-too-large")
        lines = (b" " * 1024 for _ in range(8))
        chunked = client.put("/v1/articles/longer", content=lines)
        assert chunked.status_code == 413
        assert client.get("/v1/articles/longer").status_code == 404


def test_one_id_put_by_many_at_once_is_one_article(shipping_client):
    def put(number: int) -> int:
        body = {"text": f"Tanker {number} waits."}
        return shipping_client.put("/v1/articles/tankers", json=body).status_code

    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(put, range(16)))
    assert sorted(answers) == [200] * 15 + [201]
    assert found(shipping_client, "waits") == ["tankers"]
    assert shipping_client.get("/v1/articles").json()["total"] == 5


# Removing


def test_a_removed_article_is_gone_at_once(shipping_client):
    assert shipping_client.delete("/v1/articles/grain").status_code == 204
    assert "grain" not in found(shipping_client, "ships")
    assert shipping_client.get("/v1/articles/grain").status_code == 404
    again = shipping_client.delete("/v1/articles/grain")
    assert (again.status_code, again.json()["code"]) == (404, "article-missing")


@pytest.mark.parametrize("id", ["nothing", "%00", "%ff", "..%2fgrain", "'--", "a" * 3000])
def test_what_is_not_there_cannot_be_removed(refusing, id):
    answer = refusing.delete(f"/v1/articles/{id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "article-missing")


@pytest.mark.parametrize(
    ("filters", "removed"),
    [
        ({"source": "daily post"}, ["2022/03/gas", "gold ö#1?"]),
        (
            {"source": ["daily post", "Gazete Dogu"], "until": "2022-03-29"},
            ["grain", "2022/03/gas"],
        ),
        ({"since": "2022-03-29"}, ["2022/03/gas", "gold ö#1?"]),
        ({"source": "nobody"}, []),
    ],
)
def test_articles_are_removed_by_filter(shipping_client, filters, removed):
    answer = shipping_client.delete("/v1/articles", params=filters)
    assert answer.json() == {"removed": removed, "total": len(removed)}
    assert set(found(shipping_client, "ships")) == set(ALL) - set(removed)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "filter-missing"),
        ("?since=soon", "date-not-understood"),
        ("?since=2022-05-01&until=2022-03-01", "period-reversed"),
        ("?id=grain", "invalid-request"),
        ("?as_of=2022-03-01", "invalid-request"),
    ],
)
def test_without_a_filter_nothing_is_removed(refusing, query, code):
    answer = refusing.delete(f"/v1/articles{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, code)


# Who may, and whose turn it is


def test_a_service_that_only_reads_refuses_all_changes(shipping):
    with serving(shipping, allow_writes=False) as client:
        for method, address in (
            ("PUT", "/v1/articles/tankers"),
            ("DELETE", "/v1/articles/grain"),
            ("DELETE", "/v1/articles?source=Daily+Post"),
        ):
            answer = client.request(method, address, json=NEWS if method == "PUT" else None)
            assert (answer.status_code, answer.json()["code"]) == (403, "writing-not-allowed")
        assert client.get("/v1/articles").json()["total"] == 4


HOLDING = """
import sys
from pathlib import Path
from dragoman.index.opening import writing

with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_writes_is_waited_for(shipping):
    with serving(shipping, write_wait=0.2) as client:
        with subprocess.Popen(
            [sys.executable, "-c", HOLDING, shipping.folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdin
            assert holder.stdout
            assert holder.stdout.readline() == "held\n"
            busy = client.put("/v1/articles/tankers", json=NEWS)
            assert (busy.status_code, busy.json()["code"]) == (503, "archive-busy")
            assert int(busy.headers["Retry-After"]) > 0
            assert str(shipping.folder) not in busy.text
            assert "grain" in found(client, "ships")
            holder.stdin.close()
        assert client.put("/v1/articles/tankers", json=NEWS).status_code == 201


@pytest.fixture
def small_disk(tmp_path):
    """A file system of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)  # tracebacks hold files open


def test_a_full_disk_loses_nothing_and_can_be_read(small_disk, encoder):
    with Dragoman.open(small_disk / "archive", encoder) as dragoman:
        dragoman.add({"id": "first", "text": "Ships sail."})
        with serving(dragoman) as client:
            stored = fill(client)
            ballast_id = max(stored, key=lambda id: len(stored[id]))
            for id, text in stored.items():
                assert client.get(f"/v1/articles/{id}").json()["text"] == text
            assert set(found(client, "sail")) == {"first", *stored}
            assert client.get("/v1/search", params={"q": "sail"}).status_code == 200
            (small_disk / "ballast").unlink()
            assert client.get("/v1/articles").json()["total"] == len(stored) + 1
            assert client.delete(f"/v1/articles/{ballast_id}").status_code == 204
            assert client.put("/v1/articles/more", json={"text": "They sail."}).is_success
            assert set(found(client, "sail")) == {"first", "more", *stored} - {ballast_id}


def letters(seed: int) -> list[str]:
    """Words that take their space, however they are stored."""
    drawn = random.Random(seed)
    return ["".join(drawn.choices(string.ascii_lowercase, k=7)) for _ in range(1000)]


def fill(client) -> dict[str, str]:
    """Put articles until there is no space; return those that were acknowledged."""
    disk = Path(client.app.state.dragoman.folder).parent
    (disk / "ballast").write_bytes(bytes(200_000))
    stored = {}
    for number in range(200):
        text = f"Ship {number} must sail. " + " ".join(letters(number))
        answer = client.put(f"/v1/articles/ship-{number}", json={"text": text.strip()})
        if answer.status_code == 507:
            assert answer.json()["code"] == "archive-not-writable"
            assert str(disk) not in answer.text
            return stored
        assert answer.status_code == 201
        stored[f"ship-{number}"] = text.strip()
    raise AssertionError("the disk never became full")
