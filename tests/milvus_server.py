"""A true Milvus server for tests, of the package `milvus`: one process, without containers.

`make test-milvus` installs the package into an environment of its own. As a program this runs a
command with a server: its address is in the variable DRAGOMAN_TEST_MILVUS meanwhile.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Self

INSTALLED = Path(__file__).parent.parent / ".venv-milvus" / "bin" / "python"
VARIABLE = "DRAGOMAN_TEST_MILVUS"
_STARTS_WITHIN = 300.0  # seconds; 12 to 16 where nothing else runs
_ENDS_WITHIN = 30.0
# The package chooses ports when it starts, and would choose others after a kill, so that it is
# only used to unpack the server and to write its settings.
_PREPARE = """
import random, sys, milvus
folder, guarded = sys.argv[1:]
config = milvus.MilvusServer().config
config.configs["data_dir"] = folder
keys = [key for key in config.configurable_items if key.endswith("_port")]
# Below those that the system gives to connections, which might have one when it is needed.
first = random.randrange(20_000, 32_000, 50)
for number, key in enumerate(keys):
    config.set(key, first + 4 * number)
health, held = config.resolve_port(first + 4 * len(keys))
held.close()
config.set("authorization_enabled", bool(guarded))
config.resolve()
milvus._initialize_data_files(config.base_data_dir)
# Else the etcd in it takes port 2380 for itself, so that there could be one server on a machine.
own, peer = (f"http://127.0.0.1:{port}" for port in (config.get("etcd_port"), health + 4))
with open(f"{folder}/configs/etcd.yaml", "w") as file:
    print(f"listen-client-urls: {own}\\nadvertise-client-urls: {own}", file=file)
    print(f"listen-peer-urls: {peer}\\ninitial-advertise-peer-urls: {peer}", file=file)
    print(f"initial-cluster: default={peer}", file=file)
print(config.get("proxy_port"), health)
"""


class MilvusServer:
    """A server on a free port, with its data in a temporary folder; it can be killed and started.

    With `guarded` it asks for a name and a password, which are at first root and Milvus.
    """

    def __init__(self, python: Path = INSTALLED, guarded: bool = False) -> None:
        self._room = tempfile.TemporaryDirectory(prefix="milvus-", ignore_cleanup_errors=True)
        self._folder = Path(self._room.name)
        prepared = subprocess.run(
            [python, "-c", _PREPARE, self._folder, "guarded" if guarded else ""],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._port, self._health_port = prepared.stdout.split()
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The address, to which the name of an archive is to be added."""
        return f"milvus://127.0.0.1:{self._port}"

    @property
    def memory(self) -> int:
        """The bytes of memory that the running server holds (Linux)."""
        assert self._running
        status = Path(f"/proc/{self._running.pid}/status").read_text()
        return 1024 * int(status.partition("VmRSS:")[2].split()[0])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._room.cleanup()

    def start(self) -> float:
        """Start it, over what it stored before; return how many seconds it took to be ready."""
        began = time.monotonic()
        programs = self._folder / "bin"
        environment = {
            **os.environ,
            "DEPLOY_MODE": "STANDALONE",
            "ETCD_CONFIG_PATH": str(self._folder / "configs" / "etcd.yaml"),
            "LD_LIBRARY_PATH": str(programs),
            "METRICS_PORT": self._health_port,
            "MILVUS_RUN_DIR": str(self._folder / "run"),
        }
        with (self._folder / "logs" / "output").open("ab") as log:
            self._running = subprocess.Popen(
                [programs / "milvus", "run", "standalone"],
                cwd=self._folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
        while not self._is_ready():
            if self._running.poll() is not None or time.monotonic() > began + _STARTS_WITHIN:
                log = (self._folder / "logs" / "output").read_text(errors="replace")
                self.kill()
                raise RuntimeError(f"Milvus did not start: {log[-2000:]}")
            time.sleep(0.1)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it by SIGKILL."""
        if self._running:
            self._running.kill()
            self._running.wait(_ENDS_WITHIN)
            self._running = None

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self._health_port}/healthz", timeout=5
            ) as answer:
                return answer.read().strip() == b"OK"
        except OSError:
            return False


def end_when_told() -> None:
    """Have SIGTERM end this program as Ctrl+C does, with all servers that it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def main() -> int:
    """Run a command with a server; return its exit status."""
    end_when_told()
    with MilvusServer() as server:
        environment = {**os.environ, VARIABLE: server.address}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
