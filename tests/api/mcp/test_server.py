"""The tools, resources and the prompt, as the SDK's client meets them over HTTP."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp.types import PromptReference, ResourceTemplateReference

from dragoman.api.mcp.messages import QUOTED
from dragoman.corpus.article import Article

QUESTION = "What is on the ships of the strait?"
TEMPLATE = ResourceTemplateReference(uri="dragoman://articles/{id}")
Call = Callable[[Client], Coroutine[Any, Any, Any]]


@pytest.fixture
def articles(shared_shipping) -> dict[str, Article]:
    """The articles by their ids."""
    return {article.id: article for article in shared_shipping.articles()}


@pytest.fixture
def ask_over_http(shipping_address) -> Callable[..., Any]:
    """Runs a conversation with the service, in the protocol's present form or an older one."""

    def run(call: Call, mode: str = "auto") -> Any:
        async def converse(url: str):
            async with Client(streamable_http_client(url), mode=mode) as client:
                return await call(client)

        return asyncio.run(converse(f"{shipping_address}/mcp"))

    return run


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_search_and_fetch_are_the_pair_that_connectors_expect(articles, ask_over_http, mode):
    async def call(client):
        found = await client.call_tool("search", {"query": QUESTION})
        results = found.structured_content["results"]
        fetched = [await client.call_tool("fetch", {"id": one["id"]}) for one in results]
        return found, fetched

    found, fetched = ask_over_http(call, mode)
    for result in (found, *fetched):
        assert [json.loads(part.text) for part in result.content] == [result.structured_content]
    results = found.structured_content["results"]
    assert sorted(one["id"] for one in results) == sorted(articles)
    assert {frozenset(one) for one in results} == {frozenset(("id", "title", "url", "text"))}
    assert all(one["url"].startswith("http://127.0.0.1:") for one in results)
    whole = {one.structured_content["id"]: one.structured_content for one in fetched}
    assert set(whole["grain"]) == {"id", "title", "text", "url", "metadata"}
    assert whole["grain"]["metadata"] == {
        "published": "2022-03-10",
        "source": "Gazete Doğu",
        "notice": None,
    }
    assert whole["undated"]["metadata"] == {"published": None, "source": None, "notice": None}
    assert whole["grain"]["text"] == QUOTED + articles["grain"].text


def test_every_tool_says_that_it_only_reads_and_what_it_returns(ask_over_http):
    tools = ask_over_http(lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {
        "search", "fetch", "ask", "figures", "timeline", "quotes", "conflicts", "list_sources",
        "similar",
    }  # fmt: skip
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.annotations.destructive_hint is False
        assert tool.output_schema["type"] == "object"
        assert tool.description
        assert "  " not in tool.description


def test_outlets_and_similar_articles_are_listed(ask_over_http):
    async def call(client):
        return (
            (await client.call_tool("list_sources", {})).structured_content["sources"],
            (await client.call_tool("similar", {"id": "grain"})).structured_content["similar"],
        )

    sources, similar = ask_over_http(call)
    assert sources[0] == {
        "name": "Daily Post",
        "articles": 2,
        "first_published": "2022-03-29",
        "last_published": "2022-05-01",
    }
    assert {"2022/03/gas", "undated"} <= {one["id"] for one in similar}
    assert all(one["url"] for one in similar)


def test_the_lines_of_a_story_are_had_page_by_page(ask_over_http):
    async def call(client):
        asked = [{"matter": "grain ships", "offset": offset} for offset in (0, 1)]
        found = [await client.call_tool("timeline", one) for one in asked]
        return [one.structured_content for one in found]

    first, second = ask_over_http(call)
    assert first["total"] == len(first["events"])
    assert second["total"] == first["total"]
    assert second["events"] == first["events"][1:]


def test_articles_are_resources_whose_ids_are_completed(articles, ask_over_http):
    async def call(client):
        listed = (await client.list_resources()).resources
        read = [(await client.read_resource(one.uri)).contents[0].text for one in listed]
        typed = [{"name": "id", "value": value} for value in ("g", "GAS arr", "zebra")]
        completed = [await client.complete(ref=TEMPLATE, argument=one) for one in typed]
        return listed, read, [one.completion.values for one in completed]

    listed, read, completed = ask_over_http(call)
    assert [one.name for one in listed] == [*articles]
    for article, text in zip(articles.values(), read, strict=True):
        assert text.startswith(QUOTED + article.title)
        assert text.endswith(article.text)
    assert completed[0][:2] == ["grain", "gold ö#1?"]
    assert completed[1:] == [["2022/03/gas"], []]


def test_the_prompt_asks_for_a_briefing_and_completes_tags(ask_over_http):
    async def call(client):
        prompt = await client.get_prompt("brief", {"topic": "the ports"})
        typed = {"name": "topic", "value": "PO"}
        tags = await client.complete(ref=PromptReference(name="brief"), argument=typed)
        return prompt.messages[0].content.text, tags.completion.values

    text, tags = ask_over_http(call)
    assert text.startswith("Brief me on the ports")
    assert [tag.casefold() for tag in tags] == ["ports"]


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("fetch", {"id": "nothing"}, "no article with the id 'nothing'"),
        ("ask", {"question": "?"}, "question"),
        ("ask", {}, "The arguments of ask are not in the expected form. question: Field required"),
        ("ask", {"question": "Who?", "history": [{}]}, "history.0.role: "),
        ("similar", {"id": "../../etc/passwd"}, "no article"),
        ("timeline", {"matter": "grain ships", "offset": 1001}, "offset of 1001 is out of range"),
        ("quotes", {"speaker": " "}, "The speaker is empty"),
        ("conflicts", {"matter": "grain", "since": "2022-03-02", "as_of": "2022-03-01"}, "as of"),
    ],
)
def test_an_error_says_what_to_do_and_names_no_path(
    ask_over_http, shared_shipping, tool, arguments, message
):
    failed = ask_over_http(lambda client: client.call_tool(tool, arguments))
    assert failed.is_error
    assert message in failed.content[0].text
    assert str(shared_shipping.folder) not in failed.content[0].text


def test_an_article_that_is_not_there_is_no_resource(ask_over_http):
    async def call(client):
        with pytest.raises(MCPError, match="no article"):
            await client.read_resource("dragoman://articles/nothing")

    ask_over_http(call)
