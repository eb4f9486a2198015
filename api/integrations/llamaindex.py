"""A retriever for LlamaIndex: `pip install 'dragoman[llamaindex]'`."""

from collections.abc import Mapping
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from .passages import Passage, Passages


class DragomanRetriever(BaseRetriever):
    """Returns the passages of news articles that best answer a question, with their scores.

    They come from the `archive` in a folder, or from the service at `address`. `limit` is how
    many; `filters` are those of `/v1/search`. A node's metadata has `title`, `source`, `url`,
    `published` and `span`; a language model is shown the first four.
    """

    def __init__(
        self,
        archive: str | None = None,
        address: str | None = None,
        key: str | None = None,
        limit: int = 5,
        filters: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._passages = Passages(archive, address, key)
        self._limit, self._filters = limit, filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._passages.search(query_bundle.query_str, self._limit, self._filters)
        return [_node(one) for one in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = await self._passages.asearch(query_bundle.query_str, self._limit, self._filters)
        return [_node(one) for one in found]


def _node(passage: Passage) -> NodeWithScore:
    text, known = passage
    unsaid = ["id", "article", "span"]
    known = dict(known)
    score = known.pop("score")
    node = TextNode(
        id_=known["id"],
        text=text,
        metadata=known,
        excluded_llm_metadata_keys=unsaid,
        excluded_embed_metadata_keys=unsaid,
    )
    return NodeWithScore(node=node, score=score)
