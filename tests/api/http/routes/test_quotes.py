"""`/v1/quotes`: who said what."""

import pytest


def test_get_and_post_answer_alike(client):
    got = client.get("/v1/quotes?speaker=Kalin&about=corridor&limit=2&as_of=2022-05-05").json()
    asked = {"speaker": "Kalin", "about": "corridor", "limit": 2}
    posted = client.post("/v1/quotes", json={**asked, "filters": {"as_of": "2022-05-05"}}).json()
    assert {**got, "took_ms": 0} == {**posted, "took_ms": 0}
    assert got["quotes"]
    for quote in got["quotes"]:
        assert quote["speaker"] == "İbrahim Kalın"
        for report in quote["reports"]:
            text = client.get(f"/v1/articles/{report['article']['id']}").json()["text"]
            assert text[slice(*report["span"])] == report["sentence"]
            assert text[slice(*report["quote_span"])] == report["quote"]


def test_spans_are_in_the_unit_that_is_asked_for(shipping, shipping_client):
    text = "🚢 Set. “Sails tore,” said Ann Lee."
    shipping.add({"id": "sail", "title": "Sails", "text": text})
    found = shipping_client.post("/v1/quotes", json={"speaker": "Lee", "offsets": "utf16"}).json()
    report = found["quotes"][0]["reports"][0]
    assert (found["offsets"], report["quote"], report["quote_span"]) == (
        "utf16", "“Sails tore,”", [8, 21],
    )  # fmt: skip


def test_a_speaker_who_is_not_known_is_no_error(client):
    found = client.get("/v1/quotes?speaker=Kalim").json()
    assert (found["quotes"], found["reason"]) == ([], "nothing_near")
    assert found["nearest"] == ["İbrahim Kalın"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nobody-and-nothing-asked"),
        ({"speaker": ""}, "speaker-empty"),
        ({"about": "of the"}, "matter-names-nothing"),
        ({"speaker": "Kalin", "limit": 0}, "limit-out-of-range"),
        ({"speaker": "Kalin", "mode": "dense"}, "invalid-request"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(client, asked, code):
    answer = client.post("/v1/quotes", json=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
