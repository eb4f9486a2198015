"""`/v1/search`: the best-ranked passages for a question.

These are plain functions, so that they run on worker threads and never block the event loop.
"""

from typing import Annotated, cast

from fastapi import APIRouter, Query

from ...search.question import Mode
from ..dependencies import DragomanDep
from ..messages import (
    DAY_SCHEMA,
    LIMIT_SCHEMA,
    MODE_SCHEMA,
    QUESTION_SCHEMA,
    FiltersMessage,
    SearchMessage,
    SearchRequest,
    search_message,
)

router = APIRouter(tags=["search"])

DayParameter = Annotated[str | None, Query(json_schema_extra=DAY_SCHEMA)]


@router.get("/v1/search", summary="Search by address")
def search(
    dragoman: DragomanDep,
    q: Annotated[
        str,
        Query(
            description="The question.",
            openapi_examples={"talks": {"value": "Where were the talks of 29 March held?"}},
            json_schema_extra=QUESTION_SCHEMA,
        ),
    ],
    limit: Annotated[int, Query(json_schema_extra=LIMIT_SCHEMA)] = 5,
    mode: Annotated[str, Query(json_schema_extra=MODE_SCHEMA)] = "hybrid",
    source: Annotated[list[str], Query(description="An outlet; may be repeated.")] = [],  # noqa: B006
    since: DayParameter = None,
    until: DayParameter = None,
    as_of: DayParameter = None,
) -> SearchMessage:
    """Give the best-ranked passages for the question `q`, with their articles."""
    filters = FiltersMessage(sources=source, since=since, until=until, as_of=as_of)
    return _answer(dragoman, SearchRequest(question=q, limit=limit, mode=mode, filters=filters))


@router.post("/v1/search", summary="Search by message")
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
    )
    return search_message(result)
