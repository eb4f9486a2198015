"""`/v1/timeline`: what the articles tell of a matter, over time."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from ....search.dragoman import Dragoman
from ...offsets import timeline_message
from ...story_requests import TimelineParameters, TimelineRequest
from ...story_schemas import TimelineMessage
from ..dependencies import AskingDep, DragomanDep
from ..watching.requests import Served, ServedDep
from ..watching.tracing import note_question

router = APIRouter(tags=["stories"])


@router.get(
    "/v1/timeline",
    operation_id="timeline_by_get",
    summary="Timeline (GET)",
    response_model=TimelineMessage,
)
async def timeline(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[TimelineParameters, Query()],
) -> Response:
    """Return the events of the matter `q` by their own days, with their sources."""
    work = partial(_timeline, dragoman, served, parameters.to_request())
    return await asking.answer("search", work)


@router.post(
    "/v1/timeline",
    operation_id="timeline",
    summary="Timeline (POST)",
    response_model=TimelineMessage,
)
async def timeline_by_message(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: TimelineRequest
) -> Response:
    """Return the events of a matter by their own days, with their sources."""
    return await asking.answer("search", partial(_timeline, dragoman, served, request))


def _timeline(dragoman: Dragoman, served: Served, request: TimelineRequest) -> TimelineMessage:
    note_matter(served, request.matter)
    found = dragoman.stories.timeline(
        request.matter, request.to_filters(), request.limit, request.offset
    )
    return TimelineMessage.model_validate(timeline_message(found, request.offsets))


def note_matter(served: Served, matter: str) -> None:
    """Take note of what is asked about, for logs and traces."""
    served.questions.append(matter)
    note_question(matter)
