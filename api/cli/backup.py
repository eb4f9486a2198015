"""Commands that put an archive into one file and back, and copy it to another place."""

from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from ...index.addresses import Address, address_from
from ...index.backup import Backup, back_up
from ...index.backup import restore as restored_from
from ...index.copying import Copied, copy_archive
from ...index.opening import copy_here
from ...search.bundled import own_archive
from . import terminal
from .options import ArchiveOption, JsonOption
from .progress import ArticlesProgress, CopyingProgress, FetchingProgress


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    archive: ArchiveOption = None,
) -> None:
    """Put the whole archive into one file, even while it is served.

    API keys, which lie beside the archive, are not in it.
    """
    address = _address(archive)
    with CopyingProgress(if_stopped="No backup was made.") as progress:
        made = back_up(address, file, force, progress)
    _report(made, "backed up")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that backup made.")],
    archive: ArchiveOption = None,
) -> None:
    """Make an archive of a backup, in a new or empty folder.

    Everything is checked before the folder is touched.
    """
    address = _address(archive)
    with CopyingProgress(if_stopped="Nothing was restored.") as progress:
        made = restored_from(file, address, progress)
    _report(made, "restored")


def copy(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="The folder or the address of an archive.")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="A folder or an address: new, or of a copy begun.")
    ],
    update: Annotated[
        bool,
        typer.Option("--update", help="Remove from TO what FROM has not, or not like this."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Copy an archive elsewhere, with its vectors, and compare both.

    A copy that was interrupted goes on when the command is run again.
    """
    with FetchingProgress(if_stopped="Run it again to begin anew.") as fetching:
        copy_here(source, fetching)
    with ArticlesProgress(if_stopped="What was copied is kept; run it again to go on.") as progress:
        done = copy_archive(source, target, update, progress)
    if json:
        named = {"from": str(address_from(source)), "to": str(address_from(target))}
        terminal.show_json(dumps({**named, **asdict(done)}))
    else:
        _show_copied(done)


def _show_copied(done: Copied) -> None:
    held = done.contents
    removed = f", {done.removed:,} removed" if done.removed else ""
    terminal.err.print(f"{terminal.counted(done.copied, 'article')} copied{removed}")
    counts = {"article": held.articles, "passage": held.passages, "former version": held.versions}
    print("verified: both hold", ", ".join(terminal.counted(n, of) for of, n in counts.items()))
    for kind, digest in held.checksums.items():
        print(f"sha256 of {kind}: {digest}")


def _address(archive: str | None) -> Address:
    return address_from(archive) if archive else own_archive()


def _report(held: Backup, done: str) -> None:
    articles = terminal.counted(held.articles, "article")
    terminal.err.print(f"{articles}, {terminal.counted(held.passages, 'passage')} {done}")
