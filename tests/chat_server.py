"""A server that replies to chat messages as a test has it reply, over real HTTP."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """What a request held."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


Respond = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ChatServer:
    """Where it listens, what it was asked, and whether who asked hung up before the end."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)


def reply(content: object) -> Respond:
    """A reply as OpenAI's chat completions give it, with this message."""
    message = {"role": "assistant", "content": content}
    return raw(json.dumps({"choices": [{"index": 0, "message": message}]}).encode())


def raw(body: bytes, status: int = 200, **headers: str) -> Respond:
    """A reply of these bytes."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def streamed(pieces: Iterable[str], *events: str) -> Respond:
    """A reply that comes in pieces, each as an event of its own, and then the other `events`."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream; charset=utf-8")
        handler.end_headers()
        for piece in pieces:
            choice = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
            handler.wfile.write(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())
            handler.wfile.flush()
        for event in events:
            handler.wfile.write(f"data: {event}\n\n".encode())

    return respond


@contextmanager
def chat_server(respond: Respond) -> Iterator[ChatServer]:
    """Run a server that responds so to each request."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            server.asked.append(Asked(self.path, dict(self.headers), body))
            try:
                respond(self)
            except OSError:
                self.close_connection = True
                server.hung_up.set()

        def log_message(self, format: str, *args: object) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = ChatServer(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
