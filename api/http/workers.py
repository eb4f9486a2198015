"""Several processes that serve one archive: each has its own models, and one writes at a time."""

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any

from fastapi import FastAPI
from uvicorn import Config
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from ...index.addresses import Address
from ...search.dragoman import Dragoman
from ...search.generation.llm import ChatModel
from ..settings import ServiceSettings
from .app import create_app
from .protection.slow_clients import PatientProtocol
from .watching.shared_metrics import FOLDER, forget_worker

Opening = tuple[Address, str | Path | None, str | Path | None, ChatModel | None]
"""An archive's address, the names of its encoder and reranker, and the chat model."""

_TURN = 0.0005  # seconds; Python's own is 0.005
_HEALTHY_WITHIN = 30  # seconds; a worker that is silent for longer is replaced


def favour_the_event_loop() -> None:
    """Have threads that answer questions make way for it more often than Python does by itself.

    The loop needs a turn for each step of a request, and waits for it as long as each time.
    """
    sys.setswitchinterval(_TURN)


@dataclass(frozen=True)
class WorkerService:
    """Makes the service of a worker, in the worker's own process."""

    opening: Opening
    settings: ServiceSettings
    shared: Path

    def __call__(self) -> FastAPI:
        """Return the service over an archive that is opened here."""
        favour_the_event_loop()
        address, encoder, reranker, chat_model = self.opening
        dragoman = Dragoman.open(address, encoder, reranker, chat_model=chat_model)
        return create_app(dragoman, self.settings, shared=self.shared)


def server_options(settings: ServiceSettings, graceful: int) -> dict[str, Any]:
    """Return how uvicorn serves, in one process and in several.

    What is in flight at the end may take `graceful` seconds more.
    """
    return {
        "log_level": "warning",
        "server_header": False,
        "timeout_graceful_shutdown": graceful,
        "http": PatientProtocol,
        "ws": "none",
        "proxy_headers": settings.forwarded_allow_ips is not None,
        "forwarded_allow_ips": settings.forwarded_allow_ips or "",
    }


class Workers(Multiprocess):
    """Starts workers, replaces those that die, and stops them all on a signal."""

    def __init__(self, service: WorkerService, listener: socket, graceful: int) -> None:
        config = Config(
            service,  # pyright: ignore[reportArgumentType] a factory, which it takes as it is
            factory=True,
            workers=service.settings.workers,
            **server_options(service.settings, graceful),
            timeout_worker_healthcheck=_HEALTHY_WITHIN,
        )
        super().__init__(config, [listener])
        self.exit_status = 0
        self._shared = service.shared
        self._known: set[int | None] = set()

    def handle_int(self) -> None:
        """Stop, as after Ctrl-C."""
        self.exit_status = 128 + signal.SIGINT
        super().handle_int()

    def keep_subprocess_alive(self) -> None:
        """Replace workers that died, and take them out of the metrics."""
        super().keep_subprocess_alive()
        alive = {process.pid for process in self.processes}
        for process in self._known - alive:
            forget_worker(self._shared, process or 0)
        self._known = alive

    def serve(self) -> int:
        """Serve until a signal comes; return the exit status, 1 where a worker cannot start."""
        os.environ[FOLDER] = str(self._shared)  # which prometheus_client reads in each worker
        self.run()
        failed = any(process.exitcode == STARTUP_FAILURE for process in self.processes)
        return 1 if failed else self.exit_status
