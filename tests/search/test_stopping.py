"""Stopping work that nobody waits for any more."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from chat_server import chat_server
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import QuestionStopped
from dragoman.search.generation.llm import ChatModel
from dragoman.search.stopping import Stop, checkpoint, run_in, stoppable
from initials_encoder import WaitingEncoder


def test_work_goes_on_until_it_is_stopped():
    stop = Stop()
    assert stop.run(lambda: (checkpoint(), "done")) == (None, "done")

    def stopped_on_the_way() -> None:
        checkpoint()
        stop.stop()
        checkpoint()

    with pytest.raises(QuestionStopped):
        stop.run(stopped_on_the_way)
    checkpoint()  # what this thread does afterwards is other work


def test_what_is_stopped_before_it_begins_does_not_begin():
    stop = Stop()
    stop.stop()
    with pytest.raises(QuestionStopped):
        stop.run(pytest.fail)


def test_threads_of_a_pool_stop_with_the_thread_they_work_for():
    stop, done = Stop(), []

    def work(number: int) -> None:
        done.append(number)
        if number == 2:
            stop.stop()

    with ThreadPoolExecutor(1) as pool, pytest.raises(QuestionStopped):
        stop.run(lambda: list(pool.map(stoppable(work), range(9))))
    assert done == [0, 1, 2]


def test_a_call_is_made_when_the_work_is_stopped_and_not_afterwards():
    stop, calls = Stop(), []
    with stop.calling(lambda: calls.append("first")):
        stop.stop()
    stop.stop()
    assert calls == ["first"]
    with stop.calling(lambda: calls.append("too late")):
        assert calls == ["first", "too late"]


def test_cancelling_stops_the_work(tmp_path):
    (tmp_path / "a.txt").write_text("Ships sail to the strait, said the harbour's master.")
    encoder = WaitingEncoder()
    read = []

    class Reader:
        def read(self, question, passages):
            read.append(question)
            return []

    ended = threading.Event()

    async def asked_in_vain(dragoman: Dragoman) -> None:
        encoder.hold()
        with ThreadPoolExecutor(1) as pool:
            asking = asyncio.ensure_future(
                run_in(pool, lambda: dragoman.ask("Who spoke?"), lambda _: ended.set())
            )
            await asyncio.to_thread(encoder.entered.acquire, timeout=30)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert not ended.is_set()
            encoder.let_go.set()
        assert ended.wait(timeout=30)

    with Dragoman.open(tmp_path / "archive", encoder, reader=Reader()) as dragoman:
        dragoman.add(tmp_path / "a.txt")
        asyncio.run(asked_in_vain(dragoman))
    assert read == []


def test_a_chat_model_is_not_waited_for_any_more():
    hung_up = threading.Event()

    def wait(handler):
        stop.stop()
        if not handler.connection.recv(1):  # nothing more comes: who asked has hung up
            hung_up.set()

    stop = Stop()
    with chat_server(wait) as server, pytest.raises(QuestionStopped):
        stop.run(ChatModel(server.url, "model").complete, [])
    assert hung_up.wait(timeout=30)
