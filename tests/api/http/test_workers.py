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


@pytest.mark.slow
@pytest.mark.skipif(not CHILDREN.exists(), reason="only Linux tells")
def test_two_workers_serve_one_archive(tmp_path, process):
    archive = str(tmp_path / "archive")
    (tmp_path / "ferry.md").write_text("The ferry sailed to Aldwick on Monday.")
    (tmp_path / "mill.md").write_text("The mill of Brancombe burned down on Tuesday.")
    assert process("add", str(tmp_path / "ferry.md"), "--archive", archive).returncode == 0
    arguments = ["serve", "--port", "0", "--archive", archive, "--workers", "2"]
    started = [sys.executable, "-m", "dragoman.api", *arguments]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        address = running.stderr.readline().split()[3]
        try:
            assert httpx.get(f"{address}/readyz", timeout=60).status_code == 200
            until(lambda: len(workers_of(running.pid)) == 2)
            one, other = workers_of(running.pid)

            def found(question: str) -> str:
                asked = {"q": question, "limit": 1}
                answer = httpx.get(f"{address}/v1/search", params=asked, timeout=60)
                return answer.json()["passages"][0]["text"]

            with stopped(one):
                assert "ferry" in found("Where did the ferry sail?")
            assert process("add", str(tmp_path / "mill.md"), "--archive", archive).returncode == 0
            for worker in (one, other):
                with stopped(worker):
                    assert "Brancombe" in found("Which mill burned down?")
            # A worker that dies is replaced.
            os.kill(one, signal.SIGKILL)
            until(lambda: one not in workers_of(running.pid) and len(workers_of(running.pid)) == 2)
        finally:
            running.send_signal(signal.SIGINT)
            said = running.stderr.read()
    assert running.returncode == 130
    assert "Traceback" not in said
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/livez")
