"""A retriever for Haystack pipelines: `pip install 'dragoman[haystack]'`."""

from typing import Any

from haystack import Document, component, default_from_dict, default_to_dict
from haystack.utils import Secret, deserialize_secrets_inplace

from .passages import Passage, Passages


@component
class DragomanRetriever:
    """Returns the passages of news articles that best answer a question, as documents.

    It needs no document store: passages come from the `archive` in a folder, or from the service
    at `address`. `top_k` is how many; `filters` are those of `/v1/search`. A document's `meta` has
    `title`, `source`, `url`, `published` and `span`.
    """

    def __init__(
        self,
        archive: str | None = None,
        address: str | None = None,
        key: Secret | None = None,
        top_k: int = 5,
        filters: dict[str, Any] | None = None,
    ) -> None:
        self.archive, self.address, self.key = archive, address, key
        self.top_k, self.filters = top_k, filters
        self._passages = Passages(archive, address, key.resolve_value() if key else None)

    def to_dict(self) -> dict[str, Any]:
        """Return the component as a pipeline stores it, without the key itself."""
        return default_to_dict(
            self,
            archive=self.archive,
            address=self.address,
            key=self.key.to_dict() if self.key else None,
            top_k=self.top_k,
            filters=self.filters,
        )

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "DragomanRetriever":
        """Return the component that a pipeline has stored."""
        if data["init_parameters"].get("key"):
            deserialize_secrets_inplace(data["init_parameters"], keys=["key"])
        return default_from_dict(cls, data)

    @component.output_types(documents=list[Document])
    def run(
        self, query: str, top_k: int | None = None, filters: dict[str, Any] | None = None
    ) -> dict[str, list[Document]]:
        """Return the best passages for a question, the best first."""
        found = self._passages.search(query, top_k or self.top_k, filters or self.filters)
        return {"documents": [_document(one) for one in found]}

    @component.output_types(documents=list[Document])
    async def run_async(
        self, query: str, top_k: int | None = None, filters: dict[str, Any] | None = None
    ) -> dict[str, list[Document]]:
        """Return what `run` does, without blocking the event loop."""
        found = await self._passages.asearch(query, top_k or self.top_k, filters or self.filters)
        return {"documents": [_document(one) for one in found]}


def _document(passage: Passage) -> Document:
    text, known = passage
    meta = {name: value for name, value in known.items() if name not in ("id", "score")}
    return Document(id=known["id"], content=text, meta=meta, score=known["score"])
