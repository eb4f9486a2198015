"""The cluster that `dragoman add --ray auto` starts, in processes of its own: make test-ray."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ray.cluster_utils import Cluster

from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch) -> Iterator[None]:
    """A folder in which no other cluster is found. The paths of sockets must be short."""
    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("RAY_TMPDIR", folder)
        monkeypatch.delenv("RAY_ADDRESS", raising=False)
        yield


@pytest.fixture
def corpus(tmp_path) -> Path:
    """A folder with the bundled articles many times over: some thousand passages."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for file in BUNDLED.glob("*.md"):
        text = file.read_text().split("---\n", 2)[2]
        for number in range(40):
            (folder / f"{file.stem}-{number}.md").write_text(f"# {file.stem} {number}\n\n{text}")
    return folder


def stored(archive: Path) -> list[tuple[object, ...]]:
    try:
        with closing(
            sqlite3.connect(f"file:{archive}/dragoman.sqlite?mode=ro", uri=True)
        ) as database:
            return database.execute(
                'SELECT id, title, text, position, start, "end", cut, vector'
                " FROM articles JOIN passages ON articles.number = article"
                " ORDER BY passages.number"
            ).fetchall()
    except sqlite3.OperationalError:  # it is being made
        return []


def of_session(session: int) -> list[int]:
    """The processes that were started in a session, or by those that were."""
    found: set[int] = {session}
    processes = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    parents: dict[int, tuple[int, int]] = {}
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[process] = int(fields[1]), int(fields[3])
    while new := {
        process
        for process, (parent, in_session) in parents.items()
        if process not in found and (parent in found or in_session in found)
    }:
        found |= new
    return [process for process in found if process in parents]


def listening(processes: list[int]) -> set[str]:
    """The addresses that processes listen on, in the kernel's hexadecimal."""
    sockets = set()
    for process in processes:
        for entry in Path(f"/proc/{process}/fd").iterdir():
            try:
                sockets.add(str(entry.readlink()))
            except OSError:
                continue
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {
        line[1].split(":")[0]
        for line in lines
        if line[3] == "0A" and f"socket:[{line[9]}]" in sockets
    }


def begun(command: list[str], archive: Path) -> subprocess.Popen[str]:
    """The command in a session of its own, once something is stored in the archive."""
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not stored(archive):
        assert running.poll() is None, running.communicate()
        time.sleep(0.1)
    return running


LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def test_it_listens_on_this_machine_only_and_ends_with_ctrl_c(corpus, tmp_path):
    archive, alone = tmp_path / "archive", tmp_path / "alone"
    command = [sys.executable, "-m", "dragoman.api", "add", str(corpus), "--archive", str(archive)]
    running = begun([*command, "--ray", "auto"], archive)
    processes = of_session(running.pid)
    assert len(processes) > 5
    heard = listening(processes)
    assert heard
    assert heard <= LOOPBACK
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert (
        err.splitlines()[-1] == "Stopped. What was added so far is kept; the same command goes on."
    )
    assert "Traceback" not in err
    deadline = time.monotonic() + 20
    while of_session(running.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not of_session(running.pid)

    before = stored(archive)
    done = subprocess.run([*command, "--ray", "auto"], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert "440 articles" in done.stderr
    with Dragoman.open(alone) as dragoman:
        dragoman.add(corpus)
    assert stored(archive) == stored(alone)
    assert stored(archive)[: len(before)] == before


def test_a_cluster_that_loses_its_head_ends_the_command_with_a_message(corpus, tmp_path):
    archive = tmp_path / "archive"
    command = [sys.executable, "-m", "dragoman.api", "add", str(corpus), "--archive", str(archive)]
    nodes = Cluster(initialize_head=True, head_node_args={"include_dashboard": False})
    address = nodes.address
    try:
        running = begun([*command, "--ray", address], archive)
        nodes.head_node.kill_gcs_server()
        out, err = running.communicate(timeout=60)
    finally:
        nodes.shutdown()
    assert (running.returncode, out) == (1, "")
    assert err.splitlines()[-1].startswith(f"error: The Ray cluster '{address}' failed (")
    assert "Traceback" not in err
    assert stored(archive)
