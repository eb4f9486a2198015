"""The `keys` commands: who may use the service."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from ...search.bundled import own_archive
from ..keys import SCOPES, Keys, keys_beside
from . import terminal
from .options import ArchiveOption

keys = typer.Typer(
    help="Make, list and revoke the keys with which the service is used.",
    no_args_is_help=True,
    rich_markup_mode=None if terminal.is_plain(terminal.out) else "rich",
)

KeysFileOption = Annotated[
    Path | None,
    typer.Option(
        "--keys-file",
        envvar="DRAGOMAN_KEYS_FILE",
        metavar="FILE",
        help="Where the keys are kept. Default: beside the archive.",
    ),
]


def _keys(archive: str | None, file: Path | None) -> Keys:
    return Keys(file or keys_beside(archive or own_archive()))


@keys.command(epilog="Example: dragoman keys create newsroom --expires 90d")
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What or whom the key is for.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCOPE",
            help=f"What it may do: {', '.join(SCOPES)}; each includes those before. Default: read.",
        ),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="After so many days, as 90d, or its last day."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="It sees articles of this outlet only; repeatable."),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="It sees articles with this tag only; repeatable."),
    ] = None,
    archive: ArchiveOption = None,
    keys_file: KeysFileOption = None,
) -> None:
    """Make a key and print it. It is shown this once; only its hash is kept."""
    kept = _keys(archive, keys_file)
    key, secret = kept.create(name, scope or (), expires, source or (), tag or ())
    until = f", until {_shown(key.expires)}" if key.expires else ""
    note = f"{key.name} ({', '.join(key.scopes)}{until}). The key is not shown again:"
    terminal.err.print(Text(note), soft_wrap=True)
    print(secret)


@keys.command("list", epilog="Example: dragoman keys list --archive my-archive")
def list_(archive: ArchiveOption = None, keys_file: KeysFileOption = None) -> None:
    """List the keys: name, id, scopes, state, the moment it expires, and what it is limited to."""
    for key in _keys(archive, keys_file).all():
        limits = [*key.sources, *(f"#{tag}" for tag in key.tags)]
        expires = _shown(key.expires) if key.expires else "never"
        cells = (key.name, key.id, ",".join(key.scopes), key.state, expires, ", ".join(limits))
        print("\t".join(" ".join(cell.split()) for cell in cells))


@keys.command(epilog="Example: dragoman keys revoke newsroom")
def revoke(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, or its id.")],
    archive: ArchiveOption = None,
    keys_file: KeysFileOption = None,
) -> None:
    """Revoke a key. A running service refuses it from the next request on."""
    key = _keys(archive, keys_file).revoke(name)
    terminal.err.print(Text(f"{key.name} ({key.id}) is revoked"), soft_wrap=True)


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
