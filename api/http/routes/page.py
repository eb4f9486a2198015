"""`/` and `/articles/{id}`: the web page, for people."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ....index.errors import ArticleMissing
from ..dependencies import DragomanDep
from ..page.rendering import (
    FOLDER,
    SENT,
    article_page,
    keyed_article_page,
    message_page,
    question_page,
    version,
)
from ..protection.access import is_admitted

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_FILES = f"/page/{version()}"

router = APIRouter(include_in_schema=False)


class _Files(StaticFiles):
    """What the pages load. An address never changes its content, so browsers may keep it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not path.endswith(SENT):
            return await super().get_response("", scope)  # there is nothing of this name
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


router.mount(_FILES, _Files(directory=FOLDER), name="page")


@router.get("/")
async def ask(request: Request) -> HTMLResponse:
    """Return the page on which a question is asked."""
    root = _root(request)
    return _html(question_page(root, root + _FILES))


@router.get("/articles/{id:path}")
def article(request: Request, dragoman: DragomanDep, id: str) -> HTMLResponse:
    """Return the page of an article; its fragment, such as `#span=120-512`, names what to mark."""
    root = _root(request)
    if not is_admitted(request):
        return _html(keyed_article_page(id, root, root + _FILES))
    try:
        found = dragoman.article(id)
    except ArticleMissing as error:
        page = message_page("There is no such article", str(error), root, root + _FILES)
        return _html(page, HTTPStatus.NOT_FOUND)
    return _html(article_page(found, root, root + _FILES))


def _root(request: Request) -> str:
    return request.scope.get("root_path", "").rstrip("/")


def _html(page: str, status: int = HTTPStatus.OK) -> HTMLResponse:
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
    return HTMLResponse(page, status, headers)
