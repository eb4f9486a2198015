"""A retriever for LangChain: `pip install 'dragoman[langchain]'`."""

from typing import Any

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import PrivateAttr, SecretStr

from .passages import Passage, Passages


class DragomanRetriever(BaseRetriever):
    """Returns the passages of news articles that best answer a question.

    They come from the `archive` in a folder, or from the service at `address`. `k` is how many;
    `filters` are those of `/v1/search`. A document's metadata has `title`, `source`, `url`,
    `published`, `span` and `score`.
    """

    archive: str | None = None
    address: str | None = None
    key: SecretStr | None = None
    k: int = 5
    filters: dict[str, Any] | None = None
    _passages: Passages = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Open nothing yet: that is done at the first question."""
        super().model_post_init(context)
        key = self.key.get_secret_value() if self.key else None
        self._passages = Passages(self.archive, self.address, key)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
        k: int | None = None,
    ) -> list[Document]:
        found = self._passages.search(query, self.k if k is None else k, self.filters)
        return [_document(one) for one in found]

    async def _aget_relevant_documents(
        self,
        query: str,
        *,
        run_manager: AsyncCallbackManagerForRetrieverRun,  # noqa: ARG002
        k: int | None = None,
    ) -> list[Document]:
        found = await self._passages.asearch(query, self.k if k is None else k, self.filters)
        return [_document(one) for one in found]


def _document(passage: Passage) -> Document:
    text, known = passage
    return Document(page_content=text, metadata=known, id=known["id"])
