"""`/livez`, `/readyz` and `/metrics`: for supervisors, load balancers and Prometheus."""

from fastapi import APIRouter, Request, Response

from ....corpus.errors import DragomanError
from ..dependencies import DragomanDep, MetricsDep, SettingsDep, WriterDep
from ..problems import not_ready
from ..watching.metrics import CONTENT_TYPE

_TEXT = {"content": {"text/plain": {"schema": {"type": "string"}}}}

router = APIRouter(tags=["health"])


@router.get("/livez", operation_id="livez", summary="Is the service running?")
async def livez() -> dict[str, str]:
    """Return that the process responds."""
    return {"status": "alive"}


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Can the service answer?",
    response_model=dict[str, str],
)
def readyz(
    request: Request, dragoman: DragomanDep, writer: WriterDep, settings: SettingsDep
) -> dict[str, str] | Response:
    """Return that models and archive can be used and no change is stuck."""
    try:
        writer.check(settings.write_stuck)
        dragoman.warm_up()
        _ = dragoman.listing.last_change  # little to read, for whoever asks without a key
    except DragomanError as error:
        return not_ready(request, error)
    return {"status": "ready"}


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: _TEXT},
)
def metrics(metrics: MetricsDep) -> Response:
    """Return counts and durations of requests, and the state of the archive."""
    return Response(metrics.page(), media_type=CONTENT_TYPE)
