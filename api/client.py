"""A client of the service, in one process with nothing of the archive: it loads no model.

`Client` waits, `AsyncClient` is for event loops. Both return what the service sends, as the models
of `api/schemas.py`, and raise ServiceError with the service's own message.
"""

import json
import time
from asyncio import sleep
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from .errors import ServiceError, ServiceUnreachable
from .schemas import (
    ArticleTextMessage,
    AskMessage,
    InfoMessage,
    SearchMessage,
    SimilarArticlesMessage,
    SourcesMessage,
)
from .story_schemas import ConflictsMessage, FiguresMessage, QuotesMessage, TimelineMessage

_LATER = (429, 503)  # the request was not worked on, so that it may be sent again
_TRIES = 3
_LONGEST_WAIT = 30.0  # seconds
_TIMEOUT = 60.0
M = TypeVar("M", bound=BaseModel)
_EVENTS = {"Accept": "text/event-stream"}


@dataclass(frozen=True, slots=True)
class Event:
    """What a streamed answer says next: `passages`, `answer`, `citations`, or `done`.

    `data` is as docs/http.md describes it; that of `done` is the whole answer.
    """

    name: str
    data: dict[str, Any]


class _Requests:
    """What both clients ask for, and how they read the responses."""

    def __init__(self, tries: int) -> None:
        self._tries = tries

    def _pause(self, response: httpx.Response, tried: int) -> float | None:
        """Return the seconds to wait before the next try, or None if the response stands."""
        if response.status_code not in _LATER or tried >= self._tries:
            return None
        stated = response.headers.get("Retry-After", "")
        seconds = float(stated) if stated.isdecimal() else 2.0 ** (tried - 1)
        return seconds if seconds <= _LONGEST_WAIT else None


class Client(_Requests):
    """The service at an address. A request that comes too early is sent again when it says so.

    `key` is one that `dragoman keys create` made. `timeout` is in seconds, for each try. Raises
    ServiceError and ServiceUnreachable.
    """

    def __init__(
        self,
        address: str = "http://localhost:8000",
        key: str | None = None,
        timeout: float = _TIMEOUT,
        tries: int = _TRIES,
    ) -> None:
        super().__init__(tries)
        self._http = httpx.Client(base_url=address, headers=_headers(key), timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(
        self, question: str, history: Sequence[Mapping[str, Any]] = (), **options: Any
    ) -> AskMessage:
        """Answer a question. `options` are the fields of `/v1/ask`, such as `filters`."""
        return self._posted("/v1/ask", _asked(question, history, options), AskMessage)

    def search(self, question: str, **options: Any) -> SearchMessage:
        """Return the best passages. `options` are the fields of `/v1/search`."""
        return self._posted("/v1/search", {"question": question, **options}, SearchMessage)

    def stream(
        self, question: str, history: Sequence[Mapping[str, Any]] = (), **options: Any
    ) -> Iterator[Event]:
        """Answer a question, and yield what is known as soon as it is."""
        asked = _asked(question, history, options)
        request = self._http.build_request("POST", "/v1/ask", json=asked, headers=_EVENTS)
        response = self._sent(request, stream=True)
        try:
            yield from _events(response.iter_lines())
        except httpx.TransportError as error:
            raise _unreachable(request, error) from error
        finally:
            response.close()

    def timeline(self, matter: str, **options: Any) -> TimelineMessage:
        """Return the events of a matter. `options` are the fields of `/v1/timeline`."""
        return self._posted("/v1/timeline", {"matter": matter, **options}, TimelineMessage)

    def quotes(
        self, speaker: str | None = None, about: str | None = None, **options: Any
    ) -> QuotesMessage:
        """Return who said what: a speaker, about a matter, or both."""
        asked = {"speaker": speaker, "about": about, **options}
        return self._posted("/v1/quotes", asked, QuotesMessage)

    def figures(self, question: str, **options: Any) -> FiguresMessage:
        """Return the figures over time that answer a question for a number."""
        return self._posted("/v1/figures", {"question": question, **options}, FiguresMessage)

    def conflicts(self, matter: str, **options: Any) -> ConflictsMessage:
        """Return where reports of one day disagree about a matter, and what is corrected."""
        return self._posted("/v1/conflicts", {"matter": matter, **options}, ConflictsMessage)

    def article(self, id: str) -> ArticleTextMessage:
        """Return an article with its text."""
        return self._got(_article(id), ArticleTextMessage)

    def similar(self, id: str, limit: int = 5) -> SimilarArticlesMessage:
        """Return the articles nearest in meaning to one."""
        return self._got(f"{_article(id)}/similar?limit={limit}", SimilarArticlesMessage)

    def sources(self) -> SourcesMessage:
        """Return the outlets."""
        return self._got("/v1/sources", SourcesMessage)

    def info(self) -> InfoMessage:
        """Return what the service holds and takes."""
        return self._got("/v1/info", InfoMessage)

    def _posted(self, path: str, body: dict[str, Any], model: type[M]) -> M:
        return _read(self._sent(self._http.build_request("POST", path, json=body)), model)

    def _got(self, path: str, model: type[M]) -> M:
        return _read(self._sent(self._http.build_request("GET", path)), model)

    def _sent(self, request: httpx.Request, stream: bool = False) -> httpx.Response:
        tried = 1
        while True:
            try:
                response = self._http.send(request, stream=stream)
            except httpx.TransportError as error:
                raise _unreachable(request, error) from error
            if response.is_success:
                return response
            response.read()
            if (seconds := self._pause(response, tried)) is None:
                raise _error(response)
            time.sleep(seconds)
            tried += 1


class AsyncClient(_Requests):
    """`Client` for event loops."""

    def __init__(
        self,
        address: str = "http://localhost:8000",
        key: str | None = None,
        timeout: float = _TIMEOUT,
        tries: int = _TRIES,
    ) -> None:
        super().__init__(tries)
        self._http = httpx.AsyncClient(base_url=address, headers=_headers(key), timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self, question: str, history: Sequence[Mapping[str, Any]] = (), **options: Any
    ) -> AskMessage:
        """Answer a question. `options` are the fields of `/v1/ask`, such as `filters`."""
        return await self._posted("/v1/ask", _asked(question, history, options), AskMessage)

    async def search(self, question: str, **options: Any) -> SearchMessage:
        """Return the best passages. `options` are the fields of `/v1/search`."""
        return await self._posted("/v1/search", {"question": question, **options}, SearchMessage)

    async def stream(
        self, question: str, history: Sequence[Mapping[str, Any]] = (), **options: Any
    ) -> AsyncIterator[Event]:
        """Answer a question, and yield what is known as soon as it is."""
        asked = _asked(question, history, options)
        request = self._http.build_request("POST", "/v1/ask", json=asked, headers=_EVENTS)
        response = await self._sent(request, stream=True)
        reading = _Reading()
        try:
            async for line in response.aiter_lines():
                if event := reading.line(line):
                    yield event
        except httpx.TransportError as error:
            raise _unreachable(request, error) from error
        finally:
            await response.aclose()

    async def timeline(self, matter: str, **options: Any) -> TimelineMessage:
        """Return the events of a matter. `options` are the fields of `/v1/timeline`."""
        return await self._posted("/v1/timeline", {"matter": matter, **options}, TimelineMessage)

    async def quotes(
        self, speaker: str | None = None, about: str | None = None, **options: Any
    ) -> QuotesMessage:
        """Return who said what: a speaker, about a matter, or both."""
        asked = {"speaker": speaker, "about": about, **options}
        return await self._posted("/v1/quotes", asked, QuotesMessage)

    async def figures(self, question: str, **options: Any) -> FiguresMessage:
        """Return the figures over time that answer a question for a number."""
        return await self._posted("/v1/figures", {"question": question, **options}, FiguresMessage)

    async def conflicts(self, matter: str, **options: Any) -> ConflictsMessage:
        """Return where reports of one day disagree about a matter, and what is corrected."""
        return await self._posted("/v1/conflicts", {"matter": matter, **options}, ConflictsMessage)

    async def article(self, id: str) -> ArticleTextMessage:
        """Return an article with its text."""
        return await self._got(_article(id), ArticleTextMessage)

    async def similar(self, id: str, limit: int = 5) -> SimilarArticlesMessage:
        """Return the articles nearest in meaning to one."""
        return await self._got(f"{_article(id)}/similar?limit={limit}", SimilarArticlesMessage)

    async def sources(self) -> SourcesMessage:
        """Return the outlets."""
        return await self._got("/v1/sources", SourcesMessage)

    async def info(self) -> InfoMessage:
        """Return what the service holds and takes."""
        return await self._got("/v1/info", InfoMessage)

    async def _posted(self, path: str, body: dict[str, Any], model: type[M]) -> M:
        return _read(await self._sent(self._http.build_request("POST", path, json=body)), model)

    async def _got(self, path: str, model: type[M]) -> M:
        return _read(await self._sent(self._http.build_request("GET", path)), model)

    async def _sent(self, request: httpx.Request, stream: bool = False) -> httpx.Response:
        tried = 1
        while True:
            try:
                response = await self._http.send(request, stream=stream)
            except httpx.TransportError as error:
                raise _unreachable(request, error) from error
            if response.is_success:
                return response
            await response.aread()
            if (seconds := self._pause(response, tried)) is None:
                raise _error(response)
            await sleep(seconds)
            tried += 1


class _Reading:
    """Puts the lines of server-sent events together. Raises ServiceError for the event `error`."""

    def __init__(self) -> None:
        self._name = ""

    def line(self, line: str) -> Event | None:
        """Return the event that a line completes; each of ours has its data on one line."""
        kind, _, value = line.partition(": ")
        if kind == "event":
            self._name = value
        elif kind == "data":
            data = json.loads(value)
            if self._name == "error":
                raise ServiceError(
                    status=data["status"], problem=data["code"], message=data["detail"]
                )
            return Event(self._name, data)
        return None


def _events(lines: Iterator[str]) -> Iterator[Event]:
    reading = _Reading()
    for line in lines:
        if event := reading.line(line):
            yield event


def _headers(key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def _asked(
    question: str, history: Sequence[Mapping[str, Any]], options: dict[str, Any]
) -> dict[str, Any]:
    return {"question": question, "history": [*history], **options}


def _article(id: str) -> str:
    return f"/v1/articles/{quote(id, safe='')}"


def _read(response: httpx.Response, model: type[M]) -> M:
    return model.model_validate_json(response.content)


def _error(response: httpx.Response) -> ServiceError:
    """Return the problem that a response is; a proxy's may be anything."""
    try:
        problem = response.json()
        code, detail = problem["code"], problem["detail"]
    except (ValueError, TypeError, KeyError):
        code, detail = "http-error", response.reason_phrase or "no reason was given"
    return ServiceError(status=response.status_code, problem=code, message=detail)


def _unreachable(request: httpx.Request, error: httpx.TransportError) -> ServiceUnreachable:
    reason = str(error) or type(error).__name__
    return ServiceUnreachable(
        address=f"{request.url.scheme}://{request.url.netloc.decode()}", reason=reason
    )
