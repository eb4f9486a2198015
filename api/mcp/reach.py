"""How the tools reach the articles: directly, or as one request over HTTP may."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, Protocol, TypeVar

from mcp.server.mcpserver.exceptions import ToolError

from ...corpus.errors import DragomanError
from ...search.answer import Answer
from ...search.dragoman import Dragoman
from ...search.stopping import run_in

Kind = Literal["ask", "search"]
T = TypeVar("T")

_AT_ONCE = 4  # calls worked on at the same time


class Reach(Protocol):
    """The articles as one request may see them, and how its work is done."""

    @property
    def dragoman(self) -> Dragoman:
        """The archive, as far as whoever asks may see it."""
        ...

    @property
    def service(self) -> str | None:
        """The address of the service that shows the articles, or None without one."""
        ...

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:
        """Return what `work` returns, from a thread. Raises ToolError with a message for users."""
        ...

    def note(self, question: str, answer: Answer | None = None) -> None:
        """Take note of a question, or of its answer, for logs and metrics."""
        ...


class DirectReach:
    """All the articles, in the process of whoever asks: there is no service."""

    service = None

    def __init__(self, dragoman: Dragoman) -> None:
        self.dragoman = dragoman
        self._pool = ThreadPoolExecutor(_AT_ONCE, "tool")

    def begin(self) -> None:
        """Load the models while the client still gets ready; the first call waits for the rest."""
        self._pool.submit(self.dragoman.warm_up)

    async def run(self, kind: Kind, work: Callable[[], T]) -> T:  # noqa: ARG002
        """Return what `work` returns. Cancelling this stops the work."""
        try:
            return await run_in(self._pool, work)
        except DragomanError as error:
            raise ToolError(str(error)) from error

    def note(self, question: str, answer: Answer | None = None) -> None:
        """Nothing is logged."""
