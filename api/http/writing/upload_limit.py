"""The size of bodies that bring articles, which may be larger than a question's."""

from starlette.middleware.body_limit import RequestBodyLimitResponder
from starlette.types import ASGIApp, Receive, Scope, Send

_ADDRESS = "/v1/articles"
_METHODS = ("PUT", "POST")


class UploadLimit:
    """Middleware that lets bodies of up to `max_body_size` bytes pass where articles are brought.

    The middleware around it, which limits all others, then leaves these to it.
    """

    def __init__(self, app: ASGIApp, max_body_size: int) -> None:
        self.app = app
        self.max_body_size = max_body_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with this limit where it brings articles."""
        app = self.app
        if scope["type"] == "http" and _brings_articles(scope):
            app = RequestBodyLimitResponder(self.app, self.max_body_size)
        await app(scope, receive, send)


def _brings_articles(scope: Scope) -> bool:
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return scope["method"] in _METHODS and f"{path}/".startswith(f"{_ADDRESS}/")
