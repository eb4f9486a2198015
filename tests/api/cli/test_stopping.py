"""How the service ends when it is told to: what is in flight is finished first."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

from chat_server import chat_server, reply

QUESTION = "/v1/ask?q=Where+were+the+talks+of+29+March+held%3F"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")


@contextmanager
def service(folder, *options, **environment) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The service over an archive in a process of its own, and its address."""
    arguments = ["serve", "--port", "0", "--archive", str(folder), *options]
    started = [sys.executable, "-m", "dragoman.api", *arguments]
    environment = {**os.environ, **environment}
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stderr
            yield running, running.stderr.readline().split()[3]
        finally:
            running.kill()


def get(address: str) -> dict[str, object]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return {"status_code": answer.status, **json.load(answer)}


def test_a_question_in_flight_is_answered_and_the_exit_status_is_0(talks):
    asked, may_reply = threading.Event(), threading.Event()

    def respond(handler):
        asked.set()
        assert may_reply.wait(30)
        reply("They were held in Istanbul [1].")(handler)

    with (
        chat_server(respond) as model,
        service(talks.folder, DRAGOMAN_LLM_URL=model.url, DRAGOMAN_LLM_MODEL="m") as (
            running,
            address,
        ),
        ThreadPoolExecutor(1) as thread,
        closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)) as idle,
    ):
        idle.request("GET", "/livez")
        idle.getresponse().read()  # the connection is kept open
        answer = thread.submit(get, address + QUESTION)
        try:
            assert asked.wait(30)
            running.send_signal(signal.SIGTERM)
            assert idle.sock.recv(1) == b""  # it is closed
            with pytest.raises(URLError):
                urllib.request.urlopen(f"{address}/livez", timeout=30)
            assert running.poll() is None
        finally:
            may_reply.set()
        assert answer.result()["status_code"] == 200
        assert answer.result()["status"] == "answered"
        assert running.wait(30) == 0
        assert running.stderr.read() == ""


def test_who_does_not_finish_is_not_waited_for_longer_than_the_deadline(talks):
    with service(talks.folder, "--deadline", "0.5") as (running, address):
        netloc = urlsplit(address).netloc
        with closing(http.client.HTTPConnection(netloc, timeout=30)) as connection:
            connection.putrequest("POST", "/v1/ask")
            connection.putheader("Content-Length", "100")
            connection.endheaders(b"{")  # and no more comes
            get(f"{address}/livez")
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == 0
