"""Groups of near-duplicates: which articles of an archive are reprints of one another.

Articles of the same words share one row of `wordings`. Each wording points to the fullest of its
near-duplicates, by length and then by its fingerprint, or to itself. That depends on the two texts
alone, so groups do not depend on the order in which articles came and went (but see `_COMPARED`).
Two wordings are in one group if two such steps lead to the same one: two, so that a chain of
texts, each a little like the next, does not join its ends.

Each wording's sketch is stored by its shingles, so near-duplicates are found by the shingles they
share, without comparing every article.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...corpus.text.shingles import (
    Hashes,
    Wording,
    are_duplicates,
    least_shared,
    similarities,
    wording,
)

DUPLICATES_SCHEMA = """
CREATE TABLE wordings (
    number INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL UNIQUE,
    words INTEGER NOT NULL,
    sketch BLOB NOT NULL,
    fullest INTEGER NOT NULL
);
CREATE INDEX wordings_by_fullest ON wordings (fullest);
CREATE TABLE sketched (
    shingle INTEGER NOT NULL, wording INTEGER NOT NULL, PRIMARY KEY (shingle, wording)
) WITHOUT ROWID;
CREATE TABLE worded (
    article INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    wording INTEGER NOT NULL REFERENCES wordings (number)
);
CREATE INDEX worded_by_wording ON worded (wording);
"""
# A shingle of more wordings than this is probably boilerplate: it is looked up last, and only
# where a duplicate could otherwise be missed.
_COMMON = 200
# An article is compared with this many likely duplicates. There are more only where hundreds of
# articles are hardly more than the same boilerplate, or as many reprints of one report differ.
_COMPARED = 100
_MAX_VARIABLES = 900


class _Known(NamedTuple):
    """A wording in the archive. The greater of two is the fuller."""

    words: int
    fingerprint: bytes
    number: int

    def is_fuller_than(self, other: "_Known") -> bool:
        return (self.words, self.fingerprint) > (other.words, other.fingerprint)


def join_group(connection: sqlite3.Connection, article: int, text: str) -> None:
    """Record the wording of an added article; a very short one has none."""
    words = wording(text)
    if words is None:
        return
    same = connection.execute(
        "SELECT number FROM wordings WHERE fingerprint = ?", [words.fingerprint]
    ).fetchone()
    number = same[0] if same else _add(connection, words)
    connection.execute("INSERT INTO worded VALUES (?, ?)", [article, number])


def leave_group(connection: sqlite3.Connection, article: int) -> None:
    """Delete the wording of an article that is being removed, unless another shares it."""
    left = "DELETE FROM worded WHERE article = ? RETURNING wording"
    used = "SELECT 1 FROM worded WHERE wording = ? LIMIT 1"
    for (number,) in connection.execute(left, [article]).fetchall():
        if not connection.execute(used, [number]).fetchone():
            _drop(connection, number)


def _drop(connection: sqlite3.Connection, number: int) -> None:
    """Remove a wording; those that pointed to it find another."""
    (sketch,) = connection.execute(
        "DELETE FROM wordings WHERE number = ? RETURNING sketch", [number]
    ).fetchone()
    connection.executemany("DELETE FROM sketched WHERE shingle = ? AND wording = ?",
                           _sketch_rows(_unpacked(sketch), number))  # fmt: skip
    # All at once first: while they point to nothing they are not found as candidates.
    orphans = connection.execute(
        "UPDATE wordings SET fullest = number WHERE fullest = ? RETURNING number", [number]
    ).fetchall()
    for (orphan,) in orphans:
        words = _wording_of(connection, orphan)
        me = _Known(words.words, words.fingerprint, orphan)
        candidates = _candidates(connection, words)
        _point(connection, orphan, _fullest(connection, me, words, candidates))


def _add(connection: sqlite3.Connection, words: Wording) -> int:
    number = connection.execute(
        "INSERT INTO wordings (fingerprint, words, sketch, fullest) VALUES (?, ?, ?, 0)",
        [words.fingerprint, words.words, words.sketch.astype("<u8").tobytes()],
    ).lastrowid
    assert number is not None  # noqa: S101 - SQLite gives every row of such a table a number
    me = _Known(words.words, words.fingerprint, number)
    candidates = _candidates(connection, words)
    _point(connection, number, _fullest(connection, me, words, candidates))
    for lesser, fullest in candidates:
        if (
            me.is_fuller_than(lesser)
            and me.is_fuller_than(fullest)
            and are_duplicates(words, _wording_of(connection, lesser.number))
        ):
            _point(connection, lesser.number, number)
    connection.executemany("INSERT INTO sketched VALUES (?, ?)", _sketch_rows(words.sketch, number))
    return number


def _fullest(
    connection: sqlite3.Connection,
    me: _Known,
    words: Wording,
    candidates: Iterable[tuple[_Known, _Known]],
) -> int:
    """Return the fullest candidate that this wording duplicates, or itself."""
    fuller = (known for known, _ in candidates if known.is_fuller_than(me))
    for known in sorted(fuller, reverse=True):
        if are_duplicates(words, _wording_of(connection, known.number)):
            return known.number
    return me.number


def _candidates(connection: sqlite3.Connection, words: Wording) -> list[tuple[_Known, _Known]]:
    """Return the likeliest duplicates of a wording, each with the one that it points to."""
    sharing = list(_sharing(connection, words.sketch))
    if not sharing:
        return []
    sketches = "SELECT number, sketch FROM wordings WHERE number IN"
    found = list(_select_in(connection, sketches, sharing))
    shares = similarities(words.sketch, [_unpacked(sketch) for _, sketch in found]).tolist()
    likely = {number: share for (number, _), share in zip(found, shares, strict=True) if share}
    statement = (
        "SELECT w.words, w.fingerprint, w.number, f.words, f.fingerprint, f.number"
        " FROM wordings w JOIN wordings f ON f.number = w.fullest WHERE w.number IN"
    )
    rows = _select_in(connection, statement, list(likely))
    known = [(_Known(*row[:3]), _Known(*row[3:])) for row in rows]
    known.sort(key=lambda both: (likely[both[0].number], both[0]), reverse=True)
    return known[:_COMPARED]


def _select_in(
    connection: sqlite3.Connection, statement: str, numbers: Sequence[int]
) -> Iterator[Any]:
    for start in range(0, len(numbers), _MAX_VARIABLES):
        part = numbers[start : start + _MAX_VARIABLES]
        yield from connection.execute(f"{statement} ({','.join('?' * len(part))})", part)


def _sharing(connection: sqlite3.Connection, sketch: Hashes) -> Iterable[int]:
    """Return the wordings that share as many of a sketch's shingles as duplicates must.

    As they must share several, a wording that shares so many also shares one that is left when
    any `least - 1` are put aside ("prefix filtering": Bayardo, Ma and Srikant 2007, "Scaling up
    all pairs similarity search"). Put aside are those that very many wordings have.
    """
    least = least_shared(len(sketch))
    counted: Counter[int] = Counter()
    common: list[int] = []
    statement = "SELECT wording FROM sketched WHERE shingle = ? LIMIT ?"
    for shingle in sketch.view(np.int64).tolist():
        found = connection.execute(statement, [shingle, _COMMON + 1]).fetchall()
        if len(found) > _COMMON:
            common.append(shingle)
        else:
            counted.update(number for (number,) in found)
    for shingle in common[least - 1 :]:
        counted.update(number for (number,) in connection.execute(statement, [shingle, -1]))
    put_aside = min(len(common), least - 1)
    return (number for number, shared in counted.items() if shared >= least - put_aside)


def _wording_of(connection: sqlite3.Connection, number: int) -> Wording:
    (text,) = connection.execute(
        "SELECT text FROM worded JOIN articles ON number = article WHERE wording = ? LIMIT 1",
        [number],
    ).fetchone()
    words = wording(text)
    assert words is not None  # noqa: S101 - a text without one is given no number
    return words


def _point(connection: sqlite3.Connection, number: int, fullest: int) -> None:
    connection.execute("UPDATE wordings SET fullest = ? WHERE number = ?", [fullest, number])


def _sketch_rows(sketch: Hashes, number: int) -> list[tuple[int, int]]:
    return [(shingle, number) for shingle in sketch.view(np.int64).tolist()]


def _unpacked(sketch: bytes) -> Hashes:
    return np.frombuffer(sketch, "<u8")
