"""README and the pages of docs/, as tests look at them."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
IN_CHECKOUT = (ROOT / "Makefile").is_file()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page: page.read_text() for page in PAGES}
ALL = "\n".join(TEXTS.values())

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A command after "$ ", and what is shown below it."""

    command: list[str]
    shown: str


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in _FENCE.findall(TEXTS[page]) if name == language]


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text())


def examples(block: str) -> Iterator[Example]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        written = lines.pop(0)
        while (command := _words(written)) is None:  # a quotation goes on
            written += "\n" + lines.pop(0)
        yield Example(command, "\n".join(lines))


def _words(command: str) -> list[str] | None:
    try:
        return shlex.split(command, comments=True)
    except ValueError:
        return None
