"""The commands that put an archive into one file, and make an archive of it again."""

from pathlib import Path
from typing import Annotated

import typer

from ...index.addresses import EngineAddress, address_from
from ...index.backup import Backup, back_up
from ...index.backup import restore as restored_from
from ...index.errors import AddressNotUnderstood
from ...search.bundled import own_archive
from . import terminal
from .options import ArchiveOption
from .progress import CopyingProgress


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    archive: ArchiveOption = None,
) -> None:
    """Put the whole archive into one file, even while it is served.

    API keys, which lie beside the archive, are not in it.
    """
    folder = _folder(archive)
    with CopyingProgress(if_stopped="No backup was made.") as progress:
        made = back_up(folder, file, force, progress)
    _report(made, "backed up")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that backup made.")],
    archive: ArchiveOption = None,
) -> None:
    """Make an archive of a backup, in a new or empty folder.

    Everything is checked before the folder is touched.
    """
    folder = _folder(archive)
    with CopyingProgress(if_stopped="Nothing was restored.") as progress:
        made = restored_from(file, folder, progress)
    _report(made, "restored")


def _folder(archive: str | None) -> Path:
    address = address_from(archive) if archive else own_archive()
    if isinstance(address, EngineAddress):
        raise AddressNotUnderstood(address=address, known="the path of a folder")
    return address


def _report(held: Backup, done: str) -> None:
    articles = terminal.counted(held.articles, "article")
    terminal.err.print(f"{articles}, {terminal.counted(held.passages, 'passage')} {done}")
