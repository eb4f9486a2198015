"""Client of a chat model: any server that implements OpenAI's chat completions API."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ..errors import (
    ChatModelAddressUnusable,
    ChatModelKeyUnusable,
    ChatModelRedirected,
    ChatModelRefused,
    ChatModelTimedOut,
    ChatModelTimeoutOutOfRange,
    ChatModelUnreachable,
    ReplyTooLong,
)
from ..stopping import Stop, current
from .reply import StreamedReply, content_of

LONGEST_REPLY = 256 * 1024  # bytes
DEFAULT_TIMEOUT = 30.0  # seconds
LONGEST_TIMEOUT = 600.0
_MOST_TOKENS = 300
_SEED = 7
_PATH = "/chat/completions"
_EVENTS = "text/event-stream"
_VERSION = re.compile(r"/v\d+\w*$")
_KEY = re.compile(r"[!-~]+")
_CHECK = {401: "its key", 403: "its key", 404: "its address and the model's name"} | {
    400: "the model's name, and that it takes chat messages",
    429: "its limits, and try again later",
}

Messages = Sequence[Mapping[str, str]]
OnText = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model: the server's `url` with or without `/v1`, the model's name, an API key.

    `model` may be left out if the server has only one. `timeout` is in seconds, for the whole
    request. The key appears in no message or log. Raises ChatModelAddressUnusable,
    ChatModelKeyUnusable or ChatModelTimeoutOutOfRange.

    >>> ChatModel("http://localhost:11434", "qwen3", key="secret")
    ChatModel(url='http://localhost:11434', model='qwen3', timeout=30.0)
    """

    url: str
    model: str | None = None
    key: str | None = field(default=None, repr=False)
    timeout: float = DEFAULT_TIMEOUT

    def __post_init__(self) -> None:
        if reason := _reason_against(self.url):
            raise ChatModelAddressUnusable(reason=reason)
        if self.key and not _KEY.fullmatch(self.key):
            raise ChatModelKeyUnusable()
        if not 0 < self.timeout <= LONGEST_TIMEOUT:
            raise ChatModelTimeoutOutOfRange(timeout=self.timeout, most=f"{LONGEST_TIMEOUT:g}")

    @property
    def where(self) -> str:
        """The host and port, for the log only: readers of answers should not see them."""
        return urlsplit(self.url).netloc

    @property
    def address(self) -> str:
        """The address that messages are posted to.

        >>> ChatModel("http://localhost:11434").address
        'http://localhost:11434/v1/chat/completions'
        """
        base = self.url.rstrip("/").removesuffix(_PATH)
        return f"{base}{'' if _VERSION.search(base) else '/v1'}{_PATH}"

    def complete(self, messages: Messages, on_text: OnText | None = None) -> str:
        """Return the model's reply to `messages`, unchanged.

        With `on_text` the reply is streamed, and this is called with all of it that has come, each
        time that there is more. Raises a ChatModelError, and QuestionStopped where the question is
        stopped meanwhile.
        """
        return _run(self._unless_stopped(messages, on_text, current()))

    async def _unless_stopped(self, messages: Messages, on_text: OnText | None, stop: Stop) -> str:
        asking = asyncio.ensure_future(self._ask(messages, on_text))
        loop = asyncio.get_running_loop()
        with stop.calling(lambda: loop.call_soon_threadsafe(asking.cancel)):
            try:
                return await asking
            except asyncio.CancelledError:
                stop.check()
                raise

    async def _ask(self, messages: Messages, on_text: OnText | None) -> str:
        import httpx  # imported here: it takes a quarter of a second

        try:
            # httpx limits each step alone, so a slow trickle would never time out.
            async with asyncio.timeout(self.timeout):
                async with httpx.AsyncClient(timeout=self.timeout) as client:
                    return await self._post(client, messages, on_text)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise ChatModelTimedOut(timeout=f"{self.timeout:g}") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ImportError, ValueError) as error:
            reason = str(error).split("\n")[0].rstrip(".") or type(error).__name__
            raise ChatModelUnreachable(reason=reason) from error

    async def _post(self, client: Any, messages: Messages, on_text: OnText | None) -> str:
        body = {"messages": list(messages), "temperature": 0, "seed": _SEED} | {
            "max_tokens": _MOST_TOKENS,
            "stream": on_text is not None,
        }
        if self.model:
            body["model"] = self.model
        # An uncompressed reply cannot expand from a few bytes to very many.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if on_text:
            headers["Accept"] = f"{_EVENTS}, application/json"
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        async with client.stream("POST", self.address, json=body, headers=headers) as response:
            self._check(response.status_code)
            if on_text and response.headers.get("content-type", "").startswith(_EVENTS):
                return await self._read_events(response, on_text)
            return content_of(await self._read(response))

    def _check(self, status: int) -> None:
        if 300 <= status < 400:
            raise ChatModelRedirected()
        if status != 200:
            what = _CHECK.get(status, "its log" if status >= 500 else "its address")
            raise ChatModelRefused(status=status, what=what)

    async def _read(self, response: Any) -> bytes:
        read = bytearray()
        async for piece in response.aiter_raw():
            read += piece
            if len(read) > LONGEST_REPLY:
                raise ReplyTooLong(most=LONGEST_REPLY)
        return bytes(read)

    async def _read_events(self, response: Any, on_text: OnText) -> str:
        reply = StreamedReply(LONGEST_REPLY)
        async for piece in response.aiter_raw():
            before = len(reply.text)
            try:
                reply.add(piece)
            finally:  # what came before a fault as well
                if len(reply.text) > before:
                    on_text(reply.text)
            if reply.done:
                break
        return reply.text


def _reason_against(url: str) -> str | None:
    """Return why `url` cannot be used, or None. It is not repeated: it may hold a secret."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "it is no web address"
    if parts.scheme not in ("http", "https"):
        return "it does not begin with http:// or https://"
    if not parts.hostname:
        return "it names no host"
    if parts.username is not None or parts.password is not None:
        return "it holds a name or a password, where a key is given by itself"
    if parts.query or parts.fragment:
        return "it goes on after its path, with ? or #"
    if re.search(r"[^!-~]", url):
        return "it holds a blank or a character that is not ASCII"
    return None


def _run(asked: Coroutine[Any, Any, str]) -> str:
    """Run to the end; in another thread if this one already runs a loop, as notebooks do."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(asked)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()
