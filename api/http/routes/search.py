"""`/v1/search`: the best-ranked passages for a question.

These are plain functions, so that they run on worker threads and never block the event loop.
"""

from typing import Annotated, cast

from fastapi import APIRouter, Query

from ....search.question import Mode
from ...schemas import SearchMessage, SearchParameters, SearchRequest, search_message
from ..dependencies import DragomanDep

router = APIRouter(tags=["search"])


@router.get("/v1/search", summary="Search by address", response_model_exclude_unset=True)
def search(
    dragoman: DragomanDep, parameters: Annotated[SearchParameters, Query()]
) -> SearchMessage:
    """Give the best-ranked passages for the question `q`, with their articles."""
    return _answer(dragoman, parameters.request())


@router.post("/v1/search", summary="Search by message", response_model_exclude_unset=True)
def search_by_message(dragoman: DragomanDep, request: SearchRequest) -> SearchMessage:
    """Give the best-ranked passages for a question, with their articles."""
    return _answer(dragoman, request)


def _answer(dragoman: DragomanDep, request: SearchRequest) -> SearchMessage:
    result = dragoman.search(
        request.question,
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.filters.filters(),
        per_article=request.per_article,
        all_copies=request.all_copies,
        rerank=request.rerank,
    )
    return search_message(result, request.explain)
