"""Parameters that are given twice, of the wrong type, or hold what no text holds."""

import json

import pytest

ADDRESSES = (
    "/v1/search?q=ships", "/v1/ask?q=ships", "/v1/timeline?q=ships", "/v1/quotes?speaker=ships",
    "/v1/figures?q=ships", "/v1/conflicts?q=ships", "/v1/articles",
    "/v1/articles/grain/similar",
    "/v1/articles/grain/passages", "/v1/sources", "/v1/tags", "/v1/info", "/v1/jobs",
)  # fmt: skip
NAMES = ("q", "source", "tag", "since", "until", "as_of", "family", "cursor", "limit", "mode",
         "rerank", "offsets", "min_confidence", "explain", "unknown")  # fmt: skip


@pytest.mark.parametrize("name", ["q", "limit", "mode"])
def test_a_parameter_given_twice_is_refused(shipping_client, name):
    given = {"q": "ships", "limit": "1", "mode": "dense"}
    address = "&".join(f"{one}={value}" for one, value in [*given.items(), (name, given[name])])
    answer = shipping_client.get(f"/v1/search?{address}")
    assert answer.status_code == 422
    assert f"{name}: It is given 2 times. Give it once" in answer.json()["detail"]


def test_outlets_may_be_several(shipping_client):
    answer = shipping_client.get("/v1/search?q=ships&source=Daily+Post&source=Gazete+Do%C4%9Fu")
    assert len({passage["article"]["source"] for passage in answer.json()["passages"]}) == 2


@pytest.mark.parametrize("name", ["limit", "rerank", "per_article"])
def test_true_is_no_number(shipping_client, name):
    answer = shipping_client.post("/v1/search", json={"question": "ships", name: True})
    assert answer.status_code == 422
    assert "not true or false" in answer.json()["detail"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("value", ["a%00b", "%ED%A0%80", ""])
def test_no_parameter_brings_the_service_down(shipping_client, address, value):
    joint = "&" if "?" in address else "?"
    for name in NAMES:
        answer = shipping_client.get(f"{address}{joint}{name}={value}")
        assert answer.status_code in (200, 404, 422), (name, answer.text)


@pytest.mark.parametrize("id", ["%00", "a%00b", "%ED%A0%80", "%FF", "x" * 5000])
@pytest.mark.parametrize("rest", ["", "/similar", "/passages"])
def test_no_id_brings_the_service_down(shipping_client, id, rest):
    assert shipping_client.get(f"/v1/articles/{id}{rest}").status_code in (404, 422)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800"])
@pytest.mark.parametrize("field", ["question", "sources", "tags", "since", "mode", "content"])
def test_no_field_brings_the_service_down(shipping_client, text, field):
    body: dict = {"question": "ships", "filters": {}, "history": []}
    if field in ("sources", "tags"):
        body["filters"][field] = [text]
    elif field == "since":
        body["filters"][field] = text
    elif field == "content":
        body["history"] = [{"role": "user", "content": text}]
    else:
        body[field] = text
    sent = json.dumps(body)  # in ASCII: a surrogate is written as an escape
    headers = {"Content-Type": "application/json"}
    answer = shipping_client.post("/v1/ask", content=sent, headers=headers)
    assert answer.status_code in (200, 422)
