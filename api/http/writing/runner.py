"""Runs jobs, one after another, in one process of the service."""

import logging
import sqlite3
import threading
import time
from datetime import date
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout
from huey.api import TaskWrapper
from huey.consumer import Consumer

from ....corpus.article import Article
from ....corpus.errors import DragomanError
from ....corpus.loading import Loading
from ....index.archive import JOBS_FOLDER
from ....index.errors import ArchiveBusy, IndexesNotWritable
from ....search.dragoman import Dragoman
from ....search.fetching import store
from ....search.results import Added
from ...settings import ServiceSettings
from ..problems import without_path
from .fetching import count, parts_of
from .store import MOST_PROBLEMS, UNFINISHED, Job, JobStore
from .writer import Change, Writer

_logger = logging.getLogger("dragoman")

_AT_ONCE = 64  # articles; between two such parts, other changes have their turn
_AFTER_A_FAULT = 30.0  # seconds
_LOOK_EVERY = 1.0  # seconds, for a first job, or a runner that went away


class _QuietConsumer(Consumer):
    def _set_signal_handlers(self) -> None:
        """Leave signals to the server."""


class Jobs:
    """The jobs of the service: takes them, and runs them where no other process does."""

    def __init__(self, dragoman: Dragoman, writer: Writer, settings: ServiceSettings) -> None:
        self._dragoman = dragoman
        self._settings = settings
        self.store = JobStore(dragoman.folder / JOBS_FOLDER)
        self._writer = writer
        self._stopping = threading.Event()
        self._adding: TaskWrapper | None = None
        self._registering = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to run jobs, those first that an earlier process did not finish."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the articles that are being added; the next start goes on with the rest."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self.store.close()

    def enqueue(self, job: Job) -> None:
        """Store a job, to be run as soon as the ones before it are done."""
        self.store.add(job)
        try:
            self._task(job)
        except BaseException:
            self.store.forget(job)  # nobody knows of it
            raise

    def cancel(self, id: str) -> Job:
        """Cancel a job, unless it is finished; return it. Raises JobMissing."""
        job = self.store.cancel(id)
        self.store.discard_uploads(job)
        return job

    def _task(self, job: Job) -> None:
        self._register()(job.id)

    def _register(self) -> TaskWrapper:
        with self._registering:
            if self._adding is None:
                self._adding = self.store.huey.task(name="add_articles")(self._add_articles)
            return self._adding

    def _run(self) -> None:
        wait = 0.0
        while not self._stopping.wait(wait):
            wait = _LOOK_EVERY
            if self.store.exists:
                try:
                    with FileLock(self.store.folder / "runner.lock", timeout=0):
                        self._consume()
                except Timeout:
                    continue  # another process runs them
                except (OSError, sqlite3.Error):
                    _logger.exception("jobs are not run; trying again in a while")
                    wait = _AFTER_A_FAULT

    def _consume(self) -> None:
        huey = self.store.huey
        self._register()
        huey.storage.flush_queue()  # an interrupted job has left it
        for job in self.store.unfinished():
            self._task(job)
        consumer = _QuietConsumer(huey, 1, periodic=False, max_delay=0.5, scheduler_interval=60)
        consumer.start()
        self._stopping.wait()
        consumer.stop(graceful=True)

    def _add_articles(self, id: str) -> None:
        job = self.store.job(id)
        if job.state not in UNFINISHED:
            return
        job.state, job.started = "running", job.started or time.time()
        if self.store.save(job):
            try:
                if not self._added_all(job):
                    return
                nothing = job.problems_total and not job.articles
                job.state = "failed" if nothing else "succeeded"
                if nothing:
                    job.error = {"code": "nothing-added", "detail": "No article could be read."}
            except DragomanError as error:
                job.state = "failed"
                job.error = {"code": error.code, "detail": self._without_path(error)}
            except Exception:
                _logger.exception("job %s failed", id)
                job.state = "failed"
                job.error = {"code": "internal-error", "detail": "The service's log has details."}
            job.finished = time.time()
            self.store.save(job)
        self.store.discard_uploads(job)

    def _without_path(self, error: DragomanError) -> str:
        return without_path(error).replace(str(self.store.folder), "")

    def _added_all(self, job: Job) -> bool:
        """Add the articles of a job; return False if the service stops before the last."""
        if job.addresses:
            return self._fetched_all(job)
        folder = self.store.uploads(job)
        names = {folder / stored: name for stored, name in job.files}
        published = date.fromisoformat(job.published) if job.published else None
        loading = Loading(list(names), job.source, published, job.tags, job.columns, names=names)
        job.estimate = loading.estimated
        articles = islice(loading.articles(), job.articles, None)
        while part := list(islice(articles, _AT_ONCE)):
            if not self._added(part, job):
                return False
            job.note_problems(_problems(loading, names), len(loading.problems))
            if not self.store.save(job):
                return True  # it was cancelled
            time.sleep(0.1)  # for other processes that write
        job.note_problems(_problems(loading, names), len(loading.problems))
        return True

    def _fetched_all(self, job: Job) -> bool:
        """Add the articles at a job's addresses; return False if the service stops meanwhile."""
        given = (job.source, job.published, job.tags)
        job.estimate = job.estimate or len(job.addresses)
        for part in parts_of(job, self._dragoman, self._settings, self._stopping):
            fetched = part.fetched
            if fetched and not self._made(lambda dragoman: store(dragoman, fetched, *given), job):  # noqa: B023
                return False
            count(job, fetched)
            job.done = part.done
            if not self.store.save(job):
                return True  # it was cancelled
        return not self._stopping.is_set()

    def _added(self, part: list[Article], job: Job) -> bool:
        made = self._made(lambda dragoman: dragoman.add(part), job)
        job.articles += len(part) if made else 0
        return made

    def _made(self, change: Change[Added], job: Job) -> bool:
        """Make a change that a job consists of; return False if the service stops before it."""
        while not self._stopping.is_set():
            try:
                done = self._writer.write_and_wait(change)
            except ArchiveBusy:
                continue
            except IndexesNotWritable:  # they are stored all the same
                return True
            job.added += len(done.added)
            job.replaced += len(done.replaced)
            job.unchanged += len(done.unchanged)
            return True
        return False


def _problems(loading: Loading, names: dict[Path, str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for problem in loading.problems[:MOST_PROBLEMS]:
        detail = str(problem)
        for path, name in names.items():
            detail = detail.replace(str(path), name)
        found.append({"code": problem.code, "detail": detail})
    return found
