"""`/v1/info`: what the service is, what it holds, and what it takes."""

from fastapi import APIRouter, Request

from ....search.question import MOST_CHARACTERS, MOST_PASSAGES
from ...requests import MOST_IN_BATCH, MOST_LISTED
from ...schemas import InfoMessage, LimitsMessage
from ...settings import ServiceSettings
from ..dependencies import DragomanDep, SettingsDep
from ..protection.access import may_write

_LANGUAGES = ["en"]

router = APIRouter(tags=["articles"])


@router.get("/v1/info", summary="What the service holds and takes", operation_id="get_info")
def info(dragoman: DragomanDep, settings: SettingsDep, request: Request) -> InfoMessage:
    """Return versions, sizes, dates and limits, and whether the caller may add articles."""
    held = dragoman.info()
    return InfoMessage(
        version=request.app.version,
        encoder=held.encoder,
        seq=held.seq,
        articles=held.articles,
        passages=held.passages,
        first_published=held.first_published,
        last_published=held.last_published,
        languages=_LANGUAGES,
        may_write=may_write(request),
        may_fetch=settings.fetch_addresses and may_write(request),
        limits=_limits(settings),
    )


def _limits(settings: ServiceSettings) -> LimitsMessage:
    return LimitsMessage(
        question_characters=MOST_CHARACTERS,
        passages=MOST_PASSAGES,
        batch=MOST_IN_BATCH,
        articles=MOST_LISTED,
        body_bytes=settings.max_body_bytes,
        upload_bytes=settings.max_upload_bytes,
        deadline=settings.deadline,
    )
