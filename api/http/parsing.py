"""Bodies that are parsed in a thread, since they may be large."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ParsedInThread(APIRoute):
    """A route whose JSON is parsed while the event loop goes on."""

    def get_route_handler(self) -> Handler:
        """Return FastAPI's handler, which is given a request that parses so."""
        handle = super().get_route_handler()

        async def handle_large(request: Request) -> Response:
            return await handle(_LargeRequest(request.scope, request.receive))

        return handle_large


class _LargeRequest(Request):
    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = await run_in_threadpool(json.loads, await self.body())
        return self._json
