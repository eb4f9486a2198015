"""The options that commands share, each with its help."""

from typing import Annotated

import typer

from ...search.question import MODES, Filters, parse_day

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        envvar="DRAGOMAN_ARCHIVE",
        metavar="DIR|ADDRESS",
        help="The archive's folder, or its address (milvus://HOST:PORT/NAME, milvus+lite:PATH). "
        "Default: your own archive, with the bundled articles.",
    ),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        envvar="DRAGOMAN_ENCODER",
        metavar="MODEL",
        help="A sentence-transformers model, by name or folder; MODEL:fp16 in half precision. "
        "Default: all-MiniLM-L6-v2.",
    ),
]
RayOption = Annotated[
    str | None,
    typer.Option(
        "--ray",
        envvar="DRAGOMAN_RAY",
        metavar="auto|ADDRESS",
        help="Encode on a Ray cluster: ray://HOST:10001, HOST:6379, or auto for this machine's.",
    ),
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        "--reranker",
        envvar="DRAGOMAN_RERANKER",
        metavar="MODEL",
        help="A sentence-transformers CrossEncoder, by name or folder, to rerank with.",
    ),
]
LimitOption = Annotated[
    int, typer.Option("--limit", "-k", metavar="N", help="The number of passages, up to 100.")
]
ModeOption = Annotated[
    str, typer.Option("--mode", metavar="MODE", help=f"How to search: {', '.join(MODES)}.")
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="NAME", help="Only articles of this outlet; repeatable."),
]
TagOption = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="Only articles with this tag; repeatable."),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only articles published on this day or later."),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only articles published on this day or earlier."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Answer as of this day, from nothing published later."
    ),
]
AllOption = Annotated[
    bool,
    typer.Option("--all-of-article", help="Do not limit the top passages from one article."),
]
RerankOption = Annotated[
    int, typer.Option("--rerank", metavar="N", help="Rerank the top N passages.")
]
ReadOption = Annotated[
    int,
    typer.Option(
        "--rerank",
        metavar="N",
        help="Read the top N passages to answer; 0: choose sentences by similarity alone.",
    ),
]
MinConfidenceOption = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="X",
        help="Refuse an answer of less confidence than X, from 0 to 1.",
    ),
]
OutletOption = Annotated[
    str | None,
    typer.Option("--source", metavar="NAME", help="The outlet of articles that state none."),
]
DayOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="The day of articles that state none."),
]
TagsOption = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="TAG", help="A tag of articles that state none; repeatable."),
]
PrivateHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-private-host",
        envvar="DRAGOMAN_ALLOW_PRIVATE_HOST",
        metavar="HOST",
        help="A host of a private network, or HOST:PORT, to fetch from; repeatable.",
    ),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        "--contact",
        envvar="DRAGOMAN_CONTACT",
        metavar="ADDRESS",
        help="Where those from whose sites pages are fetched reach you.",
    ),
]
OffsetOption = Annotated[
    int, typer.Option("--offset", metavar="N", help="Pass over the best N passages.")
]
FacetsOption = Annotated[
    bool, typer.Option("--facets", help="Count the articles that match by outlet, month and tag.")
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Show the parts of each score and the words that matched.")
]
CopiesOption = Annotated[
    bool, typer.Option("--all-copies", help="Show every copy of a report instead of one.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON, as the HTTP service returns it.")
]


def filters_from(
    source: list[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    tag: list[str] | None = None,
) -> Filters:
    """Return the filters that the options name, or raise DateNotUnderstood or PeriodReversed."""
    return Filters(
        sources=tuple(source or ()),
        since=parse_day(since, "--since"),
        until=parse_day(until, "--until"),
        as_of=parse_day(as_of, "--as-of"),
        tags=tuple(tag or ()),
    )
