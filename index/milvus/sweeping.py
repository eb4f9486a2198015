"""Deleting from Milvus what no reader sees any more."""

from contextlib import suppress
from dataclasses import dataclass

from ..errors import ArchiveError, EngineFailed
from .collections import passages_of, rows_of
from .sharing import Shared

_AT_ONCE = 200  # keys in one expression
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Replaced:
    """What the commit at a position has replaced or removed.

    `keys` are of rows that may have older ones, `passages` numbers; `generation` is that of a
    collection of passages that is of no use any more, or 0.
    """

    position: int
    keys: list[str]
    passages: list[int]
    generation: int


class Sweeper:
    """Deletes what was replaced. Where that fails, it is tried again: it only takes space."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._name = shared.target.name
        self._waiting: list[Replaced] = []

    def add(self, replaced: Replaced) -> None:
        """Have this deleted at the next `sweep`."""
        if replaced.keys or replaced.passages or replaced.generation:
            self._waiting.append(replaced)

    def sweep(self) -> None:
        """Delete all that was added."""
        with suppress(ArchiveError):
            while self._waiting:
                replaced = self._waiting[0]
                self._delete(replaced)
                self._shared.register.move(swept=replaced.position, seen=self._shared.server.seen())
                self._waiting.pop(0)

    def _delete(self, replaced: Replaced) -> None:
        server, left = self._shared.server, self._shared.register.left
        for start in range(0, len(replaced.keys), _AT_ONCE):
            chosen = ", ".join(f'"{key}"' for key in replaced.keys[start : start + _AT_ONCE])
            condition = f"key in [{chosen}] and born < {replaced.position}"
            server.delete_where(rows_of(self._name), condition, left)
        if replaced.passages:
            generation = self._shared.state().generation
            server.delete(passages_of(self._name, generation), replaced.passages, left)
        if replaced.generation:
            server.drop(passages_of(self._name, replaced.generation), left)


def sweep_uncommitted(shared: Shared, born: int = 0) -> None:
    """Delete what a writer put on the server and did not commit: of one commit, or of all.

    Once it returns, all of it is gone for every reader: a later commit would make it visible.
    """
    state = shared.state()
    name = shared.target.name
    condition = f"born == {born}" if born else f"born > {state.position}"
    _delete_wholly(shared, rows_of(name), condition, is_own=born > 0)
    if state.generation:
        _delete_wholly(shared, passages_of(name, state.generation), condition, is_own=born > 0)


def _delete_wholly(shared: Shared, collection: str, condition: str, is_own: bool) -> None:
    """Delete rows until there are none. Those of a writer's own commit need no lease."""
    server = shared.server
    for _ in range(_TRIES):
        if not server.count(collection, condition):
            return
        if is_own:
            server.delete_where(collection, condition)
        else:
            server.delete_where(collection, condition, shared.register.left)
    reason = "what an interrupted change left could not be deleted"
    raise EngineFailed(path=shared.target, reason=reason)
