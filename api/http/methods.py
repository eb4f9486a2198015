"""HEAD, OPTIONS and the `Allow` header, for all routes."""

from collections.abc import Sequence
from http import HTTPStatus

from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed_methods(scope: Scope, routes: Sequence[BaseRoute]) -> str:
    """Return the value of `Allow` for an address, which is empty where there is no route.

    HEAD is allowed wherever GET is, and OPTIONS wherever anything is (RFC 9110, section 9.3).
    """
    # A mount that was entered has added its own path to the root path.
    scope = {**scope, "root_path": scope.get("app_root_path", scope.get("root_path", ""))}
    found = [
        method
        for method in _METHODS
        if any(_serves(route, {**scope, "method": method}) for route in routes)
    ]
    if "GET" in found:
        found.insert(1, "HEAD")
    return ", ".join([*found, "OPTIONS"] if found else [])


def _serves(route: BaseRoute, scope: Scope) -> bool:
    # A mount matches every method; ours holds files, which can only be read.
    readable = scope["method"] == "GET" or not isinstance(route, Mount)
    return readable and route.matches(scope)[0] is Match.FULL


class ImpliedMethods:
    """Middleware that serves HEAD as GET without its body, and OPTIONS at every address."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a HEAD or OPTIONS request, and pass all others on."""
        method = scope["method"] if scope["type"] == "http" else None
        if method == "HEAD":
            as_get = {**scope, "method": "GET"}
            try:
                await self.app(as_get, receive, _without_body(send))
            finally:
                scope["route"] = as_get.get("route")  # for the request log
        elif method == "OPTIONS" and (allowed := allowed_methods(scope, self.routes)):
            response = Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
