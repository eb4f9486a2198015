"""What all archives and writers of one address in this process share: the connection."""

import threading
from typing import ClassVar

from ..addresses import EngineAddress
from ..errors import ArchiveMissing, CollectionMissing
from .copy import LocalCopy
from .register import Register, State
from .server import Server
from .target import Target


class Shared:
    """A connection with its register and local copy, closed when nobody has it any more."""

    _open: ClassVar[dict[str, "Shared"]] = {}
    _changing: ClassVar[threading.RLock] = threading.RLock()

    def __init__(self, target: Target) -> None:
        self.target = target
        self.server = Server(target)
        self.register = Register(self.server)
        self._copy: LocalCopy | None = None
        self._users = 0

    @classmethod
    def of(cls, target: Target) -> "Shared":
        """Return what is shared by all of an address; whoever has it calls `release`."""
        with cls._changing:
            key = target.address.text
            if key not in cls._open:
                cls._open[key] = cls(target)
            found = cls._open[key]
            found._users += 1
            return found

    def release(self) -> None:
        """Say that one user less has it."""
        with self._changing:
            self._users -= 1
            if not self._users:
                del self._open[self.target.address.text]
                self.server.close()
                self.target.stop()

    def state(self) -> State:
        """Return what is committed. Raises ArchiveMissing."""
        state = self.register.state()
        if state is None:
            raise ArchiveMissing(path=self.target)
        return state

    def copy(self) -> LocalCopy:
        """Return the local copy. Raises ArchiveMissing, and the errors of LocalCopy."""
        with self._changing:
            if self._copy is None:
                self.state()
                try:
                    self._copy = LocalCopy(self.server, self.register)
                except CollectionMissing as error:
                    raise ArchiveMissing(path=self.target) from error
            return self._copy


def has_archive(address: EngineAddress) -> bool:
    """Return whether there is an archive at `address`. Raises the errors of `Server`."""
    target = Target.of(address)
    if not target.exists():
        return False
    shared = Shared.of(target)
    try:
        return shared.register.state() is not None
    finally:
        shared.release()
