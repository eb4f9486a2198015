"""`/mcp` keeps to the service's rules: keys, limits of keys, hosts, origins, logs."""

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside
from dragoman.api.settings import ServiceSettings

ACCEPT = {"Accept": "application/json, text/event-stream", "Mcp-Protocol-Version": "2025-06-18"}


def call(client: TestClient, method: str, params: dict[str, object], **headers: str):
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return client.post("/mcp", json=message, headers={**ACCEPT, **headers})


def tool(name: str, **arguments: str) -> tuple[str, dict[str, object]]:
    return "tools/call", {"name": name, "arguments": arguments}


def test_with_keys_the_tools_need_one_that_may_read(shipping, shipping_client):
    _, secret = Keys(keys_beside(shipping.folder)).create("chatbot")
    refused = call(shipping_client, *tool("list_sources"))
    assert (refused.status_code, refused.json()["code"]) == (401, "key-missing")
    answered = call(shipping_client, *tool("list_sources"), Authorization=f"Bearer {secret}")
    assert answered.json()["result"]["structuredContent"]["sources"]


@pytest.fixture(scope="module")
def limited(shared_shipping) -> Iterator[TestClient]:
    """A client whose key may see one outlet."""
    _, secret = Keys(keys_beside(shared_shipping.folder)).create("desk", sources=["Daily Post"])
    app = create_app(shared_shipping, ServiceSettings())
    key = {"Authorization": f"Bearer {secret}"}
    with TestClient(app, base_url="http://localhost", headers=key) as client:
        yield client


@pytest.mark.parametrize(
    "asked",
    [
        tool("search", query="ships"),
        tool("ask", question="What is on the ships of the strait?"),
        tool("list_sources"),
        tool("fetch", id="grain"),
        tool("similar", id="2022/03/gas"),
        ("resources/list", {}),
        ("resources/read", {"uri": "dragoman://articles/grain"}),
        (
            "completion/complete",
            {
                "ref": {"type": "ref/resource", "uri": "dragoman://articles/{id}"},
                "argument": {"name": "id", "value": ""},
            },
        ),
    ],
)
def test_a_limited_key_reaches_no_other_article(limited, asked):
    answered = call(limited, *asked)
    assert answered.status_code == 200
    shown = answered.text.replace("'grain'", "").replace("articles/grain", "")  # as it was asked
    assert not [name for name in ("Grain", "grain", "Ghosts", "Gazete") if name in shown]


def test_a_limited_key_gets_no_other_article_in_openais_shapes(limited):
    question = "What is on the ships of the strait?"
    messages = [{"role": "user", "content": question}]
    for path, body in (
        ("/v1/chat/completions", {"messages": messages}),
        ("/v1/chat/completions", {"messages": messages, "stream": True}),
        ("/v1/responses", {"input": question}),
    ):
        answered = limited.post(path, json={"model": "dragoman", **body})
        shown = answered.text
        assert "Gas arrives" in shown
        assert not [name for name in ("Grain", "grain", "Ghosts", "Gazete") if name in shown]


def test_another_host_or_origin_is_refused_unless_it_is_allowed(shipping):
    settings = ServiceSettings(allow_origin=("https://my.org",))
    with TestClient(create_app(shipping, settings), base_url="http://localhost") as client:
        ping = ("ping", {})
        assert call(client, *ping, Host="evil.org").json()["code"] == "host-not-allowed"
        refused = call(client, *ping, Origin="https://evil.org")
        assert (refused.status_code, refused.json()["code"]) == (403, "origin-not-allowed")
        for origin in ("https://my.org", "http://localhost"):
            assert call(client, *ping, Origin=origin).status_code == 200


def test_what_is_no_message_of_the_protocol_is_refused(shipping_client):
    for body in (b"", b"{}", b"[", b'{"jsonrpc": "2.0"}'):
        headers = {**ACCEPT, "Content-Type": "application/json"}
        assert shipping_client.post("/mcp", content=body, headers=headers).status_code == 400
    assert shipping_client.post("/mcp", content=b"x" * 70_000, headers=ACCEPT).status_code == 413


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_no_stream_to_wait_at_and_no_session_to_end(shipping_client, method):
    refused = shipping_client.request(method, "/mcp", headers=ACCEPT)
    assert (refused.status_code, refused.json()["code"]) == (405, "method-not-allowed")
    assert refused.headers["allow"] == "POST, OPTIONS"


def test_its_questions_are_logged_and_counted_as_others_are(shipping, capfd):
    settings = ServiceSettings(log_requests=True, log_questions=True)
    with TestClient(create_app(shipping, settings), base_url="http://localhost") as client:
        call(client, *tool("ask", question="What is on the ships?"))
        metrics = client.get("/metrics").text
    line = json.loads(capfd.readouterr().err.splitlines()[0])
    assert (line["route"], line["questions"]) == ("/mcp", ["What is on the ships?"])
    assert line["answers"]
    assert 'route="/mcp"' in metrics
