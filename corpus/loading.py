"""Loading: files, folders, records and `Article`s in, articles out.

What cannot be read becomes an error that names the place, so that one bad record never stops the
others.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from reprlib import repr as shortened
from typing import Any, cast

from .article import Article
from .errors import (
    BrokenRecord,
    DuplicateId,
    EmptyFile,
    NotAnArticle,
    NoText,
    PathUnreadable,
    ReadingError,
)
from .files import file_id, find_files
from .formats.plain import first_words, read_markdown, read_plain
from .formats.records import make_article, read_article, read_record, records_in, tags_of
from .text.cleaning import one_line
from .text.decoding import decoded, lines_of, parsed_json, text_of

Given = str | Path | Article | Mapping[str, Any]  # what articles can be loaded from
Read = Article | ReadingError
_Located = Iterator[tuple[str, Read]]


def read_articles(*given: Given) -> Iterator[Read]:
    """Return all articles in files, folders and records, as `Loading` does, errors among them."""
    loading = Loading(given)
    yield from loading.problems
    yield from loading.read()


class Loading:
    """Articles to be loaded from files, folders, `Article`s and records, in the order given.

    `source`, `published` and `tags` are given to articles that state none. `skipped` counts the
    files in folders whose format is not known, by suffix; `problems` collects what could not be
    read.
    Raises NotAnArticle, and PathMissing, UnknownFormat or NothingToRead where a path
    cannot be a source of articles.
    """

    def __init__(
        self,
        given: Given | Iterable[Given],
        source: str | None = None,
        published: date | None = None,
        tags: str | Iterable[str] = (),
    ) -> None:
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
        found = find_files(path, _READERS)
        self.skipped += found.skipped
        self.problems += found.problems
        return found.files

    @property
    def _files(self) -> dict[Path, None]:
        return {source: None for source in self._sources if isinstance(source, Path)}

    @cached_property
    def estimated(self) -> int:
        """How many articles there are, roughly, without reading them: for progress only."""
        records = sum(not isinstance(source, Path) for source in self._sources)
        return records + sum(map(_estimated_in, self._files))

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

    def _located(self) -> _Located:
        files = self._files
        for number, source in enumerate(self._sources, start=1):
            where = f"record {number}"
            if isinstance(source, Article):
                yield where, read_article(source, where)
            elif isinstance(source, Mapping):
                yield where, read_record(source, where)
            elif source in files:  # otherwise a file was given twice
                del files[source]
                yield from _read_file(source)

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


def _read_file(file: Path) -> _Located:
    try:
        yield from _READERS[file.suffix.lower()](file)
    except OSError as error:
        yield str(file), PathUnreadable(where=file, reason=error.strerror or error)
    except ReadingError as error:
        yield str(file), error


def _estimated_in(file: Path) -> int:
    if file.suffix.lower() not in (".jsonl", ".ndjson"):
        return 1
    try:
        with file.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 0


def _read_text(file: Path) -> _Located:
    parts = read_plain(decoded(file))
    article = Article(
        id=file_id(file),
        title=parts.title,
        text=parts.body,
        source=parts.source,
        published=parts.published,
    )
    yield str(file), _with_text(article, str(file))


def _read_markdown(file: Path) -> _Located:
    where = str(file)
    try:
        fields, parts = read_markdown(decoded(file))
    except ValueError as error:
        yield where, BrokenRecord(where=file, reason=str(error))
        return
    named = {"title": parts.title, **fields}
    article = make_article(named, parts.body, where, known_as=file_id(file))
    if isinstance(article, Article):
        published, source = article.published or parts.published, article.source or parts.source
        article = replace(article, published=published, source=source)
    yield where, article


def _read_page(file: Path) -> _Located:
    from .formats.html import read_page  # a quarter of a second to import: only where there is HTML

    try:
        page = read_page(decoded(file, is_markup=True))
    except ValueError as error:
        yield str(file), BrokenRecord(where=file, reason=str(error))
        return
    if page is None:
        yield str(file), NoText(where=file)
        return
    article = Article(
        id=file_id(file),
        title=page.title or first_words(page.text),
        text=page.text,
        source=page.source,
        url=page.url,
        published=page.published,
        authors=page.authors,
        tags=page.tags,
    )
    yield str(file), _with_text(article, str(file))


def _read_json(file: Path) -> _Located:
    value = _parsed(decoded(file), where=str(file))
    if isinstance(value, ReadingError):
        yield str(file), value
        return
    records = records_in(value)
    if not records:
        yield str(file), BrokenRecord(where=file, reason="its list of articles is empty")
    if len(records) == 1:
        yield str(file), read_record(records[0], str(file), known_as=file_id(file))
        return
    for number, record in enumerate(records, start=1):
        where = f"{file}, article {number}"
        yield where, read_record(record, where)


def _read_json_lines(file: Path) -> _Located:
    found = False
    for number, line in enumerate(lines_of(file), start=1):
        if not line.strip():
            continue
        found, where = True, f"{file}, line {number}"
        try:
            value = _parsed(text_of(line, where), where)
        except ReadingError as error:
            yield where, error
            continue
        yield where, value if isinstance(value, ReadingError) else read_record(value, where)
    if not found:
        raise EmptyFile(where=file)


def _parsed(text: str, where: str) -> object:
    """Return the value of some JSON, or the error that says why it is not JSON."""
    try:
        return parsed_json(text)
    except ValueError as error:
        return BrokenRecord(where=where, reason=str(error))


def _with_text(article: Article, where: str) -> Read:
    return article if article.text.strip() else NoText(where=where)


_READERS = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_page,
    ".htm": _read_page,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
}
SUFFIXES = tuple(_READERS)  # of the files that are read
