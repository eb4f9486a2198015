"""JSON and JSON Lines, each whatever the file's suffix says, and JSON objects in a row."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping

from ...errors import BrokenRecord, EmptyFile, FileTooLarge, ReadingError
from ...text.cleaning import one_line
from ...text.decoding import lines_in, parsed_json, text_of
from ..file import File
from ..format import Format, Reads
from .envelopes import records_in
from .record import read_record

_JSON = re.compile(rb'\s*(?:\[\s*)*\{\s*"(?:[^"\\]|\\.)*"\s*:')
_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")
_MARKS = re.compile(rb"\xef\xbb\xbf")
_LINE_SUFFIXES = (".jsonl", ".ndjson")

# The shell of MongoDB writes ISODate("2023-11-08T18:00:00Z").
_SHELL = re.compile(
    r'\b(?:ISODate|ObjectId|NumberLong|NumberInt|NumberDecimal|Date)\(\s*("[^"\n]{0,60}"|-?\d{1,20})\s*\)'
)
_OTHERS = (*_LINE_SUFFIXES, ".md", ".markdown")  # JSON may stand above a text
_ACTIONS = ("index", "create")  # of the lines between articles in Elasticsearch's bulk format


def _is_json(file: File) -> bool:
    start = _MARKS.sub(b"", file.start, count=1)
    return _JSON.match(start) is not None and file.suffix not in _OTHERS


def _read_json(file: File) -> Reads:
    if _has_lines(file):
        yield from _read_lines(file)
        return
    yield from _read_whole(file)


def _read_whole(file: File) -> Reads:
    try:
        text = file.text()
    except FileTooLarge:
        if not _LIST.match(file.start):
            raise
        yield from _read_large_list(file)
        return
    values = _values(text, file.where)
    if isinstance(values, ReadingError):
        yield file.where, values
        return
    records = [record for value in values for record in records_in(value)]
    if not records:
        yield file.where, BrokenRecord(where=file.where, reason="its list of articles is empty")
    if len(records) == 1:
        yield file.where, read_record(records[0], file.where, file.id, file.columns)
        return
    for number, record in enumerate(records, start=1):
        where = f"{file.where}, article {number}"
        yield where, read_record(record, where, columns=file.columns)


def _read_large_list(file: File) -> Reads:
    """Yield the articles of a list that is too large to be read as a whole, one by one."""
    import ijson

    try:
        with file.opened() as stream:
            stream.seek(len(BOM_UTF8) if file.start.startswith(BOM_UTF8) else 0)
            for number, value in enumerate(ijson.items(stream, "item", use_float=True), start=1):
                where = f"{file.where}, article {number}"
                for record in records_in(value):
                    yield where, read_record(record, where, columns=file.columns)
    except ijson.JSONError as error:
        reason = f"not JSON: {one_line(str(error))[:100]}"
        yield file.where, BrokenRecord(where=file.where, reason=reason)


def _has_lines(file: File) -> bool:
    """Return whether the first line is a whole JSON object and another follows."""
    if _LIST.match(file.start):
        return False  # its only line may be longer than memory holds
    with file.opened() as stream:
        lines = (line for line in lines_in(stream, file.where) if line.strip())
        first, second = next(lines, b""), next(lines, b"")
    return second.lstrip()[:1] in (b"{", b"[") and isinstance(_lenient(first), Mapping)


def _is_whole(file: File) -> bool:
    """Return whether no line of the first ones is a JSON value: it is one value on many lines."""
    with file.opened() as stream:
        lines = (line for line in lines_in(stream, file.where) if line.strip())
        first, second = next(lines, b""), next(lines, b"")
    spread = first.strip() in (b"[", b"{") or first.lstrip().startswith(b"[{")
    return spread and not isinstance(_lenient(second), Mapping)


def _lenient(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _read_json_lines(file: File) -> Reads:
    yield from _read_whole(file) if _is_whole(file) else _read_lines(file)


def _read_lines(file: File) -> Reads:
    found = False
    with file.opened() as stream:
        for number, line in enumerate(lines_in(stream, file.where), start=1):
            if not line.strip():
                continue
            found, where = True, f"{file.where}, line {number}"
            try:
                value = _parsed(text_of(line, where), where)
            except ReadingError as error:
                yield where, error
                continue
            yield from _records_of_line(file, value, where)
    if not found:
        raise EmptyFile(where=file.where)


def _records_of_line(file: File, value: object, where: str) -> Reads:
    if isinstance(value, ReadingError):
        yield where, value
        return
    if isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in _ACTIONS:
        return
    for record in records_in(value):
        yield where, read_record(record, where, columns=file.columns)


def _values(text: str, where: str) -> list[object] | ReadingError:
    """Return the JSON values in a text, most often one, or the error that says what is wrong."""
    value = _parsed(text, where)
    if not isinstance(value, ReadingError):
        return [value]
    try:
        values = list(_values_in_a_row(text))
    except (ValueError, RecursionError):
        return value
    return values if len(values) > 1 else value


def _values_in_a_row(text: str) -> Iterator[object]:
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        value, place = decoder.raw_decode(text, place)
        yield value
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1


def _parsed(text: str, where: str) -> object:
    """Return the value of some JSON, or the error that says why it is not JSON."""
    try:
        return parsed_json(text)
    except ValueError as error:
        if _SHELL.search(text):
            return _parsed(_SHELL.sub(r"\1", text), where)
        return BrokenRecord(where=where, reason=str(error))


JSON_LINES = Format("JSON Lines", _LINE_SUFFIXES, _read_json_lines)
JSON = Format("JSON", (".json",), _read_json, _is_json)
