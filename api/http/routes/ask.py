"""`/v1/ask`: an answer in the articles' own words, or none if they do not answer."""

from typing import Annotated, cast

from fastapi import APIRouter, Query

from ....search.dragoman import Dragoman
from ....search.question import Mode
from ...requests import AskParameters, AskRequest
from ...schemas import AskMessage
from ..dependencies import DragomanDep
from ..watching.requests import Served, ServedDep

router = APIRouter(tags=["ask"])


@router.get("/v1/ask", summary="Ask (GET)", response_model_exclude_unset=True)
def ask(
    dragoman: DragomanDep, served: ServedDep, parameters: Annotated[AskParameters, Query()]
) -> AskMessage:
    """Answer the question `q` with citations, or return that the articles do not answer it."""
    return _answered(dragoman, served, parameters.to_request())


@router.post("/v1/ask", summary="Ask (POST)", response_model_exclude_unset=True)
def ask_by_message(dragoman: DragomanDep, served: ServedDep, request: AskRequest) -> AskMessage:
    """Answer a question, which may be a follow-up to the conversation in `history`."""
    return _answered(dragoman, served, request)


def _answered(dragoman: Dragoman, served: Served, request: AskRequest) -> AskMessage:
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
