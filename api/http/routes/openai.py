"""`/v1/chat/completions`, `/v1/responses` and `/v1/models`: answers in OpenAI's shapes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse

from ....search.dragoman import Dragoman
from ....search.question import Filters, Question
from ....search.results import OnSentence
from ...errors import ModelMissing
from ...openai.errors import openai_error, openai_status
from ...openai.markdown import spoken_sentence
from ...openai.replies import Reply, chat_completion, model, models, reply_of, response
from ...openai.requests import MODEL, ChatRequest, ResponsesRequest
from ...openai.streams import ChatStream, Event, ResponseStream, Stream
from ..asking import Asking
from ..dependencies import AskingDep, DragomanDep, address_of_service
from ..problems import problem_of
from ..streaming import pieces_of
from ..watching.requests import Served, ServedDep

_ERROR: dict[str, Any] = {
    "description": "What went wrong, as OpenAI says it.",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
router = APIRouter(tags=["OpenAI"], responses={"4XX": _ERROR, "5XX": _ERROR})

_HEARTBEAT = 10.0  # seconds
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
Work = Callable[[OnSentence | None], Reply]


@router.get("/v1/models", operation_id="list_models", summary="List the models")
async def list_models() -> dict[str, Any]:
    """Return the one model, as OpenAI lists it."""
    return models()


@router.get("/v1/models/{id}", operation_id="get_model", summary="Describe a model")
async def get_model(id: str) -> dict[str, Any]:
    """Return the one model."""
    if id != MODEL:
        raise ModelMissing(model=id[:80])
    return model()


@router.post(
    "/v1/chat/completions",
    operation_id="chat_completions",
    summary="Ask, as of a chat model",
    response_model=dict[str, Any],
)
async def chat_completions(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: ChatRequest
) -> Response:
    """Answer the last turn of the user in the articles' own words, in OpenAI's shape."""
    work = _work(dragoman, served, asking.request, request)
    if not request.stream:
        return await asking.respond("ask", lambda: JSONResponse(chat_completion(work(None))))
    with_usage = bool(request.stream_options and request.stream_options.include_usage)
    return _streamed(asking, work, ChatStream(with_usage), named=False)


@router.post(
    "/v1/responses",
    operation_id="create_response",
    summary="Ask, as of the Responses API",
    response_model=dict[str, Any],
)
async def create_response(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: ResponsesRequest
) -> Response:
    """Answer the last turn of the user in the articles' own words, in OpenAI's shape."""
    work = _work(dragoman, served, asking.request, request)
    if not request.stream:
        return await asking.respond("ask", lambda: JSONResponse(response(work(None))))
    return _streamed(asking, work, ResponseStream(), named=True)


def _work(
    dragoman: Dragoman, served: Served, asked: Request, request: ChatRequest | ResponsesRequest
) -> Work:
    """Return what answers a request. Raises what is wrong with the request itself."""
    question, history = request.asked()
    filters = request.filters.to_filters() if request.filters else Filters()
    Question(question, filters=filters)  # refused now, while the response has not begun
    served.questions.append(question)
    service = address_of_service(asked)
    return partial(_replied, dragoman, served, question, history, filters, service)


def _replied(
    dragoman: Dragoman,
    served: Served,
    question: str,
    history: list[dict[str, str]],
    filters: Filters,
    service: str,
    on_sentence: OnSentence | None,
) -> Reply:
    answer = dragoman.ask(question, history, filters=filters, on_sentence=on_sentence)
    served.answers.append(answer)
    conversation = "\n".join([*(turn["content"] for turn in history), question])
    tokens = dragoman.encoder.count_tokens([conversation, answer.answer or ""])
    return reply_of(answer, service, tokens)


def _streamed(asking: Asking, work: Work, stream: Stream, named: bool) -> Response:
    asking.check("ask")
    return EventSourceResponse(_written(asking, work, stream, named), headers=_HEADERS)


async def _written(asking: Asking, work: Work, stream: Stream, named: bool) -> AsyncIterator[bytes]:
    """Yield the events of a reply as text; those of responses are named by their type."""
    try:
        async for event in _events(asking, work, stream):
            yield _as_event(event, named) if event else KEEPALIVE_COMMENT
    except Exception as error:  # the response has begun: only an event can say so
        found = problem_of(asking.request, error)
        failed = openai_error(openai_status(found.status), found.code, found.detail)
        yield _as_event(stream.failed(failed), named)
    if not named:
        yield b"data: [DONE]\n\n"


async def _events(asking: Asking, work: Work, stream: Stream) -> AsyncIterator[Event | None]:
    """Yield the events of a reply, and None while nothing happens. Closing this stops the work."""
    told: asyncio.Queue[str | None] = asyncio.Queue()
    tell = partial(asyncio.get_running_loop().call_soon_threadsafe, told.put_nowait)
    replying = asyncio.ensure_future(asking.in_time("ask", lambda: work(tell)))
    replying.add_done_callback(lambda _: told.put_nowait(None))
    said = ""
    try:
        for event in stream.begin():
            yield event
        while not (replying.done() and told.empty()):
            sentence = None
            with suppress(TimeoutError):
                async with asyncio.timeout(_HEARTBEAT):
                    sentence = await told.get()
            if sentence is not None:
                said += (text := spoken_sentence(sentence))
                yield stream.piece(text)
            elif not replying.done():
                yield None
        reply = replying.result()
        for piece in pieces_of(reply.said.text.removeprefix(said)):
            yield stream.piece(piece)
        for event in stream.end(reply):
            yield event
    finally:
        replying.cancel()


def _as_event(event: Event, named: bool) -> bytes:
    name = f"event: {event['type']}\n" if named else ""
    return f"{name}data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
