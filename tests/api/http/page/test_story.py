"""The story of a matter on the page: its events, and where they are from."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from served import served

TALKS = "/?view=story&q=peace+talks"
KILLED = "/?view=story&q=How+many+civilians+were+killed%3F"
FLOOD = [
    {"id": "post", "title": "Flood", "source": "Arlen Post", "published": "2031-05-02",
     "text": "🌊 Rain. Eight people were killed in the Arlen flood."},
    {"id": "bell", "title": "Flood in Arlen", "source": "Bell", "published": "2031-05-02",
     "text": "The Arlen flood killed 14 people."},
    {"id": "star", "title": "RETRACTED: Arlen flood kills 90", "source": "Star",
     "published": "2031-05-02", "text": "The Arlen flood killed 90 people."},
]  # fmt: skip


def panel(page, title):
    """The panel of this title."""
    return page.get_by_role("region", name=title)


def all_told(page):
    """Wait until every panel is filled."""
    expect(page.locator(".panel")).to_have_count(4)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


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
    expect(page.locator(".panel")).to_have_count(1)
    expect(page.locator(".panel .note")).to_have_text("No article is about “ice hockey”.")
    expect(page.get_by_role("status")).to_contain_text("No article is about")


def test_a_matter_that_names_nothing_is_refused_in_words(open_page):
    page = open_page("/?view=story&q=of+the", expected=("422",))
    expect(page.get_by_role("alert")).to_contain_text("names nothing to look for")


def test_what_states_no_day_is_said_to_be_left_out(open_page):
    page = open_page(f"{TALKS}&as_of=2022-05-05")
    expect(panel(page, "Timeline").locator(".note").last).to_contain_text("articles left out")


def test_who_said_what_is_shown_for_all_and_for_one_speaker(open_page):
    page = open_page(TALKS)
    all_told(page)
    quotes = panel(page, "Who said what")
    expect(quotes.get_by_role("heading")).to_contain_text("quotes")
    assert quotes.locator(".name").count() > 1
    said = quotes.locator(".quote", has_text="İbrahim Kalın").first
    expect(said.locator("mark")).to_contain_text("peace process begun in Istanbul")
    quotes.get_by_label("Speaker").fill("Kalin")
    page.keyboard.press("Enter")
    expect(quotes.get_by_role("heading")).to_have_text("Who said what: 1 quote")
    expect(page.get_by_role("status")).to_have_text("Who said what: 1 quote")
    quotes.locator(".from a").click()
    expect(page.locator("mark").first).to_contain_text("peace process begun in Istanbul")


def test_a_story_is_linked_with_its_speaker_and_its_question(open_page):
    page = open_page(f"{TALKS}&speaker=Kalin&number=How+many+civilians+were+killed%3F")
    all_told(page)
    quotes, figures = panel(page, "Who said what"), panel(page, "Figures over time")
    expect(quotes.get_by_role("heading")).to_have_text("Who said what: 1 quote")
    expect(quotes.get_by_label("Speaker")).to_have_value("Kalin")
    expect(figures.get_by_role("heading")).to_contain_text("figures")
    page.reload()
    all_told(page)
    expect(quotes.get_by_role("heading")).to_have_text("Who said what: 1 quote")


def test_back_and_forward_lead_through_what_a_story_was_narrowed_to(open_page):
    page = open_page(TALKS)
    all_told(page)
    quotes = panel(page, "Who said what")
    for speaker in ("Kalin", "Akar"):
        quotes.get_by_label("Speaker").fill(speaker)
        page.keyboard.press("Enter")
        expect(quotes.locator(".told")).to_have_attribute("aria-busy", "false")
        expect(page).to_have_url(re.compile(f"speaker={speaker}$"))
    page.go_back()
    expect(page).to_have_url(re.compile("speaker=Kalin$"))
    all_told(page)
    expect(quotes.get_by_label("Speaker")).to_have_value("Kalin")
    expect(quotes.locator(".name").first).to_have_text("İbrahim Kalın")
    page.go_back()
    all_told(page)
    expect(quotes.get_by_label("Speaker")).to_have_value("")
    page.go_forward()
    all_told(page)
    expect(quotes.get_by_label("Speaker")).to_have_value("Kalin")


def test_further_quotes_are_shown_when_they_are_asked_for(open_page):
    page = open_page()

    def ask_for_five(route):  # the bundled articles have fewer quotes than are asked for at once
        asked = route.request.post_data_json
        route.continue_(post_data=json.dumps({**asked, "limit": 5}))

    page.route("**/v1/quotes", ask_for_five)
    page.goto(page.url + TALKS[1:])
    all_told(page)
    quotes = panel(page, "Who said what")
    expect(quotes.locator(".quote")).to_have_count(5)
    quotes.get_by_role("button", name="Show more").press("Enter")
    expect(quotes.locator(".quote").nth(5)).to_be_focused()
    assert quotes.locator(".quote").count() <= 10


def test_escape_stops_a_story_and_its_fields_still_ask(open_page):
    page = open_page()
    page.route("**/v1/conflicts", lambda route: None)  # so that it is never answered
    page.goto(page.url + TALKS[1:])
    expect(page.locator(".panel")).to_have_count(4)
    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel(page, "Where reports disagree")).to_contain_text("Stopped.")
    quotes = panel(page, "Who said what")
    quotes.get_by_label("Speaker").fill("Kalin")
    page.keyboard.press("Enter")
    expect(quotes.get_by_role("heading")).to_have_text("Who said what: 1 quote")


def test_a_speaker_of_nearly_that_name_is_offered(open_page):
    page = open_page(TALKS)
    all_told(page)
    quotes = panel(page, "Who said what")
    quotes.get_by_label("Speaker").fill("Erdogann")
    page.keyboard.press("Enter")
    expect(quotes.locator(".note")).to_contain_text("no words of “Erdogann”")
    quotes.get_by_role("button", name="Recep Tayyip Erdoğan").click()
    expect(quotes.locator(".name").first).to_have_text("Recep Tayyip Erdoğan")


def test_figures_are_asked_for_in_a_field_and_drawn_and_no_reports_disagree(open_page):
    page = open_page(TALKS)
    all_told(page)
    disagreeing = panel(page, "Where reports disagree")
    expect(disagreeing.locator(".note")).to_contain_text("No two reports of one day")
    figures = panel(page, "Figures over time")
    expect(figures.locator(".entry, .note, .chart")).to_have_count(0)
    figures.get_by_label("Question for a number").fill("peace talks")
    page.keyboard.press("Enter")
    expect(figures.locator(".note")).to_contain_text("asks for no number")
    figures.get_by_label("Question for a number").fill("How many civilians were killed?")
    page.keyboard.press("Enter")
    expect(figures.locator(".chart .point")).to_have_count(3)
    figures.locator(".chart .touch").last.click()
    expect(figures.locator(".entry:target")).to_contain_text("3,153")


def test_a_matter_that_asks_for_a_number_has_its_figures(open_page):
    page = open_page(KILLED)
    figures = panel(page, "Figures over time")
    expect(figures.locator(".name").first).to_contain_text("at least 1,151")
    expect(figures.get_by_label("Question for a number")).to_have_value(
        "How many civilians were killed?"
    )
    figures.locator(".from a").first.click()
    expect(page.locator("mark").first).to_contain_text("1,151")


def test_reports_that_disagree_and_what_is_withdrawn_are_shown(open_page, shipping):
    shipping.add(FLOOD)
    with served(create_app(shipping, ServiceSettings())) as port:
        page = open_page(at=f"http://127.0.0.1:{port}/?view=story&q=Arlen+flood", width=390)
        all_told(page)
        conflicts = panel(page, "Where reports disagree: 1 disagreement")
        expect(conflicts.locator(".conflict .name")).to_have_count(2)
        assert {*conflicts.locator(".conflict .name").all_inner_texts()} == {"Eight", "14"}
        expect(conflicts.locator(".correction")).to_contain_text("withdrawn")
        said = "Withdrawn"
        expect(conflicts.locator(".correction .notice")).to_have_text(said)
        assert Axe().run(page).violations_count == 0
        conflicts.locator(".side", has_text="Eight").locator(".from a").click()
        expect(page.locator("mark")).to_have_text("Eight people were killed in the Arlen flood.")
        page.goto(f"http://127.0.0.1:{port}/articles/star")
        expect(page.locator("header .notice")).to_have_text(said)
        page.close()


def test_what_goes_wrong_in_a_panel_is_said_there_and_can_be_tried_again(open_page):
    page = open_page(TALKS, expected=("ERR_INTERNET_DISCONNECTED",))
    all_told(page)
    page.context.set_offline(True)
    quotes = panel(page, "Who said what")
    quotes.get_by_label("Speaker").fill("Kalin")
    page.keyboard.press("Enter")
    expect(quotes.get_by_role("alert")).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    quotes.get_by_role("button", name="Try again").click()
    expect(quotes.locator(".name")).to_have_text("İbrahim Kalın")
    expect(page.locator(".event").first).to_be_visible()


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
    page = open_page(KILLED, width=width, color_scheme=scheme)
    all_told(page)
    expect(page.locator(".chart")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
