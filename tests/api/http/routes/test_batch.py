"""`/v1/ask/batch` and `/v1/search/batch`."""

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from initials_encoder import WaitingEncoder

BATCHES = ["/v1/ask/batch", "/v1/search/batch"]


@pytest.fixture
def encoder() -> WaitingEncoder:
    return WaitingEncoder()


@pytest.mark.parametrize("path", BATCHES)
def test_results_are_in_the_order_of_the_questions(shipping_client, path):
    names = [f"Who spoke of ship {number}?" for number in range(64)]
    answer = shipping_client.post(path, json={"questions": [{"question": one} for one in names]})
    assert answer.status_code == 200
    assert [one["question"] for one in answer.json()["results"]] == names


@pytest.mark.parametrize("path", BATCHES)
def test_a_question_that_fails_is_a_problem_in_its_place(shipping_client, path):
    asked = [
        {"question": "Who spoke of ships?", "limit": 1},
        {"question": " "},
        {"question": "Who spoke of ships?", "filters": {"since": "soon"}},
        {"question": "Who spoke of gold?"},
    ]
    first, empty, date, last = shipping_client.post(path, json={"questions": asked}).json()[
        "results"
    ]
    assert len(first["passages"]) == 1
    assert (empty["status"], empty["code"]) == (422, "empty-question")
    assert empty["instance"] == path
    assert date["code"] == "date-not-understood"
    assert last["question"] == "Who spoke of gold?"


@pytest.mark.parametrize("path", BATCHES)
@pytest.mark.parametrize("many", [0, 65])
def test_too_few_and_too_many_are_refused(shipping_client, path, many):
    asked = {"questions": [{"question": "Who spoke?"}] * many}
    answer = shipping_client.post(path, json=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert "questions" in answer.json()["detail"]


@pytest.mark.parametrize("path", BATCHES)
def test_a_single_result_is_that_of_the_question_alone(shipping_client, path):
    asked = {"question": "Who spoke of ships?", "filters": {"sources": ["Daily Post"]}}
    alone = shipping_client.post(path.removesuffix("/batch"), json=asked).json()
    (batched,) = shipping_client.post(path, json={"questions": [asked]}).json()["results"]
    untimed = {"took_ms": 0, "stages": {}}
    assert {**batched, **untimed} == {**alone, **untimed}


def test_what_is_not_done_by_the_deadline_says_so(shipping, encoder):
    app = create_app(shipping, ServiceSettings(deadline=0.5, max_in_flight=2))
    held = {"question": "Who spoke of ships?"}
    done = {"question": "Who spoke of gas?", "mode": "lexical"}  # needs no encoder
    with TestClient(app, base_url="http://localhost") as client:
        encoder.hold()
        try:
            answer = client.post("/v1/search/batch", json={"questions": [done, held, held]})
        finally:
            encoder.let_go.set()
    first, *others = answer.json()["results"]
    assert first["passages"]
    assert [one["code"] for one in others] == ["deadline-exceeded"] * 2
