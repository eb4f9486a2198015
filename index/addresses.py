"""Addresses of archives: the path of a folder, or the text that another engine is reached by."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from .errors import AddressNotUnderstood

SERVER, FILE = "milvus://", "milvus+lite:"
KNOWN = f"the path of a folder, {SERVER}HOST:PORT/NAME or {FILE}PATH"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/|milvus(\+\w*)?:", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(?<=://).*@|\?.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """The address of an archive that is not a folder, such as milvus://host:19530/news.

    It is printed without name and password; `text` has them.
    """

    text: str = field(repr=False)

    def __str__(self) -> str:
        """Return the address without name and password.

        >>> str(EngineAddress("milvus://me:secret@host:19530/news"))
        'milvus://host:19530/news'
        """
        return _CREDENTIALS.sub("", self.text)

    @property
    def is_file(self) -> bool:
        """Whether it names a file of this machine."""
        return self.text.startswith(FILE)

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the address that a text is; a file's does not depend on the working directory.

        Raises AddressNotUnderstood, which says what is known.
        """
        if text.startswith(SERVER) and len(text) > len(SERVER):
            return cls(text)
        if text.startswith(FILE) and (path := text.removeprefix(FILE)):
            return cls(f"{FILE}{Path(path).expanduser().absolute()}")
        raise AddressNotUnderstood(address=_CREDENTIALS.sub("", text), known=KNOWN)


Address = Path | EngineAddress


def address_from(given: str | Path | EngineAddress) -> Address:
    """Return the address that a user gave: an absolute path, or that of an archive elsewhere.

    Raises AddressNotUnderstood for an unknown scheme.

    >>> address_from("milvus://host:19530/news").text
    'milvus://host:19530/news'
    """
    if isinstance(given, EngineAddress):
        return given
    if _SCHEME.match(str(given)):  # a Path has lost one of two slashes, so it is refused
        return EngineAddress.of(str(given))
    return Path(given).expanduser().absolute()


def folder_of(address: Address) -> Path:
    """Return the folder of an archive, where the service keeps its jobs, too.

    Of an archive that is not a folder, it is one of its own in the user's data folder.
    """
    if isinstance(address, Path):
        return address
    name = re.sub(r"[^A-Za-z0-9.]+", "-", str(address)).strip("-")[-60:]
    return user_data_path("dragoman") / "engines" / f"{name}-{_digest(str(address))}"


def _digest(text: str) -> str:
    """Return what tells two addresses apart that differ in their signs alone."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
