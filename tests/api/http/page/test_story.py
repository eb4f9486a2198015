"""The story of a matter on the page: its events, and where they are from."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

TALKS = "/?view=story&q=peace+talks"


def test_the_story_of_a_matter_is_shown_by_its_days(open_page):
    page = open_page()
    page.get_by_role("searchbox", name="Ask the articles").fill("peace talks")
    page.get_by_role("button", name="Story").click()
    expect(page.get_by_role("heading", name="Timeline")).to_contain_text("events")
    assert page.url.endswith("/?view=story&q=peace+talks")
    days = [time.get_attribute("datetime") for time in page.locator(".event time").all()]
    assert days == sorted(days)
    assert "2022-03-29" in days
    event = page.locator(".event", has=page.locator("time[datetime='2022-03-29']")).first
    expect(event.locator("blockquote").first).to_contain_text("29 March 2022")
    title = event.locator(".from a").first
    title.click()
    expect(page.locator("mark").first).to_contain_text("29 March 2022")


def test_a_matter_that_no_article_is_about_says_so(open_page):
    page = open_page("/?view=story&q=ice+hockey")
    expect(page.locator(".panel .note")).to_have_text("No article is about “ice hockey”.")
    expect(page.get_by_role("status")).to_contain_text("No article is about")


def test_a_matter_that_names_nothing_is_refused_in_words(open_page):
    page = open_page("/?view=story&q=of+the", expected=("422",))
    expect(page.get_by_role("alert")).to_contain_text("names nothing to look for")


def test_what_states_no_day_is_said_to_be_left_out(open_page):
    page = open_page(f"{TALKS}&as_of=2022-05-05")
    expect(page.locator(".panel .note").last).to_contain_text("articles left out")


def test_a_question_can_be_asked_after_a_story(open_page):
    page = open_page(TALKS)
    expect(page.locator(".event").first).to_be_visible()
    page.get_by_role("searchbox", name="Ask the articles").fill("Where did the ferry sink?")
    page.get_by_role("button", name="Ask", exact=True).first.click()
    expect(page.locator(".prose")).to_contain_text("Yalova")
    page.go_back()
    expect(page.locator(".event").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everyone_on_any_screen(open_page, width, scheme):
    page = open_page(TALKS, width=width, color_scheme=scheme)
    expect(page.locator(".event").first).to_be_visible()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
