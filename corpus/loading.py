"""Files and folders in, articles out: one small reader for each format.

What cannot be read comes out among the articles, as an error that names the place, so that one
bad record never stops the others.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from .article import Article
from .errors import (
    AddressNotFetched,
    BrokenRecord,
    DuplicateId,
    EmptyFile,
    NoText,
    NothingToRead,
    PathMissing,
    PathUnreadable,
    ReadingError,
    UnknownFormat,
)
from .formats.plain import first_words, read_markdown, read_plain
from .formats.records import make_article, read_record, records_in
from .text.cleaning import one_line
from .text.decoding import decoded, lines_of, parsed_json, text_of

Read = Article | ReadingError
_Located = Iterator[tuple[str, Read]]


def read_articles(*paths: str | Path) -> Iterator[Read]:
    """Read every article in files, and in the files below folders, in the order of their names.

    Raises PathMissing, UnknownFormat or NothingToRead where a path as a whole is no source of
    articles; whatever else cannot be read is yielded as a ReadingError. Of articles with the same
    id the first is given; another is a DuplicateId, unless it is the same article.
    """
    seen: dict[str, tuple[int, str]] = {}
    files = (file for path in paths for file in article_files(path))
    for file in dict.fromkeys(files):
        for where, read in _read_file(file):
            if isinstance(read, ReadingError):
                yield read
                continue
            first, first_where = seen.setdefault(read.id, (hash(read), where))
            if first_where == where:
                yield read
            elif first != hash(read):
                yield DuplicateId(where=where, id=read.id, first=first_where)


def _read_file(file: Path) -> _Located:
    try:
        yield from _READERS[file.suffix.lower()](file)
    except OSError as error:
        yield str(file), PathUnreadable(where=file, reason=error.strerror or error)
    except ReadingError as error:
        yield str(file), error


def article_files(path: str | Path) -> list[Path]:
    """Give the files that hold articles at `path`: itself, or those below it if it is a folder."""
    if re.match(r"[a-z]{2,}:/", str(path)):
        raise AddressNotFetched(where=path)
    where = Path(path)
    try:
        where = where.expanduser()
        return _article_files(where)
    except OSError as error:
        raise PathUnreadable(where=where, reason=error.strerror or error) from error
    except RuntimeError as error:  # the home of a user who does not exist
        raise PathMissing(where=where) from error


def _article_files(path: Path) -> list[Path]:
    if path.is_dir():
        next(path.iterdir(), None)  # raises where the folder may not be looked into
        files = [file for file in sorted(path.rglob("*")) if _is_article_file(file, path)]
        if not files:
            raise NothingToRead(where=path, known=_known())
        return files
    if not path.exists():
        raise PathMissing(where=path)
    if path.suffix.lower() not in _READERS:
        raise UnknownFormat(where=path, known=_known())
    return [path]


def estimated_articles(path: str | Path) -> int:
    """Estimate how many articles `path` holds, without reading them: for progress only."""
    total = 0
    for file in article_files(path):
        try:
            total += _lines_in(file) if file.suffix.lower() in (".jsonl", ".ndjson") else 1
        except OSError:
            continue
    return total


def _lines_in(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _is_article_file(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return not hidden and file.suffix.lower() in _READERS and file.is_file()


def _known() -> str:
    return ", ".join(_READERS)


def _read_text(file: Path) -> _Located:
    parts = read_plain(decoded(file))
    article = Article(
        id=_file_id(file),
        title=parts.title,
        text=parts.body,
        source=parts.source,
        published=parts.published,
    )
    yield str(file), _checked(article, str(file))


def _read_markdown(file: Path) -> _Located:
    where = str(file)
    try:
        fields, parts = read_markdown(decoded(file))
    except ValueError as error:
        yield where, BrokenRecord(where=file, reason=str(error))
        return
    named = {"title": parts.title, **fields}
    article = make_article(named, parts.body, where, known_as=_file_id(file))
    if isinstance(article, Article):
        published, source = article.published or parts.published, article.source or parts.source
        article = replace(article, published=published, source=source)
    yield where, article


def _read_page(file: Path) -> _Located:
    from .formats.html import read_page  # a quarter of a second to import: only where there is HTML

    page = read_page(decoded(file, is_markup=True))
    if page is None:
        yield str(file), NoText(where=file)
        return
    article = Article(
        id=_file_id(file),
        title=page.title or first_words(page.text),
        text=page.text,
        source=page.source,
        url=page.url,
        published=page.published,
        authors=page.authors,
    )
    yield str(file), _checked(article, str(file))


def _read_json(file: Path) -> _Located:
    value = _parsed(decoded(file), where=str(file))
    if isinstance(value, ReadingError):
        yield str(file), value
        return
    records = records_in(value)
    if not records:
        yield str(file), BrokenRecord(where=file, reason="its list of articles is empty")
    if len(records) == 1:
        yield str(file), read_record(records[0], str(file), known_as=_file_id(file))
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
    """Parse JSON; what is not JSON is given back as the error that says why."""
    try:
        return parsed_json(text)
    except ValueError as error:
        return BrokenRecord(where=where, reason=str(error))


def _checked(article: Article, where: str) -> Read:
    return article if article.text.strip() else NoText(where=where)


def _file_id(file: Path) -> str:
    """Name the article in a file after the file, told apart from namesakes by its whole path."""
    path = str(file.resolve())
    ascii_stem = unicodedata.normalize("NFKD", one_line(file.stem)).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem.decode().lower()).strip("-")[:40]
    return "-".join(part for part in (slug, _digest(path)) if part)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()


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
