"""Changes to the tables of an archive as rows of Milvus, and back.

A row has a table's row as JSON, in as many parts as it needs, or says that it is gone. Of a key,
the latest row holds.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .collections import MOST_BYTES
from .server import Row

# The tables from which all others follow, and what tells their rows apart.
_KEYS = {
    "settings": "{}.name",
    "articles": "{}.number",
    "versions": "{}.number",
    "visits": "{}.address",
    "files": "hex({0}.path) || ' ' || {0}.article",
}
TABLES = (*_KEYS,)
# What each copy has of its own.
OWN_SETTINGS = ("seq", "position", "generation")
_CHANGED = """
CREATE TEMP TABLE IF NOT EXISTS changed (
    turn INTEGER PRIMARY KEY, kind TEXT, key TEXT, gone INTEGER, known INTEGER
)
"""
_TRIGGER = """
CREATE TEMP TRIGGER IF NOT EXISTS {table}_{verb} AFTER {verb} ON main.{table} BEGIN
    INSERT INTO changed (kind, key, gone, known) VALUES ('{table}', {key}, {gone}, {known});
END
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a table that has changed: `row` is None where it is gone.

    `is_known` says that there may be an older row of it.
    """

    kind: str
    key: str
    row: dict[str, Any] | None
    is_known: bool

    @property
    def digest(self) -> str:
        """The key, of this table alone, in a form that any expression takes."""
        return sha256(f"{self.kind} {self.key}".encode("utf-8", "surrogateescape")).hexdigest()[:40]


def watch(connection: sqlite3.Connection) -> None:
    """Have a connection note what is changed through it."""
    connection.execute(_CHANGED)
    connection.execute("DELETE FROM changed")
    for table, key in {**_KEYS, "passages": "{}.number"}.items():
        for verb, row in (("insert", "new"), ("update", "new"), ("delete", "old")):
            if table == "passages" and verb != "delete":
                continue  # new ones are known by their numbers
            known = verb != "insert" or table != "articles"
            connection.execute(
                _TRIGGER.format(
                    table=table, verb=verb, key=key.format(row), gone=row == "old", known=known
                )
            )


def changes_of(connection: sqlite3.Connection) -> Iterator[Change]:
    """Yield what was changed since `watch`, each row once, by its latest change."""
    noted: dict[tuple[str, str], tuple[bool, bool]] = {}
    statement = "SELECT kind, key, gone, known FROM changed WHERE kind <> 'passages' ORDER BY turn"
    for kind, key, gone, known in connection.execute(statement):
        _, was_known = noted.pop((kind, key), (False, False))
        noted[kind, key] = bool(gone), bool(known) or was_known
    for (kind, key), (gone, known) in noted.items():
        if kind != "settings" or key not in OWN_SETTINGS:
            yield Change(kind, key, None if gone else _row(connection, kind, key), known)


def passages_gone(connection: sqlite3.Connection) -> list[int]:
    """Return the numbers of the passages that were deleted since `watch`."""
    gone = connection.execute("SELECT key FROM changed WHERE kind = 'passages'")
    return [int(key) for (key,) in gone]


def rows_from(changes: Iterable[Change], first: int) -> Iterator[Row]:
    """Yield changes as rows of Milvus but for `born`, numbered from `first`."""
    number = first
    for change in changes:
        body = json.dumps({"key": change.key, "row": change.row}, default=_blob)
        parts = [body[at : at + MOST_BYTES] for at in range(0, len(body), MOST_BYTES)]
        for part, text in enumerate(parts):
            yield {
                "number": number,
                "kind": change.kind,
                "key": change.digest,
                "gone": change.row is None,
                "part": part,
                "parts": len(parts),
                "body": text,
                "unused": [0.0, 0.0],
            }
            number += 1


def changes_from(rows: Iterable[Row]) -> Iterator[Change]:
    """Yield the changes of rows of Milvus, which are in order."""
    parts: list[str] = []
    for row in rows:
        parts = [*parts, row["body"]] if row["part"] else [row["body"]]
        if row["kind"] in _KEYS and len(parts) == row["parts"]:
            stated = json.loads("".join(parts))
            yield Change(row["kind"], stated["key"], _with_blobs(stated["row"]), True)


def store(connection: sqlite3.Connection, change: Change) -> None:
    """Make a change, of a table other than `articles`, to a copy."""
    if change.row is None:
        condition = f"{_KEYS[change.kind].format(change.kind)} = ?"
        key = int(change.key) if change.kind == "versions" else change.key
        connection.execute(f"DELETE FROM {change.kind} WHERE {condition}", [key])  # noqa: S608
        return
    columns, values = known_columns(connection, change)
    connection.execute(
        f"INSERT OR REPLACE INTO {change.kind} ({', '.join(columns)})"  # noqa: S608
        f" VALUES ({', '.join('?' * len(columns))})",
        values,
    )


def known_columns(connection: sqlite3.Connection, change: Change) -> tuple[Sequence[str], list]:
    """Return those of a row's columns that this version's table has, and their values."""
    row = change.row or {}
    known = connection.execute("SELECT name FROM pragma_table_info(?)", [change.kind])
    columns = [name for (name,) in known.fetchall() if name in row]
    return columns, [row[name] for name in columns]


def _row(connection: sqlite3.Connection, kind: str, key: str) -> dict[str, Any]:
    value = int(key) if kind in ("articles", "versions") else key
    condition = f"{_KEYS[kind].format(kind)} = ?"
    cursor = connection.execute(f"SELECT * FROM {kind} WHERE {condition}", [value])  # noqa: S608
    names = [column for column, *_ in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def _blob(value: object) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(value)
    return {"hex": value.hex()}


def _with_blobs(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {n: bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for n, v in row.items()}
