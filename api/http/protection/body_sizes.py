"""How large a body may be: little for a question, more where articles come in."""

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_ARTICLES = "/v1/articles"


class BodySizes:
    """Middleware that refuses a larger body than its address takes."""

    def __init__(self, app: ASGIApp, of_question: int, of_articles: int) -> None:
        self._questions = RequestBodyLimitMiddleware(app, of_question)
        self._articles = RequestBodyLimitMiddleware(app, of_articles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 413."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        brings_articles = path == _ARTICLES or path.startswith(f"{_ARTICLES}/")
        limited = self._articles if brings_articles else self._questions
        await limited(scope, receive, send)
