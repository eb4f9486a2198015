"""`/v1/ask`: an answer in the articles' own words, or none if they do not answer."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, cast

from fastapi import APIRouter, Query, Response

from ....search.dragoman import Dragoman
from ....search.question import Mode
from ....search.results import RankedPassage
from ...offsets import answer_message, passage_messages
from ...requests import AskBatchRequest, AskParameters, AskRequest
from ...schemas import AskBatchMessage, AskMessage, PassagesMessage
from ..asking import Asking
from ..dependencies import AskingDep, DragomanDep
from ..streaming import EVENT_STREAM, LAST, Told, stream
from ..watching.requests import Served, ServedDep
from ..watching.tracing import note_question

router = APIRouter(tags=["ask"])


@router.get(
    "/v1/ask",
    operation_id="ask_by_get",
    summary="Ask (GET)",
    response_model=AskMessage,
    responses={200: {"content": EVENT_STREAM}},
)
async def ask(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[AskParameters, Query()],
) -> Response:
    """Answer the question `q` with citations, or return that the articles do not answer it.

    With `Accept: text/event-stream` the answer comes as server-sent events.
    """
    if asking.request.headers.get("last-event-id") == LAST:
        return Response(status_code=204)  # a browser that would ask once more stops
    return await _response(dragoman, served, asking, parameters.to_request())


@router.post(
    "/v1/ask",
    operation_id="ask",
    summary="Ask (POST)",
    response_model=AskMessage,
    responses={200: {"content": EVENT_STREAM}},
)
async def ask_by_message(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: AskRequest
) -> Response:
    """Answer a question, which may be a follow-up to the conversation in `history`.

    With `Accept: text/event-stream` the answer comes as server-sent events.
    """
    return await _response(dragoman, served, asking, request)


@router.post(
    "/v1/ask/batch",
    operation_id="ask_batch",
    summary="Ask several questions",
    response_model=AskBatchMessage,
)
async def ask_batch(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: AskBatchRequest
) -> Response:
    """Answer 1 to 64 questions; the results are in their order, errors in their place."""
    works = [partial(answered, dragoman, served, one) for one in request.questions]
    return await asking.answer_all("ask", works)


async def _response(
    dragoman: Dragoman, served: Served, asking: Asking, request: AskRequest
) -> Response:
    if asking.wants_events:
        return stream(asking, partial(answered, dragoman, served, request))
    response = await asking.answer("ask", partial(answered, dragoman, served, request))
    response.headers["Vary"] = "Accept"
    return response


def answered(
    dragoman: Dragoman, served: Served, request: AskRequest, told: Told | None = None
) -> AskMessage:
    """Return the answer to a request; what is known of it before is `told`."""

    def on_passages(passages: Sequence[RankedPassage]) -> None:
        if told:
            messages = passage_messages(passages, request.offsets)
            told.passages(PassagesMessage.model_validate({"passages": messages}))

    served.questions.append(request.question)
    note_question(request.question)
    answer = dragoman.ask(
        request.question,
        request.turns(),
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.to_filters(),
        rerank=request.rerank,
        min_confidence=request.min_confidence,
        on_passages=on_passages if told else None,
        on_sentence=told.sentence if told else None,
    )
    served.answers.append(answer)
    return AskMessage.model_validate(answer_message(answer, request.offsets))
