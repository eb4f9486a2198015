"""Who may do what: every address but the OPEN ones needs a key where there are keys."""

from http import HTTPStatus
from pathlib import Path

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ....corpus.errors import DragomanError
from ... import keys
from ...keys import Key, Keys
from ...settings import LOCAL_HOSTS, ServiceSettings
from ..problems import of_dragoman, problem
from .rates import Rates

# For supervisors, and pages that hold nothing of the archive. A new address is not open by itself.
OPEN = {"/", "/widget.js", "/livez", "/readyz", "/docs", "/docs/oauth2-redirect", "/openapi.json"}
_OPEN_FOLDERS = ("/static-offline-docs/", "/page/")
# A link brings no key: these show a page without content, which asks for it.
_SHELLS = "/articles/"
# Questions change nothing, though a long one is sent by POST.
_QUESTIONS = {"/v1/ask", "/v1/search", "/v1/ask/batch", "/v1/search/batch", "/mcp"}
_QUESTIONS |= {
    "/v1/timeline",
    "/v1/quotes",
    "/v1/figures",
    "/v1/conflicts",
    "/v1/chat/completions",
    "/v1/responses",
}
_ADMINISTRATION = {"/metrics"}
_JOBS = "/v1/jobs"
_SAFE = ("GET", "HEAD")
# What proxies add, each in its own way.
_FORWARDED = {"forwarded", "via", "x-real-ip", "true-client-ip", "cf-connecting-ip"} | {
    f"x-forwarded-{what}" for what in ("for", "host", "proto", "port", "server")
}
_OF_SITE = ("same-origin", "none")
_KEY, _ADMITTED, _ACCESS = "dragoman.key", "dragoman.admitted", "dragoman.access"


def key_of(request: Request) -> Key | None:
    """Return the key of a request, or None where the service needs none."""
    return request.scope[_KEY]


def is_admitted(request: Request) -> bool:
    """Return whether a request for a page may see its content."""
    return request.scope[_ADMITTED]


def may_write(request: Request) -> bool:
    """Return whether who sends a request could change the articles as well."""
    access: Access = request.scope[_ACCESS]
    return access.allows_writing(request)


class Access:
    """Middleware that lets a request pass if its key may do what it asks for.

    Without keys, who reaches the service may read, and write from this machine.
    """

    def __init__(
        self, app: ASGIApp, keys: Keys, settings: ServiceSettings, shared: Path | None = None
    ) -> None:
        self.app = app
        self._keys = keys
        self._settings = settings
        self._rates = Rates(settings.rate_limit, shared)
        self._needed = not (settings.is_local or settings.open_access)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401 or 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        scope[_KEY], scope[_ADMITTED], scope[_ACCESS] = None, True, self
        try:
            refusal = None if _is_open(request) else self._refusal(request)
            if refusal and request.method in _SAFE and _path(request).startswith(_SHELLS):
                scope[_ADMITTED], refusal = False, None
        except DragomanError as error:  # the keys cannot be read: nobody passes
            refusal = of_dragoman(request, error)
        await (refusal or self.app)(scope, receive, send)

    def allows_writing(self, request: Request) -> bool:
        """Return whether who sends a request that has passed could change the articles as well."""
        if key := key_of(request):
            return key.allows("write")
        return not self._needed and self._refusal_without_keys(request, "write") is None

    def _refusal(self, request: Request) -> JSONResponse | None:
        # Once there were keys, they are needed until the service is started again.
        self._needed = self._needed or self._keys.exist()
        needed = needed_scope(request)
        if not self._needed:
            if needed != "read" and (refusal := self._refusal_without_keys(request, needed)):
                return refusal
            return self._rates.refusal(request, None)
        if (secret := secret_of(request)) is None:
            detail = "This needs a key. Send it as Authorization: Bearer KEY, or X-API-Key."
            return _unauthorized(request, "key-missing", detail)
        key = self._keys.with_secret(secret)
        if key is None or key.state != "valid":
            what = "unknown" if key is None else key.state
            detail = f"The key is {what}. Ask the service's operator for another."
            # Only wrong keys are refused here: others of the same address have valid ones.
            too_many = self._rates.refusal_of_wrong_key(request)
            return too_many or _unauthorized(request, "key-not-accepted", detail)
        request.state.served.key = key.name  # for the request log
        if not key.allows(needed):
            detail = f"This key may not do this: it needs the scope “{needed}”."
            return problem(request, HTTPStatus.FORBIDDEN, "scope-missing", detail)
        request.scope[_KEY] = key
        return self._rates.refusal(request, key.id)

    def _refusal_without_keys(self, request: Request, needed: keys.Scope) -> JSONResponse | None:
        if needed == "admin":
            return None
        if request.headers.get("sec-fetch-site", "none") not in _OF_SITE or not _same_origin(
            request
        ):  # the browser of someone on this machine, sent here by another web site
            detail = "Pages of other web sites may not change the articles without a key."
            return problem(request, HTTPStatus.FORBIDDEN, "origin-not-allowed", detail)
        if not (self._settings.allow_writes and self._settings.is_local and _is_local(request)):
            detail = "Without a key, articles are changed from the service's own machine alone, "
            detail += "and only if its operator allows it."
            return problem(request, HTTPStatus.FORBIDDEN, "writing-not-allowed", detail)
        return None


def needed_scope(request: Request) -> keys.Scope:
    """Return the scope that a request needs."""
    return scope_of(request.method, _path(request))


def scope_of(method: str, path: str) -> keys.Scope:
    """Return the scope that a method of an address needs, if it needs a key."""
    if path in _ADMINISTRATION:
        return "admin"
    if path == _JOBS or path.startswith(f"{_JOBS}/"):
        return "write"  # a job names the articles that it brings
    return "read" if method in _SAFE or path in _QUESTIONS else "write"


def secret_of(request: Request) -> str | None:
    """Return the secret that a request brings, which may be anything, or None."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        return secret.strip()
    return request.headers.get("x-api-key") or None


def _is_open(request: Request) -> bool:
    path = _path(request)
    return request.method == "OPTIONS" or (
        request.method in _SAFE and (path in OPEN or path.startswith(_OPEN_FOLDERS))
    )


def _path(request: Request) -> str:
    return request.scope["path"].removeprefix(request.scope.get("root_path", ""))


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _is_local(request: Request) -> bool:
    """Return whether a request is from this machine, and no proxy has said otherwise."""
    host = request.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in LOCAL_HOSTS and _FORWARDED.isdisjoint(request.headers)


def _unauthorized(request: Request, code: str, detail: str) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"}
    return problem(request, HTTPStatus.UNAUTHORIZED, code, detail, headers)
