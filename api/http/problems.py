"""Errors as HTTP sends them: RFC 9457 problem details, each with a stable code."""

import logging
import time
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...corpus.errors import ColumnsUnusable, DragomanError, ReadingError
from ...index.errors import (
    ArchiveBusy,
    ArchiveForbidden,
    ArchiveMissing,
    ArchiveNotWritable,
    ArchiveUnreachable,
    ArticleMissing,
    EncoderMismatch,
    EngineFailed,
)
from ...search.errors import FilterMissing, QuestionError
from ..errors import (
    AddressesNotFetched,
    Busy,
    DateInFuture,
    DeadlineExceeded,
    IdNotUsable,
    JobMissing,
    KeysUnreadable,
    ModelMissing,
    NoQuestionAsked,
    ParameterUnsupported,
    TooManyWaiting,
    UploadNotUnderstood,
    WriterStuck,
)
from ..openai.errors import (
    is_of_openai,
    openai_error,
    openai_status,
    param_at,
    param_of_error,
)
from ..schemas import ProblemMessage
from .methods import allowed_methods
from .watching.requests import REQUEST_ID, request_id

PROBLEM_TYPE = "application/problem+json"

_logger = logging.getLogger("dragoman")

_STATUS: dict[type[DragomanError], HTTPStatus] = {
    QuestionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ArticleMissing: HTTPStatus.NOT_FOUND,
    ArchiveBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveForbidden: HTTPStatus.SERVICE_UNAVAILABLE,
    EngineFailed: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveNotWritable: HTTPStatus.INSUFFICIENT_STORAGE,
    TooManyWaiting: HTTPStatus.SERVICE_UNAVAILABLE,
    WriterStuck: HTTPStatus.SERVICE_UNAVAILABLE,
    ReadingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ColumnsUnusable: HTTPStatus.UNPROCESSABLE_ENTITY,
    FilterMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
    UploadNotUnderstood: HTTPStatus.UNPROCESSABLE_ENTITY,
    AddressesNotFetched: HTTPStatus.FORBIDDEN,
    JobMissing: HTTPStatus.NOT_FOUND,
    ModelMissing: HTTPStatus.NOT_FOUND,
    ParameterUnsupported: HTTPStatus.UNPROCESSABLE_ENTITY,
    NoQuestionAsked: HTTPStatus.UNPROCESSABLE_ENTITY,
    IdNotUsable: HTTPStatus.UNPROCESSABLE_ENTITY,
    DateInFuture: HTTPStatus.UNPROCESSABLE_ENTITY,
    EncoderMismatch: HTTPStatus.SERVICE_UNAVAILABLE,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    DeadlineExceeded: HTTPStatus.GATEWAY_TIMEOUT,
    KeysUnreadable: HTTPStatus.SERVICE_UNAVAILABLE,
    DragomanError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
# Seconds after which to try again.
_LATER = {ArchiveBusy: 5, ArchiveUnreachable: 5, EngineFailed: 5, TooManyWaiting: 5}
# Of a server that keeps the archive. Where it is, and what it said, is for the log alone, where one
# line in a while is enough.
_OF_ENGINE = (ArchiveUnreachable, ArchiveForbidden, EngineFailed)
_QUIET_SECONDS = 10.0
_last_logged: dict[str, float] = {}
# Codes are stable, so they are not derived from HTTP's phrases, which Python 3.13 changed.
_OF_STATUS = {
    400: ("unreadable-request", "The request's body could not be read as JSON in UTF-8."),
    404: ("not-found", "There is nothing at this address. See the addresses at /docs."),
    405: ("method-not-allowed", "This method is not allowed here. See the methods at /docs."),
    413: ("request-too-large", "The request is too large. Ask more briefly, or send fewer turns."),
}
_OF_HOST = (
    "host-not-allowed",
    "The request names a host that this service does not answer for. "
    "Use one of its own, such as localhost, or have its operator allow this one.",
)

_UNEXPECTED = (
    "internal-error",
    "Something unexpected went wrong; the service's log has the details.",
)


def add_problem_handlers(app: FastAPI) -> None:
    """Make `app` send every error as application/problem+json."""
    app.add_exception_handler(DragomanError, of_dragoman)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_anything)
    app.add_middleware(UnexpectedErrors)


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
    param: str | None = None,
) -> JSONResponse:
    """Return the response that describes a problem. `param` is what OpenAI's clients are told."""
    message = _message(request, status, code, detail)
    # The response to an unexpected error is made further out than where others get their id.
    id = message.request_id
    headers = {**(headers or {}), **({REQUEST_ID: id} if id else {})}
    if is_of_openai(request.scope["path"].removeprefix(request.scope.get("root_path", ""))):
        status = openai_status(status)
        return JSONResponse(openai_error(status, code, detail, param), status, headers)
    return JSONResponse(message.model_dump(), status, headers, media_type=PROBLEM_TYPE)


def problem_of(request: Request, error: Exception) -> ProblemMessage:
    """Return the problem that an error is, for a response that has more than it."""
    if isinstance(error, DragomanError):
        return _message(request, _status_of(error), error.code, without_path(error))
    _logger.error("unexpected error", exc_info=error)
    return _message(request, HTTPStatus.INTERNAL_SERVER_ERROR, *_UNEXPECTED)


def _message(request: Request, status: int, code: str, detail: str) -> ProblemMessage:
    return ProblemMessage(
        type=f"urn:dragoman:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        instance=quote(request.url.path),
        request_id=request_id(request),
    )


def _status_of(error: DragomanError) -> HTTPStatus:
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _logger.error("%s: %s", error.code, error)
    elif isinstance(error, _OF_ENGINE):
        _log_in_a_while(error)
    return status


def _log_in_a_while(error: DragomanError) -> None:
    """Log an error of which every request may have one."""
    now = time.monotonic()
    if now - _last_logged.get(error.code, -_QUIET_SECONDS) >= _QUIET_SECONDS:
        _last_logged[error.code] = now
        _logger.error("%s: %s", error.code, error)


class UnexpectedErrors:
    """Middleware that logs what nobody foresaw, once, and sends a problem.

    It is within the others, so that its response has their headers as well.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer 500 if that fails before a response has begun."""
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            _logger.error("unexpected error", exc_info=error)
            await _of_anything(Request(scope), error)(scope, receive, send)


class PlainErrorsAsProblems:
    """Middleware that turns plain-text errors of other middleware into problems."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and replace its response if that is such an error."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        replaced = False

        async def send_problem(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_plain_error(message):
                replaced = True
                answer = _of_middleware(request, message["status"])
                await answer(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, send_problem)


def _is_plain_error(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] >= HTTPStatus.BAD_REQUEST and kind.startswith("text/plain")


def of_dragoman(request: Request, error: Exception) -> JSONResponse:
    """Return the problem that an error of ours is."""
    assert isinstance(error, DragomanError)  # noqa: S101
    later = error.facts["seconds"] if isinstance(error, Busy) else _LATER.get(type(error))
    headers = {"Retry-After": str(later)} if later else None
    status, detail = _status_of(error), without_path(error)
    return problem(request, status, error.code, detail, headers, param_of_error(error))


def not_ready(request: Request, error: DragomanError) -> JSONResponse:
    """Return the problem that keeps the service from answering, with status 503."""
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, error.code, without_path(error))


def without_path(error: DragomanError) -> str:
    """Return the message without the folder of the archive, which is nobody's business."""
    if "path" not in error.facts:
        return str(error)
    if isinstance(error, ArchiveMissing):
        return "This service has no archive. Make one by adding articles to it."
    hidden = {"path": "of this service"}
    if isinstance(error, _OF_ENGINE):
        hidden["reason"] = "the service's log says more"
    return str(type(error)(**{**error.facts, **hidden}))


def _of_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    detail = "The request is not in the expected form. " + "; ".join(map(_fault, error.errors()))
    if isinstance(error.body, bytes):  # its content type is not JSON
        detail += ". Send JSON, with the header Content-Type: application/json"
    param = param_at(error.errors()[0]["loc"][1:])
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return problem(request, status, "invalid-request", detail, param=param)


def _fault(fault: dict[str, Any]) -> str:
    *_, last = location = fault["loc"]
    if fault["type"] == "json_invalid":
        return f"body: not JSON ({fault['ctx']['error']} at character {last})"
    place = ".".join(map(str, location[1:]))  # the first says: body, query or path
    return f"{place or 'body'}: {fault['msg']}"


def _of_middleware(request: Request, status: int) -> JSONResponse:
    """Return the problem behind a middleware's error: only the host check sends status 400."""
    if status == HTTPStatus.BAD_REQUEST:
        return problem(request, status, *_OF_HOST)
    return _of_http(request, HTTPException(status))


def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    code, detail = _OF_STATUS.get(error.status_code, ("http-error", str(error.detail)))
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:  # a router knows only one of its routes
        headers["Allow"] = allowed_methods(request.scope, request.app.routes)
    return problem(request, error.status_code, code, detail, headers)


def _of_anything(request: Request, _error: Exception) -> JSONResponse:
    """Return what is shown of an error; the server logs what comes here by itself."""
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, *_UNEXPECTED)
