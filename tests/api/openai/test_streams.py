"""Answers in OpenAI's shapes while a chat model writes them, and when nobody waits for them."""

import http.client
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from openai import OpenAI

from chat_server import ChatServer, chat_server, streamed
from dragoman.api.http.app import create_app
from dragoman.search.dragoman import Dragoman
from dragoman.search.generation.llm import ChatModel
from served import served

QUESTION = "Where did the ferry sail, to which town?"
SAILED = "The ferry sailed to Aldwick on Monday."
BURNED = "The mill of Brancombe burned down on Tuesday."
MODERN = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


@contextmanager
def writing(
    pieces: Iterable[str], tmp_path, real_encoder
) -> Iterator[tuple[str, OpenAI, ChatServer]]:
    """The address of a service whose chat model replies in these pieces, a client, that model."""
    with chat_server(streamed(pieces, "[DONE]")) as model:
        dragoman = Dragoman.open(
            tmp_path / "archive", real_encoder, chat_model=ChatModel(model.url)
        )
        dragoman.add({"id": "news", "text": f"{SAILED} {BURNED}"})
        with served(create_app(dragoman)) as port:
            address = f"http://127.0.0.1:{port}"
            with OpenAI(base_url=f"{address}/v1", api_key="no", max_retries=0) as client:
                yield address, client, model


def chat_deltas(client: OpenAI) -> Iterator[str]:
    messages = [{"role": "user", "content": QUESTION}]
    for chunk in client.chat.completions.create(model="dragoman", messages=messages, stream=True):
        yield chunk.choices[0].delta.content or ""


def response_deltas(client: OpenAI) -> Iterator[str]:
    for event in client.responses.create(model="dragoman", input=QUESTION, stream=True):
        if event.type == "response.output_text.delta":
            yield event.delta
        elif event.type == "response.completed":
            assert event.response.output_text == f"{SAILED} [1] {BURNED} [2]"


@pytest.mark.parametrize("deltas", [chat_deltas, response_deltas])
def test_sentences_of_a_chat_model_come_while_it_writes_on(
    deltas: Callable[[OpenAI], Iterator[str]], tmp_path, real_encoder
):
    first_is_there = threading.Event()

    def pieces():
        yield f"{SAILED} [1] The "
        assert first_is_there.wait(timeout=30)
        yield f"{BURNED.removeprefix('The ')} [1]"

    text = ""
    with writing(pieces(), tmp_path, real_encoder) as (_, client, _):
        for delta in deltas(client):
            text += delta
            if "[1]" in text:
                first_is_there.set()
    assert text == f"{SAILED} [1] {BURNED} [2]"


CHAT = {"model": "dragoman", "messages": [{"role": "user", "content": QUESTION}]}


def of_mcp(version: str, **meta: object) -> tuple[str, dict, dict]:
    call = {"name": "ask", "arguments": {"question": QUESTION}, **meta}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {
        "Accept": "application/json, text/event-stream",
        "Mcp-Protocol-Version": version,
        "Mcp-Method": "tools/call",
        "Mcp-Name": "ask",
    }
    return "/mcp", message, headers


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/v1/chat/completions", CHAT, {}),
        ("/v1/chat/completions", {**CHAT, "stream": True}, {}),
        ("/v1/responses", {"model": "dragoman", "input": QUESTION}, {}),
        of_mcp("2025-06-18"),
        of_mcp("2026-07-28", _meta=MODERN),
    ],
)
def test_a_client_that_goes_away_stops_the_work(path, body, headers, tmp_path, real_encoder):
    writes, client_is_gone = threading.Event(), threading.Event()

    def pieces():
        writes.set()
        assert client_is_gone.wait(timeout=30)
        while True:
            yield "The ferry sailed on. "

    with writing(pieces(), tmp_path, real_encoder) as (address, _, model):
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        sent = {"Content-Type": "application/json", **headers}
        connection.request("POST", path, json.dumps(body), sent)
        assert writes.wait(timeout=60)
        connection.close()
        client_is_gone.set()
        assert model.hung_up.wait(timeout=20)  # before its time is over
