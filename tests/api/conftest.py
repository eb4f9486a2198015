import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.api.cli.commands import main
from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.index.encoding.encoder import Encoder
from dragoman.search.dragoman import Dragoman
from initials_encoder import InitialsEncoder
from served import served

Ran = subprocess.CompletedProcess[str]

# Every article speaks of ships, so that a question about ships leaves the choice to the filters.
SHIPPING = (
    {"id": "grain", "title": "Grain leaves port", "source": "Gazete Doğu", "date": "2022-03-10",
     "tags": ["Ports", "grain"]},
    {"id": "2022/03/gas", "title": "Gas arrives", "source": "Daily Post", "date": "2022-03-29",
     "tags": ["Türkiye", "ports"]},
    {"id": "gold ö#1?", "title": "Gold is sunk", "source": "Daily Post", "date": "2022-05-01"},
    {"id": "undated", "title": "Ghosts are seen"},
)  # fmt: skip


@pytest.fixture
def shipping(tmp_path, encoder) -> Dragoman:
    """Four articles, of two sources and none, dated and undated."""
    return _shipping_in(tmp_path, encoder)


@pytest.fixture(scope="module")
def shared_shipping(tmp_path_factory) -> Dragoman:
    """The same for all tests of a module. Only for reading."""
    return _shipping_in(tmp_path_factory.mktemp("shared"), InitialsEncoder())


@pytest.fixture(scope="module")
def shipping_address(shared_shipping) -> Iterator[str]:
    """The address of a service over them."""
    with served(create_app(shared_shipping, ServiceSettings())) as port:
        yield f"http://127.0.0.1:{port}"


def _shipping_in(folder: Path, encoder: Encoder) -> Dragoman:
    records = folder / "shipping.jsonl"
    text = "{} on the ships of the strait, said the harbour's master."
    lines = [json.dumps({**fields, "text": text.format(fields["title"])}) for fields in SHIPPING]
    records.write_text("\n".join(lines))
    dragoman = Dragoman.open(folder / "shipping", encoder)
    dragoman.add(records)
    return dragoman


@pytest.fixture
def reprinted(shipping, tmp_path) -> Dragoman:
    """The four articles, and a report of two outlets."""
    text = "The ships lay in the harbour until the evening, and nobody could say what they carried."
    records = tmp_path / "reprinted.jsonl"
    wire = {"id": "wire", "source": "Harbour Wire", "date": "2022-03-01", "text": text}
    reprint = {"id": "reprint", "source": "Daily Sabah", "date": "2022-03-29", "text": text}
    records.write_text(f"{json.dumps(reprint)}\n{json.dumps(wire)}")
    shipping.add(records)
    return shipping


@pytest.fixture
def client_with_reprint(reprinted) -> Iterator[TestClient]:
    with TestClient(create_app(reprinted), base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="session")
def client(talks) -> Iterator[TestClient]:
    """The service over the bundled articles, with the real encoder."""
    with TestClient(create_app(talks), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def shipping_client(shipping) -> Iterator[TestClient]:
    with TestClient(create_app(shipping), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def command(monkeypatch, capfd) -> Callable[..., Ran]:
    """Runs the `dragoman` command in this process, as its script does."""

    def run(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return Ran(arguments, int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def process() -> Callable[..., Ran]:
    """Runs the `dragoman` command in a process of its own."""

    def run(*arguments: str | Path, **environment: str) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "dragoman.api", *arguments],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **environment},
            timeout=60,
            check=False,
        )
        assert "Traceback" not in ran.stderr
        return ran

    return run


@pytest.fixture(scope="session")
def server(talks) -> Iterator[str]:
    """The address of the service over the bundled articles, in a process of its own."""
    arguments = ["serve", "--port", "0", "--archive", str(talks.folder)]
    started = [sys.executable, "-m", "dragoman.api", *arguments]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        first = running.stderr.readline()
        assert "Dragoman answers at http://" in first
        try:
            yield first.split()[3]
        finally:
            running.send_signal(signal.SIGINT)
            rest = running.stderr.read()
    assert rest == ""
    assert running.returncode == 130


@pytest.fixture(scope="session")
def talks_address(talks) -> Iterator[str]:
    """The address of the same service in this process, which takes less time to start."""
    with served(create_app(talks)) as port:
        yield f"http://127.0.0.1:{port}"
