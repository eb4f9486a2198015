"""What Prometheus reads: requests, answers, writes, and the state of the archive."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ....corpus.errors import DragomanError
from ....search.dragoman import Dragoman
from ..gate import Gate
from .requests import Served
from .shared_metrics import SharedMetrics

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Metrics:
    """The metrics of one service. Routes count by their template, so there are few series."""

    def __init__(self, dragoman: Dragoman, gate: Gate, shared: Path | None = None) -> None:
        """Describe this process; with `shared`, all those that have this folder for metrics."""
        self._registry = registry = CollectorRegistry()
        self._shared = SharedMetrics(shared) if shared else None
        self._of_all: list[Collector] = []
        if not shared:
            ProcessCollector(registry=registry)
        self.register(ArchiveState(dragoman), of_all=True)
        self.register(QuestionsState(gate))
        self._requests = Counter(
            "dragoman_http_requests",
            "Requests answered.",
            ["method", "route", "status"],
            registry=registry,
        )
        self._durations = Histogram(
            "dragoman_http_request_duration_seconds",
            "Time from a request to the end of its response.",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._stages = Histogram(
            "dragoman_ask_stage_duration_seconds",
            "Time that a stage of an ask took.",
            ["stage"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._answers = Counter(
            "dragoman_answers",
            "Answers by their status, and refusals by their reason.",
            ["status", "reason"],
            registry=registry,
        )

    def __call__(self, served: Served) -> None:
        """Count a request."""
        method = served.method if served.method in _METHODS else "other"
        self._requests.labels(method, served.route, str(served.status or "none")).inc()
        self._durations.labels(served.route).observe(served.seconds)
        for answer in served.answers:
            self._answers.labels(answer.status, answer.reason or "none").inc()
            for stage, milliseconds in answer.stages.items():
                self._stages.labels(stage).observe(milliseconds / 1000)

    def register(self, state: Collector, of_all: bool = False) -> None:
        """Add what a further part of the service tells; with `of_all`, each worker tells it."""
        if of_all:
            self._of_all.append(state)
        if self._shared is None:
            self._registry.register(state)
        elif not of_all:
            self._shared.add(state)

    @asynccontextmanager
    async def kept_current(self) -> AsyncIterator[None]:
        """Have other workers know how this one stands, while the context is entered."""
        task = asyncio.ensure_future(self._shared.keep_current()) if self._shared else None
        try:
            yield
        finally:
            if task:
                task.cancel()

    def page(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        shared = self._shared
        return generate_latest(shared.registry(self._of_all) if shared else self._registry)


class ArchiveState(Collector):
    """Reads the state of the archive whenever metrics are asked for."""

    def __init__(self, dragoman: Dragoman) -> None:
        self._dragoman = dragoman

    def collect(self) -> Iterable[Metric]:
        """Return what the archive holds, or that it cannot be read."""
        try:
            info = self._dragoman.info()
        except DragomanError:
            yield _gauge("dragoman_archive_up", "Whether the archive can be read.", 0)
            return
        yield _gauge("dragoman_archive_up", "Whether the archive can be read.", 1)
        yield _gauge("dragoman_articles", "Articles in the archive.", info.articles)
        yield _gauge("dragoman_passages", "Passages in the archive.", info.passages)
        yield _gauge("dragoman_archive_seq", "Number of the archive's last change.", info.seq)

    def describe(self) -> Iterable[Metric]:
        """Return nothing: registering must not read the archive."""
        return ()


class QuestionsState(Collector):
    """Reads how many questions are worked on, wait, and were refused."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def collect(self) -> Iterable[Metric]:
        """Return the state of the bound on questions, for each kind of question."""
        kinds = ["kind"]
        in_flight = GaugeMetricFamily(
            "dragoman_questions_in_flight", "Questions that are worked on.", labels=kinds
        )
        queued = GaugeMetricFamily(
            "dragoman_questions_queued", "Questions that wait.", labels=kinds
        )
        refused = CounterMetricFamily(
            "dragoman_questions_refused", "Questions refused: too many waited.", labels=kinds
        )
        for kind, lane in self._gate.lanes.items():
            in_flight.add_metric([kind], lane.in_flight)
            queued.add_metric([kind], lane.queued)
            refused.add_metric([kind], lane.refused)
        return in_flight, queued, refused


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)
