"""Bodies that bring an article are parsed beside the event loop."""

import json
import threading

import pytest

from dragoman.api.http import parsing


def test_a_large_article_is_parsed_in_another_thread(shipping_client, monkeypatch):
    threads = []

    def loads(body: bytes):
        threads.append(threading.current_thread())
        return json.loads(body)

    monkeypatch.setattr(parsing, "json", type("Json", (), {"loads": staticmethod(loads)}))
    sent = {"text": "Ships sail.", "title": "Ships"}
    assert shipping_client.put("/v1/articles/a", json=sent).status_code == 201
    assert "AnyIO worker thread" in threads[0].name


@pytest.mark.parametrize("body", [b'{"text": ', b"[" * 50_000, b"\xff", b""])
def test_what_is_no_json_is_refused_as_elsewhere(shipping_client, body):
    headers = {"Content-Type": "application/json"}
    answers = [
        shipping_client.request(method, path, content=body, headers=headers)
        for method, path in (("PUT", "/v1/articles/a"), ("POST", "/v1/search"))
    ]
    one, other = ((answer.status_code, answer.json()["code"]) for answer in answers)
    assert one == other
    assert one[0] in (400, 422)
