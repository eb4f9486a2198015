"""A file as formats read it, wherever it lies: on a disk, in an archive, in a mailbox."""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..article import Article
from ..errors import FileTooLarge, NoText, ReadingError
from ..files import file_id
from ..text.decoding import decoded_bytes, in_megabytes

if TYPE_CHECKING:
    from .records.fields import Fields

START_BYTES = 8192  # enough to recognise a format by
MOST_BYTES = 256 << 20  # of a file that is read as a whole


@dataclass(frozen=True)
class File:
    """A file, or a file within another one, that articles are read from.

    `where` names it in errors, and `id` is that of the article in it if it states none. `opened`
    opens its bytes anew at each call, at their start; they can seek. `url` is the address it was
    fetched from, where that is known. `columns` says which fields of records hold what:
    {"title": "headline"}. `stated` is what a sidecar says of it. `depth` counts the files that it
    lies within.
    """

    where: str
    name: str
    id: str
    opened: Callable[[], BinaryIO]
    url: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    stated: "Fields | None" = None
    depth: int = 0

    @classmethod
    def at(
        cls, path: Path, known_as: str | None = None, columns: Mapping[str, str] | None = None
    ) -> "File":
        """Return the file at `path`; `known_as` is the name that it was sent by, if it was."""
        named = Path("/", known_as) if known_as else path
        where, id = known_as or str(path), file_id(named)
        return cls(where, named.name, id, partial(path.open, "rb"), columns=columns or {})

    @property
    def suffix(self) -> str:
        """The end of the file's name, in lower case, with its point."""
        return Path(self.name).suffix.lower()

    @cached_property
    def start(self) -> bytes:
        """The first bytes of the file, by which its format is recognised."""
        with self.opened() as stream:
            return stream.read(START_BYTES)

    @cached_property
    def zip_names(self) -> frozenset[str]:
        """The names of what lies in the file, if it is a ZIP archive; DOCX and EPUB are."""
        if not self.start.startswith(b"PK"):
            return frozenset()
        try:
            with self.opened() as stream, zipfile.ZipFile(stream) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return frozenset()

    def content(self, most: int = MOST_BYTES) -> bytes:
        """Return all bytes of the file. Raises FileTooLarge."""
        with self.opened() as stream:
            raw = stream.read(most + 1)
        if len(raw) > most:
            raise FileTooLarge(where=self.where, most=in_megabytes(most))
        return raw

    def text(self, is_markup: bool = False) -> str:
        """Return the text of the file. Raises EmptyFile, NotText and FileTooLarge."""
        return decoded_bytes(self.content(), self.where, is_markup)

    def part(
        self, name: str, opened: Callable[[], BinaryIO] | bytes, url: str | None = None
    ) -> "File":
        """Return a file that lies within this one; `opened` may be its bytes."""
        return replace(
            self,
            where=f"{self.where}, {name}",
            name=re.split(r"[/\\]", name)[-1],
            id=id_within(self.id, name),
            opened=partial(BytesIO, opened) if isinstance(opened, bytes) else opened,
            url=url,
            stated=None,
            depth=self.depth + 1,
        )

    def checked(self, article: Article) -> Article | ReadingError:
        """Return an article read from this file, or NoText where it has no text."""
        return article if article.text.strip() else NoText(where=self.where)


def id_within(id: str, name: str) -> str:
    """Return the id of a part of a file: the file's id and a hash of the part's name."""
    return f"{id}-{blake2b(name.encode('utf-8', 'surrogateescape'), digest_size=4).hexdigest()}"
