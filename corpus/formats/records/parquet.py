"""Parquet, by pyarrow: read a few hundred rows at a time."""

from ...errors import BrokenFile
from ...extras import require
from ..file import File
from ..format import Format, Reads, starting_with
from .record import read_record

_ROWS = 200  # at once


def _read(file: File) -> Reads:
    require("parquet", "Reading Parquet files")
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    with file.opened() as stream:
        try:
            number = 0
            for batch in ParquetFile(stream).iter_batches(_ROWS):
                for record in batch.to_pylist():
                    number += 1
                    where = f"{file.where}, row {number}"
                    yield where, read_record(record, where, columns=file.columns)
        except (ArrowException, OSError, ValueError) as error:
            reason = str(error).split("\n")[0]
            raise BrokenFile(where=file.where, format="Parquet", reason=reason) from error


PARQUET = Format(
    "Parquet", (".parquet",), _read, starting_with(b"PAR1"), library="pyarrow", extra="parquet"
)
