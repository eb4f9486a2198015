"""The options that commands share, each with its help."""

from pathlib import Path
from typing import Annotated

import typer

from ...search.question import MODES

ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        envvar="DRAGOMAN_ARCHIVE",
        metavar="DIR",
        help="The archive's folder. Without it: your own archive, with the bundled articles.",
    ),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        envvar="DRAGOMAN_ENCODER",
        metavar="MODEL",
        help="A sentence-transformers model, by name or folder, instead of the default.",
    ),
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        "--reranker",
        envvar="DRAGOMAN_RERANKER",
        metavar="MODEL",
        help="A sentence-transformers CrossEncoder, by name or folder, to reorder the best.",
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", "-k", help="How many passages, up to 100.")]
ModeOption = Annotated[
    str, typer.Option("--mode", metavar="MODE", help=f"How to search: {', '.join(MODES)}.")
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only from this outlet; may be repeated."),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only published on this day or later.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only published by this day.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="As on this day: nothing later is known."),
]
AllOption = Annotated[
    bool,
    typer.Option("--all-of-article", help="Let one article fill the first places."),
]
RerankOption = Annotated[
    int,
    typer.Option(
        "--rerank", metavar="N", help="Read so many of the best once more, for a better order."
    ),
]
ReadOption = Annotated[
    int,
    typer.Option(
        "--rerank", metavar="N", help="Read so many of the best passages; 0: choose by likeness."
    ),
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Say what each score is made of.")]
CopiesOption = Annotated[
    bool, typer.Option("--all-copies", help="Show every copy of a report, not one of them.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print what the HTTP service would answer.")
]


def _checked_host(host: str) -> str:
    if not host:  # to the system it would mean every address of this machine
        raise typer.BadParameter("it is empty. Give an address, such as 127.0.0.1 or 0.0.0.0.")
    return host


def _checked_names(names: list[str] | None) -> list[str] | None:
    for name in names or ():
        if "*" in name.removeprefix("*.") and name != "*":
            raise typer.BadParameter(f"{name!r}: a star stands alone or at the front (*.my.org).")
    return names


HostOption = Annotated[str, typer.Option(help="The address to listen on.", callback=_checked_host)]
AllowHostOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="A name the service may be called by; may be repeated.",
        callback=_checked_names,
    ),
]
