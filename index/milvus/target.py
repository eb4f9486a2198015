"""What the address of an archive on Milvus names: a server or a file, and a name on it."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from ..addresses import FILE, SERVER, EngineAddress
from ..errors import (
    AddressNotUnderstood,
    ArchiveBusy,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveUnreadable,
    NotAnArchive,
)

_PORT = 19530
_LITE_NAME = "archive"
_NAME = re.compile(r"[A-Za-z](_?[A-Za-z0-9])*", re.ASCII)
_MOST_LETTERS = 80
_OPTIONS = {"database", "tls"}
_KNOWN_NAME = (
    f"{SERVER}HOST:PORT/NAME, where NAME is up to {_MOST_LETTERS} letters, digits and single _,"
    " and begins with a letter"
)
_KNOWN_OPTIONS = f"{SERVER}HOST:PORT/NAME, which may end with ?database=NAME and ?tls=yes"


# Milvus Lite ends a connection that asks every ten seconds whether it lives, as pymilvus does, and
# both sides say so on standard error.
_WITHOUT_PINGS = {"grpc.keepalive_time_ms": 2**31 - 1}


@dataclass(frozen=True)
class Target:
    """Where an archive is: `uri` is a server's, or None for Milvus Lite in `path`.

    It is printed as its address is: without name and password.
    """

    address: EngineAddress
    name: str
    uri: str | None = None
    path: Path | None = None
    database: str = ""
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, address: EngineAddress) -> "Target":
        """Return what an address names. Raises AddressNotUnderstood, which says what is known."""
        if address.is_file:
            return cls(address, _LITE_NAME, path=Path(address.text.removeprefix(FILE)))
        try:
            parts = urlsplit(address.text)
            host, port = parts.hostname, parts.port or _PORT
        except ValueError:
            host, port, parts = None, 0, urlsplit("")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if not host or options.keys() - _OPTIONS:
            raise AddressNotUnderstood(address=address, known=_KNOWN_OPTIONS)
        name = parts.path.removeprefix("/")
        if not _NAME.fullmatch(name) or len(name) > _MOST_LETTERS:
            raise AddressNotUnderstood(address=address, known=_KNOWN_NAME)
        scheme = "https" if options.get("tls") == "yes" else "http"
        return cls(
            address,
            name,
            uri=f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}",
            database=options.get("database", ""),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def __str__(self) -> str:
        return str(self.address)

    @property
    def endpoint(self) -> str:
        """The server as pymilvus remembers it."""
        return (self.uri or "").partition("://")[2]

    def options(self) -> dict[str, Any]:
        """Return what a client is told, once Milvus Lite runs where it is wanted."""
        found: dict[str, Any] = {"uri": self.uri or self._start_lite()}
        if not self.uri:
            found["grpc_options"] = _WITHOUT_PINGS
        stated = {"db_name": self.database, "user": self.user, "password": self.password}
        return found | {name: value for name, value in stated.items() if value}

    def exists(self) -> bool:
        """Return whether there may be an archive: of a file, without opening it.

        Raises NotAnArchive where something else is in its place, ArchiveUnreadable.
        """
        if self.path is None:
            return True
        try:
            if not self.path.exists():
                return False
            if not self.path.is_dir():
                raise NotAnArchive(path=self, reason="it is a file that Milvus Lite did not make")
            names = {entry.name for entry in self.path.iterdir()}
        except OSError as error:
            raise ArchiveUnreadable(path=self, reason=error.strerror) from error
        if names and "collections" not in names:
            reason = f"it holds other files, such as {min(names)}"
            raise NotAnArchive(path=self, reason=reason)
        return bool(names)

    def make(self) -> None:
        """Make the folder of a new archive in Milvus Lite. Raises ArchiveNotWritable."""
        if self.path is None:
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveNotWritable(path=self, reason=error.strerror) from error

    def stop(self) -> None:
        """End Milvus Lite here, so that another process may open the file."""
        if self.path is not None:
            _lite().release_server(str(self.path))

    def _start_lite(self) -> str:
        """Start Milvus Lite in this process; return where it is reached."""
        if not os.access(str(self.path), os.W_OK):
            if not self.exists():
                raise ArchiveMissing(path=self)
            raise ArchiveNotWritable(path=self, reason="Milvus Lite may not write there")
        uri = _lite().start_and_get_uri(str(self.path))
        if uri is None:
            raise self._why_not_started()
        return uri

    def _why_not_started(self) -> Exception:
        from milvus_lite import DataDirLockedError, MilvusLite

        try:
            MilvusLite(str(self.path)).close()
        except DataDirLockedError:
            return ArchiveBusy(path=self)
        except Exception as error:  # it says what it is of only in its text
            return ArchiveUnreadable(path=self, reason=error)
        return ArchiveUnreadable(path=self, reason="Milvus Lite did not start")


def _lite() -> Any:
    from milvus_lite.server_manager import server_manager_instance

    return server_manager_instance
