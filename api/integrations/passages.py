"""Where a retriever gets its passages: from an archive in this process, or from a service."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..client import AsyncClient, Client
from ..links import own_link, web_address
from ..requests import FiltersMessage

if TYPE_CHECKING:
    from ...search.dragoman import Dragoman

Passage = tuple[str, dict[str, Any]]
"""A passage's text, and what is known of it."""


class Passages:
    """The passages of the archive at a path, or of the service at `address`.

    Without either it is the user's own archive. What is needed is opened at the first question.
    """

    def __init__(
        self,
        archive: str | Path | None = None,
        address: str | None = None,
        key: str | None = None,
    ) -> None:
        self._archive, self._address, self._key = archive, address, key
        self._opening = threading.Lock()
        self._dragoman: Dragoman | None = None

    def search(self, question: str, limit: int, filters: Mapping[str, Any] | None) -> list[Passage]:
        """Return the best passages for a question, the best first."""
        if self._address is None:
            found = self._opened().search(question, limit=limit, filters=_filters(filters))
            return self._passages(found.to_dict())
        asked = {"limit": limit, "filters": dict(filters or {})}
        with Client(self._address, key=self._key) as client:
            return self._passages(client.search(question, **asked).model_dump(mode="json"))

    async def asearch(
        self, question: str, limit: int, filters: Mapping[str, Any] | None
    ) -> list[Passage]:
        """Return what `search` does, without blocking the event loop."""
        if self._address is None:
            dragoman = self._opened()
            found = await dragoman.asearch(question, limit=limit, filters=_filters(filters))
            return self._passages(found.to_dict())
        asked = {"limit": limit, "filters": dict(filters or {})}
        async with AsyncClient(self._address, key=self._key) as client:
            return self._passages((await client.search(question, **asked)).model_dump(mode="json"))

    def _opened(self) -> "Dragoman":
        from ...search.dragoman import Dragoman

        with self._opening:
            self._dragoman = self._dragoman or Dragoman.open(self._archive)
            return self._dragoman

    def _passages(self, message: dict[str, Any]) -> list[Passage]:
        return [(one["text"], self._known_of(one)) for one in message["passages"]]

    def _known_of(self, passage: dict[str, Any]) -> dict[str, Any]:
        """Return where a passage is from; `span` is that of its text in the article's."""
        article = passage["article"]
        service = self._address.rstrip("/") if self._address else None
        return {
            "id": passage["id"],
            "article": article["id"],
            "title": article["title"],
            "source": article["source"],
            "url": web_address(article["url"]) or own_link(article["id"], service),
            "published": article["published"],
            "notice": (article["notice"] or {}).get("text"),
            "span": [*passage["span"]],
            "score": passage["score"],
        }


def _filters(filters: Mapping[str, Any] | None) -> Any:
    return FiltersMessage.model_validate(filters or {}).to_filters()
