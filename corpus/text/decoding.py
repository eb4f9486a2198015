"""Decoding: bytes to text, as UTF-8, else as declared, else as detected."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes, is_binary

from ..errors import EmptyFile, FileTooLarge, NotText

_SAMPLE_BYTES = 4000
_LONGEST_LINE = 64 << 20
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MOST_CONTROLS = 0.05
_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# Encodings that contain ASCII: a declaration of another one, in ASCII letters, is wrong.
_MARKUP_ENCODING = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?"
    rb"((?:windows|cp|iso|koi8|latin|mac|gb|big5|euc|shift|x-sjis)[\w-]{0,20})",
    re.IGNORECASE,
)
# Browsers read these two as their supersets with quotes and dashes, which authors mean.
_SUPERSETS = {"iso-8859-1": "cp1252", "iso-8859-9": "cp1254"}
# Tried first: without a preference, short Turkish texts are detected as Polish.
_LIKELY_ENCODINGS = ["cp1251", "cp1254", "koi8_r", "cp1253", "cp1256"]


def decoded(file: Path) -> str:
    """Return the text in a file. Raises EmptyFile, or NotText where the file is not text."""
    return decoded_bytes(file.read_bytes(), str(file))


def decoded_bytes(raw: bytes, where: str, is_markup: bool = False) -> str:
    """Return the text in the bytes of a file; markup may declare its own encoding.

    Raises EmptyFile, or NotText where they are not text.
    """
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        raise EmptyFile(where=where)
    if is_markup and raw.count(b"\x00") < _MOST_CONTROLS * len(raw):
        raw = raw.replace(b"\x00", b"")  # as browsers do
    named = _MARKUP_ENCODING.search(raw[:_SAMPLE_BYTES]) if is_markup else None
    return text_of(raw, where, named[1].decode().lower() if named else None)


def text_of(raw: bytes, where: str, declared: str | None = None) -> str:
    """Return decoded text: as UTF-8, else as declared, else as detected."""
    if raw.startswith(_UTF16_OR_32):
        return _utf16_or_32(raw, where)
    if b"\x00" in raw:
        raise NotText(where=where)
    for encoding in ("utf-8-sig", _SUPERSETS.get(declared or "", declared)):
        try:
            if encoding:
                return raw.decode(encoding)
        except (ValueError, LookupError):  # a codec that is there may be of no use
            continue
    damaged = raw.decode("utf-8-sig", "replace")
    return damaged if _is_mostly_sound(damaged) else _recognised(raw, where)


def _is_mostly_sound(text: str) -> bool:
    """Return whether this is UTF-8 with a few invalid bytes, and not another encoding."""
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


def encoding_of(sample: bytes, where: str) -> str:
    """Return the encoding of a file that begins with `sample`. Raises NotText."""
    if sample.startswith(_UTF16_OR_32):
        return "utf-32" if sample[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") else "utf-16"
    if len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise NotText(where=where)
    whole = sample.rpartition(b"\n")[0] or sample
    text = whole.decode("utf-8-sig", "replace")
    if "\ufffd" not in text or _is_mostly_sound(text):
        return "utf-8-sig"
    for encodings in (_LIKELY_ENCODINGS, None):
        best = from_bytes(whole, cp_isolation=encodings).best()
        if best is not None:
            return best.encoding
    raise NotText(where=where)


def lines_of(file: Path) -> Iterator[bytes]:
    """Yield the lines of a file, undecoded, without reading all of it at once."""
    with file.open("rb") as stream:
        yield from lines_in(stream, str(file))


def lines_in(stream: BinaryIO, where: str) -> Iterator[bytes]:
    """Yield the lines of a binary stream that can seek, as `lines_of` does those of a file."""
    start = stream.read(_SAMPLE_BYTES)
    if start.startswith(_UTF16_OR_32):
        stream.seek(0)
        yield from decoded_bytes(stream.read(), where).encode().split(b"\n")
        return
    if len(_CONTROLS.findall(start)) > _MOST_CONTROLS * len(start):
        raise NotText(where=where)
    stream.seek(len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0)
    while line := stream.readline(_LONGEST_LINE + 1):
        if len(line) > _LONGEST_LINE:
            raise FileTooLarge(where=f"{where}, one line", most=in_megabytes(_LONGEST_LINE))
        yield line


def in_megabytes(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> in_megabytes(64 << 20)
    '64 MB'
    """
    return f"{count >> 20:,} MB"


def parsed_json(text: str) -> object:
    """Return the value of JSON text, or raise a ValueError that says why in plain words.

    >>> parsed_json('{"text": "Ships sail.}')
    Traceback (most recent call last):
    ValueError: not JSON: Unterminated string starting at at column 10
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, " if "\n" in text.strip() else ""
        raise ValueError(f"not JSON: {error.msg} at {at}column {error.colno}") from error
    except ValueError as error:  # an integer of thousands of digits
        raise ValueError("not JSON that can be read: a number is too long") from error
    except RecursionError as error:
        raise ValueError("not JSON that can be read: nested too deeply") from error
