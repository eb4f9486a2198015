"""How a request is answered by a question's work: within its deadline, while the client waits."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from ..errors import DeadlineExceeded
from .gate import Gate, Kind
from .negotiation import prefers_events
from .problems import problem_of

T = TypeVar("T")
Work = Callable[[], BaseModel]

_CLIENT_GONE = 499  # nginx's status for it; nobody receives it, but logs and metrics see it
_JSON = "application/json"


class ClientGone(Exception):
    """The client has closed the connection."""


class Asking:
    """Answers one request. Its work is stopped when the deadline passes or the client goes away."""

    def __init__(self, gate: Gate, request: Request, deadline: float) -> None:
        self._gate = gate
        self.request = request
        self._deadline = deadline

    @property
    def wants_events(self) -> bool:
        """Whether the client prefers server-sent events to JSON."""
        return prefers_events(",".join(self.request.headers.getlist("accept")))

    def check(self, kind: Kind) -> None:
        """Raise Busy if a question could neither begin nor wait now."""
        self._gate.check(kind)

    async def answer(self, kind: Kind, work: Work) -> Response:
        """Return the message that `work` returns, as JSON. Raises Busy and DeadlineExceeded."""
        return await self.respond(kind, lambda: Response(_written(work()), media_type=_JSON))

    async def respond(self, kind: Kind, work: Callable[[], Response]) -> Response:
        """Return the response that `work` makes. Raises Busy and DeadlineExceeded."""
        try:
            return await self.while_waited_for(kind, work)
        except ClientGone:
            return Response(status_code=_CLIENT_GONE)

    async def while_waited_for(self, kind: Kind, work: Callable[[], T]) -> T:
        """Return what `work` returns. Raises Busy, DeadlineExceeded, and ClientGone."""
        return await self._while_waited_for(self._gate.run(kind, work))

    async def answer_all(self, kind: Kind, works: Sequence[Work]) -> Response:
        """Return the messages as the `results` of one, as JSON; an error is a problem among them.

        The deadline is that of all together. Raises Busy where not even one could wait.
        """
        self.check(kind)
        late = _written(problem_of(self.request, self._late))
        results = [late] * len(works)
        try:
            await self._while_waited_for(self._fill(results, kind, works))
        except DeadlineExceeded:
            pass  # what is there by now is worth sending
        except ClientGone:
            return Response(status_code=_CLIENT_GONE)
        return Response(f'{{"results":[{",".join(results)}]}}', media_type=_JSON)

    async def in_time(self, kind: Kind, work: Callable[[], T]) -> T:
        """Return what `work` returns, whether or not the client waits. Raises Busy and
        DeadlineExceeded.
        """
        try:
            async with asyncio.timeout(self._deadline):
                return await self._gate.run(kind, work)
        except TimeoutError as error:
            raise self._late from error

    async def _fill(self, results: list[str], kind: Kind, works: Sequence[Work]) -> None:
        """Put the results in their places, leaving room for other requests' questions."""
        turns = asyncio.Semaphore(max(1, self._gate.lanes[kind].places // 2))

        async def fill(place: int, work: Work) -> None:
            async with turns:
                try:
                    results[place] = await self._gate.run(kind, lambda: _written(work()))
                except Exception as error:  # of this question alone
                    results[place] = _written(problem_of(self.request, error))

        async with asyncio.TaskGroup() as group:
            for place, work in enumerate(works):
                group.create_task(fill(place, work))

    async def _while_waited_for(self, answering: Coroutine[Any, Any, T]) -> T:
        answer = asyncio.ensure_future(answering)
        gone = asyncio.ensure_future(self._gone())
        both = {answer, gone}
        try:
            await asyncio.wait(both, timeout=self._deadline, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            if gone.done():
                raise ClientGone
            raise self._late
        finally:
            for task in both:
                task.cancel()
            await asyncio.wait(both)

    @property
    def _late(self) -> DeadlineExceeded:
        return DeadlineExceeded(seconds=f"{self._deadline:g}")

    async def _gone(self) -> None:
        while (await self.request.receive())["type"] != "http.disconnect":
            pass


def _written(message: BaseModel) -> str:
    """Return a message as JSON; called in the question's thread, to spare the event loop."""
    return message.model_dump_json(exclude_unset=True)
