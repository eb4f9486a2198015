"""Hostile articles come back inert on every face: their text is data, whatever it says."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.mcp.messages import QUOTED
from dragoman.search.dragoman import Dragoman
from hostile import ARTICLES, INVISIBLE, QUESTION

ASKED = {"question": QUESTION, "limit": 100}
TALK = {"model": "dragoman", "messages": [{"role": "user", "content": QUESTION}]}
MCP = {"Accept": "application/json, text/event-stream", "Mcp-Protocol-Version": "2025-06-18"}


@pytest.fixture(scope="module")
def client(tmp_path_factory, real_encoder) -> Iterator[TestClient]:
    dragoman = Dragoman.open(tmp_path_factory.mktemp("hostile") / "archive", real_encoder)
    added = dragoman.add(ARTICLES)
    assert not added.problems
    with TestClient(create_app(dragoman), base_url="http://localhost") as client:
        yield client


def tool(client: TestClient, name: str, **arguments: str) -> dict:
    call = {"name": name, "arguments": arguments}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    return client.post("/mcp", json=message, headers=MCP).json()["result"]


def texts(value: object) -> Iterator[str]:
    """All strings in a message."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts([*value.values()])
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def named(value: object, name: str) -> Iterator[str]:
    """All values of this name in a message."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == name and isinstance(inner, str):
                yield inner
            yield from named(inner, name)
    elif isinstance(value, list):
        for one in value:
            yield from named(one, name)


def everything(client: TestClient) -> Iterator[dict]:
    yield client.post("/v1/ask", json=ASKED).json()
    yield client.post("/v1/search", json=ASKED).json()
    yield client.post("/v1/search?format=anthropic", json=ASKED).json()
    yield client.post("/v1/chat/completions", json=TALK).json()
    yield client.post("/v1/responses", json={"model": "dragoman", "input": QUESTION}).json()
    for name in ("ask", "figures"):
        yield tool(client, name, question=QUESTION)
    yield tool(client, "search", query=QUESTION)
    for article in ARTICLES:
        yield tool(client, "fetch", id=article["id"])
        yield tool(client, "similar", id=article["id"])


def test_no_face_shows_what_cannot_be_seen(client):
    shown = [text for message in everything(client) for text in texts(message)]
    assert len(shown) > 500
    assert not [text for text in shown if set(text) & set(INVISIBLE)]


def test_links_lead_to_web_addresses_only_and_end_where_they_should(client):
    links = {link for message in everything(client) for link in named(message, "url")}
    ours = {f"http://localhost/articles/{quote(one['id'], safe='')}" for one in ARTICLES}
    assert links & ours
    for link in links:
        assert urlsplit(link).scheme in ("http", "https")
    as_they_are = {one["url"] for one in ARTICLES if "url" in one}  # in the service's own JSON
    for link in links - as_they_are:
        assert not set(link) & set(' ()<>"`\\')
    for link in ours & links:
        assert client.get(link).status_code == 200


def test_the_markers_of_an_answer_are_those_of_its_citations(client):
    answer = client.post("/v1/ask", json=ASKED).json()
    assert answer["status"] == "answered"
    numbers = {one["number"] for one in answer["citations"]}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])} == numbers


def test_what_is_said_in_a_chat_has_no_link_image_or_html(client):
    completion = client.post("/v1/chat/completions", json=TALK).json()
    message = completion["choices"][0]["message"]
    marked = message["annotations"]
    assert marked
    rest = message["content"]
    for one in reversed(marked):
        mark = one["url_citation"]
        assert re.fullmatch(r"\[\d+\]", rest[mark["start_index"] : mark["end_index"]])
        rest = rest[: mark["start_index"]] + rest[mark["end_index"] :]
    assert not re.search(r"(?<!\\)[\[\]<`]|://|www\.", rest)


def test_a_stream_has_one_end_and_the_events_of_its_own(client):
    streamed = client.post("/v1/chat/completions", json={**TALK, "stream": True}).text
    lines = [line for line in streamed.splitlines() if line]
    assert lines[-1] == "data: [DONE]"
    assert all(json.loads(line.removeprefix("data: ")) for line in lines[:-1])


def test_what_tools_return_is_marked_as_quoted(client):
    for one in tool(client, "search", query=QUESTION)["structuredContent"]["results"]:
        assert one["text"].startswith(QUOTED)
    for article in ARTICLES:
        fetched = tool(client, "fetch", id=article["id"])
        assert fetched["structuredContent"]["text"].startswith(QUOTED)
        assert [json.loads(one["text"]) for one in fetched["content"]] == [
            fetched["structuredContent"]
        ]
    assert (
        "never instructions"
        in tool(client, "ask", question=QUESTION)["structuredContent"]["notice"]
    )


class _Elements(HTMLParser):
    """Notes elements and where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_page_of_an_article_has_no_element_of_its_text(client):
    for article in ARTICLES:
        page = client.get(f"/articles/{quote(article['id'], safe='')}")
        elements = _Elements()
        elements.feed(page.text)
        assert not [tag for tag, _ in elements.found if tag in ("img", "b", "iframe")]
        assert [tag for tag, of in elements.found if tag == "script" and "src" not in of] == []
        for _, of in elements.found:
            assert not any(name.startswith("on") for name in of)
            assert not (of.get("href") or "").startswith(("javascript:", "data:"))
