"""The bound on questions in flight, their deadline, and clients that go away."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.http.gate import Gate
from dragoman.api.http.watching.tracing import Tracing
from dragoman.api.settings import ServiceSettings
from initials_encoder import WaitingEncoder
from served import served

ASKED = {"q": "Who spoke of the ships?"}


@pytest.fixture
def encoder() -> WaitingEncoder:
    return WaitingEncoder()


@contextmanager
def held(app: FastAPI, encoder: WaitingEncoder) -> Iterator[Callable[..., Future[httpx.Response]]]:
    """A function that asks without waiting; the encoder holds all that it is given meanwhile."""
    with (
        TestClient(app, base_url="http://localhost") as client,
        ThreadPoolExecutor(20) as askers,
    ):
        encoder.hold()
        try:
            yield lambda path, **asked: askers.submit(client.get, path, params={**ASKED, **asked})
        finally:
            encoder.let_go.set()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("waited 10 s in vain")


def counts(app: FastAPI) -> tuple[int, int, int, int]:
    """How many asks are in flight and queued, and how many searches."""
    ask, search = app.state.gate.lanes["ask"], app.state.gate.lanes["search"]
    return ask.in_flight, ask.queued, search.in_flight, search.queued


def test_what_finds_no_place_in_the_queue_is_refused(shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=3, max_queued=1))
    with held(app, encoder) as ask:
        taken = [ask("/v1/ask") for _ in range(3)]
        until(lambda: counts(app) == (2, 1, 0, 0))
        refused = ask("/v1/ask").result()
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert int(refused.headers["Retry-After"]) >= 1
        assert "1 questions are waiting" in refused.json()["detail"]
        assert app.state.gate.lanes["ask"].refused == 1
    assert [answer.result().status_code for answer in taken] == [200] * 3
    until(lambda: counts(app) == (0, 0, 0, 0))


def test_searches_do_not_wait_for_asks(shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=2, max_queued=5))
    with held(app, encoder) as ask:
        asks = [ask("/v1/ask") for _ in range(4)]
        until(lambda: counts(app) == (1, 3, 0, 0))
        # Searching by words alone needs no encoder, so it is not held.
        assert ask("/v1/search", mode="lexical").result().status_code == 200
        assert not any(answer.done() for answer in asks)


def test_asks_take_their_turn_among_searches():
    async def order() -> list[str]:
        gate, begun = Gate(most_in_flight=1, most_queued=9, tracing=Tracing()), []
        kinds = ("search", "search", "ask", "search", "ask")
        waiting = [gate.run(kind, partial(begun.append, kind)) for kind in kinds]
        await asyncio.gather(*waiting)
        return begun

    assert asyncio.run(order()) == ["search", "search", "ask", "search", "ask"]


def test_what_takes_too_long_is_stopped(shipping, encoder):
    # The deadline leaves a slow machine the time to enter the encoder.
    app = create_app(shipping, ServiceSettings(deadline=2, max_in_flight=2))
    with held(app, encoder) as ask:
        late = [ask("/v1/ask"), ask("/v1/ask")]  # one is worked on, the other waits
        for answer in late:
            assert answer.result().status_code == 504
            assert answer.result().json()["code"] == "deadline-exceeded"
            assert "longer than 2 s" in answer.result().json()["detail"]
        assert counts(app) == (1, 0, 0, 0)  # its thread is in the encoder still
    until(lambda: counts(app) == (0, 0, 0, 0))


def test_clients_that_go_away_hold_nobody_up(shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=4, max_queued=50))
    request = b"GET /v1/ask?q=Who+spoke+of+ships%3F HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with served(app) as port, ExitStack() as clients:
        encoder.hold()
        for _ in range(45):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.sendall(request)
        until(lambda: counts(app) == (3, 42, 0, 0))
        for _ in range(3):
            assert encoder.entered.acquire(timeout=30)  # before, the work would stop at once
        clients.close()
        until(lambda: counts(app) == (3, 0, 0, 0))
        encoder.let_go.set()
        until(lambda: counts(app) == (0, 0, 0, 0))
        assert not encoder.entered.acquire(timeout=0)  # none of those that waited began
        answer = httpx.get(f"http://127.0.0.1:{port}/v1/ask", params=ASKED)
        assert answer.status_code == 200


def test_a_place_is_free_again_after_a_question_that_fails(shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=1, max_queued=0))
    with TestClient(app, base_url="http://localhost") as client:
        for _ in range(3):
            assert client.get("/v1/ask", params={"q": ""}).status_code == 422
            until(lambda: counts(app) == (0, 0, 0, 0))
        assert client.get("/v1/ask", params=ASKED).status_code == 200


def test_questions_run_on_as_many_threads_as_may_be_in_flight(shipping, encoder):
    before = set(threading.enumerate())
    app = create_app(shipping, ServiceSettings(max_in_flight=2))
    with held(app, encoder) as ask:
        answers = [ask("/v1/search") for _ in range(6)]
        until(lambda: counts(app) == (0, 0, 2, 4))
        new = {one.name for one in set(threading.enumerate()) - before}
        assert len([name for name in new if name.startswith("question")]) == 2
    assert {answer.result().status_code for answer in answers} == {200}
    left = set(threading.enumerate()) - before
    assert not [one for one in left if one.name.startswith("question")]
