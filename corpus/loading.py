"""Loading: files, folders, records and `Article`s in, articles out.

What cannot be read becomes an error that names the place, so that one bad record never stops the
others.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from reprlib import repr as shortened
from typing import Any, cast

from . import sidecar
from .article import Article
from .errors import DuplicateId, MoreProblems, NoArticles, NotAnArticle, ReadingError
from .files import counted, file_id, find_files
from .formats.file import File
from .formats.format import Skipped
from .formats.records.fields import Fields, checked_columns
from .formats.records.record import read_article, read_record, tags_of
from .formats.registry import format_of, read_file, suffixes
from .text.cleaning import one_line

Given = str | Path | Article | Mapping[str, Any]  # what articles can be loaded from
Read = Article | ReadingError
_Located = Iterator[tuple[str, Read]]
_MOST_ERRORS = 100  # of one file are named; a table of millions may have as many
_LINE_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".tsv")  # an article a line, roughly


def read_articles(*given: Given) -> Iterator[Read]:
    """Return all articles in files, folders and records, as `Loading` does, errors among them."""
    loading = Loading(given)
    yield from loading.problems
    yield from loading.read()


class Loading:
    """Articles to be loaded from files, folders, `Article`s and records, in the order given.

    `source`, `published` and `tags` are given to articles that state none. `columns` says which
    fields of records hold what, as in {"title": "headline"}. `names` are the names that files were
    sent by, where those are others than the files' own.
    `skipped` counts, by kind, the files in folders and archives that are not read; `problems`
    collects what could not be read. A sidecar in a folder says what its files do not.
    Raises NotAnArticle, ColumnsUnusable, and PathMissing, UnknownFormat or NothingToRead where a
    path cannot be a source of articles.
    """

    def __init__(
        self,
        given: Given | Iterable[Given],
        source: str | None = None,
        published: date | None = None,
        tags: str | Iterable[str] = (),
        columns: Mapping[str, str] | None = None,
        names: Mapping[Path, str] | None = None,
    ) -> None:
        self._columns = checked_columns(columns or {})
        self._names = names or {}
        self._stated: dict[Path, Fields] = {}
        self.skipped: Counter[str] = Counter()
        self.problems: list[ReadingError] = []
        self._source = one_line(source) if source else None
        self._published = published
        self._tags = tags_of(tags)
        self._sources: list[Path | Article | Mapping[str, Any]] = []
        for one in _each(given):
            if isinstance(one, str | Path):
                self._sources += self._found(one)
            elif isinstance(one, Article | Mapping):
                self._sources.append(one)
            else:
                raise NotAnArticle(where=shortened(one))

    def _found(self, path: str | Path) -> list[Path]:
        found = find_files(path, suffixes(), _is_known)
        self.skipped += found.skipped
        self.problems += found.problems
        return [file for file in found.files if not self._is_sidecar(file, path)]

    def _is_sidecar(self, file: Path, given: str | Path) -> bool:
        """Return whether a file is a sidecar; what it says of other files is kept."""
        if file.name != sidecar.NAME or file == Path(given):
            return False
        try:
            read = sidecar.read_sidecar(file)
        except (ReadingError, OSError, csv.Error):  # reading it will say so
            return False
        if read is None:
            return False
        self._stated |= read[0]
        self.problems += read[1]
        return True

    @property
    def _files(self) -> dict[Path, None]:
        return {source: None for source in self._sources if isinstance(source, Path)}

    @cached_property
    def estimated(self) -> int:
        """How many articles there are, roughly, without reading them: for progress only."""
        records = sum(not isinstance(source, Path) for source in self._sources)
        return records + sum(map(_estimated_in, self._files))

    @property
    def files(self) -> list[Path]:
        """The files that articles are loaded from."""
        return [*self._files]

    @cached_property
    def file_ids(self) -> frozenset[str]:
        """The ids that follow from the paths of the files."""
        return frozenset(map(file_id, self._files))

    def articles(self) -> Iterator[Article]:
        """Return the articles; what cannot be read is added to `problems`."""
        for read in self.read():
            if isinstance(read, ReadingError):
                self.problems.append(read)
            else:
                yield read

    def read(self) -> Iterator[Read]:
        """Return the articles, and the errors of what cannot be read, in order.

        Of articles with the same id the first is returned; another is a DuplicateId, unless it is
        the same article.
        """
        seen: dict[str, tuple[int, str]] = {}
        for where, read in self._located():
            if isinstance(read, ReadingError):
                yield read
                continue
            article = self._with_defaults(read)
            first, first_where = seen.setdefault(article.id, (hash(article), where))
            if first_where == where:
                yield article
            elif first != hash(article):
                yield DuplicateId(where=where, id=article.id, first=first_where)

    def in_file(self, file: Path) -> Iterator[Read]:
        """Return the articles in one of the files, and the errors of what cannot be read."""
        for _, read in self._in_file(file):
            yield read if isinstance(read, ReadingError) else self._with_defaults(read)

    def _located(self) -> _Located:
        files = self._files
        for number, source in enumerate(self._sources, start=1):
            where = f"record {number}"
            if isinstance(source, Article):
                yield where, read_article(source, where)
            elif isinstance(source, Mapping):
                yield where, read_record(source, where, columns=self._columns)
            elif source in files:  # otherwise a file was given twice
                del files[source]
                yield from self._in_file(source)

    def _in_file(self, path: Path) -> _Located:
        """Yield what is in a file, and count what is skipped."""
        file = File.at(path, self._names.get(path), self._columns)
        file = replace(file, stated=self._stated.get(path))
        skipped: Counter[str] = Counter()
        nothing, errors = True, 0
        for where, read in read_file(file):
            if isinstance(read, Skipped):
                skipped[read.kind] += 1
                continue
            nothing = False
            errors += isinstance(read, ReadingError)
            if isinstance(read, ReadingError) and errors > _MOST_ERRORS:
                continue
            yield where, read
        self.skipped += skipped
        if errors > _MOST_ERRORS:
            count = errors - _MOST_ERRORS
            yield file.where, MoreProblems(where=file.where, count=count)
        if nothing:
            yield file.where, NoArticles(where=file.where, found=counted(skipped))

    def _with_defaults(self, article: Article) -> Article:
        return replace(
            article,
            source=article.source or self._source,
            published=article.published or self._published,
            tags=article.tags or self._tags,
        )


def _each(given: Given | Iterable[Given]) -> Iterable[Given]:
    if isinstance(given, str | Path | Article | Mapping):
        return cast(list[Given], [given])
    if isinstance(given, Iterable) and not isinstance(given, bytes):
        return given
    raise NotAnArticle(where=shortened(given))


def _is_known(path: Path) -> bool:
    return format_of(File.at(path)) is not None


def _estimated_in(file: Path) -> int:
    if file.suffix.lower() not in _LINE_SUFFIXES:
        return 1
    try:
        with file.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 0
