"""The retriever for LlamaIndex."""

import asyncio

import pytest

pytest.importorskip("llama_index.core", reason="make test-integrations")

from llama_index.core.schema import MetadataMode

from dragoman.api.integrations.llamaindex import DragomanRetriever

QUESTION = "Who led the Ukrainian delegation in Istanbul?"


def test_nodes_have_scores_sources_and_spans(talks, service):
    for where in ({"archive": str(talks.folder)}, {"address": service}):
        retriever = DragomanRetriever(**where, limit=3)
        nodes = retriever.retrieve(QUESTION)
        again = asyncio.run(retriever.aretrieve(QUESTION))
        assert [one.node_id for one in nodes] == [one.node_id for one in again]
        assert len(nodes) == 3
        assert nodes[0].score >= nodes[1].score
        start, end = nodes[0].metadata["span"]
        article = talks.article(nodes[0].metadata["article"])
        assert article.text[start:end] == nodes[0].node.text
        shown = nodes[0].node.get_content(MetadataMode.LLM)
        assert article.title in shown
        assert "span" not in shown


def test_filters_hold(service):
    filters = {"since": "2022-05-01"}
    nodes = DragomanRetriever(address=service, filters=filters).retrieve(QUESTION)
    assert all(one.metadata["published"] >= "2022-05-01" for one in nodes)
