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
    [("offset", "-1"), ("offset", "x"), ("limit", "0"), ("limit", "1001"), ("source", "Post")],
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
