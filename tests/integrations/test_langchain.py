"""The retriever for LangChain, by LangChain's own suite too."""

import asyncio

import pytest

pytest.importorskip("langchain_core", reason="make test-integrations")
pytest.importorskip("langchain_tests", reason="make test-integrations")

from langchain_core.documents import Document
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_tests.integration_tests import RetrieversIntegrationTests

from dragoman.api.integrations.langchain import DragomanRetriever

QUESTION = "Who led the Ukrainian delegation in Istanbul?"


class TestInProcess(RetrieversIntegrationTests):
    @pytest.fixture(autouse=True)
    def _archive(self, talks):
        type(self).folder = str(talks.folder)

    @property
    def retriever_constructor(self):
        return DragomanRetriever

    @property
    def retriever_constructor_params(self):
        return {"archive": self.folder}

    @property
    def retriever_query_example(self):
        return QUESTION


class TestByAddress(TestInProcess):
    @pytest.fixture(autouse=True)
    def _address(self, service):
        type(self).address = service

    @property
    def retriever_constructor_params(self):
        return {"address": self.address}


def test_documents_have_their_source_and_span(talks, service):
    for retriever in (
        DragomanRetriever(archive=str(talks.folder)),
        DragomanRetriever(address=service),
    ):
        first = retriever.invoke(QUESTION)[0]
        again = asyncio.run(retriever.ainvoke(QUESTION))[0]
        assert (first.page_content, first.id) == (again.page_content, again.id)
        article = talks.article(first.metadata["article"])
        start, end = first.metadata["span"]
        assert article.text[start:end] == first.page_content
        assert first.metadata["url"]
        assert {"title", "source", "published", "score"} <= set(first.metadata)


def test_it_stands_in_a_chain(service):
    def joined(documents: list[Document]) -> str:
        return "\n".join(f"{one.page_content} ({one.metadata['url']})" for one in documents)

    retriever = DragomanRetriever(address=service, k=2)
    prompt = ChatPromptTemplate.from_template("{passages}\n\n{question}")
    chain = (
        {"passages": retriever | joined, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(lambda asked: asked.to_string())
        | StrOutputParser()
    )
    said = chain.invoke(QUESTION)
    assert "Arakhamia" in said
    assert service in said
