"""`/livez` and `/readyz`: for whoever keeps the service running."""

from fastapi import APIRouter

from ..dependencies import DragomanDep

router = APIRouter(tags=["health"])


@router.get("/livez", summary="Is the service running?")
async def livez() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive"}


@router.get("/readyz", summary="Can the service answer?")
def readyz(dragoman: DragomanDep) -> dict[str, str | int]:
    """Say that encoder and archive are open, and how much there is to search."""
    dragoman.warm_up()
    info = dragoman.info()
    return {"status": "ready", "articles": info.articles, "passages": info.passages}
