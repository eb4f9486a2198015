"""A Milvus server, or Milvus Lite in this process, and what can go wrong with it."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from math import inf
from typing import Any, TypeVar

from ...corpus.extras import require
from ..errors import ArchiveError, CollectionMissing
from .failures import failure, is_starting
from .target import Target

T = TypeVar("T")
Row = dict[str, Any]
Left = Callable[[], float]

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 20.0
_WRITE_SECONDS = 60.0
_PAUSE = 0.25
_AT_ONCE = 500  # rows in one message, which may have 64 MB
_MOST_DELETED = 5_000  # rows in one expression
_NOT_FOUND, _NOT_LOADED = 100, 101


def _always() -> float:
    return inf


class Server:
    """A connection to Milvus. Threads may share it.

    Every method raises ArchiveUnreachable, ArchiveForbidden, CollectionMissing or EngineFailed.
    Those that write are given a function that returns for how many seconds the caller may; it is
    asked before every message, and what it raises is raised.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self._client, self._exception = _connected(target)
        self._seen: dict[str, int] = {}
        self._noting = threading.Lock()

    def close(self) -> None:
        """Close the connection."""
        with suppress(Exception):
            self._client.close()

    # Collections

    def names(self) -> list[str]:
        """Return the names of all collections."""
        return self._call(lambda client: client.list_collections(timeout=_READ_SECONDS))

    def fields(self, collection: str) -> list[str]:
        """Return the names of the fields of a collection. Raises CollectionMissing."""
        stated = self._call(
            lambda client: client.describe_collection(collection, timeout=_READ_SECONDS)
        )
        return [field["name"] for field in stated["fields"]]

    def create(self, collection: str, schema: Any, index: Any = None, load: bool = True) -> None:
        """Make a collection, and have it loaded soon, unless `load` is false."""

        def make(client: Any) -> None:
            client.create_collection(collection, schema=schema, timeout=_WRITE_SECONDS)
            if index:
                client.create_index(collection, index, sync=False, timeout=_WRITE_SECONDS)
            if load:
                client.load_collection(collection, _async=True, timeout=_WRITE_SECONDS)

        self._call(make)

    def drop(self, collection: str, left: Left = _always) -> None:
        """Drop a collection with all it has, if it is there."""
        self._call(lambda client: client.drop_collection(collection, timeout=_within(left)))

    def rename(self, collection: str, to: str) -> None:
        """Give a collection another name, at once or not at all. Raises CollectionMissing."""
        self._call(lambda client: client.rename_collection(collection, to, timeout=_WRITE_SECONDS))

    def flush(self, collection: str) -> None:
        """Have what was inserted written into segments; a server may put that off."""
        with suppress(ArchiveError):
            self._call(lambda client: client.flush(collection, timeout=_WRITE_SECONDS))

    # Rows

    def insert(self, collection: str, rows: Iterable[Row], left: Left = _always) -> None:
        """Insert rows. Once it returns, they are in the server's log, and survive its end."""
        for batch in batched(rows, _AT_ONCE):
            self._call(
                lambda client, batch=batch: client.insert(collection, batch, timeout=_within(left))
            )
        self._note(collection)

    def delete(self, collection: str, numbers: Sequence[int], left: Left = _always) -> None:
        """Delete rows by their numbers."""
        for start in range(0, len(numbers), _MOST_DELETED):
            chosen = list(numbers[start : start + _MOST_DELETED])
            self.delete_where(collection, f"number in {chosen}", left)

    def delete_where(self, collection: str, condition: str, left: Left = _always) -> None:
        """Delete the rows that meet a condition."""
        self._call(
            lambda client: client.delete(collection, filter=condition, timeout=_within(left)),
            _WRITE_SECONDS,
            collection,
        )
        self._note(collection)

    def rows(
        self, collection: str, condition: str, fields: Sequence[str], seen: int
    ) -> Iterator[Row]:
        """Yield the rows that meet a condition, by their numbers, as of the time `seen` at least.

        `number` is the primary key of every collection, and always among the fields.
        """
        last = 0
        while True:
            wanted = f"number > {last}" + (f" and ({condition})" if condition else "")
            found = self._call(
                lambda client, wanted=wanted: client.query(
                    collection,
                    filter=wanted,
                    output_fields=["number", *fields],
                    limit=_AT_ONCE,
                    timeout=_WRITE_SECONDS,
                    **_as_of(seen),
                ),
                _READ_SECONDS,
                collection,
            )
            found.sort(key=lambda row: row["number"])
            yield from found
            if len(found) < _AT_ONCE:
                return
            last = found[-1]["number"]

    def count(self, collection: str, condition: str, seen: int | None = None) -> int:
        """Return how many rows meet a condition, as of the time `seen` at least, or of now.

        Only by the latter is a row gone as soon as it was deleted, and there whoever inserted it.
        """
        as_of = {"consistency_level": "Strong"} if seen is None else _as_of(seen)
        (found,) = self._call(
            lambda client: client.query(
                collection,
                filter=condition,
                output_fields=["count(*)"],
                timeout=_READ_SECONDS,
                **as_of,
            ),
            _READ_SECONDS,
            collection,
        )
        return found["count(*)"]

    def search(
        self, collection: str, vector: Any, limit: int, condition: str, seen: int
    ) -> dict[int, float]:
        """Return the rows of the greatest inner products with a vector, the greatest first."""
        found = self._call(
            lambda client: client.search(
                collection,
                data=[vector],
                limit=limit,
                filter=condition,
                output_fields=["number"],
                search_params={"params": {"ef": max(2 * limit, 128)}},
                timeout=_READ_SECONDS,
                **_as_of(seen),
            ),
            _READ_SECONDS,
            collection,
        )
        return {hit["entity"]["number"]: hit["distance"] for hit in found[0]}

    def seen(self) -> int:
        """Return the server's time of this connection's latest change; 0 where there is none."""
        with self._noting:
            return max(self._seen.values(), default=0)

    def _note(self, collection: str) -> None:
        """Remember the server's time of a change to a collection."""
        from pymilvus.client.ts_utils import get_collection_ts

        at = get_collection_ts(collection, self.target.endpoint, self.target.database or "default")
        with self._noting:
            self._seen[collection] = at or 0

    def _call(
        self,
        work: Callable[[Any], T],
        seconds: float = _READ_SECONDS,
        collection: str | None = None,
    ) -> T:
        """Do some work with the client; where its collection is not loaded yet, as soon as it is.

        A server that has just started loads its collections again by itself.
        """
        until = time.monotonic() + seconds
        while True:
            try:
                return work(self._client)
            except self._exception as error:
                if error.code == _NOT_FOUND:
                    raise CollectionMissing(path=self.target) from error
                not_loaded = error.code == _NOT_LOADED
                waits = not_loaded or is_starting(error)
                if not (collection and waits) or time.monotonic() > until:
                    raise failure(self.target, error) from error
                if not_loaded and collection and self._load(collection):
                    continue
            except ArchiveError:
                raise
            except Exception as error:  # of gRPC, which has no base class of its own
                raise failure(self.target, error) from error
            time.sleep(_PAUSE)

    def _load(self, collection: str) -> bool:
        """Have a collection loaded; return whether it is. Milvus Lite does so at once."""
        with suppress(Exception):  # what it was wanted for says what is wrong
            self._client.load_collection(collection, _async=True, timeout=_READ_SECONDS)
        return self.target.path is not None


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of up to `size` of the rows."""
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _within(left: Left) -> float:
    """Return the timeout of a message that must not be sent later than this.

    The client tries again until its timeout, and its last try may take as long.
    """
    return min(_WRITE_SECONDS, left() / 2)


def _as_of(seen: int) -> dict[str, Any]:
    """Return the options by which a server answers with what it was told up to a time of its own.

    Strong consistency would wait for the next tick of the server's clock, a fifth of a second.
    """
    return {"consistency_level": "Customized", "guarantee_timestamp": seen or 1}


def _connected(target: Target) -> tuple[Any, Any]:  # pymilvus says that it returns coroutines
    require("milvus", "An archive on Milvus")
    from pymilvus import MilvusClient, MilvusException

    for logger in ("pymilvus", "milvus_lite"):  # both print all that they raise
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    try:
        client: Any = MilvusClient(timeout=_CONNECT_SECONDS, **target.options())
        client.list_collections(timeout=_CONNECT_SECONDS)
    except ArchiveError:
        raise
    except Exception as error:
        raise failure(target, error) from error
    return client, MilvusException
