"""An answer as server-sent events: passages, pieces of the answer, citations, the whole."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from ..schemas import AskMessage, PassagesMessage
from .asking import Asking
from .negotiation import EVENTS
from .problems import problem_of

LAST = "end"  # the id of the last event, whatever it is
_HEARTBEAT = 10.0  # seconds; proxies often give up after 30 or 60 without a byte
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no", "Vary": "Accept"}
_PIECE = re.compile(r".+?(?:\[\d+\](?:\s*\[\d+\])*\s*|\Z)", re.DOTALL)


class Told:
    """What is told of an answer before it is there. Any thread may tell.

    `text` is how the answer begins.
    """

    def __init__(self, put: Callable[[str, str], object]) -> None:
        self._put = put
        self.text = ""

    def passages(self, found: PassagesMessage) -> None:
        """Tell of the passages."""
        self._put("passages", found.model_dump_json(exclude_unset=True))

    def sentence(self, text: str) -> None:
        """Tell how the answer goes on."""
        self.text += text
        self._put("answer", _json({"text": text}))


EVENT_STREAM: dict[str, Any] = {
    EVENTS: {
        "schema": {
            "type": "string",
            "description": "With `Accept: text/event-stream`: the events `passages` (as soon as "
            "they are found), `answer` (a `text`: the next sentence and its markers), "
            "`citations`, `done` (the whole JSON response), or `error` (a problem) in their place.",
        }
    }
}


def stream(asking: Asking, work: Callable[[Told], AskMessage]) -> EventSourceResponse:
    """Return the events of an answer that `work` gives. Raises Busy.

    `work` is given what it tells of passages and sentences, from its thread.
    """
    asking.check("ask")
    return EventSourceResponse(_events(asking, work), headers=_HEADERS)


async def _events(asking: Asking, work: Callable[[Told], AskMessage]) -> AsyncIterator[bytes]:
    """Yield the events, and comments while nothing happens. Closing this stops the work."""
    events: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    producing = asyncio.ensure_future(_produce(asking, work, events))
    try:
        number = 0
        event = ""
        while event not in ("done", "error"):
            waited = None
            with suppress(TimeoutError):
                async with asyncio.timeout(_HEARTBEAT):
                    waited = await events.get()
            if waited is None:
                yield KEEPALIVE_COMMENT
                continue
            event, data = waited
            number += 1
            id = LAST if event in ("done", "error") else str(number)
            yield format_sse_event(event=event, data_str=data, id=id)
    finally:
        producing.cancel()


async def _produce(
    asking: Asking,
    work: Callable[[Told], AskMessage],
    events: asyncio.Queue[tuple[str, str]],
) -> None:
    loop = asyncio.get_running_loop()

    def put(event: str, data: str) -> None:
        loop.call_soon_threadsafe(events.put_nowait, (event, data))

    told = Told(put)
    try:
        for event in await asking.in_time("ask", lambda: _spoken(work(told), told.text)):
            events.put_nowait(event)
    except Exception as error:  # the response has begun: only an event can say so
        events.put_nowait(("error", problem_of(asking.request, error).model_dump_json()))


def _spoken(message: AskMessage, told: str) -> list[tuple[str, str]]:
    """Return the events of an answer, except those of its passages and of what was told of it."""
    rest = (message.answer or "").removeprefix(told)
    pieces = [("answer", _json({"text": piece})) for piece in pieces_of(rest)]
    citations = [one.model_dump(mode="json") for one in message.citations]
    return [
        *pieces,
        ("citations", _json({"citations": citations})),
        ("done", message.model_dump_json(exclude_unset=True)),
    ]


def pieces_of(answer: str) -> list[str]:
    """Return the sentences of an answer, each with its markers; together they are the answer.

    >>> pieces_of("It rained. [1] Then it snowed. [2] [3]")
    ['It rained. [1] ', 'Then it snowed. [2] [3]']
    """
    return _PIECE.findall(answer)


def _json(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
