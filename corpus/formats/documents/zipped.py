"""Documents that are ZIP archives of XML: DOCX, ODT and EPUB."""

from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile, ZipFile

from ...errors import BrokenFile, FileBomb, FileProtected
from ...text.decoding import in_megabytes
from ..containers.bounds import FREE_BYTES, MOST_RATIO
from ..file import MOST_BYTES, File

_OLE = b"\xd0\xcf\x11\xe0"  # what Office wraps a document in that has a password


@contextmanager
def opened_zip(file: File, format: str) -> Iterator[ZipFile]:
    """Open a document. Raises BrokenFile, FileProtected and FileBomb."""
    if file.start.startswith(_OLE):
        raise FileProtected(where=file.where, format=format)
    with file.opened() as stream:
        try:
            archive = ZipFile(stream)
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise BrokenFile(where=file.where, format=format, reason=str(error)) from error
        with archive:
            _check(archive, file)
            yield archive


def _check(archive: ZipFile, file: File) -> None:
    size = sum(info.file_size for info in archive.infolist())
    packed = sum(info.compress_size for info in archive.infolist())
    if size > MOST_BYTES or (size > FREE_BYTES and size > MOST_RATIO * packed):
        raise FileBomb(where=file.where, reason=f"it grows to {in_megabytes(size)}")


def part_of(archive: ZipFile, name: str, file: File, format: str) -> bytes:
    """Return one part of a document. Raises BrokenFile and FileProtected."""
    try:
        return archive.read(name)
    except KeyError as error:
        reason = f"it has no {name}"
        raise BrokenFile(where=file.where, format=format, reason=reason) from error
    except RuntimeError as error:  # it needs a password
        raise FileProtected(where=file.where, format=format) from error
    except Exception as error:  # each way of packing has errors of its own
        raise BrokenFile(where=file.where, format=format, reason=str(error)) from error
