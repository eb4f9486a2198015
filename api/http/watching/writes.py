"""What Prometheus reads of the writer and of jobs."""

import sqlite3
from collections.abc import Iterable

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..writing.store import JobStore
from ..writing.writer import Writer


class WritesState(Collector):
    """Reads what the writer does, and has done."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def collect(self) -> Iterable[Metric]:
        """Return the changes now, since the start, and the last one."""
        writer = self._writer
        writing = writer.busy_since is not None
        for name, meaning, value in (
            ("in_progress", "Changes that are being made: 0 or 1.", writing),
            ("queued", "Changes that wait for their turn.", writer.queued),
            ("last_timestamp_seconds", "When a change was last made; 0: never.", writer.last_made),
            ("last_duration_seconds", "Time that this change took.", writer.last_seconds),
        ):
            yield GaugeMetricFamily(f"dragoman_writes_{name}", meaning, value=value)
        yield CounterMetricFamily("dragoman_writes", "Changes made.", value=writer.made)
        yield CounterMetricFamily("dragoman_writes_failed", "Changes failed.", value=writer.failed)


class JobsState(Collector):
    """Reads how many jobs are in each state."""

    def __init__(self, store: JobStore) -> None:
        self._store = store

    def collect(self) -> Iterable[Metric]:
        """Return the jobs by state, or nothing where their file cannot be read."""
        jobs = GaugeMetricFamily("dragoman_jobs", "Jobs that are remembered.", labels=["state"])
        try:
            for state, count in self._store.counts().items():
                jobs.add_metric([state], count)
        except sqlite3.Error:
            return
        yield jobs

    def describe(self) -> Iterable[Metric]:
        """Return nothing: registering must not read the file."""
        return ()
