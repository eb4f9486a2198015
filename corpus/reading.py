"""Files and folders in, articles out: one small reader for each format.

What cannot be read comes out among the articles, as an error that names the place, so that one
bad record never stops the others.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from charset_normalizer import from_bytes, is_binary

from .article import Article
from .cleaning import one_line
from .errors import (
    BrokenRecord,
    EmptyFile,
    NoText,
    NothingToRead,
    NotText,
    PathMissing,
    PathUnreadable,
    ReadingError,
    UnknownFormat,
)
from .plain import first_words, read_markdown, read_plain
from .records import read_record, records_in

Read = Article | ReadingError

_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_MARKUP_ENCODING = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)


def read_articles(path: str | Path) -> Iterator[Read]:
    """Read every article in a file, or in the files below a folder, in the order of their names.

    Raises PathMissing, UnknownFormat or NothingToRead where the path as a whole is no source of
    articles; whatever else cannot be read is yielded as a ReadingError.
    """
    for file in article_files(path):
        try:
            yield from _READERS[file.suffix.lower()](file)
        except OSError as error:
            yield PathUnreadable(where=file, reason=error.strerror or error)
        except ReadingError as error:
            yield error


def article_files(path: str | Path) -> list[Path]:
    """Give the files that hold articles at `path`: itself, or those below it if it is a folder."""
    path = Path(path).expanduser()
    if path.is_dir():
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


def _read_text(file: Path) -> Iterator[Read]:
    parts = read_plain(_decoded(file))
    yield _checked(
        Article(
            id=_file_id(file),
            title=parts.title,
            text=parts.body,
            source=parts.source,
            published=parts.published,
        ),
        where=str(file),
    )


def _read_markdown(file: Path) -> Iterator[Read]:
    try:
        fields, title, body = read_markdown(_decoded(file))
    except ValueError as error:
        yield BrokenRecord(where=file, reason=str(error))
        return
    if not fields and not title:
        parts = read_plain(body)
        title, body = parts.title, parts.body
    record = {"id": _file_id(file), "title": title or first_words(body), **fields, "text": body}
    yield read_record(record, where=str(file))


def _read_page(file: Path) -> Iterator[Read]:
    from .pages import read_page  # a quarter of a second to import: only where there is HTML

    page = read_page(_decoded(file, declared=_MARKUP_ENCODING))
    if page is None:
        yield NoText(where=file)
        return
    yield _checked(
        Article(
            id=_file_id(file),
            title=page.title or first_words(page.text),
            text=page.text,
            source=page.source,
            url=page.url,
            published=page.published,
            authors=page.authors,
        ),
        where=str(file),
    )


def _read_json(file: Path) -> Iterator[Read]:
    value = _parsed(_decoded(file), where=str(file))
    if isinstance(value, ReadingError):
        yield value
        return
    records = records_in(value)
    for number, record in enumerate(records, start=1):
        where = f"{file}, article {number}" if len(records) > 1 else str(file)
        yield _known_by_file(read_record(record, where), record, file, len(records))


def _known_by_file(article: Read, record: object, file: Path, records: int) -> Read:
    """A file with one article that names neither id nor address is known by its path."""
    if isinstance(article, ReadingError) or records > 1 or article.url:
        return article
    named = isinstance(record, dict) and (record.get("_id") or record.get("id"))
    return article if named else replace(article, id=_file_id(file))


def _read_json_lines(file: Path) -> Iterator[Read]:
    found = False
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        found, where = True, f"{file}, line {number}"
        try:
            value = _parsed(_text_of(line, where), where)
        except ReadingError as error:
            yield error
            continue
        yield value if isinstance(value, ReadingError) else read_record(value, where)
    if not found:
        raise EmptyFile(where=file)


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        if lines.read(4).startswith(_UTF16_OR_32):
            yield from _decoded(file).encode("utf-8", "replace").split(b"\n")
        else:
            lines.seek(0)
            yield from lines


def _parsed(text: str, where: str) -> object:
    """Parse JSON; what is not JSON is given back as the error that says why."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, " if "\n" in text.strip() else ""
        reason = f"not JSON: {error.msg} at {at}column {error.colno}"
        return BrokenRecord(where=where, reason=reason)
    except (RecursionError, ValueError):
        return BrokenRecord(where=where, reason="not JSON that can be read: nested too deeply")


def _decoded(file: Path, declared: re.Pattern[bytes] | None = None) -> str:
    raw = file.read_bytes()
    if not raw.strip():
        raise EmptyFile(where=file)
    named = declared.search(raw[:4000]) if declared else None
    return _text_of(raw, str(file), named[1].decode() if named else None)


def _text_of(raw: bytes, where: str, declared: str | None = None) -> str:
    """Decode text: UTF-8 where it is that, else as declared, else as recognised."""
    for encoding in ("utf-8-sig", declared):
        try:
            text = raw.decode(encoding) if encoding else ""
        except (UnicodeDecodeError, LookupError):
            continue
        if text and "\x00" not in text:
            return text
    if raw.startswith(_UTF16_OR_32):
        return _utf16_or_32(raw, where)
    best = None if b"\x00" in raw or is_binary(raw) else from_bytes(raw).best()
    if best is None:
        raise NotText(where=where)
    return str(best)


def _utf16_or_32(raw: bytes, where: str) -> str:
    wide = raw.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"))
    try:
        return raw.decode("utf-32" if wide else "utf-16")
    except UnicodeDecodeError as error:
        raise NotText(where=where) from error


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
