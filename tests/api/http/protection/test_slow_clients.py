"""Slow and half-open clients over real sockets: each is cut off, and others are answered."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from dragoman.api.http.app import create_app
from dragoman.api.http.protection.slow_clients import PatientProtocol

ENDS_WITHIN = 30  # seconds; far more than the service waits here


class ImpatientProtocol(PatientProtocol):
    seconds = 0.4
    least_rate = 1024 * 1024


@pytest.fixture
def address(shipping) -> Iterator[tuple[str, int]]:
    config = uvicorn.Config(
        create_app(shipping), http=ImpatientProtocol, log_level="error", ws="none"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join(ENDS_WITHIN)
    assert not thread.is_alive()


def connected(address) -> socket.socket:
    return socket.create_connection(address, timeout=ENDS_WITHIN)


def rest_of(client: socket.socket) -> bytes:
    """What is received until the service closes the connection."""
    received = b""
    try:
        while part := client.recv(65536):
            received += part
    except ConnectionResetError:
        pass
    return received


def trickled(client: socket.socket, parts) -> bytes:
    """Send parts now and then until the service closes the connection."""
    client.settimeout(0.05)
    received = b""
    for part in parts:
        try:
            client.send(part)
            if not (got := client.recv(4096)):
                return received
            received += got
        except TimeoutError:
            continue
        except (ConnectionResetError, BrokenPipeError):
            return received
    raise AssertionError("still open")


def ask(address, path=b"/v1/search?q=ships") -> bytes:
    with connected(address) as client:
        client.sendall(b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path)
        return rest_of(client)


def test_a_client_that_says_nothing_is_cut_off(address):
    with connected(address) as client:
        assert rest_of(client).startswith(b"HTTP/1.1 408 ")


def test_a_head_that_trickles_is_cut_off(address):
    with connected(address) as client:
        client.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n")
        received = trickled(client, (b"X-%d: 1\r\n" % n for n in range(500)))
    assert not received or received.startswith(b"HTTP/1.1 408 ")


def test_a_second_head_that_trickles_is_cut_off(address):
    with connected(address) as client:
        client.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nGET /livez")
        received = trickled(client, (b"x" for _ in range(500)))
    assert received.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("path", [b"/v1/search", b"/livez"])
def test_a_body_that_trickles_is_cut_off(address, path):
    with connected(address) as client:
        client.sendall(
            b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 60000\r\n\r\n{" % path
        )
        trickled(client, (b" " for _ in range(500)))


def test_a_head_without_end_is_cut_off(address):
    with connected(address) as client:
        client.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ")
        with pytest.raises((ConnectionResetError, BrokenPipeError, AssertionError)):  # noqa: PT012
            for _ in range(64):
                client.sendall(b"a" * 4096)
            assert not rest_of(client)


def test_a_client_that_never_reads_is_cut_off(address):
    with connected(address) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = b"GET /static-offline-docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
        client.sendall(asked)
        client.setblocking(False)

        async def until_closed() -> None:
            loop = asyncio.get_running_loop()
            while True:  # writing fails once the other side has aborted the connection
                await asyncio.sleep(0.1)
                await loop.sock_sendall(client, b"\r\n")

        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            asyncio.run(asyncio.wait_for(until_closed(), ENDS_WITHIN))


def test_idle_and_trickling_clients_do_not_stop_a_question(address):
    clients = [connected(address) for _ in range(200)]
    for client in clients[::2]:
        client.sendall(b"GET /livez HTTP/1.1\r\nX: ")
    try:
        assert ask(address).startswith(b"HTTP/1.1 200 ")
    finally:
        for client in clients:
            client.close()


def test_a_slow_but_honest_body_is_answered(address):
    body = b'{"question": "ships"}' + b" " * 8000
    with connected(address) as client:
        client.sendall(
            b"POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        threading.Event().wait(0.2)
        client.sendall(body)
        assert rest_of(client).startswith(b"HTTP/1.1 200 ")


def test_a_request_that_was_sent_before_its_turn_has_its_time_to_be_answered():
    """The second of two at once is worked on for longer than a head may take."""

    async def app(scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/slow":
            await asyncio.sleep(3 * ImpatientProtocol.seconds)
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
        )
        await send({"type": "http.response.body"})

    config = uvicorn.Config(app, http=ImpatientProtocol, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            with connected(listener.getsockname()) as client:
                head = b"GET %b HTTP/1.1\r\nHost: localhost\r\n%b\r\n"
                last = b"Connection: close\r\n"
                client.sendall(head % (b"/quick", b"") + head % (b"/slow", last))
                received = rest_of(client)
        finally:
            server.should_exit = True
            thread.join(ENDS_WITHIN)
    assert received.count(b"HTTP/1.1 200 ") == 2
    assert b" 408 " not in received
