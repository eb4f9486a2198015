"""`/v1/conflicts`: where reports of one day disagree."""

import pytest

FLOOD = [
    {"id": "post", "title": "Flood", "source": "Arlen Post", "published": "2031-05-02",
     "text": "🌊 Rain. Eight people were killed in the Arlen flood."},
    {"id": "bell", "title": "Flood in Arlen", "source": "Bell", "published": "2031-05-02",
     "text": "The Arlen flood killed 14 people."},
    {"id": "later", "title": "Arlen flood", "source": "Bell", "published": "2031-05-04",
     "text": "The Arlen flood killed 21 people."},
    {"id": "star", "title": "RETRACTED: Arlen flood kills 90", "source": "Star",
     "published": "2031-05-02", "text": "The Arlen flood killed 90 people."},
]  # fmt: skip


@pytest.fixture
def flood(shipping, shipping_client):
    shipping.add(FLOOD)
    return shipping_client


def test_reports_of_one_day_that_disagree_are_found_by_get_and_post(flood):
    got = flood.get("/v1/conflicts?q=Arlen+flood").json()
    posted = flood.post("/v1/conflicts", json={"matter": "Arlen flood"}).json()
    assert {**got, "took_ms": 0} == {**posted, "took_ms": 0}
    [conflict] = got["conflicts"]
    assert (conflict["kind"], conflict["day"], got["total"]) == ("number", "2031-05-02", 1)
    assert {side["said"] for side in conflict["sides"]} == {"Eight", "14"}
    assert [(one["kind"], one["of"]) for one in got["corrections"]] == [("retraction", "star")]


def test_corrections_are_paged_as_conflicts_are(flood):
    gone = {"title": "RETRACTED: Arlen flood", "text": "The Arlen flood killed 99 people."}
    flood.app.state.dragoman.add(
        [{"id": f"gone-{n}", "source": f"Sun {n}", **gone} for n in range(3)]
    )
    pages = [flood.get(f"/v1/conflicts?q=Arlen+flood&limit=2&offset={n}").json() for n in (0, 2)]
    told = [one["article"]["id"] for page in pages for one in page["corrections"]]
    assert [page["total_corrections"] for page in pages] == [len({*told})] * 2


def test_spans_are_in_the_unit_that_is_asked_for(flood):
    asked = {"matter": "Arlen flood", "offsets": "utf16"}
    [conflict] = flood.post("/v1/conflicts", json=asked).json()["conflicts"]
    spans = {side["said"]: side["reports"][0]["span"] for side in conflict["sides"]}
    assert spans["Eight"][0] == len("🌊 Rain. ") + 1


def test_where_none_disagree_a_sentence_says_so(client):
    found = client.get("/v1/conflicts?q=ice+hockey").json()
    assert (found["conflicts"], found["corrections"], found["reason"]) == ([], [], "nothing_near")


def test_what_cannot_be_asked_is_a_problem(client):
    answer = client.post("/v1/conflicts", json={"matter": "of the"})
    assert (answer.status_code, answer.json()["code"]) == (422, "matter-names-nothing")
