"""`/v1/quotes`: who said what."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from ....search.dragoman import Dragoman
from ...offsets import quotes_message
from ...story_requests import QuotesParameters, QuotesRequest
from ...story_schemas import QuotesMessage
from ..dependencies import AskingDep, DragomanDep
from ..watching.requests import Served, ServedDep
from .stories import note_matter

router = APIRouter(tags=["stories"])


@router.get(
    "/v1/quotes",
    operation_id="quotes_by_get",
    summary="Quotes (GET)",
    response_model=QuotesMessage,
)
async def quotes(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[QuotesParameters, Query()],
) -> Response:
    """Return what the `speaker` says, or what is said `about` a matter, or both."""
    work = partial(_quotes, dragoman, served, parameters.to_request())
    return await asking.answer("search", work)


@router.post(
    "/v1/quotes",
    operation_id="quotes",
    summary="Quotes (POST)",
    response_model=QuotesMessage,
)
async def quotes_by_message(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: QuotesRequest
) -> Response:
    """Return what a speaker says, or what is said about a matter, or both."""
    return await asking.answer("search", partial(_quotes, dragoman, served, request))


def _quotes(dragoman: Dragoman, served: Served, request: QuotesRequest) -> QuotesMessage:
    note_matter(served, ": ".join(filter(None, (request.speaker, request.about))))
    found = dragoman.stories.quotes(
        request.speaker, request.about, request.to_filters(), request.limit, request.offset
    )
    return QuotesMessage.model_validate(quotes_message(found, request.offsets))
