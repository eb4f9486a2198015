"""A key that is limited sees nothing of other articles, whatever it asks for."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.api.keys import Keys, keys_beside

# Titles and ids of the articles that a key for the Daily Post may not see.
HIDDEN = ("Grain", "grain", "Ghosts", "undated", "Gazete", "wire", "Harbour Wire", "Sabah")
QUESTION = "What is on the ships of the strait?"


@pytest.fixture
def served(reprinted) -> Iterator[TestClient]:
    _, secret = Keys(keys_beside(reprinted.folder)).create("desk", sources=["daily post"])
    headers = {"X-API-Key": secret}
    with TestClient(create_app(reprinted), base_url="http://localhost", headers=headers) as client:
        yield client


def shown(text: str) -> list[str]:
    text = text.replace('"undated":', "")  # the name of a field, too
    return [name for name in HIDDEN if name in text]


def addresses_of(app) -> set[tuple[str, str]]:
    """Every method and address, those of the pages and a batch's as well."""
    described = app.openapi()["paths"].items()
    of_api = {(method, path) for path, operations in described for method in operations}
    return of_api | {("get", "/"), ("get", "/articles/{id}"), ("get", "/metrics")}


def test_no_address_shows_another_article(served):
    addresses = addresses_of(served.app)
    asked = {"question": QUESTION, "limit": 100}
    for method, address in addresses:
        for id in ("grain", "wire", "undated", "2022/03/gas") if "{id}" in address else ("",):
            path = address.replace("{id}", id)
            body = {"requests": [asked], "questions": [asked]} if "batch" in path else asked
            parameters = {"q": QUESTION, "limit": 100} if method == "get" else {}
            answered = served.request(
                method, path, params=parameters, json=None if method == "get" else body
            )
            assert answered.status_code < 500, (method, path, answered.text)
            hidden = set(shown(answered.text)) - {id}  # which a problem repeats
            assert hidden == set(), (method, path, answered.text)
    assert len(addresses) > 10


def test_what_it_may_see_is_all_there(served):
    listed = served.get("/v1/articles").json()
    assert [article["id"] for article in listed["articles"]] == ["2022/03/gas", "gold ö#1?"]
    assert listed["total"] == 2
    assert served.get("/v1/articles/2022/03/gas").json()["title"] == "Gas arrives"
    assert served.get("/v1/articles", params={"offset": 1}).json()["articles"][0]["id"][0] == "g"
    for mode in ("hybrid", "dense", "lexical"):
        found = served.get("/v1/search", params={"q": QUESTION, "limit": 100, "mode": mode}).json()
        assert {p["article"]["source"] for p in found["passages"]} == {"Daily Post"}


def test_outlets_and_tags_are_those_of_what_it_may_see(served):
    days = {"first_published": "2022-03-29", "last_published": "2022-05-01"}
    assert served.get("/v1/sources").json()["sources"] == [
        {"name": "Daily Post", "articles": 2, **days}
    ]
    tags = served.get("/v1/tags").json()["tags"]
    assert [(tag["name"], tag["articles"]) for tag in tags] == [("Türkiye", 1), ("ports", 1)]
    similar = served.get("/v1/articles/2022/03/gas/similar").json()["similar"]
    assert [found["article"]["id"] for found in similar] == ["gold ö#1?"]
    assert served.get("/v1/articles/grain/similar").status_code == 404
    assert served.get("/v1/articles", params={"family": "grain"}).status_code == 404


def test_another_article_is_not_there(served):
    for id in ("grain", "undated", "wire"):
        assert served.get(f"/v1/articles/{id}").status_code == 404
        assert "Grain" not in served.get(f"/articles/{id}").text


def test_a_filter_for_another_source_finds_nothing(served):
    found = served.get("/v1/search", params={"q": QUESTION, "source": "Gazete Doğu"}).json()
    assert found["passages"] == []
    asked = served.get("/v1/ask", params={"q": "Is grain on ships?", "source": "Gazete Doğu"})
    assert asked.json()["citations"] == []


def test_its_words_are_not_corrected_by_those_of_others(served):
    found = served.get("/v1/search", params={"q": "Who carries grian?"}).json()
    assert found["question_understood"] == "Who carries grian?"


def test_tags_and_sources_both_limit(reprinted):
    keys = Keys(keys_beside(reprinted.folder))
    limits = {
        "ports": {"tags": ["PORTS"]},
        "both": {"tags": ["ports"], "sources": ["Daily Post", "Harbour Wire"]},
        "none": {"tags": ["grain"], "sources": ["Daily Post"]},
        "unknown": {"tags": ["unheard of"]},
    }
    secrets = {name: keys.create(name, **limit)[1] for name, limit in limits.items()}
    seen = {"ports": ["grain", "2022/03/gas"], "both": ["2022/03/gas"], "none": [], "unknown": []}
    with TestClient(create_app(reprinted), base_url="http://localhost") as client:
        for name, secret in secrets.items():
            client.headers["X-API-Key"] = secret
            listed = client.get("/v1/articles").json()
            assert [article["id"] for article in listed["articles"]] == seen[name]
            assert listed["total"] == len(seen[name])
            parameters = {"q": QUESTION, "limit": 100}
            found = client.get("/v1/search", params=parameters).json()["passages"]
            assert {passage["article"]["id"] for passage in found} == set(seen[name])
            for id in ("grain", "2022/03/gas", "undated"):
                status = client.get(f"/v1/articles/{id}").status_code
                assert status == (200 if id in seen[name] else 404)
            asked = client.get("/v1/ask", params=parameters)
            assert asked.status_code == 200
            cited = {citation["article"]["id"] for citation in asked.json()["citations"]}
            assert cited <= set(seen[name])


def test_stories_tell_and_count_only_what_it_may_see(served, reprinted):
    about = "ships of the strait"
    said = "“Ships of the strait wait,” said Ann Lee on Monday. At least 3 ships sank."
    hidden = "“Ships of the strait sail,” said Ann Lei of Gazete. Only 7 ships sank."
    reprinted.add({"id": "post", "text": said, "source": "Daily Post", "date": "2022-03-10"})
    reprinted.add({"id": "wire 2", "text": hidden, "source": "Gazete", "date": "2022-03-10"})
    asked = [
        ("timeline", {"q": about}),
        ("conflicts", {"q": about}),
        ("figures", {"q": "How many ships are on the strait?"}),
        ("quotes", {"about": about}),
        ("quotes", {"speaker": "Lee"}),
        ("quotes", {"speaker": "Leis"}),
        ("quotes", {"about": "grian"}),
    ]
    for story, parameters in asked:
        for period in ({}, {"as_of": "2022-12-31"}, {"since": "2022-01-01"}):
            answered = served.get(f"/v1/{story}", params={**parameters, **period})
            assert answered.status_code == 200, answered.text
            assert shown(answered.text) == [], (story, parameters, answered.text)
            assert answered.json()["undated"] == 0
    told = served.get("/v1/quotes", params={"about": about}).json()
    assert {r["article"]["source"] for q in told["quotes"] for r in q["reports"]} == {"Daily Post"}
