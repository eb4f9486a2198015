"""JSON and JSON Lines."""

from ...errors import BrokenRecord, EmptyFile, ReadingError
from ...text.decoding import lines_in, parsed_json, text_of
from ..file import File
from ..format import Format, Reads
from .record import read_record, records_in


def _read_json(file: File) -> Reads:
    value = _parsed(file.text(), file.where)
    if isinstance(value, ReadingError):
        yield file.where, value
        return
    records = records_in(value)
    if not records:
        yield file.where, BrokenRecord(where=file.where, reason="its list of articles is empty")
    if len(records) == 1:
        yield file.where, read_record(records[0], file.where, known_as=file.id)
        return
    for number, record in enumerate(records, start=1):
        where = f"{file.where}, article {number}"
        yield where, read_record(record, where)


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
            yield where, value if isinstance(value, ReadingError) else read_record(value, where)
    if not found:
        raise EmptyFile(where=file.where)


def _parsed(text: str, where: str) -> object:
    """Return the value of some JSON, or the error that says why it is not JSON."""
    try:
        return parsed_json(text)
    except ValueError as error:
        return BrokenRecord(where=where, reason=str(error))


JSON = Format("JSON", (".json",), _read_json)
JSON_LINES = Format("JSON Lines", (".jsonl", ".ndjson"), _read_lines)
