"""Files and folders in, articles out: one small reader for each format.

What cannot be read comes out among the articles, as an error that names the place, so that one
bad record never stops the others.
"""

import codecs
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
from .records import make_article, read_record, records_in

Read = Article | ReadingError

_SAMPLE_BYTES = 4000
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MOST_CONTROLS = 0.05
_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Encodings in which ASCII is ASCII: what declares another in ASCII letters is mistaken.
_MARKUP_ENCODING = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?"
    rb"((?:windows|cp|iso|koi8|latin|mac|gb|big5|euc|shift|x-sjis)[\w-]{0,20})",
    re.IGNORECASE,
)
# Browsers read these two as the supersets with quotes and dashes that the writers had in mind.
_SUPERSETS = {"iso-8859-1": "cp1252", "iso-8859-9": "cp1254"}
# Tried before all others: without a preference, short Turkish texts are taken for Polish.
_LIKELY_ENCODINGS = ["cp1251", "cp1254", "koi8_r", "cp1253", "cp1256"]


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
        fields, parts = read_markdown(_decoded(file))
    except ValueError as error:
        yield BrokenRecord(where=file, reason=str(error))
        return
    named = {"title": parts.title, **fields}
    article = make_article(named, parts.body, where=str(file), known_as=_file_id(file))
    if isinstance(article, Article):
        published, source = article.published or parts.published, article.source or parts.source
        article = replace(article, published=published, source=source)
    yield article


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
    if not records:
        yield BrokenRecord(where=file, reason="its list of articles is empty")
    if len(records) == 1:
        yield read_record(records[0], str(file), known_as=_file_id(file))
        return
    for number, record in enumerate(records, start=1):
        yield read_record(record, f"{file}, article {number}")


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
        start = lines.read(_SAMPLE_BYTES)
        if start.startswith(_UTF16_OR_32):
            yield from _decoded(file).encode().split(b"\n")
            return
        if len(_CONTROLS.findall(start)) > _MOST_CONTROLS * len(start):
            raise NotText(where=file)
        lines.seek(len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0)
        yield from lines


def _parsed(text: str, where: str) -> object:
    """Parse JSON; what is not JSON is given back as the error that says why."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, " if "\n" in text.strip() else ""
        reason = f"not JSON: {error.msg} at {at}column {error.colno}"
        return BrokenRecord(where=where, reason=reason)
    except ValueError:  # an integer of thousands of digits
        return BrokenRecord(where=where, reason="not JSON that can be read: a number is too long")
    except RecursionError:
        return BrokenRecord(where=where, reason="not JSON that can be read: nested too deeply")


def _decoded(file: Path, declared: re.Pattern[bytes] | None = None) -> str:
    raw = file.read_bytes()
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise EmptyFile(where=file)
    named = declared.search(raw[:_SAMPLE_BYTES]) if declared else None
    return _text_of(raw, str(file), named[1].decode().lower() if named else None)


def _text_of(raw: bytes, where: str, declared: str | None = None) -> str:
    """Decode text: UTF-8 where it is that, else as declared, else as recognised."""
    if raw.startswith(_UTF16_OR_32):
        return _utf16_or_32(raw, where)
    if b"\x00" in raw:
        raise NotText(where=where)
    for encoding in ("utf-8-sig", _SUPERSETS.get(declared or "", declared)):
        try:
            if encoding:
                return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    damaged = raw.decode("utf-8-sig", "replace")
    return damaged if _is_mostly_sound(damaged) else _recognised(raw, where)


def _is_mostly_sound(text: str) -> bool:
    """Say whether this is UTF-8 with a few bytes spoilt, and not another encoding."""
    foreign = sum(not character.isascii() for character in text)
    return foreign > 5 * text.count("\ufffd")


def _recognised(raw: bytes, where: str) -> str:
    if not is_binary(raw):
        for encodings in (_LIKELY_ENCODINGS, None):
            best = from_bytes(raw, cp_isolation=encodings).best()
            if best is not None:
                return str(best)
    raise NotText(where=where)


def _utf16_or_32(raw: bytes, where: str) -> str:
    wide = raw.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"))
    try:
        text = raw.decode("utf-32" if wide else "utf-16")
    except UnicodeDecodeError as error:
        raise NotText(where=where) from error
    if "\x00" in text:
        raise NotText(where=where)
    return text


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
