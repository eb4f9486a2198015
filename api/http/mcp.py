"""`/mcp`: the Model Context Protocol over streamable HTTP.

Each request stands alone (no sessions), so that any worker can answer it, and nothing is kept of
who is gone.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

from fastapi import Request
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...corpus.errors import DragomanError
from ...search.answer import Answer
from ...search.dragoman import Dragoman
from ..mcp.server import ArticleServer
from .asking import Asking, ClientGone
from .dependencies import address_of_service, dragoman_of
from .gate import Kind
from .problems import problem, problem_of

PATH = "/mcp"
T = TypeVar("T")


class RequestReach:
    """The articles as the key of a request allows, through the gate and within the deadline."""

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self._request = request
        self._asking = Asking(state.gate, request, state.settings.deadline)
        self.dragoman: Dragoman = dragoman_of(request)
        self.service = address_of_service(request)

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:
        """Return what `work` returns. Raises ToolError, whose message names no path."""
        try:
            return await self._asking.while_waited_for(kind, work)
        except ClientGone as gone:
            raise ToolError("Nobody waits for this any more.") from gone
        except DragomanError as error:
            raise ToolError(problem_of(self._request, error).detail) from error

    def note(self, question: str, answer: Answer | None = None) -> None:
        """Take note of a question or its answer."""
        served = self._request.state.served
        if answer:
            served.answers.append(answer)
        else:
            served.questions.append(question)


class ToolsEndpoint:
    """The address of the tools; `run` it as long as the service runs."""

    def __init__(self, allowed_origins: tuple[str, ...]) -> None:
        server = ArticleServer(RequestReach)
        self._origins = allowed_origins
        server.streamable_http_app(stateless_http=True, json_response=True, host="")
        self._manager: StreamableHTTPSessionManager = server.session_manager
        self.run = self._manager.run
        # Nothing is sent but answers, so that there is no stream to GET and no session to DELETE.
        self.route = Route(PATH, self, methods=["POST"])
        self.route.include_in_schema = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of the protocol; hosts and keys were checked further out."""
        scope["route"] = self.route  # for logs and metrics
        request = Request(scope)
        if not self._from_allowed_origin(request):
            detail = "Pages of other web sites may use this only if the operator allows them."
            refusal = problem(request, HTTPStatus.FORBIDDEN, "origin-not-allowed", detail)
            await refusal(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)

    def _from_allowed_origin(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        if origin is None or origin in self._origins or "*" in self._origins:
            return True
        return urlsplit(origin).netloc == request.headers.get("host")
