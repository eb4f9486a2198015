"""`/livez` and `/readyz`: for supervisors and load balancers."""

from fastapi import APIRouter

from ..dependencies import DragomanDep

router = APIRouter(tags=["health"])


@router.get("/livez", summary="Is the service running?")
async def livez() -> dict[str, str]:
    """Return that the process responds."""
    return {"status": "alive"}


@router.get("/readyz", summary="Can the service answer?")
def readyz(dragoman: DragomanDep) -> dict[str, str | int]:
    """Return the size of the archive once the encoder is loaded and the archive is open."""
    dragoman.warm_up()
    info = dragoman.info()
    return {"status": "ready", "articles": info.articles, "passages": info.passages}
