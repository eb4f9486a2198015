"""What the streams of a PDF are unpacked by, within bounds.

pdfminer unpacks however much there is: a small file may grow to more than any memory holds.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO

_RUN = 512  # bytes of memory that a byte of runs may take
_TAIL = 1 << 16  # bytes that the last bytes of a stream may hold
_UNBOUNDED = 1 << 40


class _TooMuch(Exception):
    """More was unpacked than may be."""


@dataclass(slots=True)
class Unpacking:
    """What one PDF may still unpack: `left` bytes; less than none, and it was too much."""

    left: int

    def take(self, count: int) -> None:
        """Note that so many bytes are unpacked. Raises _TooMuch."""
        self.left -= count
        if self.left < 0:
            raise _TooMuch


_unpacking: ContextVar[Unpacking | None] = ContextVar("unpacking", default=None)


@contextmanager
def unpacking_at_most(most: int) -> Iterator[Unpacking]:
    """Have pdfminer unpack no more than `most` bytes, of all streams together."""
    _install()
    token = _unpacking.set(unpacking := Unpacking(most))
    try:
        yield unpacking
    finally:
        _unpacking.reset(token)


@cache
def _install() -> None:
    from pdfminer import pdftypes

    pdftypes.zlib = _Zlib  # pyright: ignore
    pdftypes.lzwdecode = _lzw  # pyright: ignore
    pdftypes.rldecode = _runs  # pyright: ignore


class _Zlib:
    """The part of zlib that pdfminer needs."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Return what is unpacked: nothing where it is broken before its checksum."""
        unpacker = zlib.decompressobj()
        try:
            unpacked = unpacker.decompress(data[:-4], _left() + 1)
            with suppress(zlib.error):  # the checksum may be wrong
                unpacked += unpacker.decompress(unpacker.unconsumed_tail + data[-4:], _TAIL)
        except zlib.error:
            return b""
        _take(len(unpacked))
        return unpacked


def _lzw(data: bytes) -> bytes:
    from pdfminer.lzw import LZWDecoder

    parts: list[bytes] = []
    for part in LZWDecoder(BytesIO(data)).run():
        _take(len(part))
        parts.append(part)
    return b"".join(parts)


def _runs(data: bytes) -> bytes:
    from pdfminer.runlength import rldecode

    _take(_RUN * len(data))
    return rldecode(data)


def _left() -> int:
    unpacking = _unpacking.get()
    return max(unpacking.left, 0) if unpacking else _UNBOUNDED


def _take(count: int) -> None:
    if unpacking := _unpacking.get():
        unpacking.take(count)
