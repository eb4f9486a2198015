"""A sidecar: `articles.csv` in a folder says of each file there what it does not state itself."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path

from .article import Article
from .errors import ReadingError, SidecarUnmatched
from .formats.records.fields import Fields, plain_name
from .formats.records.record import tags_of
from .text.decoding import decoded

NAME = "articles.csv"
_FILE = ("file", "filename", "path", "filepath")
Sidecar = Mapping[Path, Fields]


def read_sidecar(path: Path) -> tuple[Sidecar, list[ReadingError]] | None:
    """Return what a sidecar says of each file, and the lines that name none in its folder.

    None where the file is no sidecar: it has no column `file`, so it holds articles itself.
    """
    lines = lines_of_sidecar(decoded(path))
    if lines is None:
        return None
    stated: dict[Path, Fields] = {}
    problems: list[ReadingError] = []
    for number, named, fields in lines:
        file = path.parent / named
        if file.is_file():
            stated[file] = fields
        else:
            problems.append(SidecarUnmatched(where=f"{path}, line {number}", name=named))
    return stated, problems


def lines_of_sidecar(text: str) -> list[tuple[int, str, Fields]] | None:
    """Return the lines of a sidecar: number, file's name, and what it says; None if it is none."""
    rows = csv.DictReader(StringIO(text, newline=""))
    columns = {plain_name(name): name for name in rows.fieldnames or ()}
    column = next((columns[name] for name in _FILE if name in columns), None)
    if column is None:
        return None
    named = ((str(row.pop(column) or "").strip(), row) for row in rows)
    return [
        (rows.line_num, name, Fields({column: held for column, held in row.items() if column}))
        for name, row in named
        if name
    ]


def with_stated(article: Article, fields: Fields, of_file: bool) -> Article:
    """Return an article with what a sidecar states, where it states nothing itself.

    `of_file` is true for the one article of a file: it has the sidecar's title, since a file of
    text has a headline or, as often, none.
    """
    title = fields.line("title") if of_file else None
    tags = (tag for line in fields.lines("tags") for tag in line.split(","))
    return replace(
        article,
        title=title or article.title,
        source=article.source or fields.outlet(),
        url=article.url or fields.address(),
        published=article.published or fields.day("published"),
        event=article.event or fields.day("event"),
        form=article.form or fields.line("form"),
        authors=article.authors or tuple(dict.fromkeys(fields.lines("authors"))),
        tags=article.tags or tags_of(tags),
    )
