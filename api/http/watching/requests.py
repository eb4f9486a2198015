"""Each request has an id and is reported once it has been answered."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ....search.answer import Answer
from .tracing import current_trace

REQUEST_ID = "X-Request-ID"
NO_ROUTE = "none"  # instead of an address that whoever asks could make up

_HARMLESS = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(slots=True)
class Served:
    """A request, and what became of it.

    `status` is None as long as there is no response. A route adds each `answer` that it gives, by
    `ServedDep`, and the `questions` that it was asked; `key` is the name of the API key,
    `trace` the id of the trace where requests are traced.
    """

    id: str
    method: str
    client: str | None
    started: float = field(default_factory=time.perf_counter)
    route: str = NO_ROUTE
    status: int | None = None
    seconds: float = 0.0
    key: str | None = None
    trace: str | None = None
    questions: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


Report = Callable[[Served], None]


def request_id(request: Request) -> str | None:
    """Return the id of a request, or None where `WatchRequests` has not seen it."""
    served = getattr(request.state, "served", None)
    return served.id if served else None


async def _served(request: Request) -> Served:
    return request.state.served


ServedDep = Annotated[Served, Depends(_served)]


class WatchRequests:
    """Middleware that gives each request an id, and reports it when it has been answered.

    An id that comes with the request is kept if it is harmless. The response has it, too.
    """

    def __init__(self, app: ASGIApp, reports: Sequence[Report]) -> None:
        self.app = app
        self.reports = reports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, and report it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        served = _begun(scope)
        scope.setdefault("state", {})["served"] = served

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                served.status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = served.id
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception:
            served.status = HTTPStatus.INTERNAL_SERVER_ERROR  # which is sent further out
            raise
        finally:
            served.route = getattr(scope.get("route"), "path_format", NO_ROUTE)
            served.seconds = time.perf_counter() - served.started
            for report in self.reports:
                report(served)


def _begun(scope: Scope) -> Served:
    given = Headers(scope=scope).get(REQUEST_ID, "")
    id = given if _HARMLESS.fullmatch(given) else uuid4().hex
    client = scope.get("client")
    address = client[0] if client else None
    return Served(id, scope["method"], address, trace=current_trace())
