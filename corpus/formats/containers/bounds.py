"""Streams that unpack something, bounded: a small file may unpack to more than any disk holds."""

from collections.abc import Callable
from io import SEEK_SET, BufferedReader, RawIOBase
from typing import BinaryIO
from zipfile import ZipFile

from ...errors import BrokenFile, FileBomb

FREE_BYTES = 16 << 20  # are unpacked from however little
MOST_RATIO = 200  # text is packed to a third or, where it repeats itself, to a thirtieth


class Unpacked(RawIOBase):
    """What a stream unpacks, as long as it is in proportion to what was packed.

    Reading raises FileBomb once it is not, and BrokenFile where it cannot be unpacked.
    """

    def __init__(
        self,
        stream: BinaryIO,
        where: str,
        format: str,
        packed_bytes: Callable[[], int],
        packed: BinaryIO | ZipFile,
    ) -> None:
        self._stream, self._where, self._format = stream, where, format
        self._packed_bytes, self._packed = packed_bytes, packed

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a place in what is unpacked."""
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: memoryview, /) -> int:  # pyright: ignore
        """Read some bytes into `buffer` and return how many. Raises FileBomb and BrokenFile."""
        try:
            raw = self._stream.read(len(buffer))
            position = self._stream.tell()
        except Exception as error:  # each way of packing has errors of its own
            reason = f"it cannot be unpacked: {str(error) or type(error).__name__}"
            raise BrokenFile(where=self._where, format=self._format, reason=reason) from error
        if position > FREE_BYTES and position > MOST_RATIO * self._packed_bytes():
            reason = f"it grows to more than {MOST_RATIO} times its size"
            raise FileBomb(where=self._where, reason=reason)
        buffer[: len(raw)] = raw
        return len(raw)

    def close(self) -> None:
        """Close what is unpacked from, too."""
        self._stream.close()
        self._packed.close()
        super().close()


def unpacked(
    stream: BinaryIO,
    where: str,
    format: str,
    packed_bytes: Callable[[], int],
    packed: BinaryIO | ZipFile,
) -> BinaryIO:
    """Return a stream of what `stream` unpacks, in proportion to `packed_bytes()`.

    `packed` is closed with it.
    """
    return BufferedReader(Unpacked(stream, where, format, packed_bytes, packed), 1 << 16)
