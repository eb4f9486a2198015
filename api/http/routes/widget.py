"""`/widget.js`: the ask box that any web page may have."""

from fastapi import APIRouter
from starlette.responses import FileResponse

from ..page.rendering import FOLDER

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
async def widget() -> FileResponse:
    """Return the script, which pages of every site may load; CORS says which may then ask."""
    headers = {
        "Cache-Control": "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(FOLDER / "widget.js", media_type="text/javascript", headers=headers)
