"""Timelines, figures and conflicts: what the articles tell of a matter, over time."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from ....search.dragoman import Dragoman
from ...offsets import conflicts_message, figures_message, timeline_message
from ...story_requests import (
    ConflictsParameters,
    ConflictsRequest,
    FiguresParameters,
    FiguresRequest,
    TimelineParameters,
    TimelineRequest,
)
from ...story_schemas import ConflictsMessage, FiguresMessage, TimelineMessage
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


@router.get(
    "/v1/figures",
    operation_id="figures_by_get",
    summary="Figures over time (GET)",
    response_model=FiguresMessage,
)
async def figures(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[FiguresParameters, Query()],
) -> Response:
    """Return the figures that answer the question `q`, over time, with their sources."""
    work = partial(_figures, dragoman, served, parameters.to_request())
    return await asking.answer("search", work)


@router.post(
    "/v1/figures",
    operation_id="figures",
    summary="Figures over time (POST)",
    response_model=FiguresMessage,
)
async def figures_by_message(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: FiguresRequest
) -> Response:
    """Return the figures that answer a question, over time, with their sources."""
    return await asking.answer("search", partial(_figures, dragoman, served, request))


def _figures(dragoman: Dragoman, served: Served, request: FiguresRequest) -> FiguresMessage:
    note_matter(served, request.question)
    found = dragoman.stories.figures(
        request.question, request.to_filters(), request.limit, request.offset
    )
    return FiguresMessage.model_validate(figures_message(found, request.offsets))


@router.get(
    "/v1/conflicts",
    operation_id="conflicts_by_get",
    summary="Conflicts (GET)",
    response_model=ConflictsMessage,
)
async def conflicts(
    dragoman: DragomanDep,
    served: ServedDep,
    asking: AskingDep,
    parameters: Annotated[ConflictsParameters, Query()],
) -> Response:
    """Return where reports of one day about the matter `q` disagree, and what is corrected."""
    work = partial(_conflicts, dragoman, served, parameters.to_request())
    return await asking.answer("search", work)


@router.post(
    "/v1/conflicts",
    operation_id="conflicts",
    summary="Conflicts (POST)",
    response_model=ConflictsMessage,
)
async def conflicts_by_message(
    dragoman: DragomanDep, served: ServedDep, asking: AskingDep, request: ConflictsRequest
) -> Response:
    """Return where reports of one day about a matter disagree, and what is corrected."""
    return await asking.answer("search", partial(_conflicts, dragoman, served, request))


def _conflicts(dragoman: Dragoman, served: Served, request: ConflictsRequest) -> ConflictsMessage:
    note_matter(served, request.matter)
    found = dragoman.stories.conflicts(
        request.matter, request.to_filters(), request.limit, request.offset
    )
    return ConflictsMessage.model_validate(conflicts_message(found, request.offsets))


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
