"""Documents of strangers, read in a process of their own: bounded in time and memory.

A PDF or Word document may be made to take a reader hours, or all memory. This module is both the
program that runs there, and what starts it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout, suppress
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from .. import errors
from ..article import Article
from ..errors import BrokenFile, FileBomb, NoText, PathUnreadable, ReadingError
from ..formats.documents.docx import DOCX
from ..formats.documents.odt import ODT
from ..formats.documents.pdf import PDF
from ..formats.documents.rtf import RTF
from ..formats.file import File
from ..formats.page import PAGE
from ..formats.registry import format_of, read_file

_DOCUMENTS = (PDF, DOCX, ODT, RTF)  # each of which is one article
_SECONDS = 60
_MEMORY = 2 << 30  # bytes
_MOST_CHARACTERS = 10_000_000
_ENVIRONMENT = ("PATH", "PYTHONPATH", "HOME", "LANG", "SYSTEMROOT")  # and no secrets


def is_document(body: bytes) -> bool:
    """Return whether this is a PDF, Word, OpenDocument or RTF document, by its content."""
    return format_of(_file(body), (PAGE, *_DOCUMENTS)) in _DOCUMENTS


def read_document(
    body: bytes, where: str, seconds: float = _SECONDS, memory: int = _MEMORY
) -> Article | ReadingError:
    """Return the article in a document, without an id and address, or why it cannot be read.

    It may take so many `seconds`, and bytes of `memory`.
    """
    try:
        done = subprocess.run(  # noqa: S603 - nothing of the document is in the command
            [sys.executable, "-P", "-m", "dragoman.corpus.fetching.apart", str(memory)],
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            timeout=seconds,
            check=False,
        )
        return _understood(json.loads(done.stdout), where)
    except subprocess.TimeoutExpired:
        return FileBomb(where=where, reason=f"to read it takes more than {seconds:g} s")
    except ValueError:  # it was ended
        return BrokenFile(where=where, format="document", reason="its reader failed")


def _understood(said: dict[str, Any], where: str) -> Article | ReadingError:
    if "problem" in said:
        return getattr(errors, said["problem"])(**{**said["facts"], "where": where})
    published, at = said["published"], said["published_at"]
    return Article(
        id="",
        title=said["title"],
        text=said["text"],
        source=said["source"],
        authors=tuple(said["authors"]),
        tags=tuple(said["tags"]),
        published=date.fromisoformat(published) if published else None,
        published_at=datetime.fromisoformat(at) if at else None,
    )


# In the process of its own


def _main() -> None:
    body = sys.stdin.buffer.read()
    _bound(int(sys.argv[1]))
    with redirect_stdout(sys.stderr):  # some readers print
        read = next((read for _, read in read_file(_file(body), _DOCUMENTS)), None)
    print(json.dumps(_told(read)))


def _told(read: object) -> Mapping[str, object]:
    if isinstance(read, Article) and len(read.text) > _MOST_CHARACTERS:
        read = FileBomb(where="", reason=f"it has more than {_MOST_CHARACTERS:,} characters")
    if isinstance(read, Article):
        return {
            "title": read.title,
            "text": read.text,
            "source": read.source,
            "authors": read.authors,
            "tags": read.tags,
            "published": read.published.isoformat() if read.published else None,
            "published_at": read.published_at.isoformat() if read.published_at else None,
        }
    problem = read if isinstance(read, ReadingError) else NoText(where="")
    if isinstance(problem, PathUnreadable):  # of what is in memory: there was not enough
        problem = BrokenFile(where="", format="document", reason="its reader failed")
    facts = {name: str(fact) for name, fact in problem.facts.items()}
    return {"problem": type(problem).__name__, "facts": facts}


def _bound(memory: int) -> None:
    with suppress(ImportError):  # there is none on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _file(body: bytes) -> File:
    return File("", "", "document", partial(BytesIO, body))


if __name__ == "__main__":
    _main()
