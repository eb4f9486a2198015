"""`/v1/ask`: an answer in the articles' own words, or none if they do not answer."""

from typing import Annotated, cast

from fastapi import APIRouter, Query

from ....search.question import Mode
from ...requests import AskParameters, AskRequest
from ...schemas import AskMessage
from ..dependencies import DragomanDep

router = APIRouter(tags=["ask"])


@router.get("/v1/ask", summary="Ask (GET)", response_model_exclude_unset=True)
def ask(dragoman: DragomanDep, parameters: Annotated[AskParameters, Query()]) -> AskMessage:
    """Answer the question `q` with citations, or return that the articles do not answer it."""
    return _answered(dragoman, parameters.to_request())


@router.post("/v1/ask", summary="Ask (POST)", response_model_exclude_unset=True)
def ask_by_message(dragoman: DragomanDep, request: AskRequest) -> AskMessage:
    """Answer a question, which may be a follow-up to the conversation in `history`."""
    return _answered(dragoman, request)


def _answered(dragoman: DragomanDep, request: AskRequest) -> AskMessage:
    answer = dragoman.ask(
        request.question,
        request.turns(),
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.to_filters(),
        rerank=request.rerank,
        min_confidence=request.min_confidence,
    )
    return AskMessage.model_validate(answer.to_dict())
