"""The retriever for Haystack, in pipelines that are stored and read again."""

import asyncio

import pytest

pytest.importorskip("haystack", reason="make test-integrations")

from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack.utils import Secret

from dragoman.api.integrations.haystack import DragomanRetriever

QUESTION = "Who led the Ukrainian delegation in Istanbul?"
TEMPLATE = "{% for one in documents %}{{ one.content }} ({{ one.meta.url }})\n{% endfor %}{{ q }}"


def pipeline(kind, retriever):
    made = kind()
    made.add_component("retriever", retriever)
    made.add_component("prompt", PromptBuilder(TEMPLATE, required_variables=["documents", "q"]))
    made.connect("retriever.documents", "prompt.documents")
    return made


def test_a_pipeline_is_stored_read_again_and_run(talks, service):
    for where in ({"archive": str(talks.folder)}, {"address": service}):
        made = pipeline(Pipeline, DragomanRetriever(**where, top_k=2))
        again = Pipeline.loads(made.dumps(), allowed_modules=["dragoman.api.integrations.haystack"])
        data = {"retriever": {"query": QUESTION}, "prompt": {"q": QUESTION}}
        ran = again.run(data, include_outputs_from={"retriever"})
        assert "Arakhamia" in ran["prompt"]["prompt"]
        first, *more = ran["retriever"]["documents"]
        assert len(more) == 1
        start, end = first.meta["span"]
        assert talks.article(first.meta["article"]).text[start:end] == first.content
        assert first.meta["url"] in ran["prompt"]["prompt"]
        assert first.score is not None


def test_it_runs_in_an_event_loop(service):
    made = pipeline(Pipeline, DragomanRetriever(address=service))
    data = {"retriever": {"query": QUESTION, "top_k": 1}, "prompt": {"q": QUESTION}}
    ran = asyncio.run(made.run_async(data, include_outputs_from={"retriever"}))
    assert len(ran["retriever"]["documents"]) == 1


def test_a_key_is_stored_by_the_name_of_its_variable_alone(monkeypatch):
    monkeypatch.setenv("NEWS_KEY", "dragoman_secret")
    retriever = DragomanRetriever(address="http://localhost", key=Secret.from_env_var("NEWS_KEY"))
    stored = retriever.to_dict()
    assert "dragoman_secret" not in str(stored)
    assert DragomanRetriever.from_dict(stored).key.resolve_value() == "dragoman_secret"
