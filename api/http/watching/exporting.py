"""Where spans go: to an OpenTelemetry collector, without the text of questions.

This needs the extra `tracing`.
"""

from importlib.metadata import version
from urllib.parse import parse_qsl, urlencode

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

_TRACES = "/v1/traces"
_QUERY = "url.query"
# Parameters that can hold no text of anyone's.
_SHOWN = {"limit", "offset", "mode", "rerank", "offsets", "facets", "explain", "all_copies"} | {
    "since", "until", "as_of", "min_confidence"
}  # fmt: skip


def provider_to(collector: str, questions: bool) -> TracerProvider:
    """Return a provider whose spans are sent to a collector's address, in OTLP over HTTP.

    OpenTelemetry's own variables say the rest, such as headers and which requests are sampled.
    """
    address = collector.rstrip("/")
    exporter = OTLPSpanExporter(
        endpoint=address if address.endswith(_TRACES) else f"{address}{_TRACES}"
    )
    return provider_of(BatchSpanProcessor(exporter), questions)


def provider_of(processor: SpanProcessor, questions: bool = False) -> TracerProvider:
    """Return a provider with a processor, which has no parameter that may hold a question."""
    named = Resource.create({"service.name": "dragoman", "service.version": version("dragoman")})
    provider = TracerProvider(
        resource=named.merge(OTELResourceDetector().detect()), shutdown_on_exit=False
    )
    if not questions:
        provider.add_span_processor(_WithoutQuestions())
    provider.add_span_processor(processor)
    return provider


class _WithoutQuestions(SpanProcessor):
    """Hides the parameters of a request's address."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002
        """Change a span before it is known to others."""
        query = (span.attributes or {}).get(_QUERY)
        if query:
            span.set_attribute(_QUERY, _without_text(str(query)))


def _without_text(query: str) -> str:
    given = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in given if name in _SHOWN])
