"""`/v1/jobs`: adding many articles, and how far that has come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from ....corpus.formats.records.fields import columns_from
from ....search.question import parse_day
from ...errors import UploadNotUnderstood
from ...jobs import BatchParameters, JobMessage, JobsMessage
from ...settings import ServiceSettings
from ..dependencies import JobsDep, SettingsDep
from ..writing.runner import Jobs
from ..writing.store import Job
from ..writing.uploads import keep_files, keep_json, keep_lines

router = APIRouter(tags=["jobs"])

_LINES = ("application/x-ndjson", "application/jsonl", "application/json-lines")
_MOST_FILES = 1000
_MOST_FIELDS = 10
_LIST = {"type": "array", "items": {"type": "object"}}
_FILES = {"type": "array", "items": {"type": "string", "contentMediaType": "text/plain"}}
_ADDRESSES = {"type": "array", "items": {"type": "string", "format": "uri"}, "maxItems": 100}
_BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"articles": _LIST, "addresses": _ADDRESSES},
                "oneOf": [{"required": ["articles"]}, {"required": ["addresses"]}],
            }
        },
        "application/x-ndjson": {"schema": {"type": "string"}},
        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": _FILES}}},
    },
}


@router.post(
    "/v1/articles",
    operation_id="post_articles",
    summary="Add many articles",
    status_code=202,
    openapi_extra={"requestBody": _BODY},
)
async def post_articles(
    jobs: JobsDep,
    settings: SettingsDep,
    request: Request,
    response: Response,
    parameters: Annotated[BatchParameters, Query()],
) -> JobMessage:
    """Take articles as JSON, JSON Lines, files or addresses; return the job that adds them."""
    day = parse_day(parameters.published, "published")
    job = Job(
        source=parameters.source,
        published=day.isoformat() if day else None,
        tags=parameters.tag,
        columns=dict(columns_from(parameters.columns)) if parameters.columns else {},
    )
    try:
        await _keep(request, jobs, job, settings)
        await run_in_threadpool(jobs.enqueue, job)
    except BaseException:
        await run_in_threadpool(jobs.store.discard_uploads, job)
        raise
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobMessage.of(job)


@router.get("/v1/jobs", operation_id="list_jobs", summary="List the latest jobs")
def list_jobs(jobs: JobsDep, limit: Annotated[int, Query(ge=1, le=1000)] = 50) -> JobsMessage:
    """Return the latest jobs, the newest first."""
    return JobsMessage(jobs=[JobMessage.of(job) for job in jobs.store.recent(limit)])


@router.get("/v1/jobs/{id}", operation_id="get_job", summary="Watch a job")
def job(jobs: JobsDep, id: str) -> JobMessage:
    """Return how far a job has come."""
    return JobMessage.of(jobs.store.job(id))


@router.delete("/v1/jobs/{id}", operation_id="cancel_job", summary="Cancel a job")
def cancel_job(jobs: JobsDep, id: str) -> JobMessage:
    """Cancel a job. What it has added stays; one that is finished is left as it is."""
    return JobMessage.of(jobs.cancel(id))


async def _keep(request: Request, jobs: Jobs, job: Job, settings: ServiceSettings) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    folder = jobs.store.uploads(job)
    if kind == "multipart/form-data":
        async with _form(request) as form:
            await run_in_threadpool(keep_files, form, folder, job)
    elif kind == "application/json" or kind in _LINES:
        body = await request.body()
        if kind == "application/json":
            await asyncio.to_thread(keep_json, body, folder, job, settings)
        else:
            await asyncio.to_thread(keep_lines, body, folder, job)
    else:
        raise UploadNotUnderstood(reason=f"its type is {kind[:80] or 'not stated'}")


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[FormData]:
    """Have the form of a request. Raises UploadNotUnderstood where it is too much."""
    try:
        form = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
    except HTTPException as error:
        if "files" in error.detail:
            reason = f"it has more than {_MOST_FILES:,} files, which are to be sent in parts"
        elif "fields" in error.detail:
            reason = f"it has more than {_MOST_FIELDS} fields that are no files"
        else:
            raise
        raise UploadNotUnderstood(reason=reason) from error
    try:
        yield form
    finally:
        await form.close()
