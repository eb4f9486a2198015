import re

import pytest

from dragoman.api.http.page.rendering import FOLDER, SENT


def test_pages_have_a_strict_policy(shipping_client):
    for path in ("/", "/articles/grain", "/articles/none"):
        policy = shipping_client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_what_a_page_loads_is_kept_for_ever_under_its_address(shipping_client):
    page = shipping_client.get("/").text
    loaded = re.findall(r'(?:href|src)="(/page/[^"]+)"', page)
    assert len(loaded) == 3
    for path in loaded:
        answer = shipping_client.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        again = shipping_client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert shipping_client.head(path).status_code == 200


@pytest.mark.parametrize(
    "name", ["rendering.py", "question.html", "", "../rendering.py", "none.js"]
)
def test_nothing_else_is_sent(shipping_client, name):
    folder = re.search(r'"(/page/[0-9a-f]+/)', shipping_client.get("/").text).group(1)
    answer = shipping_client.get(folder + name)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_pages_have_nothing_inline_and_nothing_from_elsewhere():
    for file in FOLDER.glob("*.html"):
        text = file.read_text()
        assert re.findall(r"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|https?://", text) == []


def test_scripts_make_no_markup():
    for file in FOLDER.glob("*.js"):
        assert (
            re.findall(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", file.read_text()
            )
            == []
        )
    assert {file.suffix for file in FOLDER.iterdir()} >= set(SENT)
