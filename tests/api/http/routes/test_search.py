"""`/v1/search`: by address and by message, the same answers to the same questions."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

QUESTION = "Where were the talks of 29 March held?"


def without_time(answer) -> dict:
    assert answer.status_code == 200, answer.text
    return {**answer.json(), "took_ms": None}


def ids(answer) -> set[str]:
    return {passage["article"]["id"] for passage in answer.json()["passages"]}


def test_the_best_passage_answers_the_question(client):
    first, *_ = client.get("/v1/search", params={"q": QUESTION}).json()["passages"]
    assert "Dolmabahçe" in first["text"]
    assert first["rank"] == 1


def test_a_paraphrase_is_found_by_its_meaning(client):
    asked = {"question": "How many non-combatants lost their lives?", "mode": "dense"}
    first, *_ = client.post("/v1/search", json=asked).json()["passages"]
    assert first["article"]["id"] == "un-figures-over-time"


def test_the_answer_has_the_shape_that_all_faces_share(client):
    asked = {"question": QUESTION, "filters": {"since": "2022-03-29", "until": "2022-03-29"}}
    answer = client.post("/v1/search", json=asked).json()
    assert list(answer) == [
        "question", "question_understood", "passages", "warnings", "undated", "offsets", "took_ms"
    ]  # fmt: skip
    assert answer["warnings"] == []
    assert answer["question"] == QUESTION
    assert answer["took_ms"] > 0
    passage = answer["passages"][0]
    assert list(passage) == [
        "rank", "id", "text", "score", "scores", "span", "highlights", "article",
        "also_in",
    ]  # fmt: skip
    assert list(passage["scores"]) == ["dense", "lexical", "fused"]
    article = passage["article"]
    assert passage["id"].startswith(f"{article['id']}#")
    assert article == {
        "id": "istanbul-talks-open-at-dolmabahce",
        "title": "Negotiators sit down at Dolmabahçe for Turkish-brokered talks",
        "source": None,
        "url": None,
        "published": "2022-03-29",
        "published_at": None,
        "dated_by": None,
        "notice": None,
    }


def test_passages_are_verbatim_and_their_highlights_are_words_of_the_question(client):
    passages = client.get("/v1/search", params={"q": "Erdoğan's peace", "limit": 20}).json()[
        "passages"
    ]
    marked = set()
    for passage in passages:
        article = client.get(f"/v1/articles/{passage['article']['id']}").json()
        assert article["text"][slice(*passage["span"])] == passage["text"]
        marked |= {passage["text"][slice(*span)].lower() for span in passage["highlights"]}
    assert {"erdoğan", "peace"} <= marked
    assert [passage["rank"] for passage in passages] == list(range(1, 21))
    scores = [passage["score"] for passage in passages]
    assert scores[:5] == sorted(scores[:5], reverse=True)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, {}),
        ({"limit": 3, "mode": "dense"}, {"limit": 3, "mode": "dense"}),
        ({"mode": "lexical"}, {"mode": "lexical"}),
        ({"source": ["press tv", "x"]}, {"filters": {"sources": ["press tv", "x"]}}),
        (
            {"since": "2022-03-29", "until": "2022-06-01", "as_of": "2022-05-01"},
            {"filters": {"since": "2022-03-29", "until": "2022-06-01", "as_of": "2022-05-01"}},
        ),
        ({}, {"filters": {"since": None, "until": None, "as_of": None}, "per_article": 2}),
    ],
)
def test_by_address_and_by_message_the_answer_is_the_same(client, parameters, message):
    by_address = client.get("/v1/search", params={"q": QUESTION, **parameters})
    by_message = client.post("/v1/search", json={"question": QUESTION, **message})
    assert without_time(by_address) == without_time(by_message)
    assert by_address.json()["passages"]


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_the_limit_is_kept(client, talks, limit):
    passages = client.get("/v1/search", params={"q": QUESTION, "limit": limit}).json()["passages"]
    assert len(passages) == min(limit, talks.info().passages)


@pytest.mark.parametrize("limit", ["-1", "0", "101", "10000", "1" * 30])
def test_a_limit_out_of_range_is_said_to_be(client, limit):
    answer = client.get("/v1/search", params={"q": QUESTION, "limit": limit})
    assert answer.json()["code"] == "limit-out-of-range"
    assert "from 1 to 100" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("mode", "absent"),
    [("hybrid", set()), ("dense", {"lexical", "fused"}), ("lexical", {"dense", "fused"})],
)
def test_a_mode_leaves_out_the_scores_it_does_not_use(client, mode, absent):
    answer = client.get("/v1/search", params={"q": QUESTION, "mode": mode}).json()
    for passage in answer["passages"]:
        assert {part for part, score in passage["scores"].items() if score is None} == absent


def test_one_article_fills_the_first_places_only_where_it_may(client):
    asked = {"question": "Recep Tayyip Erdoğan İbrahim Kalın Mevlüt Çavuşoğlu Hulusi Akar"}
    for per_article, most in ((1, 1), (2, 2), (None, 5)):
        answer = client.post("/v1/search", json={**asked, "per_article": per_article}).json()
        found = [passage["article"]["id"] for passage in answer["passages"]]
        assert max(map(found.count, found)) <= most
        assert len(found) == 5


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"grain", "2022/03/gas", "gold ö#1?", "undated"}),
        ({"source": "gazete dogu"}, {"grain"}),
        ({"source": ["GAZETE  DOĞU", "daily post"]}, {"grain", "2022/03/gas", "gold ö#1?"}),
        ({"source": "nobody"}, set()),
        ({"since": "2022-03-29"}, {"2022/03/gas", "gold ö#1?"}),
        ({"since": "2022-03-30"}, {"gold ö#1?"}),
        ({"until": "2022-03-29"}, {"grain", "2022/03/gas"}),
        ({"until": "2022-03-28"}, {"grain"}),
        ({"since": "2022-03-29", "until": "2022-03-29"}, {"2022/03/gas"}),
        ({"as_of": "2022-03-29"}, {"grain", "2022/03/gas"}),
        ({"as_of": "2022-03-28"}, {"grain"}),
        ({"until": "2022-05-01", "as_of": "2022-03-10"}, {"grain"}),
        ({"source": "daily post", "until": "2022-04-30"}, {"2022/03/gas"}),
    ],
)
def test_filters_leave_what_passes_and_both_ends_of_a_period_pass(
    shipping_client, filters, expected
):
    for mode in ("hybrid", "dense", "lexical"):
        asked = {"q": "the ships", "mode": mode, **filters}
        assert ids(shipping_client.get("/v1/search", params=asked)) == expected


def test_a_misspelt_filter_does_not_pass_unnoticed(client):
    answer = client.get("/v1/search", params={"q": QUESTION, "sources": "Press TV"})
    assert answer.status_code == 422
    assert "sources: " in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        r'{"question": "half a \ud83d character"}',
        r'{"question": "a", "filters": {"sources": ["\ud83d"]}}',
        r'{"question": "a", "filters": {"since": "\ud83d"}}',
        r'{"question": "a", "mode": "\ud83d"}',
        r'{"question": "a", "\ud83d": 1}',
    ],
)
def test_half_a_character_is_answered(client, body):
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/search", content=body.encode(), headers=headers)
    assert answer.status_code in (200, 422)


whole = st.characters(exclude_categories=["Cs"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(whole),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(whole), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
nearly_right = st.fixed_dictionaries(
    {"question": st.text(whole, max_size=40) | anything},
    optional={
        "limit": st.integers(-2, 102) | anything,
        "mode": st.sampled_from(["hybrid", "dense", "lexical"]) | anything,
        "per_article": st.integers(0, 5) | anything,
        "filters": st.dictionaries(
            st.sampled_from(["sources", "since", "until", "as_of", "x"]),
            st.dates().map(str) | st.lists(st.text(whole), max_size=3) | anything,
        )
        | anything,
    },
)


@settings(max_examples=150, deadline=None)
@given(body=nearly_right | anything)
def test_no_message_is_too_odd_to_be_answered(client, body):
    content = json.dumps(body, ensure_ascii=False).encode()
    answer = client.post(
        "/v1/search", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert answer.headers["content-type"] == "application/problem+json"


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_no_bytes_are_too_odd_to_be_answered(client, content):
    answer = client.post(
        "/v1/search", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (200, 400, 422)


@settings(max_examples=150, deadline=None)
@given(
    parameters=st.dictionaries(
        st.sampled_from(["q", "limit", "mode", "source", "since", "until", "as_of", "x"]),
        st.text(whole) | st.integers(-2, 102).map(str) | st.dates().map(str),
    )
)
def test_no_address_is_too_odd_to_be_answered(client, parameters):
    assert client.get("/v1/search", params=parameters).status_code in (200, 422)


@settings(max_examples=50, deadline=None)
@given(question=st.text(whole, min_size=1, max_size=60))
def test_the_question_comes_back_as_it_was_put(client, question):
    answer = client.get("/v1/search", params={"q": question, "limit": 1})
    if answer.status_code == 200:
        assert answer.json()["question"] == question
    else:
        assert answer.json()["code"] == "empty-question"


def test_an_explanation_is_given_where_it_is_asked_and_sums_to_the_score(client):
    def passages(**asked):
        body = {"question": "Where were the talks held?", **asked}
        return client.post("/v1/search", json=body).json()["passages"]

    assert all("explanation" not in passage for passage in passages())
    for passage in passages(explain=True):
        parts = passage["explanation"]["parts"]
        assert sum(part["contribution"] for part in parts) == passage["score"]
        assert all(part["contribution"] == part["value"] * part["weight"] for part in parts)
        assert all(word in passage["text"] for word in passage["explanation"]["matched"])
    by_address = client.get("/v1/search", params={"q": "talks", "explain": True}).json()
    assert all("explanation" in passage for passage in by_address["passages"])


def test_a_reprint_is_named_and_not_shown_unless_all_copies_are(client_with_reprint):
    def found(answer) -> dict[str, list[str]]:
        passages = answer.json()["passages"]
        return {p["article"]["id"]: [c["id"] for c in p["also_in"]] for p in passages}

    asked = {"q": "the ships", "limit": 20}
    assert found(client_with_reprint.get("/v1/search", params=asked))["wire"] == ["reprint"]
    all_copies = {**asked, "all_copies": "true"}
    by_address = found(client_with_reprint.get("/v1/search", params=all_copies))
    message = {"question": "the ships", "limit": 20, "all_copies": True}
    by_message = found(client_with_reprint.post("/v1/search", json=message))
    assert by_address == by_message
    assert by_address["wire"] == by_address["reprint"] == []


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize("explain", [False, True])
def test_the_body_is_what_the_library_spells(client, talks, mode, explain):
    asked = {"question": QUESTION, "mode": mode, "explain": explain, "filters": None}
    sent = client.post("/v1/search", json=asked)
    result = talks.search(QUESTION, mode=mode)
    assert without_time(sent) == {**result.to_dict(explain), "took_ms": None}
    assert json.loads(result.to_json(explain)) == result.to_dict(explain)


def test_filters_that_exclude_everything_are_said_to(shipping_client):
    said = "The filters exclude every article. The sources here are: Daily Post, Gazete Doğu."
    message = {"question": "ships", "filters": {"sources": ["Nobody"]}}
    found, answer = (
        shipping_client.post(path, json=message).json() for path in ("/v1/search", "/v1/ask")
    )
    assert found["passages"] == answer["passages"] == []
    assert found["warnings"] == [said]
    assert answer["reason"] == "filtered"
    assert len(answer["warnings"]) == 1
    assert answer["warnings"][0].startswith("Without the filter `sources` the articles answer it")
    assert answer["warnings"][0].endswith(said)


def test_facets_and_an_offset(shipping_client):
    body = {"question": "ships", "facets": True, "offset": 1, "limit": 1}
    found = shipping_client.post("/v1/search", json=body).json()
    assert [passage["rank"] for passage in found["passages"]] == [2]
    assert {"name": "Daily Post", "articles": 2} in found["facets"]["sources"]
    address = "/v1/search?q=ships&facets=true&offset=1&limit=1"
    assert shipping_client.get(address).json()["facets"] == found["facets"]
    assert "facets" not in shipping_client.get("/v1/search?q=ships").json()
