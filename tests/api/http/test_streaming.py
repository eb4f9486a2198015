"""Answers as server-sent events."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from chat_server import ChatServer, chat_server, streamed
from dragoman.api.http import streaming
from dragoman.api.http.app import create_app
from dragoman.api.http.negotiation import prefers_events
from dragoman.api.http.streaming import pieces_of
from dragoman.api.settings import ServiceSettings
from dragoman.search.dragoman import Dragoman
from dragoman.search.generation.llm import ChatModel
from initials_encoder import WaitingEncoder
from served import served

QUESTION = "Who led the Ukrainian delegation in Istanbul?"
EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture
def encoder() -> WaitingEncoder:
    return WaitingEncoder()


def events_of(text: str) -> list[tuple[str, Any, str]]:
    """The event, data and id of each event, as a client reads them."""
    events = []
    for block in text.removesuffix("\n\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line[0] != ":")
        if fields:
            events.append((fields["event"], json.loads(fields["data"]), fields["id"]))
    return events


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_passages_come_first_then_the_answer_in_pieces(client, method):
    given = {"params": {"q": QUESTION}} if method == "GET" else {"json": {"question": QUESTION}}
    response = client.request(method, "/v1/ask", headers=EVENTS, **given)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in response.headers
    events = events_of(response.text)
    names = [name for name, _, _ in events]
    assert names[0] == "passages"
    assert set(names[1:-2]) == {"answer"}
    assert names[-2:] == ["citations", "done"]
    assert [id for _, _, id in events] == [*map(str, range(1, len(events))), "end"]
    (_, passages, _), *_, (_, citations, _), (_, done, _) = events
    assert len(passages["passages"]) == len(done["passages"]) == 5
    assert "".join(data["text"] for name, data, _ in events if name == "answer") == done["answer"]
    assert citations["citations"] == done["citations"]
    alone = client.request(method, "/v1/ask", **given).json()
    untimed = {"took_ms": 0, "stages": {}}
    assert {**done, **untimed} == {**alone, **untimed}


def test_where_there_is_no_answer_there_are_no_pieces_of_it(client):
    asked = {"q": "Who won the chess tournament?"}
    events = events_of(client.get("/v1/ask", params=asked, headers=EVENTS).text)
    assert [name for name, _, _ in events] == ["passages", "citations", "done"]
    assert events[-1][1]["status"] == "not_in_corpus"


def test_an_error_on_the_way_is_the_last_event(client):
    (error,) = events_of(client.get("/v1/ask", params={"q": " "}, headers=EVENTS).text)
    name, problem, id = error
    assert (name, problem["code"], problem["status"], id) == ("error", "empty-question", 422, "end")


def test_a_busy_service_refuses_before_it_streams(shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=1, max_queued=0))
    with TestClient(app, base_url="http://localhost") as client, ThreadPoolExecutor(1) as asker:
        encoder.hold()
        try:
            first = asker.submit(client.get, "/v1/ask", params={"q": QUESTION})
            assert encoder.entered.acquire(timeout=30)
            response = client.get("/v1/ask", params={"q": QUESTION}, headers=EVENTS)
        finally:
            encoder.let_go.set()
    assert (response.status_code, response.json()["code"]) == (503, "busy")
    assert first.result().status_code == 200


def test_a_browser_that_comes_back_after_the_end_is_sent_away(client):
    headers = {**EVENTS, "Last-Event-ID": "end"}
    assert client.get("/v1/ask", params={"q": QUESTION}, headers=headers).status_code == 204


def test_a_heartbeat_comes_while_nothing_happens_and_a_late_answer_is_an_error(
    shipping, encoder, monkeypatch
):
    monkeypatch.setattr(streaming, "_HEARTBEAT", 0.05)
    app = create_app(shipping, ServiceSettings(deadline=0.5))
    with TestClient(app, base_url="http://localhost") as client:
        encoder.hold()
        try:
            text = client.get("/v1/ask", params={"q": QUESTION}, headers=EVENTS).text
        finally:
            encoder.let_go.set()
    assert text.startswith(": ping\n\n: ping\n\n")
    assert [(name, data["code"]) for name, data, _ in events_of(text)] == [
        ("error", "deadline-exceeded")
    ]


def test_a_client_that_goes_away_stops_the_work(shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=2))
    request = (
        b"GET /v1/ask?q=Who+spoke+of+ships%3F HTTP/1.1\r\n"
        b"Host: localhost\r\nAccept: text/event-stream\r\n\r\n"
    )
    lane = app.state.gate.lanes["ask"]

    def until(in_flight: int, queued: int) -> None:
        for _ in range(1000):
            if (lane.in_flight, lane.queued) == (in_flight, queued):
                return
            time.sleep(0.01)
        raise AssertionError((lane.in_flight, lane.queued))

    with served(app) as port:
        encoder.hold()
        clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        for client in clients:
            client.sendall(request)
            assert client.recv(12) == b"HTTP/1.1 200"
        until(1, 2)
        assert encoder.entered.acquire(timeout=30)  # before, the work would stop at once
        for client in clients:
            client.close()
        until(1, 0)
        encoder.let_go.set()
        until(0, 0)


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/html, */*;q=0.8", False),
        ("text/event-stream", True),
        ("TEXT/Event-Stream; charset=utf-8", True),
        ("application/json, text/event-stream", False),
        ("application/json;q=0.5, text/event-stream", True),
        ("text/event-stream;q=0.5, application/json", False),
        ("text/event-stream, */*;q=0.1", True),
        ("text/event-stream;q=0.2, */*", False),
        ("text/event-stream;q=0, application/json;q=0", False),
        ("text/event-stream;q=much", False),
        ("text/*", False),
        (",;,q=1", False),
    ],
)
def test_events_are_sent_to_whoever_prefers_them(accept, events):
    assert prefers_events(accept) is events


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "No marker.",
        "One. [1]",
        "One. [1] Two. [2] [3]",
        "First:\n- one [1]\n- two [2]",
        "[x] a",
    ],
)
def test_the_pieces_of_an_answer_are_the_answer(answer):
    assert "".join(pieces_of(answer)) == answer


# A chat model that writes


SAILED = "The ferry sailed to Aldwick on Monday. [1]"
BURNED = "The mill of Brancombe burned down on Tuesday. [1]"


@contextmanager
def written_by(pieces, tmp_path, real_encoder) -> Iterator[tuple[int, ChatServer]]:
    """The port of a service whose chat model replies in these pieces, and that model's server."""
    text = "The ferry sailed to Aldwick on Monday. The mill of Brancombe burned down on Tuesday."
    with chat_server(streamed(pieces, "[DONE]")) as model:
        chat_model = ChatModel(model.url)
        dragoman = Dragoman.open(tmp_path / "archive", real_encoder, chat_model=chat_model)
        dragoman.add({"id": "news", "text": text})
        with served(create_app(dragoman)) as port:
            yield port, model


def test_what_a_chat_model_writes_comes_while_it_writes_on(tmp_path, real_encoder):
    first_is_there = threading.Event()

    def pieces():
        yield f"{SAILED} The "
        assert first_is_there.wait(timeout=30)
        yield BURNED.removeprefix("The ")

    events: list[tuple[str, Any]] = []
    asked = {"q": "Where did the ferry sail, to which town?"}
    with (
        written_by(pieces(), tmp_path, real_encoder) as (port, _),
        httpx.stream(
            "GET", f"http://127.0.0.1:{port}/v1/ask", params=asked, headers=EVENTS, timeout=60
        ) as response,
    ):
        for line in response.iter_lines():
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: "):
                events.append((event, json.loads(line.removeprefix("data: "))))
                if event == "answer":
                    first_is_there.set()
    assert [name for name, _ in events] == ["passages", "answer", "answer", "citations", "done"]
    texts = [data["text"] for name, data in events if name == "answer"]
    assert texts[0] == SAILED
    assert "".join(texts) == events[-1][1]["answer"]


@pytest.mark.parametrize("headers", [EVENTS, {}])
def test_a_client_that_goes_away_ends_the_models_writing(tmp_path, real_encoder, headers):
    began = threading.Event()

    def endless():
        while True:
            began.set()
            yield "So "
            time.sleep(0.01)

    with written_by(endless(), tmp_path, real_encoder) as (port, model):
        with socket.create_connection(("127.0.0.1", port)) as client:
            accept = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            request = "GET /v1/ask?q=Where+did+the+ferry+sail? HTTP/1.1\r\nHost: localhost\r\n"
            client.sendall(f"{request}{accept}\r\n".encode())
            assert began.wait(timeout=30)
        assert model.hung_up.wait(timeout=25)  # before its time is over
