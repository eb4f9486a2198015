"""`dragoman serve --workers 2`: two processes over one archive."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from dragoman.search.dragoman import Dragoman

CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("waited 30 s in vain")


def workers_of(pid: int) -> list[int]:
    """The processes that serve, of those that a process has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(child)
        for child in children
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Have a process stand still meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def two_workers(archive: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a service of two workers, and its first process."""
    arguments = ["serve", "--port", "0", "--archive", str(archive), "--workers", "2", *options]
    started = [sys.executable, "-m", "dragoman.api", *arguments]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        address = running.stderr.readline().split()[3]
        try:
            until(lambda: len(workers_of(running.pid)) == 2)
            # A worker is ready for the first one that it answers; both are, once each has.
            for worker in workers_of(running.pid):
                with stopped(worker):
                    assert httpx.get(f"{address}/readyz", timeout=60).status_code == 200
            yield address, running
        finally:
            running.send_signal(signal.SIGINT)
            said = running.stderr.read()
    assert running.returncode == 130
    assert "Traceback" not in said
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/livez")


def metrics(address: str) -> dict[tuple[str, ...], float]:
    """Each sample's value, by its name and the values of its labels in the order of their names."""
    page = httpx.get(f"{address}/metrics", timeout=60).raise_for_status().text
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


ASKED = ("dragoman_http_requests_total", "GET", "/v1/search", "200")


@pytest.mark.slow
@pytest.mark.skipif(not CHILDREN.exists(), reason="only Linux tells")
def test_two_workers_serve_one_archive(tmp_path, real_encoder):
    # Another process adds: quick, since it is this one, with the encoder of the workers.
    archive = Dragoman.open(tmp_path / "archive", real_encoder)
    archive.add({"id": "ferry", "text": "The ferry sailed to Aldwick on Monday."})
    with two_workers(archive.folder, "--rate-limit", "120/hour") as (address, running):
        one, other = workers_of(running.pid)

        def found(question: str) -> str:
            asked = {"q": question, "limit": 1}
            answer = httpx.get(f"{address}/v1/search", params=asked, timeout=60)
            return answer.json()["passages"][0]["text"]

        with stopped(one):
            assert "ferry" in found("Where did the ferry sail?")
        archive.add({"id": "mill", "text": "The mill of Brancombe burned down on Tuesday."})
        for worker in (one, other):
            with stopped(worker):
                assert "Brancombe" in found("Which mill burned down?")

        # Each tells of both: what they counted together, and each process by its number.
        until(lambda: metrics(address).get(ASKED) == 3)  # counted once it is answered
        for worker in (one, other):
            with stopped(worker):
                told = metrics(address)
                assert told[ASKED] == 3
                memory = {key[1] for key in told if key[0] == "process_resident_memory_bytes"}
                assert memory == {str(one), str(other)}
                assert told["dragoman_questions_in_flight", "search"] == 0
                assert told["dragoman_articles",] == 2
        # Rates are counted together: when one refuses, so does the other.
        until(lambda: httpx.get(f"{address}/v1/tags").status_code == 429)
        for worker in (one, other):
            with stopped(worker):
                assert httpx.get(f"{address}/v1/tags").status_code == 429

        # A worker that dies is replaced. What it has counted stays.
        os.kill(one, signal.SIGKILL)
        until(lambda: one not in workers_of(running.pid) and len(workers_of(running.pid)) == 2)
