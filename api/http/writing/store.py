"""The jobs that bring articles: what is known of each, in one SQLite file with huey's queue."""

import json
import shutil
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args
from uuid import uuid4

from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage

from ...errors import JobMissing

State = Literal["enqueued", "running", "succeeded", "failed", "cancelled"]
STATES: tuple[State, ...] = get_args(State)
UNFINISHED = ("enqueued", "running")
_KEPT_SECONDS = 7 * 24 * 3600  # that a finished job is remembered
MOST_PROBLEMS = 100  # that are kept of a job


@dataclass
class Job:
    """A batch of articles that is added. Times are seconds since 1970.

    `articles` counts those that are done, of about `estimate`. `files` are its uploads, each with
    the name that it was sent by; `done` of its `addresses` are finished.
    """

    id: str = field(default_factory=lambda: uuid4().hex)
    state: State = "enqueued"
    created: float = field(default_factory=time.time)
    started: float | None = None
    finished: float | None = None
    articles: int = 0
    estimate: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)
    problems_total: int = 0
    error: dict[str, str] | None = None
    source: str | None = None
    published: str | None = None
    tags: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    done: int = 0

    def note_problems(self, problems: list[dict[str, str]], total: int) -> None:
        """Keep the first problems, and how many there are in all."""
        self.problems, self.problems_total = problems, total


class _JsonSerializer(Serializer):
    """Pickle, huey's own, would run whatever somebody wrote into the file."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class _Storage(SqliteStorage):
    """huey's tables, and one of the jobs beside them."""

    ddl = [  # noqa: RUF012 - as huey has it
        *SqliteStorage.ddl,
        "create table if not exists job (id text primary key, created real not null,"
        " state text not null, record text not null)",
    ]


class JobStore:
    """The jobs of an archive, for all processes of the service.

    The file is made for the first job. A job's state is changed in transactions, so that one is
    not cancelled and finished at once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._huey: Huey | None = None
        self._making = threading.Lock()

    @property
    def exists(self) -> bool:
        """Whether there ever was a job."""
        try:
            return self._file.is_file()
        except OSError:  # a folder that may not be looked into has none that can be run
            return False

    @property
    def huey(self) -> Huey:
        """The queue."""
        with self._making:
            if self._huey is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._huey = Huey(
                    "dragoman",
                    results=False,
                    serializer=_JsonSerializer(),
                    storage_class=_Storage,
                    filename=str(self._file),
                    fsync=True,
                )
            return self._huey

    def uploads(self, job: Job) -> Path:
        """Return the folder of a job's files."""
        return self.folder / "uploads" / job.id

    def add(self, job: Job) -> None:
        """Store a new job; forget those that were finished a week ago."""
        self._execute(
            "delete from job where state not in (?, ?) and created < ?",
            [*UNFINISHED, time.time() - _KEPT_SECONDS],
        )
        record = json.dumps(asdict(job))
        self._execute(
            "insert into job values (?, ?, ?, ?)", [job.id, job.created, job.state, record]
        )

    def forget(self, job: Job) -> None:
        """Remove a job as if there had been none."""
        self._execute("delete from job where id = ?", [job.id])

    def job(self, id: str) -> Job:
        """Return a job. Raises JobMissing."""
        rows = self._read("select record from job where id = ?", [id]) if id.isascii() else []
        if not rows:
            raise JobMissing(id=id[:80])
        return rows[0]

    def recent(self, limit: int) -> list[Job]:
        """Return the latest jobs, the newest first."""
        return self._read("select record from job order by created desc, id limit ?", [limit])

    def unfinished(self) -> list[Job]:
        """Return the jobs that are still to be done, the oldest first."""
        return self._read(
            "select record from job where state in (?, ?) order by created", UNFINISHED
        )

    def counts(self) -> dict[State, int]:
        """Return how many jobs are in each state."""
        counts = dict.fromkeys(STATES, 0)
        if self.exists:
            counted = "select state, count(*) from job group by state"
            counts.update(self._storage.sql(counted, (), results=True) or ())
        return counts

    def save(self, job: Job) -> bool:
        """Store how far a job has come; return whether it was not cancelled meanwhile."""
        values = [job.state, json.dumps(asdict(job)), job.id, *UNFINISHED]
        statement = "update job set state = ?, record = ? where id = ? and state in (?, ?)"
        return self._execute(statement, values) == 1

    def cancel(self, id: str) -> Job:
        """Cancel a job, unless it is finished; return it. Raises JobMissing."""
        while (job := self.job(id)).state in UNFINISHED:
            job.state, job.finished = "cancelled", time.time()
            if self.save(job):
                break
        return job

    def discard_uploads(self, job: Job) -> None:
        """Remove the files of a job that needs them no more."""
        shutil.rmtree(self.uploads(job), ignore_errors=True)

    def close(self) -> None:
        """Close the file."""
        if self._huey is not None:
            self._huey.storage.close()

    @property
    def _file(self) -> Path:
        return self.folder / "jobs.sqlite"

    @property
    def _storage(self) -> _Storage:
        return cast(_Storage, self.huey.storage)

    def _execute(self, statement: str, values: Any) -> int:
        with self._storage.db(commit=True) as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount

    def _read(self, statement: str, values: Any) -> list[Job]:
        if not self.exists:
            return []
        rows = self._storage.sql(statement, values, results=True)
        return [Job(**json.loads(record)) for (record,) in rows or ()]
