"""`/v1/figures`: the figures behind a question, over time."""

import pytest

KILLED = "How many civilians were killed?"


def test_get_and_post_answer_alike(client):
    got = client.get("/v1/figures", params={"q": KILLED, "since": "2022-03-29"}).json()
    asked = {"question": KILLED, "filters": {"since": "2022-03-29"}}
    posted = client.post("/v1/figures", json=asked).json()
    assert {**got, "took_ms": 0} == {**posted, "took_ms": 0}
    days = [one["day"] for one in got["figures"]]
    assert days == sorted(days)
    assert got["figures"][0]["value"] == 1151
    assert got["figures"][0]["bound"] == "at least"
    for figure in got["figures"]:
        for report in figure["reports"]:
            article = client.get(f"/v1/articles/{report['article']['id']}").json()
            assert article["text"][slice(*report["span"])] == report["sentence"]
            assert figure["text"] in report["sentence"]


def test_nothing_published_later_is_known(client):
    asked = {"question": KILLED, "filters": {"as_of": "2022-03-30"}}
    found = client.post("/v1/figures", json=asked).json()
    assert {one["day"] for one in found["figures"]} == {"2022-03-29"}
    assert found["undated"] > 0


def test_figures_are_told_page_by_page(client):
    whole = client.post("/v1/figures", json={"question": KILLED}).json()
    page = client.post("/v1/figures", json={"question": KILLED, "limit": 1, "offset": 1}).json()
    assert page["figures"] == whole["figures"][1:2]
    assert page["total"] == whole["total"] == len(whole["figures"])


def test_spans_are_in_the_unit_that_is_asked_for(shipping, shipping_client):
    shipping.add({"id": "sail", "title": "Sails", "text": "🚢 Set. In all, 12 sails tore."})
    asked = {"question": "How many sails tore?", "offsets": "utf16"}
    found = shipping_client.post("/v1/figures", json=asked).json()
    assert found["figures"][0]["reports"][0]["span"] == [8, 30]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many goals were scored in the ice hockey final?", "No article is about"),
        ("Where were the peace talks?", "asks for no number"),
        ("How many crowns for the peace talks in Istanbul?", "give no figure"),
    ],
)
def test_where_there_is_no_figure_a_sentence_says_why(client, question, said):
    found = client.get("/v1/figures", params={"q": question}).json()
    assert found["figures"] == []
    assert found["reason"]
    assert said in found["warnings"][0]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"question": ""}, "empty-question"),
        ({"question": "how many"}, "matter-names-nothing"),
        ({"question": KILLED, "limit": 101}, "limit-out-of-range"),
        ({"question": KILLED, "mode": "dense"}, "invalid-request"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(client, asked, code):
    answer = client.post("/v1/figures", json=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
