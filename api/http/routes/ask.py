"""`/v1/ask`: an answer in the articles' own words, or none if they do not answer."""

from typing import Annotated, cast

from fastapi import APIRouter, Query, Response

from ....search.dragoman import Dragoman
from ....search.question import Mode
from ...requests import AskParameters, AskRequest
from ...schemas import AskMessage
from ..dependencies import AskingDep, DragomanDep
from ..watching.requests import Served, ServedDep

router = APIRouter(tags=["ask"])


@router.get("/v1/ask", summary="Ask (GET)", response_model=AskMessage)
async def ask(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[AskParameters, Query()],
) -> Response:
    """Answer the question `q` with citations, or return that the articles do not answer it."""
    request = parameters.to_request()
    return await asking.answer("ask", lambda: answered(dragoman, served, request))


@router.post("/v1/ask", summary="Ask (POST)", response_model=AskMessage)
async def ask_by_message(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: AskRequest
) -> Response:
    """Answer a question, which may be a follow-up to the conversation in `history`."""
    return await asking.answer("ask", lambda: answered(dragoman, served, request))


def answered(dragoman: Dragoman, served: Served, request: AskRequest) -> AskMessage:
    """Return the answer to a request."""
    served.questions.append(request.question)
    answer = dragoman.ask(
        request.question,
        request.turns(),
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.to_filters(),
        rerank=request.rerank,
        min_confidence=request.min_confidence,
    )
    served.answers.append(answer)
    return AskMessage.model_validate(answer.to_dict())
