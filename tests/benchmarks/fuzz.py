"""Ask the service all that its own description allows, and what it forbids: `make fuzz`.

schemathesis makes requests to a service in a process of its own over a few articles, which has an
encoder that takes no time. What it writes goes into an archive that is thrown away. The exit status
is 1 if any check fails.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman

sys.path.insert(0, str(Path(__file__).parents[1]))
from initials_encoder import InitialsEncoder

EXCLUDED = (
    # Unknown query parameters of the health addresses are ignored, as HTTP has it, and much that a
    # schema cannot say makes a request right or wrong: a question without a word, a period that
    # ends before it begins.
    "negative_data_rejection",
    "positive_data_acceptance",
)
_READY = "listening on "


def main() -> None:
    """Run the service, or schemathesis against it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", type=Path, help="only run the service, in this folder")
    parser.add_argument("--examples", default="500", help="most requests for an address and phase")
    parser.add_argument("--seconds", default="600", help="the most seconds to take")
    parser.add_argument("--phases", default="examples,coverage,fuzzing")
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
        return
    limits = "--max-examples", given.examples, "--max-time", given.seconds, "--phases", given.phases
    with tempfile.TemporaryDirectory(prefix="dragoman-fuzz-") as folder, service(folder) as address:
        sys.exit(schemathesis(address, folder, *limits))


def schemathesis(address: str, folder: str, *options: str) -> int:
    """Run schemathesis, which leaves files in `folder`, and return its exit status."""
    command = Path(sys.executable).with_name("schemathesis")
    checks = ("--checks", "all", "--exclude-checks", ",".join(EXCLUDED), "--continue-on-failure")
    run = [command, "run", f"{address}/openapi.json"]
    return subprocess.run([*run, *checks, *options], cwd=folder, check=False).returncode


@contextmanager
def service(folder: str) -> Iterator[str]:
    """The address of a service in a process of its own, over articles in `folder`."""
    started = [sys.executable, __file__, "--serve", folder]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield running.stdout.readline().removeprefix(_READY).strip()
        finally:
            running.terminate()


def serve(folder: Path) -> None:
    """Serve the bundled articles until the process is ended."""
    dragoman = Dragoman.open(folder / "archive", InitialsEncoder())
    dragoman.add(BUNDLED)
    app = create_app(dragoman, ServiceSettings())
    server = uvicorn.Config(app, port=0, log_level="warning")
    listener = server.bind_socket()
    print(f"{_READY}http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(server).run(sockets=[listener])


if __name__ == "__main__":
    main()
