"""`/v1/articles`: the list, and whole articles."""

from urllib.parse import quote

import pytest


def ids(answer) -> list[str]:
    return [article["id"] for article in answer.json()["articles"]]


ALL = ["grain", "2022/03/gas", "gold ö#1?", "undated"]


def test_the_list_is_in_the_order_in_which_articles_were_added(shipping_client):
    answer = shipping_client.get("/v1/articles")
    assert ids(answer) == ALL
    assert answer.json()["total"] == 4
    assert answer.json()["articles"][0] == {
        "id": "grain",
        "title": "Grain leaves port",
        "source": "Gazete Doğu",
        "url": None,
        "published": "2022-03-10",
        "published_at": None,
        "dated_by": None,
        "notice": None,
    }


@pytest.mark.parametrize(
    ("offset", "limit", "expected"),
    [(0, 2, ALL[:2]), (2, 2, ALL[2:]), (3, 1000, ALL[3:]), (4, 1, []), (2**31, 1, [])],
)
def test_the_list_comes_in_pages(shipping_client, offset, limit, expected):
    answer = shipping_client.get("/v1/articles", params={"offset": offset, "limit": limit})
    assert ids(answer) == expected
    assert answer.json()["total"] == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [("offset", "-1"), ("offset", "x"), ("limit", "0"), ("limit", "1001"), ("colour", "red")],
)
def test_a_wrong_parameter_is_named(shipping_client, name, value):
    answer = shipping_client.get("/v1/articles", params={name: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert f"{name}: " in answer.json()["detail"]


@pytest.mark.parametrize("id", ALL)
def test_an_article_is_read_by_its_id_whatever_is_in_it(shipping_client, shipping, id):
    answer = shipping_client.get(f"/v1/articles/{quote(id, safe='')}")
    article = shipping.article(id)
    assert answer.json() == {
        "id": id,
        "title": article.title,
        "source": article.source,
        "url": None,
        "published": article.published.isoformat() if article.published else None,
        "published_at": None,
        "dated_by": None,
        "notice": None,
        "text": article.text,
        "authors": [],
        "tags": list(article.tags),
        "event": None,
        "form": None,
    }


def test_slashes_in_an_id_may_stand_as_they_are(shipping_client):
    assert shipping_client.get("/v1/articles/2022/03/gas").json()["title"] == "Gas arrives"


@pytest.mark.parametrize("id", ["nothing", "grain/", "GRAIN", "%00", "%ff", "..%2fgrain", "'--"])
def test_an_id_that_is_not_there_is_a_problem_that_names_it(shipping_client, id):
    answer = shipping_client.get(f"/v1/articles/{id}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "article-missing"
    assert answer.json()["instance"].startswith("/v1/articles/")
    assert answer.json()["instance"].isascii()


def test_every_article_of_the_list_can_be_read(client):
    listed = client.get("/v1/articles").json()["articles"]
    assert len(listed) == 11
    for article in listed:
        read = client.get(f"/v1/articles/{article['id']}").json()
        assert article.items() <= read.items()
        assert read["text"]


def pages(client, **parameters) -> list[list[str]]:
    found, cursor = [], None
    while not found or cursor:
        answer = client.get(
            "/v1/articles", params={**parameters, **({"cursor": cursor} if cursor else {})}
        )
        found.append(ids(answer))
        cursor = answer.json()["next_cursor"]
    return found


def test_a_cursor_leads_from_page_to_page(shipping_client, shipping):
    assert pages(shipping_client, limit=3) == [ALL[:3], ALL[3:]]
    assert pages(shipping_client, limit=2) == [ALL[:2], ALL[2:]]
    assert pages(shipping_client, source="daily post", limit=1) == [[ALL[1]], [ALL[2]]]
    first = shipping_client.get("/v1/articles", params={"limit": 2}).json()["next_cursor"]
    shipping.remove("grain")
    shipping.add([{"id": "new", "text": "New ships."}])
    after = shipping_client.get("/v1/articles", params={"cursor": first})
    assert ids(after) == [*ALL[2:], "new"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"tag": "PORTS"}, ALL[:2]),
        ({"tag": ["grain", "turkiye"]}, ALL[:2]),
        ({"source": "nobody"}, []),
        ({"since": "2022-03-29"}, ALL[1:3]),
        ({"until": "2022-03-29", "source": "Daily Post"}, ALL[1:2]),
        ({"family": "grain"}, ["grain"]),
    ],
)
def test_the_list_can_be_filtered(shipping_client, filters, expected):
    answer = shipping_client.get("/v1/articles", params=filters)
    assert (ids(answer), answer.json()["total"]) == (expected, len(expected))


@pytest.mark.parametrize(
    "cursor", ["x", "YWZ0ZXI6LTE", "ÿ", "\x00", "a" * 5000, "YWZ0ZXI6OTk5OTk5OTk5OTk5OTk5OTk5OTk5"]
)
def test_a_broken_cursor_is_a_problem_of_its_own(shipping_client, cursor):
    answer = shipping_client.get("/v1/articles", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-not-understood")


def test_a_family_is_all_reports_of_an_article(client_with_reprint):
    answer = client_with_reprint.get("/v1/articles", params={"family": "wire"})
    assert sorted(ids(answer)) == ["reprint", "wire"]
    assert client_with_reprint.get("/v1/articles", params={"family": "no"}).status_code == 404


def test_similar_articles_leave_near_duplicates_out(client_with_reprint):
    def found(**parameters):
        answer = client_with_reprint.get("/v1/articles/wire/similar", params=parameters)
        return answer.json()["similar"]

    assert {one["article"]["id"] for one in found()} == set(ALL)
    scores = [one["score"] for one in found()]
    assert scores == sorted(scores, reverse=True)
    assert found(all_copies=True)[0]["article"]["id"] == "reprint"
    assert found(all_copies=True)[0]["score"] == pytest.approx(1)
    assert len(found(limit=2)) == 2
    assert client_with_reprint.get("/v1/articles/no/similar").json()["code"] == "article-missing"


@pytest.mark.parametrize("id", ALL)
def test_the_passages_of_an_article_are_its_text(shipping_client, shipping, id):
    answer = shipping_client.get(f"/v1/articles/{quote(id, safe='')}/passages").json()
    text = shipping.article(id).text
    assert answer["article"]["id"] == id
    for place, passage in enumerate(answer["passages"]):
        assert passage["id"] == f"{id}#{place}"
        assert text[slice(*passage["span"])] == passage["text"]


def test_outlets_and_tags_are_listed(shipping_client):
    sources = shipping_client.get("/v1/sources").json()["sources"]
    assert sources[0] == {
        "name": "Daily Post",
        "articles": 2,
        "first_published": "2022-03-29",
        "last_published": "2022-05-01",
    }
    assert [source["name"] for source in sources] == ["Daily Post", "Gazete Doğu"]
    tags = shipping_client.get("/v1/tags").json()["tags"]
    counted = [(tag["name"].casefold(), tag["articles"]) for tag in tags]
    assert counted == [("ports", 2), ("türkiye", 1), ("grain", 1)]


def test_an_article_that_is_as_it_was_is_not_sent_again(shipping_client, shipping):
    etag = shipping_client.get("/v1/articles/grain").headers["etag"]
    assert etag == f'"{shipping.article("grain").content_hash}"'
    for given in (etag, f'"x", W/{etag}', "*"):
        again = shipping_client.get("/v1/articles/grain", headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    other = shipping_client.get("/v1/articles/grain", headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


def test_versions_are_told_newest_first_with_what_changed(shipping_client, shipping):
    former = shipping.article("2022/03/gas")
    shipping.add({"id": former.id, "title": "Gas has arrived", "text": f"{former.text} Late."})
    answer = shipping_client.get(f"/v1/articles/{former.id}/versions")
    newest, first = answer.json()["versions"]
    assert answer.json()["article"]["title"] == newest["title"] == "Gas has arrived"
    assert (newest["replaced"], first["text"], first["changes"]) == (None, former.text, [])
    assert first["replaced"] is not None
    assert newest["changes"] == [
        {"field": "title", "removed": "Gas arrives", "added": "Gas has arrived"},
        {"field": "published", "removed": "2022-03-29", "added": ""},
        {"field": "text", "removed": "", "added": "Late."},
    ]


def test_an_article_that_was_never_replaced_has_one_version(shipping_client):
    versions = shipping_client.get("/v1/articles/grain/versions").json()["versions"]
    assert [version["replaced"] for version in versions] == [None]
    missing = shipping_client.get("/v1/articles/none/versions")
    assert (missing.status_code, missing.json()["code"]) == (404, "article-missing")
