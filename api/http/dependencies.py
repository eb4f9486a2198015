"""Dependencies of the routes."""

from typing import Annotated

from fastapi import Depends, Request

from ...search.dragoman import Dragoman


def _dragoman(request: Request) -> Dragoman:
    return request.app.state.dragoman


DragomanDep = Annotated[Dragoman, Depends(_dragoman)]
