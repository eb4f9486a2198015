"""`/v1/search`: the best-ranked passages for a question.

Routes that search are plain functions: they run on worker threads and never block the event loop.
"""

from typing import Annotated, cast

from fastapi import APIRouter, Query

from ....search.dragoman import Dragoman
from ....search.question import Mode
from ...requests import SearchParameters, SearchRequest
from ...schemas import SearchMessage
from ..dependencies import DragomanDep
from ..watching.requests import Served, ServedDep

router = APIRouter(tags=["search"])


@router.get("/v1/search", summary="Search (GET)", response_model_exclude_unset=True)
def search(
    dragoman: DragomanDep, served: ServedDep, parameters: Annotated[SearchParameters, Query()]
) -> SearchMessage:
    """Return the best-ranked passages for the question `q`, with their articles."""
    return _found(dragoman, served, parameters.to_request())


@router.post("/v1/search", summary="Search (POST)", response_model_exclude_unset=True)
def search_by_message(
    dragoman: DragomanDep, served: ServedDep, request: SearchRequest
) -> SearchMessage:
    """Return the best-ranked passages for a question, with their articles."""
    return _found(dragoman, served, request)


def _found(dragoman: Dragoman, served: Served, request: SearchRequest) -> SearchMessage:
    served.questions.append(request.question)
    result = dragoman.search(
        request.question,
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.to_filters(),
        per_article=request.per_article,
        all_copies=request.all_copies,
        rerank=request.rerank,
    )
    return SearchMessage.model_validate(result.to_dict(request.explain))
