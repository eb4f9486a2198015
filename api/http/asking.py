"""How a request is answered by a question's work: within its deadline, while the client waits."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from ..errors import DeadlineExceeded
from .gate import Gate, Kind

T = TypeVar("T")

_CLIENT_GONE = 499  # nginx's status for it; nobody receives it, but logs and metrics see it


class ClientGone(Exception):
    """The client has closed the connection."""


class Asking:
    """Answers one request. Its work is stopped when the deadline passes or the client goes away."""

    def __init__(self, gate: Gate, request: Request, deadline: float) -> None:
        self._gate = gate
        self._request = request
        self._deadline = deadline

    async def answer(self, kind: Kind, work: Callable[[], BaseModel]) -> Response:
        """Return the message that `work` returns, as JSON. Raises Busy and DeadlineExceeded."""

        def written() -> str:  # in the thread, too, to spare the event loop
            return work().model_dump_json(exclude_unset=True)

        try:
            content = await self._in_time(self._gate.run(kind, written))
        except ClientGone:
            return Response(status_code=_CLIENT_GONE)
        return Response(content, media_type="application/json")

    async def _in_time(self, answering: Coroutine[Any, Any, T]) -> T:
        answer = asyncio.ensure_future(answering)
        gone = asyncio.ensure_future(self._gone())
        both = {answer, gone}
        try:
            await asyncio.wait(both, timeout=self._deadline, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            if gone.done():
                raise ClientGone
            raise DeadlineExceeded(seconds=f"{self._deadline:g}")
        finally:
            for task in both:
                task.cancel()
            await asyncio.wait(both)

    async def _gone(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
