"""Errors as HTTP shows them: RFC 9457 problem details, each with a stable code."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..corpus.errors import (
    ArchiveBusy,
    ArchiveMissing,
    ArticleMissing,
    DragomanError,
    EncoderMismatch,
    QuestionError,
)
from .messages import ProblemMessage

_logger = logging.getLogger("dragoman")

_STATUS: dict[type[DragomanError], HTTPStatus] = {
    QuestionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ArticleMissing: HTTPStatus.NOT_FOUND,
    ArchiveBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    ArchiveMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    EncoderMismatch: HTTPStatus.SERVICE_UNAVAILABLE,
    DragomanError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def add_problem_handlers(app: FastAPI) -> None:
    """Have every error of `app` answered as application/problem+json."""
    app.add_exception_handler(DragomanError, _of_dragoman)
    app.add_exception_handler(RequestValidationError, _of_request)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_anything)


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Make the answer that says what went wrong."""
    message = ProblemMessage(
        type=f"urn:dragoman:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        instance=request.url.path,
    )
    return JSONResponse(
        message.model_dump(), status, headers, media_type="application/problem+json"
    )


class PlainErrorsAsProblems:
    """Turns the plain-text errors that middleware answers with into problems like all others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back unless it is such an error."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        replaced = False

        async def send_problem(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_plain_error(message):
                replaced = True
                answer = _of_http(request, HTTPException(message["status"]))
                await answer(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, send_problem)


def _is_plain_error(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] >= HTTPStatus.BAD_REQUEST and kind.startswith("text/plain")


def _of_dragoman(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DragomanError)  # noqa: S101
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _logger.error("%s: %s", error.code, error)
    return problem(request, status, error.code, str(error))


def _of_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    detail = "The request is not of the form expected. " + "; ".join(faults)
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", detail)


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location if part not in ("body", "query")) or "body"


def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    phrase = HTTPStatus(error.status_code).phrase
    details = {
        HTTPStatus.BAD_REQUEST: "The request names a host that this service does not answer for. "
        "Start it with --allow-host NAME to have it answer.",
        HTTPStatus.NOT_FOUND: "There is nothing at this address. The addresses are at /docs.",
        HTTPStatus.METHOD_NOT_ALLOWED: f"{request.method} is not possible here.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is too large. Ask more briefly.",
    }
    detail = details.get(HTTPStatus(error.status_code), str(error.detail))
    code = phrase.lower().replace(" ", "-")
    headers = dict(error.headers) if error.headers else None
    return problem(request, error.status_code, code, detail, headers)


def _of_anything(request: Request, error: Exception) -> JSONResponse:
    _logger.exception("unexpected error", exc_info=error)
    detail = "Something unexpected went wrong; the service's log says what."
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", detail)
