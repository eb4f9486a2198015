"""What all archives and writers of one address in this process share: the connection."""

import threading
from collections import deque
from typing import ClassVar

from ..addresses import EngineAddress
from ..errors import ArchiveMissing, CollectionMissing
from .copy import LocalCopy, OnCopied
from .register import Register, State
from .server import Server
from .target import Target


class Shared:
    """A connection with its register and local copy, closed when nobody has it any more."""

    _open: ClassVar[dict[str, "Shared"]] = {}
    _dropped: ClassVar[deque["Shared"]] = deque()
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
            cls._release_dropped()
            key = target.address.text
            if key not in cls._open:
                cls._open[key] = cls(target)
            found = cls._open[key]
            found._users += 1
            return found

    def release(self) -> None:
        """Say that one user less has it."""
        with self._changing:
            self._dropped.append(self)
            self._release_dropped()

    def drop(self) -> None:
        """Say the same in a collection of garbage, which runs in any thread, amid anything.

        It must wait for no lock; what is dropped is closed when `of` or `release` is called next.
        """
        self._dropped.append(self)

    @classmethod
    def _release_dropped(cls) -> None:
        while cls._dropped:
            dropped = cls._dropped.popleft()
            dropped._users -= 1
            if not dropped._users:
                del cls._open[dropped.target.address.text]
                dropped.server.close()
                dropped.target.stop()

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


def copy_here(address: EngineAddress, on_copied: OnCopied) -> None:
    """Bring the local copy up to what is committed. See `index.opening.copy_here`."""
    target = Target.of(address)
    if target.path is not None:  # it lies here already, and to start Milvus Lite takes a while
        return
    shared = Shared.of(target)
    try:
        if shared.register.state() is not None:
            shared.copy().follow(on_copied)
    finally:
        shared.release()
