"""Spans in UTF-16 code units, as JavaScript slices."""

import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.offsets import utf16_span
from dragoman.search.dragoman import Dragoman

NODE = shutil.which("node")
TEXT = (
    "🚢🚢 The ferry Łódź sailed on Monday 🎉 with 𝟜𝟚 passengers.\n\n"
    "👩‍👩‍👧 Captain Vera Lindqvist 🧭 led the ferry to the harbour of Aldwick on Tuesday."
)
# Prints what JavaScript finds at each span: of the article, of its passage and of its quotation.
SCRIPT = """
const { text, answer } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const found = { quotes: [], answers: [], passages: [], highlights: [] };
for (const one of answer.citations ?? []) {
  found.quotes.push([one.quote, text.slice(...one.span)]);
  if (one.answer) found.answers.push(one.quote.slice(...one.answer));
}
for (const one of answer.passages) {
  found.passages.push([one.text, text.slice(...one.span)]);
  for (const span of one.highlights) found.highlights.push(one.text.slice(...span));
}
console.log(JSON.stringify(found));
"""


@pytest.fixture
def ferry(tmp_path, real_encoder):
    (tmp_path / "ferry.md").write_text(TEXT)
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add(tmp_path / "ferry.md")
        with TestClient(create_app(dragoman), base_url="http://localhost") as client:
            yield client


def sliced(text: str, answer: dict) -> dict:
    assert NODE
    given = json.dumps({"text": text, "answer": answer})
    ran = subprocess.run(
        [NODE, "-e", SCRIPT], input=given, capture_output=True, text=True, timeout=30, check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.skipif(NODE is None, reason="there is no node")
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search", "/v1/ask/batch", "/v1/ask (events)"])
def test_javascript_finds_the_quotations_where_the_spans_say(ferry, path):
    asked = {"question": "Who led the ferry to the harbour?", "offsets": "utf16"}
    if path.endswith("/batch"):
        (answer,) = ferry.post(path, json={"questions": [asked]}).json()["results"]
    elif path.endswith("(events)"):
        events = {"Accept": "text/event-stream"}
        sent = ferry.post("/v1/ask", json=asked, headers=events).text
        answer = json.loads(sent.split("data: ")[1].split("\n")[0])
    else:
        answer = ferry.post(path, json=asked).json()
        assert answer["offsets"] == "utf16"
    (article,) = ferry.get("/v1/articles").json()["articles"]
    found = sliced(ferry.get(f"/v1/articles/{article['id']}").json()["text"], answer)
    assert found["passages"]
    assert all(text == there for text, there in [*found["quotes"], *found["passages"]])
    assert {"ferry", "harbour"} <= set(found["highlights"])
    if path in ("/v1/ask", "/v1/ask/batch"):
        assert found["quotes"]
        assert found["answers"] == ["Vera Lindqvist"] or "Lindqvist" in found["answers"][0]


def test_without_being_asked_spans_count_code_points(ferry):
    answer = ferry.get("/v1/ask", params={"q": "Who led the ferry to the harbour?"}).json()
    assert answer["offsets"] == "unicode"
    (article,) = ferry.get("/v1/articles").json()["articles"]
    text = ferry.get(f"/v1/articles/{article['id']}").json()["text"]
    citation = answer["citations"][0]
    assert text[slice(*citation["span"])] == citation["quote"]


def test_another_unit_is_refused(ferry):
    answer = ferry.get("/v1/search", params={"q": "Who?", "offsets": "bytes"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_span_in_utf16_covers_the_same_text(text, first, last):
    start, end = sorted((min(first, len(text)), min(last, len(text))))
    units = text.encode("utf-16-le", "surrogatepass")
    begin, stop = utf16_span(text, (start, end))
    assert units[2 * begin : 2 * stop].decode("utf-16-le", "surrogatepass") == text[start:end]
