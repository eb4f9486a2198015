"""Errors in the form in which OpenAI's clients expect them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from ...corpus.errors import DragomanError
from ..errors import ModelMissing, ParameterUnsupported

_FOLDERS = ("/v1/chat/", "/v1/responses", "/v1/models", "/v1/completions", "/v1/embeddings")
_TYPES = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}
# The codes that clients of OpenAI know; others are those of the service.
_CODES = {
    "key-missing": "invalid_api_key",
    "key-not-accepted": "invalid_api_key",
    "too-many-requests": "rate_limit_exceeded",
    "model-missing": "model_not_found",
    "parameter-unsupported": "unsupported_parameter",
}


def is_of_openai(path: str) -> bool:
    """Return whether an address is one of OpenAI's.

    >>> is_of_openai("/v1/chat/completions"), is_of_openai("/v1/ask")
    (True, False)
    """
    return path.startswith(_FOLDERS)


def openai_status(status: int) -> int:
    """Return the status that OpenAI has for it: a request that makes no sense is 400."""
    return 400 if status == HTTPStatus.UNPROCESSABLE_ENTITY else status


def openai_error(status: int, code: str, message: str, param: str | None = None) -> dict[str, Any]:
    """Return an error as OpenAI sends it."""
    default = "server_error" if status >= 500 else "invalid_request_error"
    kind = _TYPES.get(HTTPStatus(status), default)
    said = {"message": message, "type": kind, "param": param, "code": _CODES.get(code, code)}
    return {"error": said}


def param_of_error(error: DragomanError) -> str | None:
    """Return the parameter that an error is about, if it is about one of OpenAI's."""
    if isinstance(error, ParameterUnsupported):
        return str(error.facts["name"])
    return "model" if isinstance(error, ModelMissing) else None


def param_at(location: Sequence[str | int]) -> str | None:
    """Return a place in a request's body as OpenAI writes it; None for the whole body.

    >>> param_at(["messages", 0, "role"]), param_at([])
    ('messages[0].role', None)
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".") or None
