"""`/v1/timeline`: what the articles tell of a matter, over time."""

import pytest

MATTER = "peace talks"


def test_get_and_post_answer_alike(client):
    address = "/v1/timeline?q=peace+talks&since=2022-03-29&limit=3&as_of=2022-05-05"
    got = client.get(address).json()
    filters = {"since": "2022-03-29", "as_of": "2022-05-05"}
    asked = {"matter": MATTER, "limit": 3, "filters": filters}
    posted = client.post("/v1/timeline", json=asked).json()
    assert {**got, "took_ms": 0} == {**posted, "took_ms": 0}
    assert got["events"]
    assert got["undated"] > 0
    for event in got["events"]:
        assert event["last"] >= "2022-03-29"
        for report in event["reports"]:
            article = client.get(f"/v1/articles/{report['article']['id']}").json()
            assert article["text"][slice(*report["span"])] == report["sentence"]


def test_spans_are_in_the_unit_that_is_asked_for(shipping, shipping_client):
    shipping.add({"id": "sail", "title": "Sails", "text": "🚢 Set. Sails tore on 3 May 2022."})
    asked = {"matter": "sails", "offsets": "utf16"}
    found = shipping_client.post("/v1/timeline", json=asked).json()
    assert found["offsets"] == "utf16"
    reports = [report for event in found["events"] for report in event["reports"]]
    assert [one["span"] for one in reports if one["article"]["id"] == "sail"] == [[8, 33]]


def test_a_matter_that_no_article_is_about_gives_nothing(client):
    found = client.get("/v1/timeline?q=ice+hockey")
    assert found.status_code == 200
    assert (found.json()["events"], found.json()["reason"]) == ([], "nothing_near")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"matter": "of the"}, "matter-names-nothing"),
        ({"matter": ""}, "empty-question"),
        ({"matter": MATTER, "limit": 0}, "limit-out-of-range"),
        ({"matter": MATTER, "filters": {"since": "2022-05-02", "until": "2022-05-01"}},
         "period-reversed"),
        ({"matter": MATTER, "filters": {"as_of": "May"}}, "date-not-understood"),
        ({"matter": MATTER, "mode": "dense"}, "invalid-request"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_problem(client, asked, code):
    answer = client.post("/v1/timeline", json=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
