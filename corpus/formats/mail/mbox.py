"""Mailboxes (MBOX): many messages in one file, read one by one."""

import re
from collections.abc import Iterator

from ...text.decoding import lines_in
from ..file import File
from ..format import Format, Reads

# "From news@post.example Wed Nov  8 18:00:00 2023"
_FROM = re.compile(rb"From \S.{0,200}\d{4}\b.{0,20}\r?\n?")
_QUOTED = re.compile(rb">+From ")


def _recognises(file: File) -> bool:
    first = file.start.split(b"\n", 1)[0]
    return _FROM.fullmatch(first) is not None


def _read(file: File) -> Reads:
    for number, raw in enumerate(_messages(file), start=1):
        name = f"message {number}.eml"
        yield f"{file.where}, {name}", file.part(name, raw)


def _messages(file: File) -> Iterator[bytes]:
    lines: list[bytes] = []
    is_after_blank = True
    with file.opened() as stream:
        for line in lines_in(stream, file.where):
            if is_after_blank and _FROM.fullmatch(line):
                if lines:
                    yield b"".join(lines)
                lines = []
            else:
                lines.append(line[1:] if _QUOTED.match(line) else line)
            is_after_blank = not line.strip()
    if lines:
        yield b"".join(lines)


MBOX = Format("mailbox (MBOX)", (".mbox", ".mbx"), _read, _recognises)
