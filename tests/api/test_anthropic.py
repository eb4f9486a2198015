"""Search results as Claude takes them, checked by the `anthropic` package's own types."""

from anthropic.types import SearchResultBlockParam, ToolResultBlockParam
from pydantic import TypeAdapter

QUESTION = {"question": "Who led the Ukrainian delegation in Istanbul?", "limit": 3}


def test_passages_are_search_results_with_a_block_for_each_sentence(client, talks):
    plain = client.post("/v1/search", json=QUESTION).json()["passages"]
    found = client.post("/v1/search?format=anthropic", json=QUESTION).json()["content"]
    assert len(found) == len(plain) == 3
    for block, passage in zip(found, plain, strict=True):
        checked = TypeAdapter(SearchResultBlockParam).validate_python(block)
        assert checked["citations"] == {"enabled": True}
        sentences = [part["text"] for part in block["content"]]
        assert len(sentences) > 1
        assert "".join("".join(sentences).split()) == "".join(passage["text"].split())
        assert all(sentence in passage["text"] for sentence in sentences)
        assert block["source"] == f"http://localhost/articles/{passage['article']['id']}"
        assert block["title"].startswith(passage["article"]["title"])
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": found}
    TypeAdapter(ToolResultBlockParam).validate_python(result)


def test_outlet_and_day_are_in_the_title(shipping_client):
    asked = {"question": "What is on the ships?", "filters": {"sources": ["Gazete Doğu"]}}
    (block,) = shipping_client.post("/v1/search?format=anthropic", json=asked).json()["content"]
    assert block["title"] == "Grain leaves port · Gazete Doğu · 2022-03-10"


def test_another_format_is_refused(shipping_client):
    refused = shipping_client.post("/v1/search?format=xml", json=QUESTION)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-request")
