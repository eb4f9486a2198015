"""The files of the base of an index of vectors, in the folder of its generation.

Beside FAISS's index stand the numbers of its rows, and where it holds the vectors in eight bits
only, the vectors themselves: those of the first rows, which the index was trained on. Those that
were added to it later are in the database alone.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from weakref import finalize

import numpy as np

from ...archive import Numbers
from ...encoding.encoder import Vectors

INDEX_FILE = "vectors.faiss"
ROWS_FILE = "rows.npz"
EXACT_FILE = "vectors.f32"
BASE_FILES = (INDEX_FILE, ROWS_FILE, EXACT_FILE)

_CAN_READ_AT = hasattr(os, "pread")  # not on Windows


class VectorsFile:
    """A file of vectors, one after the other, of which some rows at a time are read.

    They are read, not mapped: what a search maps it keeps, in the end the whole file.
    """

    def __init__(self, path: Path, dimension: int) -> None:
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)
        self._dimension = dimension
        self._size = 4 * dimension
        self._rows = path.stat().st_size // self._size

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, rows: Numbers) -> Vectors:
        """Return the vectors of these rows, in their order."""
        size = self._size
        read = b"".join([os.pread(self._file, size, row * size) for row in rows.tolist()])
        return np.frombuffer(read, "<f4").reshape(-1, self._dimension)


def open_exact(folder: Path, dimension: int) -> VectorsFile | None:
    """Open the vectors beside the index, where there are any and the system can read at a place."""
    path = folder / EXACT_FILE
    return VectorsFile(path, dimension) if _CAN_READ_AT and path.exists() else None


def read_rows(folder: Path) -> tuple[Numbers, Numbers]:
    """Return the passage number and the article number of each row of the base."""
    with np.load(folder / ROWS_FILE) as rows:
        return rows["passages"], rows["articles"]


def write_rows(folder: Path, passages: Sequence[Numbers], articles: Sequence[Numbers]) -> None:
    """Write the numbers of the rows, given in parts."""
    np.savez(
        folder / ROWS_FILE, passages=np.concatenate(passages), articles=np.concatenate(articles)
    )


def trained_rows(folder: Path, dimension: int) -> int:
    """Return how many of its rows a base in eight bits was trained on; 0 for any other."""
    path = folder / EXACT_FILE
    return path.stat().st_size // (4 * dimension) if path.exists() else 0
