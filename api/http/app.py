"""The HTTP service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ...search.dragoman import Dragoman
from ..keys import Keys, keys_beside
from ..schemas import ProblemMessage
from ..settings import ServiceSettings
from .dependencies import refuse_repeated
from .described import describe_keys
from .gate import Gate
from .mcp import ToolsEndpoint
from .methods import ImpliedMethods
from .problems import PROBLEM_TYPE, PlainErrorsAsProblems, add_problem_handlers
from .protection.access import Access
from .protection.body_sizes import BodySizes
from .protection.headers import DocsPolicy, SecurityHeaders
from .routes import (
    articles,
    ask,
    health,
    info,
    jobs,
    openai,
    page,
    quotes,
    search,
    stories,
    widget,
    writing,
)
from .watching.metrics import Metrics
from .watching.request_log import RequestLog
from .watching.requests import Report, WatchRequests
from .watching.tracing import Tracing, tracing_of
from .watching.writes import JobsState, WritesState
from .writing.runner import Jobs
from .writing.writer import Writer

_PROBLEM = {
    "description": "What went wrong: `code` is stable, `detail` says what to do.",
    "content": {PROBLEM_TYPE: {"schema": ProblemMessage.model_json_schema()}},
}
# What clients of the Model Context Protocol send.
_OF_MCP = ("Mcp-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name")
_CORS: dict[str, Any] = {
    "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
    "allow_headers": ["Authorization", "X-API-Key", "If-None-Match", "X-Request-ID", *_OF_MCP],
    "expose_headers": ["ETag", "Location", "Retry-After", "X-Request-ID"],
}


def create_app(
    dragoman: Dragoman,
    settings: ServiceSettings | None = None,
    tracing: Tracing | None = None,
    shared: Path | None = None,
) -> FastAPI:
    """Return the service over `dragoman`, which is warmed up before the first request.

    Without `settings` they are those of the environment, and without `tracing` it is as they say.
    Several processes that serve have a folder that is `shared`. Raises ExtraMissing.
    """
    settings = settings or ServiceSettings()
    tracing = tracing or tracing_of(settings)
    gate = Gate(settings.max_in_flight, settings.max_queued, tracing)
    writer = Writer(dragoman, settings.write_wait, settings.max_queued)
    running = Jobs(dragoman, writer, settings)
    tools = ToolsEndpoint(settings.allow_origin)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(dragoman.warm_up)
        running.start()
        async with tools.run(), metrics.kept_current():
            yield
        await run_in_threadpool(running.stop)
        await run_in_threadpool(gate.close)
        await run_in_threadpool(writer.close)
        dragoman.close()
        await run_in_threadpool(tracing.close)

    app = FastAPIOffline(  # the page at /docs works without internet access
        title="Dragoman",
        description="Ask a question of a collection of news articles; "
        "get an answer in their own words, or the best passages, with their sources.",
        version=version("dragoman"),
        lifespan=lifespan,
        redoc_url=None,
        telemetry=tracing.of_requests,
        dependencies=[Depends(refuse_repeated)],
        responses={"4XX": _PROBLEM, "5XX": _PROBLEM},
    )
    app.state.dragoman = dragoman
    app.state.settings = settings
    app.state.metrics = metrics = Metrics(dragoman, gate, shared)
    metrics.register(WritesState(writer))
    metrics.register(JobsState(running.store), of_all=True)
    app.state.gate = gate
    app.state.writer = writer
    app.state.jobs = running
    of_archive = (ask, search, stories, quotes, articles, writing, jobs, info)
    for module in (*of_archive, health, openai, page, widget):
        app.include_router(module.router)
    app.router.routes.append(tools.route)
    describe_keys(app)
    add_problem_handlers(app)
    app.add_middleware(DocsPolicy)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)  # not event streams
    app.add_middleware(ImpliedMethods, routes=app.routes)
    app.add_middleware(
        BodySizes,
        of_question=settings.max_body_bytes,
        of_chat=settings.max_chat_bytes,
        of_articles=settings.max_upload_bytes,
    )
    keys = Keys(settings.keys_file or keys_beside(dragoman.address))
    app.add_middleware(Access, keys=keys, settings=settings, shared=shared)
    app.add_middleware(
        TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts, www_redirect=False
    )
    app.add_middleware(PlainErrorsAsProblems)
    if settings.allow_origin:
        app.add_middleware(CORSMiddleware, allow_origins=settings.allow_origin, **_CORS)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(WatchRequests, reports=_reports(settings, metrics))  # outermost
    return app


def _reports(settings: ServiceSettings, metrics: Metrics) -> list[Report]:
    log = [RequestLog(settings.log_questions)] if settings.log_requests else []
    return [metrics, *log]
