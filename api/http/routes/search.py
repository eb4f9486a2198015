"""`/v1/search`: the best-ranked passages for a question."""

from functools import partial
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Response

from ....search.dragoman import Dragoman
from ....search.question import Mode
from ....search.results import SearchResult
from ...anthropic import SearchResultsMessage, search_results
from ...offsets import search_message
from ...requests import SearchBatchRequest, SearchParameters, SearchRequest
from ...schemas import SearchBatchMessage, SearchMessage
from ..dependencies import AskingDep, DragomanDep, address_of_service
from ..watching.requests import Served, ServedDep
from ..watching.tracing import note_question

router = APIRouter(tags=["search"])


@router.get(
    "/v1/search",
    operation_id="search_by_get",
    summary="Search (GET)",
    response_model=SearchMessage,
)
async def search(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[SearchParameters, Query()],
) -> Response:
    """Return the best-ranked passages for the question `q`, with their articles."""
    request = parameters.to_request()
    return await asking.answer("search", partial(found, dragoman, served, request))


@router.post(
    "/v1/search",
    operation_id="search",
    summary="Search (POST)",
    response_model=SearchMessage | SearchResultsMessage,
)
async def search_by_message(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    request: SearchRequest,
    format: Annotated[
        Literal["dragoman", "anthropic"],
        Query(description="anthropic: as the `search_result` blocks that Claude cites."),
    ] = "dragoman",
) -> Response:
    """Return the best-ranked passages for a question, with their articles."""
    if format == "anthropic":
        work = partial(_blocks, dragoman, served, request, address_of_service(asking.request))
        return await asking.answer("search", work)
    return await asking.answer("search", partial(found, dragoman, served, request))


@router.post(
    "/v1/search/batch",
    operation_id="search_batch",
    summary="Search for several questions",
    response_model=SearchBatchMessage,
)
async def search_batch(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: SearchBatchRequest
) -> Response:
    """Search for 1 to 64 questions; the results are in their order, errors in their place."""
    works = [partial(found, dragoman, served, one) for one in request.questions]
    return await asking.answer_all("search", works)


def found(dragoman: Dragoman, served: Served, request: SearchRequest) -> SearchMessage:
    """Return what is found for a request."""
    result = _searched(dragoman, served, request)
    message = search_message(result, request.explain, request.offsets)
    return SearchMessage.model_validate(message)


def _blocks(
    dragoman: Dragoman, served: Served, request: SearchRequest, service: str
) -> SearchResultsMessage:
    return search_results(_searched(dragoman, served, request), service)


def _searched(dragoman: Dragoman, served: Served, request: SearchRequest) -> SearchResult:
    served.questions.append(request.question)
    note_question(request.question)
    return dragoman.search(
        request.question,
        limit=request.limit,
        mode=cast(Mode, request.mode),
        filters=request.to_filters(),
        per_article=request.per_article,
        all_copies=request.all_copies,
        rerank=request.rerank,
        offset=request.offset,
        facets=request.facets,
    )
