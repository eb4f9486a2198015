"""OpenTelemetry's spans of requests, questions and the stages of an ask."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind
from pydantic import ValidationError
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.http.watching.exporting import provider_of
from dragoman.api.http.watching.tracing import Tracing
from dragoman.api.settings import ServiceSettings
from dragoman.corpus.errors import ExtraMissing

QUESTION = "Who spoke of the ships?"
STAGES = {"dragoman.understand", "dragoman.retrieve", "dragoman.read", "dragoman.answer"}


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traced(shipping, exporter):
    """Return the spans, by name, of the requests that are made by a function."""

    def spans(ask, questions=False) -> dict[str, ReadableSpan]:
        provider = provider_of(SimpleSpanProcessor(exporter), questions)
        app = create_app(shipping, ServiceSettings(), Tracing(provider, questions=questions))
        with TestClient(app, base_url="http://localhost") as client:
            ask(client)
        return {span.name: span for span in exporter.get_finished_spans()}

    return spans


def parent_of(span: ReadableSpan) -> int:
    assert span.parent is not None
    return span.parent.span_id


def test_an_ask_is_a_span_within_its_request_and_has_one_for_each_stage(traced):
    spans = traced(lambda client: client.get("/v1/ask", params={"q": QUESTION}))
    assert set(spans) >= {"GET /v1/ask", "dragoman.queue", "dragoman.ask", *STAGES}
    request, ask = spans["GET /v1/ask"], spans["dragoman.ask"]
    assert request.kind == SpanKind.SERVER
    assert request.attributes["http.response.status_code"] == 200
    assert request.resource.attributes["service.name"] == "dragoman"
    assert parent_of(spans["dragoman.queue"]) == parent_of(ask) == request.context.span_id
    for stage in STAGES:
        span = spans[stage]
        assert parent_of(span) == ask.context.span_id
        assert ask.start_time <= span.end_time <= ask.end_time
        assert span.start_time <= span.end_time


def test_a_streamed_ask_and_a_batch_have_their_spans_too(traced, exporter):
    def ask(client):
        client.get("/v1/ask", params={"q": QUESTION}, headers={"Accept": "text/event-stream"})
        client.post("/v1/search/batch", json={"questions": [{"question": "ships"}] * 3})

    spans = traced(ask)
    assert set(spans) >= STAGES
    names = [span.name for span in exporter.get_finished_spans()]
    assert names.count("dragoman.search") == 3
    assert parent_of(spans["dragoman.ask"]) == spans["GET /v1/ask"].context.span_id


def test_a_trace_that_a_client_began_goes_on(traced):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    header = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    spans = traced(lambda client: client.get("/v1/search?q=ships", headers=header))
    assert {f"{span.context.trace_id:x}" for span in spans.values()} == {trace}
    assert f"{parent_of(spans['GET /v1/search']):016x}" == "00f067aa0ba902b7"


def ask_everywhere(client) -> None:
    client.get("/v1/ask", params={"q": QUESTION, "limit": 3, "source": QUESTION})
    client.get("/v1/ask", params={"question": QUESTION})
    client.post("/v1/search", json={"question": QUESTION})
    client.post("/v1/ask", json={"question": QUESTION, "mode": QUESTION})
    client.post("/v1/ask", json={"question": [QUESTION]})


def test_no_span_has_the_question_unless_it_is_to(traced, exporter):
    traced(ask_everywhere)
    said = "".join(span.to_json() for span in exporter.get_finished_spans())
    assert "ships" not in said
    assert "limit=3" in said


def test_with_questions_they_are_there(traced):
    spans = traced(lambda client: client.get("/v1/ask", params={"q": QUESTION}), questions=True)
    assert spans["dragoman.ask"].attributes["dragoman.question"] == QUESTION
    assert "ships" in spans["GET /v1/ask"].attributes["url.query"]


def test_an_error_is_there_by_its_code(traced):
    spans = traced(lambda client: client.post("/v1/ask", json={"question": " "}))
    assert spans["dragoman.ask"].attributes["error.type"] == "empty-question"
    assert not spans["dragoman.ask"].events


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
def test_what_is_asked_all_the_time_is_not_traced(traced, path):
    assert traced(lambda client: client.get(path)) == {}


@contextmanager
def collector() -> Iterator[tuple[str, list[tuple[str, ExportTraceServiceRequest]]]]:
    """The address of a server that takes spans as a collector does, and what it got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/x-protobuf"
            got.append((self.path, ExportTraceServiceRequest.FromString(body)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    http = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}", got
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def test_a_collector_gets_the_spans(shipping):
    with collector() as (address, got):
        app = create_app(shipping, ServiceSettings(trace_to=address))
        with TestClient(app, base_url="http://localhost") as client:
            assert client.get("/v1/ask", params={"q": QUESTION}).status_code == 200
        # When the service has ended, all of them are there.
        assert {path for path, _ in got} == {"/v1/traces"}
        names = {
            span.name
            for _, request in got
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        }
    assert {"GET /v1/ask", "dragoman.ask", *STAGES} <= names


def test_without_the_extra_the_service_says_what_to_install(shipping, monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk", None)
    with pytest.raises(ExtraMissing) as missing:
        create_app(shipping, ServiceSettings(trace_to="http://localhost:4318"))
    assert 'pip install "dragoman[tracing]"' in missing.value.with_command


@pytest.mark.parametrize(
    "address", ["localhost:4318", "ftp://a", "http://", "http://u:p@a", "http://a?b"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        ServiceSettings(trace_to=address)


def test_the_log_has_the_trace(shipping, exporter, capsys):
    tracing = Tracing(provider_of(SimpleSpanProcessor(exporter)))
    app = create_app(shipping, ServiceSettings(log_requests=True), tracing)
    TestClient(app, base_url="http://localhost").get("/v1/tags")
    (span,) = exporter.get_finished_spans()
    assert f'"trace": "{span.context.trace_id:032x}"' in capsys.readouterr().err
