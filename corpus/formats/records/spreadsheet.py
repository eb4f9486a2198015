"""Spreadsheets (XLSX, XLS, ODS), by calamine: each sheet with a header is a table of records."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from ...errors import BrokenFile, EmptyFile, FileProtected, ReadingError
from ..documents.zipped import opened_zip
from ..file import File
from ..format import Format, Reads
from .csv_files import check_header
from .record import read_record

_OLE = b"\xd0\xcf\x11\xe0"
_OLD_EXCEL = "Workbook".encode("utf-16-le")  # a name in the directory of an XLS file
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _recognises(file: File) -> bool:
    if file.start.startswith(_OLE):
        return file.suffix == ".xls" or _OLD_EXCEL in file.start
    return "xl/workbook.xml" in file.zip_names or _ODS in file.start[:200]


def _read(file: File) -> Reads:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if file.zip_names:
        with opened_zip(file, "spreadsheet"):  # raises FileBomb
            pass
    problems: list[ReadingError] = []
    found = 0
    with file.opened() as stream:
        try:
            with CalamineWorkbook.from_filelike(stream) as workbook:
                for name in workbook.sheet_names:
                    where = f"{file.where}, sheet {name}"
                    rows = _rows(workbook.get_sheet_by_name(name))
                    try:
                        for read in _articles(file, where, rows):
                            found += 1
                            yield read
                    except ReadingError as error:  # notes, say, or figures: no table of articles
                        problems.append(error)
        except PasswordError as error:
            raise FileProtected(where=file.where, format="spreadsheet") from error
        except CalamineError as error:
            reason = str(error).split("\n")[0]
            raise BrokenFile(where=file.where, format="spreadsheet", reason=reason) from error
    if not found:
        raise problems[0] if problems else EmptyFile(where=file.where)


def _articles(file: File, where: str, rows: Iterator[tuple[int, Sequence[Any]]]) -> Reads:
    header = [str(name).strip() for name in next(rows, (0, ()))[1]]
    if not header:
        return
    check_header(file, header, where)
    for number, row in rows:
        place = f"{where}, row {number}"
        record = dict(zip(header, map(_value, row), strict=False))
        yield place, read_record(record, place, columns=file.columns)


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows that are not empty, with their numbers."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if any(str(cell).strip() for cell in row):
            yield number, row


def _value(cell: object) -> object:
    """Return a cell as records have it: whole numbers whole, and a day without a time as a day."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


SPREADSHEET = Format(
    "spreadsheet (XLSX, XLS, ODS)", (".xlsx", ".xlsm", ".xls", ".ods"), _read, _recognises,
    library="python-calamine",
)  # fmt: skip
