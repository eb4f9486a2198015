"""The `serve` command: the HTTP service, listening."""

import os
import signal
import socket
import sys
from contextlib import suppress
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from ...corpus.extras import require
from ...index.opening import read_ahead
from ...search.bundled import own_archive
from ...search.dragoman import Dragoman
from ..chat_model import chat_model_from
from ..errors import AddressUnusable, KeysNeeded
from ..keys import Keys, keys_beside
from . import terminal
from .options import ArchiveOption, EncoderOption, RerankerOption
from .progress import prepare
from .service_options import EnvironmentFileOption

if TYPE_CHECKING:
    from ..http.workers import Opening
    from ..settings import ServiceSettings


def serve(
    context: typer.Context,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    _env_file: EnvironmentFileOption = None,
) -> None:
    """Serve answers over HTTP.

    The service is reachable from this machine alone unless --host says otherwise. Every setting
    is an option and an environment variable; options come first.
    """
    from ..settings import ServiceSettings  # imports pydantic

    settings = ServiceSettings.with_options(context.obj)
    _check_keys(settings, archive)
    _allow_many_connections()
    chat_model = chat_model_from(os.environ)
    with Dragoman.open(archive, encoder, reranker, chat_model=chat_model) as dragoman:
        prepare(dragoman)
        read_ahead(dragoman.address)
        dragoman.warm_up()
        if settings.workers == 1:
            _serve(dragoman, settings)
            return
        opening = (dragoman.address, encoder, reranker, chat_model)
    del dragoman  # each worker has models of its own
    _serve_by_workers(opening, settings)


def _check_keys(settings: "ServiceSettings", archive: str | None) -> None:
    """Raise KeysNeeded rather than let everyone in who reaches the address."""
    if not (settings.is_local or settings.open_access):
        keys = Keys(settings.keys_file or keys_beside(archive or own_archive()))
        if not keys.exist():
            raise KeysNeeded(host=settings.host)


def _allow_many_connections() -> None:
    """Let this process, and its workers, have as many files and connections as they may."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        # macOS names no limit, but refuses it.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _serve(dragoman: Dragoman, settings: "ServiceSettings") -> None:
    import uvicorn  # imports FastAPI, which takes a quarter of a second

    from ..http.app import create_app
    from ..http.workers import favour_the_event_loop, server_options

    favour_the_event_loop()
    service = create_app(dragoman, settings)
    config = uvicorn.Config(service, **server_options(settings, _most_to_finish(settings)))
    # uvicorn finishes what is in flight, then sends itself the signal that had told it to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _listening(settings.host, settings.port) as listener:
        _print_address(settings.host, listener)
        uvicorn.Server(config).run(sockets=[listener])


def _serve_by_workers(opening: "Opening", settings: "ServiceSettings") -> None:
    from ..http.workers import Workers, WorkerService

    if settings.trace_to:
        require("tracing", "Sending traces")  # here, not in each worker
    with (
        TemporaryDirectory(prefix="dragoman-") as shared,
        _listening(settings.host, settings.port) as listener,
    ):
        _print_address(settings.host, listener)
        service = WorkerService(opening, settings, Path(shared))
        status = Workers(service, listener, _most_to_finish(settings)).serve()
    raise typer.Exit(status)


def _most_to_finish(settings: "ServiceSettings") -> int:
    """Return the seconds that what is in flight may take when the service is told to stop."""
    return ceil(settings.deadline) + 1


def _print_address(host: str, listener: socket.socket) -> None:
    named = f"[{host}]" if ":" in host else host
    port = listener.getsockname()[1]
    address = f"Dragoman answers at http://{named}:{port} (docs: /docs)"
    terminal.err.print(Text(address), soft_wrap=True)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0
        # Failed look-ups of a name have negative numbers, which strerror does not know.
        reason = os.strerror(number) if number > 0 else "there is no such address"
        raise AddressUnusable(host=host, port=port, reason=reason) from error
