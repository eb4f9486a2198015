"""The collections of an archive on Milvus.

`NAME__rows` has the rows of the tables that an archive in a folder has, too, of which everything
but the vectors can be built; `NAME__passages_G` the passages with their vectors. `born` is the
position of the commit that added a row.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

from ...corpus.text.folding import folded
from .server import Row, Server

FORMAT = 1  # of the rows
_IDENTITY = re.compile(r"format_(\d{1,9})_of_([0-9a-f]{32})")
MOST_BYTES = 60_000  # of a body: Milvus takes 65,535 bytes of text
_MOST_TAGS = 1_000
_MOST_TEXT = 1_000
_LIST = {"M": 16, "efConstruction": 200}
ROW_FIELDS = ("born", "kind", "key", "gone", "part", "parts", "body")
PASSAGE_FIELDS = ("born", "article", "position", "start", "stop", "cut")


class Filters(NamedTuple):
    """What an article must have, as `Archive.article_numbers` takes it."""

    sources: tuple[str, ...]
    since: date | None
    until: date | None
    tags: tuple[str, ...]

    def condition(self) -> str | None:
        """Return them as an expression over passages; None where Milvus cannot decide them."""
        if any(len(text) > _MOST_TEXT // 4 for text in (*self.sources, *self.tags)):
            return None
        parts = []
        if self.sources:
            parts.append(f"source in {_texts(self.sources)}")
        if self.tags:
            parts.append(f"array_contains_any(tags, {_texts(self.tags)})")
        if self.since:
            parts.append(f"day >= {self.since.toordinal()}")
        if self.until:
            parts.append(f"day <= {self.until.toordinal()}")
            parts.append("day > 0")
        return " and ".join(parts)


def rows_of(name: str) -> str:
    """Return the name of the collection of rows."""
    return f"{name}__rows"


def passages_of(name: str, generation: int) -> str:
    """Return the name of a generation's collection of passages."""
    return f"{name}__passages_{generation}"


def create_rows(server: Server) -> None:
    """Make the collection of rows, unless it is there."""
    from pymilvus import DataType

    name = rows_of(server.target.name)
    if name in server.names():  # whoever made it was stopped before the register was there
        return
    schema = _schema()
    for field in ("number", "born", "part", "parts"):
        schema.add_field(field, DataType.INT64, is_primary=field == "number")
    schema.add_field("gone", DataType.BOOL)
    for field, most in (("kind", 32), ("key", 64), ("body", 65_535)):
        schema.add_field(field, DataType.VARCHAR, max_length=most)
    schema.add_field("unused", DataType.FLOAT_VECTOR, dim=2)  # Milvus wants a vector of each row
    server.create(name, schema, _index("unused", "FLAT", {}))


def create_passages(server: Server, generation: int, dimension: int) -> None:
    """Make a generation's collection of passages, with vectors of this dimension."""
    from pymilvus import DataType

    schema = _schema()
    for field in ("number", "born", "article", "position", "start", "stop", "day"):
        schema.add_field(field, DataType.INT64, is_primary=field == "number")
    schema.add_field("cut", DataType.BOOL)
    schema.add_field("source", DataType.VARCHAR, max_length=_MOST_TEXT)
    schema.add_field(
        "tags",
        DataType.ARRAY,
        element_type=DataType.VARCHAR,
        max_length=_MOST_TEXT,
        max_capacity=_MOST_TAGS,
    )
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    name = passages_of(server.target.name, generation)
    server.create(name, schema, _index("vector", "HNSW", _LIST))


def register_schema() -> Any:
    """Return the schema of a register, unlike any other: a field's name identifies the archive.

    Milvus Lite keeps no descriptions.
    """
    from pymilvus import DataType

    schema = _schema()
    schema.add_field(f"format_{FORMAT}_of_{uuid4().hex}", DataType.INT64, is_primary=True)
    schema.add_field("unused", DataType.FLOAT_VECTOR, dim=2)
    return schema


def passage_row(born: int, row: Sequence[Any], tags: Sequence[str]) -> Row:
    """Return a passage as its collection has it."""
    number, article, position, start, stop, cut, vector, source, day = row
    return {
        "number": number,
        "born": born,
        "article": article,
        "position": position,
        "start": start,
        "stop": stop,
        "cut": bool(cut),
        "source": _shortened(source or ""),
        "day": date.fromisoformat(day).toordinal() if day else 0,
        "tags": [*map(_shortened, tags[:_MOST_TAGS])],
        "vector": vector,
    }


def identity_from(fields: Sequence[str]) -> tuple[int, str] | None:
    """Return the format and the identity that a register states, None where it is none of ours."""
    found = [match for field in fields if (match := _IDENTITY.fullmatch(field))]
    return (int(found[0][1]), found[0][2]) if found else None


def _schema() -> Any:
    from pymilvus import MilvusClient

    return MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)


def _index(field: str, kind: str, parameters: dict[str, int]) -> Any:
    from pymilvus import MilvusClient

    index = MilvusClient.prepare_index_params()
    index.add_index(field, index_type=kind, metric_type="IP", params=parameters)
    return index


def _texts(texts: Sequence[str]) -> str:
    """Return a list of folded texts as an expression has it, whose escapes are those of JSON."""
    return json.dumps([folded(text) for text in texts], ensure_ascii=False)


def _shortened(text: str) -> str:
    return text.encode()[:_MOST_TEXT].decode(errors="ignore")
