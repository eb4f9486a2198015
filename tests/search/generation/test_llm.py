"""Asking a model over real HTTP: what is sent, and every way in which no answer comes."""

import asyncio
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from chat_server import chat_server, raw, reply, streamed
from dragoman.search.errors import (
    ChatModelAddressUnusable,
    ChatModelError,
    ChatModelKeyUnusable,
    ChatModelRedirected,
    ChatModelRefused,
    ChatModelTimedOut,
    ChatModelTimeoutOutOfRange,
    ChatModelUnreachable,
    ReplyNotUnderstood,
    ReplyTooLong,
)
from dragoman.search.generation.llm import LONGEST_REPLY, ChatModel

MESSAGES = [{"role": "user", "content": "Where?"}]
KEY = "sk-very-secret-1234"


def test_what_is_sent():
    with chat_server(reply("In Istanbul. [1]")) as server:
        assert ChatModel(server.url, "qwen3", KEY).complete(MESSAGES) == "In Istanbul. [1]"
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.body["messages"] == MESSAGES
    assert asked.body["model"] == "qwen3"
    assert (asked.body["temperature"], asked.body["stream"]) == (0, False)
    assert asked.body["max_tokens"] > 0


def test_without_a_key_or_a_model_none_is_sent():
    with chat_server(reply("Yes.")) as server:
        ChatModel(server.url).complete(MESSAGES)
    assert "Authorization" not in server.asked[0].headers
    assert "model" not in server.asked[0].body


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "/v1"),
        ("/", "/v1"),
        ("/v1", "/v1"),
        ("/v1/", "/v1"),
        ("/v1/chat/completions", "/v1"),
        ("/openai", "/openai/v1"),
        ("/api/v3", "/api/v3"),
        ("/v1beta", "/v1beta"),
    ],
)
def test_base_addresses_with_or_without_a_version(url, path):
    assert ChatModel(f"https://a.example{url}").address == (
        f"https://a.example{path}/chat/completions"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        "http://",
        "http:///v1",
        "http://[::1",
        "http://localhost:port",
        "http://localhost:99999",
        f"http://user:{KEY}@localhost/v1",
        f"http://localhost/v1?key={KEY}",
        f"http://localhost/v1#{KEY}",
        "http://local host/v1",
        "http://localhost/v1\r\nX-Injected: yes",
        "http://ev\u202eil/v1",
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_asked(url):
    with pytest.raises(ChatModelAddressUnusable) as caught:
        ChatModel(url)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", [f"{KEY}\r\nX-Injected: yes", f"{KEY} ", f"{KEY}é", "\x00"])
def test_a_key_that_no_header_can_hold_is_refused_and_not_shown(key):
    with pytest.raises(ChatModelKeyUnusable) as caught:
        ChatModel("http://localhost", key=key)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 1e9])
def test_a_timeout_out_of_range(timeout):
    with pytest.raises(ChatModelTimeoutOutOfRange):
        ChatModel("http://localhost", timeout=timeout)


def error_from(respond, **options) -> ChatModelError:
    with chat_server(respond) as server, pytest.raises(ChatModelError) as caught:
        ChatModel(server.url, "qwen3", KEY, **options).complete(MESSAGES)
    whole = [str(caught.value), repr(caught.value), str(caught.value.facts)]
    assert KEY not in " ".join(whole)
    return caught.value


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 500, 503])
def test_a_status_that_is_no_success(status):
    echo = json.dumps({"error": {"message": f"bad key {KEY}"}}).encode()
    error = error_from(raw(echo, status))
    assert isinstance(error, ChatModelRefused)
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status):
    with chat_server(reply("Stolen. [1]")) as elsewhere:
        error = error_from(raw(b"", status, Location=f"{elsewhere.url}/v1/chat/completions"))
    assert isinstance(error, ChatModelRedirected)
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>It works!</html>",
        b'{"choices": [{"message": {"content": "cut o',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"9" * 10_000,
        b"null",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": "text"}',
        b'{"choices": [null]}',
        b'{"choices": [{"text": "old"}]}',
        b'{"choices": [{"message": "no"}]}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": ["parts"]}}]}',
        b'{"error": "overloaded"}',
    ],
    ids=range(17),
)
def test_a_reply_of_another_shape(body):
    assert isinstance(error_from(raw(body)), ReplyNotUnderstood)


def test_a_compressed_reply_is_not_inflated():
    error = error_from(raw(b"\x1f\x8b\x08\x00bomb", **{"Content-Encoding": "gzip"}))
    assert isinstance(error, ReplyNotUnderstood)


def test_a_long_reply_is_not_read_to_the_end():
    sent = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 1024)
            sent.append(1024)

    assert isinstance(error_from(endless), ReplyTooLong)
    assert LONGEST_REPLY < sum(sent) < 10_000 * 1024


def drip(handler: BaseHTTPRequestHandler, start: bytes) -> None:
    """Send a byte now and then: each is in time, and the whole never ends."""
    handler.wfile.write(start)
    for _ in range(600):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "headers"]
)
def test_a_slow_drip_ends_with_the_time(start):
    error = error_from(lambda handler: drip(handler, start), timeout=0.4)
    assert isinstance(error, ChatModelTimedOut)
    assert "0.4 seconds" in str(error)


def test_a_connection_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        with pytest.raises(ChatModelUnreachable, match="could not be reached"):
            ChatModel(f"http://127.0.0.1:{taken.getsockname()[1]}", key=KEY).complete(MESSAGES)


def test_no_http_at_all():
    error = error_from(lambda handler: handler.wfile.write(b"220 mail ready\r\n") and None)
    assert isinstance(error, ChatModelUnreachable)


def test_a_host_that_does_not_exist():
    with pytest.raises(ChatModelUnreachable):
        ChatModel("http://no-such-host.invalid").complete(MESSAGES)


def test_where_a_loop_runs_already():
    async def in_a_notebook(url: str) -> str:
        return ChatModel(url).complete(MESSAGES)

    with chat_server(reply("Yes. [1]")) as server:
        assert asyncio.run(in_a_notebook(server.url)) == "Yes. [1]"


# Streamed


def test_a_streamed_reply_is_told_of_as_it_grows():
    told: list[str] = []
    first_is_told = threading.Event()

    def note(text: str) -> None:
        told.append(text)
        first_is_told.set()

    def pieces():
        yield "In Istan"
        assert first_is_told.wait(timeout=30)  # before the model writes on
        yield "bul. [1]"

    with chat_server(streamed(pieces(), '{"choices": [], "usage": {}}', "[DONE]")) as server:
        assert ChatModel(server.url).complete(MESSAGES, note) == "In Istanbul. [1]"
    assert told == ["In Istan", "In Istanbul. [1]"]
    assert server.asked[0].body["stream"] is True


def test_what_comes_after_the_end_is_not_read():
    with chat_server(streamed(["Yes."], "[DONE]", "{")) as server:
        assert ChatModel(server.url).complete(MESSAGES, list) == "Yes."


def test_a_server_that_does_not_stream_is_understood():
    told: list[str] = []
    with chat_server(reply("Yes.")) as server:
        assert ChatModel(server.url).complete(MESSAGES, told.append) == "Yes."
    assert told == []


@pytest.mark.parametrize(
    "events",
    [
        b"data: {",
        b'data: {"error": {"message": "overloaded"}}',
        b"data: []",
        b'data: {"choices": [3]}',
        b'data: {"choices": [{"delta": {"content": 5}}]}',
        b'data: {"choices": [{"delta": null}]}',
        b"data: " + b"[" * 100_000,
        b"data: \xff",
    ],
)
def test_events_that_are_no_reply(events):
    kind = {"Content-Type": "text/event-stream"}
    with chat_server(raw(events + b"\n\n", **kind)) as server, pytest.raises(ReplyNotUnderstood):
        ChatModel(server.url).complete(MESSAGES, list)


@pytest.mark.parametrize("piece", ["word " * 2000, "\0" * 200_000])
def test_a_stream_without_end_is_cut_off(piece):
    def endless():
        while True:
            yield piece

    with chat_server(streamed(endless())) as server, pytest.raises(ReplyTooLong):
        ChatModel(server.url).complete(MESSAGES, list)


def test_thoughts_and_empty_pieces_are_no_text():
    told: list[str] = []
    thought = '{"choices": [{"delta": {"reasoning_content": "Hm.", "content": null}}]}'
    empty = '{"choices": [{"delta": {}, "finish_reason": "stop"}]}'
    with chat_server(streamed([], thought, empty, "[DONE]")) as server:
        assert ChatModel(server.url).complete(MESSAGES, told.append) == ""
    assert told == []
