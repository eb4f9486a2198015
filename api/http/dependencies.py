"""Dependencies of the routes."""

from collections import Counter
from typing import Annotated

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError

from ...search.dragoman import Dragoman
from ...search.limited import LimitedDragoman
from ..settings import ServiceSettings
from .asking import Asking
from .protection.access import key_of
from .watching.metrics import Metrics
from .writing.runner import Jobs
from .writing.writer import Writer

# They are asynchronous, since FastAPI gives a plain function a thread, of which there are few.
_REPEATABLE = {"source", "tag"}


def dragoman_of(request: Request) -> Dragoman:
    """Return the archive as the request's key may see it."""
    whole = request.app.state.dragoman
    key = key_of(request)
    return LimitedDragoman(whole, key.sources, key.tags) if key and key.is_limited else whole


def address_of_service(request: Request) -> str:
    """Return the address by which a request reached the service, without a slash at the end."""
    return str(request.base_url).rstrip("/")


async def _dragoman(request: Request) -> Dragoman:
    return dragoman_of(request)


async def _settings(request: Request) -> ServiceSettings:
    return request.app.state.settings


async def _metrics(request: Request) -> Metrics:
    return request.app.state.metrics


async def _asking(request: Request) -> Asking:
    state = request.app.state
    return Asking(state.gate, request, state.settings.deadline)


async def _writer(request: Request) -> Writer:
    return request.app.state.writer


async def _jobs(request: Request) -> Jobs:
    return request.app.state.jobs


async def refuse_repeated(request: Request) -> None:
    """Refuse a parameter that is given twice, but for those that name several things."""
    counts = Counter(name for name, _ in request.query_params.multi_items())
    faults = [
        {"type": "repeated", "loc": ("query", name), "msg": f"It is given {n} times. Give it once"}
        for name, n in counts.items()
        if n > 1 and name not in _REPEATABLE
    ]
    if faults and request.url.path.startswith("/v1/"):
        raise RequestValidationError(faults)


DragomanDep = Annotated[Dragoman, Depends(_dragoman)]
SettingsDep = Annotated[ServiceSettings, Depends(_settings)]
MetricsDep = Annotated[Metrics, Depends(_metrics)]
AskingDep = Annotated[Asking, Depends(_asking)]
WriterDep = Annotated[Writer, Depends(_writer)]
JobsDep = Annotated[Jobs, Depends(_jobs)]
