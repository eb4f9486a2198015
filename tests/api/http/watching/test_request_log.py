"""One line of JSON a request, which says nothing of what was asked unless it is to."""

import json
from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside
from dragoman.api.settings import ServiceSettings


@pytest.fixture
def logged(shipping, capsys):
    """Returns the lines of the log after requests to a service that logs."""

    def ask(*requests, **settings):
        app = create_app(shipping, ServiceSettings(log_requests=True, **settings))
        client = TestClient(app, base_url="http://localhost")
        capsys.readouterr()
        for method, path, more in requests:
            client.request(method, path, **more)
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return ask


def test_each_request_has_a_line(logged):
    id = {"headers": {"X-Request-ID": "mine"}}
    ready, article, missing, head = logged(
        ("GET", "/readyz", id),
        ("GET", "/v1/articles/2022/03/gas", {}),
        ("GET", "/nothing/here", {}),
        ("HEAD", "/livez", {}),
    )
    assert ready["request_id"] == "mine"
    assert (ready["method"], ready["route"], ready["status"]) == ("GET", "/readyz", 200)
    assert ready["client"] == "testclient"
    assert ready["ms"] > 0
    assert datetime.fromisoformat(ready["time"]).utcoffset() == timedelta(0)
    assert article["route"] == "/v1/articles/{id}"
    assert (missing["route"], missing["status"]) == ("none", 404)
    assert (head["method"], head["route"], head["status"]) == ("HEAD", "/livez", 200)


def test_an_ask_says_how_it_went_and_how_long_each_stage_took(logged):
    (line,) = logged(("GET", "/v1/ask", {"params": {"q": "Who spoke of the ships?"}}))
    assert line["answers"] in ({"answered": 1}, {"partial": 1}, {"not_in_corpus": 1})
    assert {"understand", "retrieve", "read", "answer"} <= set(line["stages"])


QUESTION = 'ships\n{"status": 200}\x1b[31m ‮ \u2028'


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
def test_the_question_is_not_logged_unless_it_is_to_be(logged, path):
    asked = ("POST", path, {"json": {"question": QUESTION}}), ("GET", f"{path}?q=ships", {})
    for line in logged(*asked):
        assert "ships" not in json.dumps(line)
    posted, got = logged(*asked, log_questions=True)
    assert (posted["questions"], got["questions"]) == ([QUESTION], ["ships"])


def test_no_question_can_write_a_line_or_steer_the_terminal(shipping, capsys):
    app = create_app(shipping, ServiceSettings(log_requests=True, log_questions=True))
    client = TestClient(app, base_url="http://localhost")
    client.post("/v1/search", json={"question": QUESTION})
    written = capsys.readouterr().err
    assert written.endswith("\n")
    assert written.rstrip("\n").isprintable()
    assert written.isascii()


def test_nothing_is_logged_by_default(shipping_client, capsys):
    shipping_client.get("/v1/search?q=ships")
    assert capsys.readouterr().err == ""


def test_a_key_is_logged_by_its_name_and_never_its_secret(shipping, logged):
    _, secret = Keys(keys_beside(shipping.folder)).create("newsroom")
    authorization = {"headers": {"Authorization": f"Bearer {secret}"}}
    answered, refused = logged(
        ("GET", "/v1/search?q=ships", authorization), ("GET", "/metrics", authorization)
    )
    assert (answered["status"], answered["key"]) == (200, "newsroom")
    assert (refused["status"], refused["key"]) == (403, "newsroom")
    assert secret not in json.dumps([answered, refused])
