"""`dragoman add` and `dragoman watch`: articles from files, folders and addresses."""

import re
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...corpus.errors import PathMissing, ReadingError
from ...search.dragoman import Dragoman
from ...search.question import parse_day
from ...search.results import Added
from . import terminal
from .options import (
    ArchiveOption,
    ContactOption,
    DayOption,
    EncoderOption,
    OutletOption,
    PrivateHostOption,
    RayOption,
    TagsOption,
)
from .progress import KEPT, IndexingProgress, prepare

if TYPE_CHECKING:
    from ...corpus.fetching.fetching import Fetcher
    from ...search.watching import Step

_MINUTE = 60.0

ColumnsOption = Annotated[
    str | None,
    typer.Option(
        metavar="FIELD=COLUMN,…",
        help="Which columns of tables hold what: title=headline,text=body.",
    ),
]


def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|ADDRESS…",
            help="Files (text, HTML, JSON, CSV, PDF …), folders of them, and addresses (https://…) "
            "of pages, feeds and sitemaps.",
        ),
    ],
    source: OutletOption = None,
    published: DayOption = None,
    tag: TagsOption = None,
    columns: ColumnsOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with status 1 if anything was skipped.")
    ] = False,
    allow_private_host: PrivateHostOption = None,
    contact: ContactOption = None,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
    ray: RayOption = None,
) -> None:
    """Add articles to the archive.

    Those that have changed replace their former versions. Of a feed or sitemap, only what is new
    is fetched.
    """
    day = parse_day(published, "--published")
    files, addresses = _told_apart(paths)
    parts: list[Added] = []
    with Dragoman.open(archive, encoder) as dragoman:
        prepare(dragoman)
        try:
            with IndexingProgress(if_stopped=KEPT) as progress:
                given = (progress, source, day, tag or ())
                if files:
                    parts.append(dragoman.add(files, *given, _columns_from(columns), ray or None))
                if addresses:
                    from ...search.fetching import fetch_articles

                    with _fetcher(dragoman, allow_private_host, contact) as fetcher:
                        parts.append(fetch_articles(dragoman, addresses, fetcher, *given))
        except ReadingError as error:
            terminal.show_error(f"{error} Nothing was added.")
            raise typer.Exit(1) from error
    added = Added.joined(parts)
    terminal.show_added(added)
    read = added.added or added.replaced or added.unchanged
    if added.problems or (added.skipped and (strict or not read)):
        raise typer.Exit(1)


def watch(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER|ADDRESS…",
            help="Folders, and addresses (https://…) of pages, feeds and sitemaps.",
        ),
    ],
    every: Annotated[
        float,
        typer.Option(
            "--every", metavar="MINUTES", min=0.01, help="How often to look at addresses."
        ),
    ] = 15.0,
    source: OutletOption = None,
    published: DayOption = None,
    tag: TagsOption = None,
    columns: ColumnsOption = None,
    allow_private_host: PrivateHostOption = None,
    contact: ContactOption = None,
    archive: ArchiveOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Keep the archive in step with folders and feeds.

    It goes on until it is stopped. What is new or has changed is added, and the articles of files
    that are gone are removed.
    """
    day = parse_day(published, "--published")
    folders, addresses = _told_apart(paths)
    for folder in map(Path, folders):
        if not folder.expanduser().is_dir():
            raise PathMissing(where=folder)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    from ...search.watching import WatchedAddress, WatchedFolder, follow

    with (
        Dragoman.open(archive, encoder) as dragoman,
        _fetcher(dragoman, allow_private_host, contact, stop.wait) as fetcher,
    ):
        prepare(dragoman)
        given = (source, day, tuple(tag or ()))
        named = _columns_from(columns)
        watched = [WatchedFolder(dragoman, Path(folder), *given, named) for folder in folders]
        looked_at = [
            WatchedAddress(dragoman, address, fetcher, *given, stop) for address in addresses
        ]
        terminal.err.print("watching; Ctrl-C stops")
        for step in follow(watched, looked_at, every * _MINUTE, stop):
            _show(step)
    terminal.err.print("stopped")


def _columns_from(written: str | None) -> Mapping[str, str] | None:
    if written is None:
        return None
    from ...corpus.formats.records.fields import columns_from  # takes a while to import

    return columns_from(written)


def _told_apart(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the paths, and the addresses."""
    addresses = [path for path in paths if re.match(r"[a-z][a-z0-9+.-]+:/", path, re.IGNORECASE)]
    return [path for path in paths if path not in addresses], addresses


def _fetcher(
    dragoman: Dragoman,
    private_hosts: Sequence[str] | None,
    contact: str | None,
    pause: Callable[[float], object] = time.sleep,
) -> "Fetcher":
    from ...corpus.fetching.fetching import Fetcher
    from ...corpus.fetching.getting import Guest
    from ...search.fetching import known_to

    hosts = frozenset(re.findall(r"[^,\s]+", " ".join(private_hosts or ()).lower()))
    return Fetcher(known_to(dragoman), Guest(hosts, contact, pause))


def _show(step: "Step") -> None:
    """Print what was done, unless nothing was."""
    if step.added.added or step.added.replaced or step.added.problems:
        terminal.show_added(step.added)
    if step.removed:
        terminal.err.print(f"{terminal.counted(len(step.removed), 'article')} removed")
