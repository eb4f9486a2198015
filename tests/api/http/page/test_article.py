import json
import urllib.request
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from dragoman.api.http.app import create_app
from dragoman.search.dragoman import Dragoman

TEXT = "😀 The whale Balthasar was seen near Üsküdar by the harbour pilot Deniz Kaya."


def test_a_span_counts_characters_beyond_the_first_plane_as_one(open_page, address):
    with urllib.request.urlopen(f"{address}/v1/articles/emoji") as answer:
        text = json.load(answer)["text"]
    start = text.index("The whale")
    end = text.index(" 🌊")
    page = open_page(f"/articles/emoji#span={start}-{end}")
    expect(page.locator("mark")).to_have_text(text[start:end])


def test_several_spans_may_be_marked_and_changed(open_page):
    page = open_page("/articles/emoji#span=0-2,45-118")
    expect(page.locator("mark")).to_have_count(2)
    expect(page.locator("mark").first).to_have_text("🐋🐋")
    page.evaluate("location.hash = '#span=3-6'")
    expect(page.locator("mark")).to_have_count(1)
    expect(page.locator("mark")).to_have_text("was")


@pytest.mark.parametrize(
    "fragment", ["", "#span=", "#span=9-3", "#span=a-b", "#span=900-999999999"]
)
def test_a_fragment_without_a_passage_marks_nothing(open_page, fragment):
    page = open_page(f"/articles/emoji{fragment}")
    expect(page.locator("h1")).to_have_text("Whale in the strait")
    expect(page.locator("mark")).to_have_count(0)


def test_it_scrolls_to_the_cited_passage(open_page):
    page = open_page("/articles/who-is-who-in-the-talks#span=2000-2100", width=390)
    expect(page.locator("mark").first).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0


def test_the_versions_of_an_article_are_below_it(open_page):
    page = open_page("/articles/reprint")
    expect(page.locator(".versions summary")).to_have_text("2 versions")
    page.locator(".versions summary").click()
    expect(page.locator(".versions del")).to_have_text(["Nobody saw <b>it</b>."])
    expect(page.locator(".versions ins")).to_contain_text(["all 84 passengers were saved"])
    page = open_page("/articles/emoji")
    expect(page.locator("h1")).to_have_text("Whale in the strait")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".versions")).to_have_count(0)


def test_the_text_can_be_read_without_javascript(open_page):
    page = open_page("/articles/emoji", java_script_enabled=False)
    expect(page.locator("#text")).to_contain_text(TEXT)
    expect(page.locator(".about")).to_have_text("Daily Sabah · 5 March 2022")


def test_an_article_is_asked_about_from_its_page(open_page):
    page = open_page("/articles/emoji")
    page.keyboard.press("/")
    page.keyboard.type("Where did the ferry sink?")
    page.keyboard.press("Enter")
    expect(page.locator(".prose")).to_contain_text("Yalova")


def test_the_original_is_linked_if_it_is_on_the_web(open_page):
    page = open_page(f"/articles/{quote('2022/04/ferry 1?')}")
    original = page.get_by_role("link", name="Read the original at wire.example.org")
    assert original.get_attribute("href") == "https://wire.example.org/ferry"
    assert original.get_attribute("rel") == "noopener noreferrer external"


def test_an_address_that_is_a_script_is_no_link(open_page):
    page = open_page("/articles/reprint")
    expect(page.locator("h1")).to_have_text("Kadıköy ferry sinks")
    expect(page.locator(".original")).to_have_count(0)


@pytest.mark.parametrize("id", ["no/such <b>article</b>", "nothing"])
def test_an_article_that_is_not_there_is_said_so(shipping_client, id):
    answer = shipping_client.get(f"/articles/{quote(id)}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "There is no such article" in answer.text
    assert "<b>" not in answer.text


def test_every_paragraph_is_where_it_says(tmp_path, encoder):
    text = "First\nline & <b>.\n\n  \n\nSecond 🐋 one.\n\nA heading\n\nThe last one."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    dragoman.add(tmp_path / "a.txt")
    with TestClient(create_app(dragoman), base_url="http://localhost") as client:
        (id,) = (article["id"] for article in client.get("/v1/articles").json()["articles"])
        stored = client.get(f"/v1/articles/{quote(id)}").json()["text"]
        page = client.get(f"/articles/{quote(id)}").text
    start = stored.index("Second")
    assert f'<p data-start="{start}">Second 🐋 one.</p>' in page
    assert "line &amp; &lt;b&gt;." in page


def test_an_article_that_needs_a_key_is_loaded_with_it(open_page, guarded):
    """Paragraphs made by the page's script are those that the service makes."""
    address, secret, _ = guarded
    article = "/articles/who-is-who-in-the-talks"
    sent = open_page(article).locator("#text").inner_html()
    page = open_page(at=f"{address}{article}#span=0-20", expected=("401",))
    expect(page.get_by_role("alert")).to_contain_text("This needs a key.")
    page.get_by_label("Key").fill("dragoman_wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The key is unknown.")
    page.get_by_label("Key").fill(secret)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Who is who")
    expect(page.locator("mark")).to_have_text("The five documents o")
    page.evaluate("location.hash = ''")
    expect(page.locator("mark")).to_have_count(0)
    assert page.locator("#text").inner_html() == sent.strip().replace("\n<p", "<p")
