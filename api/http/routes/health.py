"""`/livez`, `/readyz` and `/metrics`: for supervisors, load balancers and Prometheus."""

from fastapi import APIRouter, Response

from ..dependencies import DragomanDep, MetricsDep
from ..watching.metrics import CONTENT_TYPE

_TEXT = {"content": {"text/plain": {"schema": {"type": "string"}}}}

router = APIRouter(tags=["health"])


@router.get("/livez", operation_id="livez", summary="Is the service running?")
async def livez() -> dict[str, str]:
    """Return that the process responds."""
    return {"status": "alive"}


@router.get("/readyz", operation_id="readyz", summary="Can the service answer?")
def readyz(dragoman: DragomanDep) -> dict[str, str | int]:
    """Return the size of the archive once the encoder is loaded and the archive is open."""
    dragoman.warm_up()
    info = dragoman.info()
    return {"status": "ready", "articles": info.articles, "passages": info.passages}


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
