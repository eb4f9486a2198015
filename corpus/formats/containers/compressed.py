"""Compressed files: gzip, bzip2, xz and Zstandard."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from backports.zstd import ZstdFile

from ...errors import BrokenFile
from ..file import File
from ..format import Format, Reads, starting_with
from .bounds import unpacked

_OPENERS: dict[bytes, tuple[str, Callable[[BinaryIO], object]]] = {
    b"\x1f\x8b": ("gzip", lambda packed: gzip.GzipFile(fileobj=packed, mode="rb")),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMAFile),
    b"\x28\xb5\x2f\xfd": ("Zstandard", ZstdFile),
}
_TAR = {
    ".tgz": ".tar",
    ".tbz2": ".tar",
    ".txz": ".tar",
    ".tzst": ".tar",
}  # each is short for two endings


def _read(file: File) -> Reads:
    how = next((how for start, how in _OPENERS.items() if file.start.startswith(start)), None)
    if how is None:
        raise BrokenFile(where=file.where, format=file.suffix, reason="it does not start as one")
    format, opener = how

    def opened() -> BinaryIO:
        packed = file.opened()
        stream = cast(BinaryIO, opener(packed))
        return unpacked(stream, file.where, format, packed.tell, packed)

    known = file.suffix in COMPRESSED.suffixes
    name = Path(file.name).stem + _TAR.get(file.suffix, "") if known else file.name
    yield file.where, replace(file, name=name, opened=opened, depth=file.depth + 1)


COMPRESSED = Format(
    "gzip, bzip2, xz, Zstandard", (".gz", ".bz2", ".xz", ".zst", *_TAR), _read,
    starting_with(*_OPENERS), library="backports.zstd",
)  # fmt: skip
