"""How large a body may be: little for a question, more where a chat or articles come in."""

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from ...openai.errors import is_of_openai

_ARTICLES = "/v1/articles"


class BodySizes:
    """Middleware that refuses a larger body than its address takes."""

    def __init__(self, app: ASGIApp, of_question: int, of_chat: int, of_articles: int) -> None:
        self._questions = RequestBodyLimitMiddleware(app, of_question)
        self._chats = RequestBodyLimitMiddleware(app, of_chat)
        self._articles = RequestBodyLimitMiddleware(app, of_articles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 413."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        await self._limited(path)(scope, receive, send)

    def _limited(self, path: str) -> ASGIApp:
        if path == _ARTICLES or path.startswith(f"{_ARTICLES}/"):
            return self._articles
        return self._chats if is_of_openai(path) else self._questions
