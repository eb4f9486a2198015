"""The articles of a test collection as an archive in the user's cache, indexed once.

The archive's name is made of hashes of all that its content depends on: the corpus, the encoder,
and the code that loads and splits articles. A change in any of them leads to a new archive, so an
evaluation never uses an outdated one. Indexes made by other code are rebuilt by the archive itself.
"""

import json
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path

from platformdirs import user_cache_path

from ...corpus.errors import PathUnreadable
from ...index.encoding.encoder import Encoder
from ...index.errors import ArchiveNotWritable
from ...index.opening import has_archive
from ..dragoman import Dragoman, OnProgress
from .collection import Collection

_RECORD = "indexing.json"


@dataclass(frozen=True, slots=True)
class Indexing:
    """The result of indexing a corpus: its counts, its speed, and when it was finished.

    `passages_per_second` is None where indexing was interrupted. `problems` are the messages about
    articles that could not be read.
    """

    articles: int
    passages: int
    passages_per_second: float | None
    finished: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedCollection:
    """A test collection with an archive of its articles. `sha256` is the hash of the corpus."""

    collection: Collection
    dragoman: Dragoman
    indexing: Indexing
    sha256: str


def index_collection(
    collection: Collection,
    encoder: Encoder,
    on_progress: OnProgress | None = None,
    cache: Path | None = None,
) -> IndexedCollection:
    """Return a collection with an archive of its articles, indexed the first time.

    Indexing that was interrupted is continued. `cache` is the folder of the archives, by default
    in the user's cache. Raises PathUnreadable or an ArchiveError.
    """
    digest = _digest_of(collection.corpus)
    folder = (cache or user_cache_path("dragoman") / "evaluation") / _name(digest, encoder)
    dragoman = Dragoman.open(folder / "archive", encoder)
    record = folder / _RECORD
    indexing = _recorded(record) if has_archive(dragoman.address) else None
    indexing = indexing or _index(collection, dragoman, record, on_progress)
    return IndexedCollection(collection, dragoman, indexing, digest)


def _name(corpus: str, encoder: Encoder) -> str:
    fingerprint = sha256(encoder.fingerprint.encode()).hexdigest()
    return "-".join(digest[:12] for digest in (corpus, fingerprint, _digest_of_code()))


def _digest_of(corpus: Path) -> str:
    try:
        with corpus.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PathUnreadable(where=corpus, reason=error.strerror) from error


@cache
def _digest_of_code() -> str:
    digest = sha256()
    for file in sorted((Path(__file__).parents[2] / "corpus").rglob("*.py")):
        if file.name != "errors.py":  # messages do not change what is indexed
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _recorded(record: Path) -> Indexing | None:
    try:
        facts = json.loads(record.read_text("utf-8"))
        return Indexing(**{**facts, "problems": tuple(facts["problems"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _index(
    collection: Collection, dragoman: Dragoman, record: Path, on_progress: OnProgress | None
) -> Indexing:
    goes_on = has_archive(dragoman.address)
    started = time.perf_counter()
    added = dragoman.add(collection.corpus, on_progress)
    seconds = time.perf_counter() - started
    info = dragoman.info()
    indexing = Indexing(
        articles=info.articles,
        passages=info.passages,
        passages_per_second=None if goes_on else info.passages / seconds,
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
        problems=tuple(map(str, added.problems)),
    )
    try:
        record.write_text(json.dumps(asdict(indexing), indent=1), "utf-8")
    except OSError as error:
        raise ArchiveNotWritable(path=record, reason=error.strerror) from error
    return indexing
