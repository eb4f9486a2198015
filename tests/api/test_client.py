"""The Python client, against the service itself and one that has no time."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dragoman.api.client import AsyncClient, Client
from dragoman.api.errors import ServiceError, ServiceUnreachable
from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside
from served import served

QUESTION = "What is on the ships of the strait?"


def test_both_clients_return_the_messages_of_the_service(shipping_address):
    address = shipping_address

    async def asynchronous():
        async with AsyncClient(address) as client:
            return (
                await client.ask(QUESTION, filters={"sources": ["Gazete Doğu"]}),
                await client.search(QUESTION, limit=2),
                await client.article("gold ö#1?"),
                await client.similar("2022/03/gas", limit=1),
                await client.sources(),
                await client.info(),
                [event async for event in client.stream(QUESTION)],
            )

    with Client(address) as client:
        waited = (
            client.ask(QUESTION, filters={"sources": ["Gazete Doğu"]}),
            client.search(QUESTION, limit=2),
            client.article("gold ö#1?"),
            client.similar("2022/03/gas", limit=1),
            client.sources(),
            client.info(),
            [*client.stream(QUESTION)],
        )
    answer, found, article, similar, sources, info, events = waited
    assert answer.question == QUESTION
    assert [one.article.source for one in answer.passages] == ["Gazete Doğu"]
    assert len(found.passages) == 2
    assert article.title == "Gold is sunk"
    assert len(similar.similar) == 1
    assert [one.name for one in sources.sources] == ["Daily Post", "Gazete Doğu"]
    assert info.articles == 4
    assert (events[0].name, events[-1].name) == ("passages", "done")
    assert events[-1].data["question"] == QUESTION
    for one, other in zip(waited[2:6], asyncio.run(asynchronous())[2:6], strict=True):
        assert one == other


def test_both_clients_tell_a_story(talks_address):
    killed = "How many civilians were killed?"

    async def asynchronous():
        async with AsyncClient(talks_address) as client:
            return (
                await client.timeline("peace talks", limit=3),
                await client.quotes("Kalin", filters={"since": "2022-05-01"}),
                await client.figures(killed),
                await client.conflicts("peace talks"),
            )

    with Client(talks_address) as client:
        waited = (
            client.timeline("peace talks", limit=3),
            client.quotes("Kalin", filters={"since": "2022-05-01"}),
            client.figures(killed),
            client.conflicts("peace talks"),
        )
        about = client.quotes(about="humanitarian corridor")
    timeline, quotes, figures, conflicts = waited
    assert (len(timeline.events), timeline.total > 3) == (3, True)
    assert {one.speaker for one in quotes.quotes} == {"İbrahim Kalın"}
    assert [one.text for one in figures.figures][-1] == "3,153"
    assert (conflicts.total, conflicts.reason) == (0, "nothing_told")
    assert (about.speaker, about.about) == (None, "humanitarian corridor")
    for one, other in zip(waited, asyncio.run(asynchronous()), strict=True):
        assert one.model_copy(update={"took_ms": 0}) == other.model_copy(update={"took_ms": 0})


def test_history_makes_a_question_of_a_follow_up(talks_address):
    history = [
        {"role": "user", "content": "Who led Russia's delegation in Istanbul?"},
        {"role": "assistant", "content": "Vladimir Medinsky led it."},
    ]
    with Client(talks_address) as client:
        assert "Ukraine" in client.ask("And Ukraine's?", history).question_understood


def test_an_error_has_the_services_words(shipping_address):
    with Client(shipping_address) as client:
        with pytest.raises(ServiceError, match="no article with the id") as missing:
            client.article("nothing")
        assert (missing.value.status, missing.value.problem) == (404, "article-missing")
        with pytest.raises(ServiceError, match="since") as refused:
            [*client.stream(QUESTION, filters={"since": "soon"})]
        assert refused.value.problem == "date-not-understood"


def test_a_key_is_sent(shipping):
    _, secret = Keys(keys_beside(shipping.folder)).create("client")
    with served(create_app(shipping)) as port:
        address = f"http://127.0.0.1:{port}"
        with Client(address) as client, pytest.raises(ServiceError, match="key"):
            client.info()
        with Client(address, key=secret) as client:
            assert client.info().articles == 4


def test_where_nothing_listens_the_address_is_told():
    with Client("http://127.0.0.1:9") as client, pytest.raises(ServiceUnreachable, match=r":9 "):
        client.info()


@contextmanager
def busy(*refusals: tuple[int, str]) -> Iterator[tuple[str, list[float]]]:
    """A service that refuses so often, each time with a status and a `Retry-After`."""
    times: list[float] = []

    async def sources(_: Request) -> JSONResponse:
        times.append(time.monotonic())
        if len(times) <= len(refusals):
            status, later = refusals[len(times) - 1]
            problem = {"code": "busy", "detail": "Ask again."}
            return JSONResponse(problem, status, {"Retry-After": later} if later else {})
        return JSONResponse({"sources": []})

    with served(Starlette(routes=[Route("/v1/sources", sources)])) as port:
        yield f"http://127.0.0.1:{port}", times


@pytest.mark.parametrize("status", [429, 503])
def test_a_request_that_comes_too_early_is_sent_again_when_told(status):
    with busy((status, "1")) as (address, times), Client(address) as client:
        assert client.sources().sources == []
    assert len(times) == 2
    assert times[1] - times[0] >= 1


@pytest.mark.parametrize(
    ("refusals", "tries"),
    [([(503, "0")] * 3, 3), ([(503, "3600")], 1), ([(500, "0")], 1), ([(504, "0")], 1)],
)
def test_it_gives_up_after_three_tries_and_where_waiting_is_no_use(refusals, tries):
    async def asked(address: str):
        async with AsyncClient(address) as client:
            await client.sources()

    with busy(*refusals) as (address, times):
        with pytest.raises(ServiceError, match=str(refusals[0][0])):
            asyncio.run(asked(address))
        assert len(times) == tries


def test_it_loads_no_model_and_nothing_of_the_archive():
    code = "import json, sys, dragoman.api.client; print(json.dumps([*sys.modules]))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(ran.stdout)}
    assert not loaded & {"torch", "transformers", "onnxruntime", "faiss", "tantivy", "tokenizers"}
