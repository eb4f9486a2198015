"""Encoders for tests of clusters, which their nodes can import and open."""

import time
from pathlib import Path

import ray

from dragoman.index.encoding.encoder import Encoder, Vectors, open_encoder
from initials_encoder import InitialsEncoder


class ReportingEncoder(InitialsEncoder):
    """Notes in a folder which node encodes; on a node that is to get stuck it does, then.

    `real` has the default encoder's vectors.
    """

    def __init__(self, notes: Path, real: bool = False) -> None:
        super().__init__(fingerprint="reporting 26")
        self._notes = notes
        self._real: Encoder | None = open_encoder() if real else None
        if self._real:
            self.fingerprint = self._real.fingerprint
            self.dimension = self._real.dimension
            self.max_tokens = self._real.max_tokens

    def __reduce__(self):
        return type(self), (self._notes, self._real is not None)

    def count_tokens(self, texts) -> list[int]:
        return (self._real or super()).count_tokens(texts)

    def encode_question(self, text: str) -> Vectors:
        return (self._real or super()).encode_question(text)

    def encode_passages(self, texts) -> Vectors:
        node = ray.get_runtime_context().get_node_id()
        with (self._notes / node).open("a") as note:
            note.write(f"{len(texts)}\n")
        if (self._notes / f"{node}-stuck").exists():
            (self._notes / "stuck").touch()
            time.sleep(600)
        return (self._real or super()).encode_passages(texts)


class HalfEncoder(ReportingEncoder):
    """Prefers GPUs, as an encoder in half precision does."""

    half = True


class OtherOnNodesEncoder(InitialsEncoder):
    """Becomes another encoder wherever it is sent."""

    def __reduce__(self):
        return InitialsEncoder, (256, "other 26")


class HomelessEncoder(InitialsEncoder):
    """Cannot be opened wherever it is sent."""

    def __reduce__(self):
        return Path.read_bytes, (Path("/nowhere/model"),)
