"""The metrics of several workers: kept in files of one folder, and read as one.

prometheus_client keeps counters and histograms there by itself, in the processes that have the
variable PROMETHEUS_MULTIPROC_DIR when they begin. What a worker only tells when it is asked is
written there every second.
"""

import asyncio
import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

_EVERY = 1.0  # seconds
# How the values of workers become one. Those of a worker that has died count no more in a sum.
_MODES = {
    "dragoman_writes_last_timestamp_seconds": "max",
    "dragoman_writes_last_duration_seconds": "mostrecent",
}


class SharedMetrics:
    """The metrics in a folder, to which this worker adds what its `states` tell."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._states: list[_Kept] = []

    def add(self, state: Collector) -> None:
        """Add what tells of this worker alone."""
        self._states.append(_Kept(state))

    async def keep_current(self) -> None:
        """Write what the states tell, over and over."""
        while True:
            self.write()
            await asyncio.sleep(_EVERY)

    def write(self) -> None:
        """Write what the states tell now."""
        for state in self._states:
            state.write()

    def registry(self, of_all: Sequence[Collector]) -> CollectorRegistry:
        """Return all metrics: of the workers, and those that are the same in each."""
        self.write()
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(self._folder))
        for state in (*of_all, _Processes(self._folder)):
            registry.register(state)
        return registry


def forget_worker(folder: Path, process: int) -> None:
    """Take what a worker that has died was doing out of the metrics; what it did stays."""
    mark_process_dead(process, str(folder))


class _Kept:
    """What a collector tells, in the files of this worker."""

    def __init__(self, state: Collector) -> None:
        self._state = state
        self._metrics: dict[str, Counter | Gauge] = {}
        self._values: dict[tuple[str, ...], float] = {}

    def write(self) -> None:
        for metric in self._state.collect():
            for sample in metric.samples:
                self._write(metric, sample)

    def _write(self, metric: Metric, sample: Sample) -> None:
        kept = self._metrics.get(metric.name) or self._made(metric, sample)
        labels = sample.labels
        value = kept.labels(**labels) if labels else kept
        place = (metric.name, *labels.values())
        before = self._values.get(place, 0.0)
        self._values[place] = sample.value
        if isinstance(value, Counter):
            value.inc(sample.value - before)
        elif sample.value != before:  # so that the most recent one is
            value.set(sample.value)

    def _made(self, metric: Metric, sample: Sample) -> Counter | Gauge:
        name, about, labels = metric.name, metric.documentation, list(sample.labels)
        if metric.type == "counter":
            made = Counter(name, about, labels, registry=None)
        else:
            mode = _MODES.get(name, "livesum")
            made = Gauge(name, about, labels, registry=None, multiprocess_mode=mode)  # pyright: ignore
        self._metrics[name] = made
        return made


class _Processes(Collector):
    """Describes the processes of the workers, each by its number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterable[Metric]:
        """Return what the system tells of each."""
        found: dict[str, Metric] = {}
        for process in self._alive():
            for metric in ProcessCollector(pid=partial(str, process), registry=None).collect():
                kept = found.setdefault(
                    metric.name, Metric(metric.name, metric.documentation, metric.type)
                )
                kept.samples += [
                    sample._replace(labels={"process": process}) for sample in metric.samples
                ]
        return found.values()

    def describe(self) -> Iterable[Metric]:
        """Return nothing: registering needs no look at the processes."""
        return ()

    def _alive(self) -> list[str]:
        found = (file.stem.rpartition("_")[2] for file in self._folder.glob("gauge_livesum_*.db"))
        return sorted(process for process in found if _is_alive(int(process)))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
