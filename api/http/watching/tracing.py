"""OpenTelemetry's spans: of each request, of its questions, and of the stages of an ask."""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import time_ns
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi.telemetry import TelemetryConfig
from opentelemetry.trace import (
    INVALID_TRACE_ID,
    NoOpTracerProvider,
    format_trace_id,
    get_current_span,
)

from ....corpus.errors import DragomanError
from ....corpus.extras import require
from ....search.timing import stages_told
from ...settings import ServiceSettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

T = TypeVar("T")

_NAME = "dragoman"
# Asked all the time, or files of the page: their spans would hide the others.
_UNTRACED = ("/livez", "/readyz", "/metrics", "/page/", "/static-offline-docs/")
_with_questions: ContextVar[bool] = ContextVar("with_questions", default=False)


class Tracing:
    """Makes spans by a provider of the OpenTelemetry SDK; without one, none.

    FastAPI makes those of requests. Text of questions is only in them with `questions`.
    """

    def __init__(
        self, provider: "TracerProvider | None" = None, *, questions: bool = False
    ) -> None:
        self._provider = provider
        self._questions = questions
        self._tracer = (provider or NoOpTracerProvider()).get_tracer(_NAME)

    @property
    def of_requests(self) -> TelemetryConfig:
        """What FastAPI is told. Global providers are not used: they would get questions, too."""
        return {
            "tracing": self._provider is not None,
            "tracer_provider": self._provider,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
            "exclude": _is_untraced,
        }

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Have a span while the context is entered; an error is in it by its code alone."""
        with self._tracer.start_as_current_span(
            f"{_NAME}.{name}", record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except Exception as error:
                code = error.code if isinstance(error, DragomanError) else type(error).__name__
                span.set_attribute("error.type", code)
                raise

    def traced(self, name: str, work: Callable[[], T]) -> Callable[[], T]:
        """Return `work` with a span, and one for each of its stages."""
        if self._provider is None:
            return work

        def traced_work() -> T:
            before = _with_questions.set(self._questions)
            try:
                with self.span(name), stages_told(self._add_stage):
                    return work()
            finally:
                _with_questions.reset(before)

        return traced_work

    def close(self) -> None:
        """Send the spans that are still here."""
        if self._provider:
            self._provider.shutdown()

    def _add_stage(self, stage: str, seconds: float) -> None:
        end = time_ns()
        span = self._tracer.start_span(f"{_NAME}.{stage}", start_time=end - round(seconds * 1e9))
        span.end(end)


def tracing_of(settings: ServiceSettings) -> Tracing:
    """Return the tracing that is set up. Raises ExtraMissing."""
    if settings.trace_to is None:
        return Tracing()
    require("tracing", "Sending traces")
    from .exporting import provider_to  # imports the SDK

    provider = provider_to(settings.trace_to, settings.trace_questions)
    return Tracing(provider, questions=settings.trace_questions)


def note_question(question: str) -> None:
    """Have a question in the span that is entered, if questions are to be there."""
    if _with_questions.get():
        get_current_span().set_attribute(f"{_NAME}.question", question)


def current_trace() -> str | None:
    """Return the id of the trace that is entered, in 32 hexadecimal digits, or None."""
    id = get_current_span().get_span_context().trace_id
    return None if id == INVALID_TRACE_ID else format_trace_id(id)


def _is_untraced(scope: MutableMapping[str, Any]) -> bool:
    path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
    return path.startswith(_UNTRACED)
