"""The `serve` command: the HTTP service, listening."""

import os
import socket
from typing import Annotated

import typer
from rich.text import Text

from ...search.dragoman import Dragoman
from ..chat_model import chat_model_from
from ..errors import AddressUnusable
from . import terminal
from .options import ArchiveOption, EncoderOption, RerankerOption
from .progress import prepare


def _checked_host(host: str) -> str:
    if not host:  # the system would take it for every address of this machine
        raise typer.BadParameter("it is empty. Give an address, such as 127.0.0.1 or 0.0.0.0.")
    return host


def _checked_names(names: list[str] | None) -> list[str] | None:
    for name in names or ():
        if "*" in name.removeprefix("*.") and name != "*":
            raise typer.BadParameter(f"{name!r}: a star stands alone or at the front (*.my.org).")
    return names


HostOption = Annotated[
    str,
    typer.Option(metavar="ADDRESS", help="The address to listen on.", callback=_checked_host),
]
PortOption = Annotated[
    int, typer.Option(metavar="PORT", min=0, max=65535, help="The port; 0: any free one.")
]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="A host name that requests may use; repeatable.",
        callback=_checked_names,
    ),
]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    allow_host: AllowHostOption = None,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Serve answers over HTTP.

    The service is reachable from this machine alone unless --host says otherwise.
    """
    chat_model = chat_model_from(os.environ)
    with Dragoman.open(archive, encoder, reranker, chat_model=chat_model) as dragoman:
        prepare(dragoman)
        dragoman.warm_up()
        _serve(dragoman, host, port, allow_host or [])


def _serve(dragoman: Dragoman, host: str, port: int, allowed: list[str]) -> None:
    import uvicorn  # imports FastAPI, which takes a quarter of a second

    from ..http.app import create_app
    from ..settings import ServiceSettings

    named = f"[{host}]" if ":" in host else host
    settings = ServiceSettings(host=host, port=port, allow_host=tuple(allowed))
    service = create_app(dragoman, settings)
    config = uvicorn.Config(service, log_level="warning", server_header=False)
    with _listening(host, port) as listener:
        port = listener.getsockname()[1]
        address = f"Dragoman answers at http://{named}:{port} (docs: /docs)"
        terminal.err.print(Text(address), soft_wrap=True)
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0
        # Failed look-ups of a name have negative numbers, which strerror does not know.
        reason = os.strerror(number) if number > 0 else "there is no such address"
        raise AddressUnusable(host=host, port=port, reason=reason) from error
