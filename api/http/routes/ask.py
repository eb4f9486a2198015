"""`/v1/ask`: an answer in the articles' own words, or that they have none."""

from typing import Annotated, cast

from fastapi import APIRouter, Query

from ....search.question import Mode
from ...ask_schemas import AskMessage, AskParameters, AskRequest, ask_message
from ..dependencies import DragomanDep

router = APIRouter(tags=["ask"])


@router.get("/v1/ask", summary="Ask by address", response_model_exclude_unset=True)
def ask(dragoman: DragomanDep, parameters: Annotated[AskParameters, Query()]) -> AskMessage:
    """Answer the question `q`, with citations, or say that the articles do not."""
    return _answer(dragoman, parameters.request())


@router.post("/v1/ask", summary="Ask by message", response_model_exclude_unset=True)
def ask_by_message(dragoman: DragomanDep, request: AskRequest) -> AskMessage:
    """Answer a question, which may follow on others, or say that the articles do not."""
    return _answer(dragoman, request)


def _answer(dragoman: DragomanDep, request: AskRequest) -> AskMessage:
    answer = dragoman.ask(
        request.question,
        [turn.turn() for turn in request.history],
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.filters.filters(),
        rerank=request.rerank,
    )
    return ask_message(answer)
