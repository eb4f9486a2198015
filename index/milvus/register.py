"""The register of an archive on Milvus: what is committed, and who may commit.

Milvus has no transactions, but a collection is renamed at once or not at all, and only by whoever
knows its present name. So the state of an archive is the name of an empty collection: to rename it
is to compare and swap. A writer puts rows beside the present ones, and then moves the state on,
which makes them visible together. A writer that lost its lease knows an old name, and can commit
nothing.

No clock is compared with another machine's. A writer changes the name every few seconds; whoever
has seen the same name for the time of a lease, by a clock of its own, may write instead. The writer
counts a shorter time, and from before its change, so that it stops first.
"""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, replace
from math import inf

from ..errors import ArchiveBusy, ArchiveError, CollectionMissing
from .server import Server

_MARK = "__at_"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# A state that was read is good for so long. A commit takes as long, so that no reader has an
# older one once it returns.
_FRESH = 0.05
_LEASE = 20.0  # seconds of silence after which another may write
_SURE = 18.0  # seconds for which a writer counts on a change of its own
_RENEWED = 5.0
_WATCHED = 0.25  # seconds between two looks at whether another writer is alive
_live: set[int] = set()  # the writers of this process


@dataclass(frozen=True, slots=True)
class State:
    """What is committed.

    `position` is the number of the latest commit, `seq` that of the latest that readers have to
    know of, `published` that of the indexes; `seen` is the server's time by which all of it is
    there. Rows that were replaced up to `swept` are deleted. `generation` names the collection of
    passages. `owner` writes, or wrote; 0 is nobody. `beat` counts its changes, so that none is
    without trace.
    """

    position: int = 0
    seq: int = 0
    published: int = 0
    seen: int = 0
    swept: int = 0
    generation: int = 0
    owner: int = 0
    beat: int = 0


class Register:
    """The register of one archive. Threads may share it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._name = f"{server.target.name}{_MARK}"
        self._local = server.target.path is not None
        self._known: State | None = None
        self._read_at = 0.0
        self._changing = threading.RLock()
        self._owner = 0
        self._is_kept = False  # at the end
        self._sure_until = 0.0
        # The state that was read last, and since when it has been the same.
        self._watched: State | None = None
        self._same_since = 0.0

    def state(self) -> State | None:
        """Return what is committed, at most 50 ms old; None where there is no archive."""
        known = self._known
        if known and (self._is_mine(known) or time.monotonic() - self._read_at < _FRESH):
            return known
        at = time.monotonic()
        with self._changing:
            if self._read_at < at:
                self._known, self._read_at = self._read(), at
            return self._known

    def read(self) -> State | None:
        """Return what is committed now."""
        with self._changing:
            self._known, self._read_at = self._read(), time.monotonic()
            return self._known

    def fields(self) -> list[str]:
        """Return the fields by which the archive was made. Raises CollectionMissing."""
        while True:
            state = self._read()
            if state is None:
                raise CollectionMissing(path=self._server.target)
            try:
                return self._server.fields(self._named(state))
            except CollectionMissing:  # it was moved on meanwhile
                continue

    def create(self, schema: object) -> None:
        """Make the register, in state 0, by a schema that no other call has."""
        with self._changing:
            try:
                self._server.create(self._named(State()), schema, load=False)
            except ArchiveError:
                if self._read() is None:
                    raise
            self._known = None

    @contextmanager
    def leased(self) -> Iterator[bool]:
        """Context manager that holds the lease of the one writer; gives whether it was taken over.

        Raises ArchiveBusy where another has it: at once if it is in this process, else once it has
        shown that it is alive, which takes some seconds. One that does not is waited for, 20 s.
        """
        took_over = self._acquire()
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(done,), daemon=True)
        if not self._local:
            keeper.start()
        try:
            yield took_over
        finally:
            done.set()
            if keeper.is_alive():
                keeper.join()
            self._release()
            _live.discard(self._owner)

    def move(self, **changes: int) -> State:
        """Change the state, as the writer. Raises ArchiveBusy where the lease was lost."""
        with self._changing:
            present = self._known or self._read()
            if present is None or present.owner != self._owner:
                raise ArchiveBusy(path=self._server.target)
            return self._swap(present, replace(present, **changes))

    def left(self) -> float:
        """Return for how many seconds this writer may change what is on the server.

        Nobody takes its place meanwhile. Raises ArchiveBusy where the lease may have ended, as for
        a process that was stopped.
        """
        if self._local:
            return inf
        left = self._sure_until - _seconds()
        if left <= 0:
            raise ArchiveBusy(path=self._server.target)
        return left

    def keep_lease(self) -> None:
        """Have the lease end by itself, so that the next writer takes it over."""
        self._is_kept = True

    def settle(self) -> None:
        """Wait until no reader has a state from before the latest commit."""
        if not self._local:
            time.sleep(_FRESH)

    def _is_mine(self, state: State) -> bool:
        """Return whether only this process changes the register: it has the file, or the lease."""
        return self._local or (state.owner in _live and state.owner == self._owner)

    def _acquire(self) -> bool:
        began = time.monotonic()
        while time.monotonic() < began + _LEASE + _RENEWED:
            with self._changing:
                watched = self._known = self._read()
                if watched is None or watched.owner in _live:
                    break
                if watched.owner == 0 or self._is_silent():
                    with suppress(ArchiveBusy):  # another was faster
                        self._take(watched)
                        return watched.owner != 0
            time.sleep(_WATCHED)
            latest = self.read()
            if watched.owner and latest and latest != watched and latest.owner == watched.owner:
                break  # it is alive
        raise ArchiveBusy(path=self._server.target)

    def _take(self, present: State) -> None:
        self._owner = random.SystemRandom().randrange(1, 36**6)
        self._is_kept = False
        self._swap(present, replace(present, owner=self._owner))
        _live.add(self._owner)

    def _is_silent(self) -> bool:
        """Return whether a writer is gone, who has changed nothing for the time of a lease."""
        # A file of Milvus Lite is open in one process alone, and this one knows its writers.
        return self._local or time.monotonic() - self._same_since > _LEASE

    def _release(self) -> None:
        if self._is_kept:
            return
        try:
            self.move(owner=0)
        except ArchiveError:
            return  # the lease ends by itself

    def _keep(self, done: threading.Event) -> None:
        while not done.wait(_RENEWED):
            try:
                self.move()
            except ArchiveError:
                continue  # the next commit says so

    def _swap(self, present: State, state: State) -> State:
        state = replace(state, beat=present.beat + 1)
        began = _seconds()
        try:
            self._server.rename(self._named(present), self._named(state))
        except CollectionMissing as error:
            # Or it was done, and the answer was lost.
            self._known, self._read_at = self._read(), time.monotonic()
            if self._known != state:
                raise ArchiveBusy(path=self._server.target) from error
        except ArchiveError:
            self._known = None  # it may have been done, or not
            raise
        self._known, self._read_at = state, time.monotonic()
        self._sure_until = began + _SURE
        return state

    def _read(self) -> State | None:
        found = [state for name in self._server.names() if (state := self._state_of(name))]
        latest = max(found, key=lambda state: (state.position, state.beat), default=None)
        if latest != self._watched:
            self._watched, self._same_since = latest, time.monotonic()
        return latest

    def _named(self, state: State) -> str:
        return self._name + "_".join(map(_written, astuple(state)))

    def _state_of(self, name: str) -> State | None:
        if not name.startswith(self._name):
            return None
        values = name.removeprefix(self._name).split("_")
        try:
            return State(*(int(value, 36) for value in values))
        except (ValueError, TypeError):
            return None


def _seconds() -> float:
    """Return the time of a clock that goes on while the machine sleeps, where there is one."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def _written(value: int) -> str:
    """Write a number in base 36, since a name is short.

    >>> _written(0), _written(71)
    ('0', '1z')
    """
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
