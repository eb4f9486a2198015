"""`/v1/chat/completions`, `/v1/responses` and `/v1/models`: answers in OpenAI's shapes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse

from ....search.dragoman import Dragoman
from ....search.question import Filters, Question
from ...errors import ModelMissing
from ...openai.errors import openai_error, openai_status
from ...openai.replies import (
    Event,
    Reply,
    as_event,
    chat_chunks,
    chat_completion,
    model,
    models,
    reply_of,
    response,
    response_events,
)
from ...openai.requests import MODEL, ChatRequest, ResponsesRequest
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
Say = Callable[[Reply], Iterator[Event]]


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
        return JSONResponse(chat_completion(await asking.in_time("ask", work)))
    with_usage = bool(request.stream_options and request.stream_options.include_usage)
    asking.check("ask")

    def say(reply: Reply) -> Iterator[Event]:
        return chat_chunks(reply, pieces_of(reply.said.text), with_usage)

    return EventSourceResponse(_events(asking, work, say, named=False), headers=_HEADERS)


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
        return JSONResponse(response(await asking.in_time("ask", work)))
    asking.check("ask")

    def say(reply: Reply) -> Iterator[Event]:
        return response_events(reply, pieces_of(reply.said.text))

    return EventSourceResponse(_events(asking, work, say, named=True), headers=_HEADERS)


def _work(
    dragoman: Dragoman, served: Served, asked: Request, request: ChatRequest | ResponsesRequest
) -> Callable[[], Reply]:
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
) -> Reply:
    answer = dragoman.ask(question, history, filters=filters)
    served.answers.append(answer)
    conversation = "\n".join([*(turn["content"] for turn in history), question])
    tokens = dragoman.encoder.count_tokens([conversation, answer.answer or ""])
    return reply_of(answer, service, tokens)


async def _events(
    asking: Asking, work: Callable[[], Reply], say: Say, named: bool
) -> AsyncIterator[bytes]:
    """Yield the events of a reply, and comments until it is there. Closing this stops the work."""
    replying = asyncio.ensure_future(asking.in_time("ask", work))
    try:
        while not replying.done():
            await asyncio.wait({replying}, timeout=_HEARTBEAT)
            if not replying.done():
                yield KEEPALIVE_COMMENT
        for event in say(replying.result()):
            yield as_event(event, named)
    except Exception as error:  # the response has begun: only an event can say so
        found = problem_of(asking.request, error)
        failed = openai_error(openai_status(found.status), found.code, found.detail)
        yield as_event({"type": "error", **failed["error"], **failed}, named)
    finally:
        replying.cancel()
    if not named:
        yield b"data: [DONE]\n\n"
