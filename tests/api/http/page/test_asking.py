from urllib.parse import quote

import pytest
from playwright.sync_api import expect

CIVILIANS = "/?q=How+many+civilians+were+killed%3F"


def test_a_question_is_answered_with_its_words_marked_and_its_sources(open_page):
    page = open_page()
    box = page.get_by_role("searchbox", name="Ask the articles")
    expect(box).to_be_focused()
    box.fill("Who led the Ukrainian delegation in Istanbul?")
    box.press("Enter")
    expect(page.locator(".prose")).to_contain_text("Arakhamia")
    expect(page.locator(".sources blockquote").first).to_contain_text("Arakhamia")
    marked = page.locator(".sources blockquote mark").first.inner_text()
    expect(page.locator(".prose mark").first).to_have_text(marked)
    expect(page.locator(".confidence")).to_contain_text("answer this")
    expect(page).to_have_title("Who led the Ukrainian delegation in Istanbul? · Dragoman")
    assert page.url.endswith("/?q=Who+led+the+Ukrainian+delegation+in+Istanbul%3F")
    expect(page.get_by_role("status")).to_contain_text("Answer: ")


def test_a_marker_goes_to_its_source_and_the_source_to_the_marked_passage(open_page):
    page = open_page("/?q=Where+did+the+ferry+sink%3F")
    page.get_by_role("link", name="Source 1", exact=True).click()
    source = page.locator(".sources > li:target")
    expect(source).to_contain_text("Kadıköy sank off Yalova")
    expect(source).to_contain_text("Harbour Wire · 2 April 2022")
    expect(source).to_contain_text("Also reported by Daily Sabah · 3 April 2022")
    original = source.get_by_role("link", name="Original at wire.example.org")
    assert original.get_attribute("href") == "https://wire.example.org/ferry"
    assert "noopener" in str(original.get_attribute("rel"))
    source.get_by_role("link", name="Ferry sinks off Yalova").click()
    expect(page.locator("h1")).to_have_text("Ferry sinks off Yalova")
    expect(page.locator("mark")).to_have_text(
        "The ferry Kadıköy sank off Yalova at dawn and all 84 passengers were saved by fishermen."
    )
    expect(page.locator("mark")).to_be_focused()
    page.go_back()
    expect(page.locator(".prose")).to_contain_text("Yalova")


def test_figures_are_drawn_over_time_with_the_source_of_each(open_page):
    page = open_page(CIVILIANS)
    points = page.locator(".chart .point")
    expect(points).to_have_count(3)
    # At once: the chart is drawn again when its width is known.
    heights = page.locator(".chart .dot").evaluate_all(
        "dots => dots.map((dot) => dot.getBoundingClientRect().y)"
    )
    assert len(heights) == 3
    assert heights == sorted(heights, reverse=True)
    expect(points.first).to_have_attribute("aria-label", "at least 1,151, 29 March 2022, source 4")
    page.get_by_text("The figures as a table").click()
    rows = [row.inner_text().split("\t") for row in page.locator("tbody tr").all()]
    assert [row[:2] for row in rows] == [
        ["29 March 2022", "at least 1,151"],
        ["1 May 2022", "at least 2,899"],
        ["2 May 2022", "at least 3,153"],
    ]
    page.locator(".chart .dot").first.click()
    expect(page.locator(".sources > li:target")).to_contain_text("1,151")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Which team won the ice hockey final in Oslo?", "No article here is about this."),
        ("?q", "There is no word"),
    ],
)
def test_no_answer_has_its_reason_and_the_nearest_passages(open_page, question, reason):
    if question == "?q":
        page = open_page("/?q=%3F", expected=("422",))
        expect(page.get_by_role("alert")).to_contain_text("there is no word in it")
        return
    page = open_page(f"/?q={quote(question)}")
    expect(page.locator(".prose")).to_have_text(reason)
    expect(page.locator(".note").first).to_contain_text("Oslo")
    assert page.locator(".passages > li").count() > 1
    expect(page.locator(".cite")).to_have_count(0)


def test_a_follow_up_is_understood_from_the_conversation_and_can_be_gone_back_from(open_page):
    page = open_page("/?q=Who+led+Russia%27s+delegation+in+Istanbul%3F")
    page.get_by_label("Follow up").fill("And Ukraine's?")
    page.get_by_label("Follow up").press("Enter")
    second = page.locator(".turn").nth(1)
    expect(second.locator(".understood")).to_have_text(
        "Understood as “Who led Ukraine's delegation in Istanbul?”"
    )
    expect(second.locator(".prose")).to_contain_text("Arakhamia")
    shared = page.url
    page.go_back()
    expect(page.locator(".turn")).to_have_count(1)
    page.goto(shared)
    expect(page.locator(".turn").nth(1).locator(".prose")).to_contain_text("Arakhamia")


def test_a_corrected_spelling_is_shown(open_page):
    page = open_page("/?q=Who+led+the+Ukranian+delegation+in+Istambul%3F")
    expect(page.locator(".understood")).to_contain_text("Searched for “Who led the Ukrainian")


def test_filters_limit_the_answer_and_are_in_the_address(open_page):
    page = open_page("/?q=Where+did+the+ferry+sink%3F")
    expect(page.locator(".sources .about").first).to_contain_text("Harbour Wire")
    page.locator("#filters summary").click()
    page.get_by_label("Daily Sabah").check()
    expect(page.locator(".sources .about").first).to_contain_text("Daily Sabah")
    expect(page.locator("#chosen")).to_have_text("Daily Sabah")
    assert "source=Daily+Sabah" in page.url
    page.get_by_role("button", name="Remove all filters").click()
    expect(page.locator(".sources .about").first).to_contain_text("Harbour Wire")
    page.go_back()
    expect(page.get_by_label("Daily Sabah")).to_be_checked()


def test_tags_are_offered_and_limit_the_answer(open_page):
    page = open_page("/?q=Where+did+the+ferry+sink%3F&source=Daily+Sabah")
    expect(page.locator(".sources .about").first).to_contain_text("Daily Sabah")
    page.locator("#filters summary").click()
    page.get_by_label("Daily Sabah").uncheck()
    page.get_by_label("Rescue 1").check()
    expect(page.locator("#chosen")).to_have_text("Rescue")
    expect(page.locator(".sources .about")).to_have_count(1)
    expect(page.locator(".sources .about").first).to_contain_text("Harbour Wire")
    assert "tag=Rescue" in page.url


def test_the_articles_are_listed_page_by_page(open_page):
    page = open_page("/")
    expect(page.locator("#archive-title")).to_contain_text("15 articles")
    expect(page.locator("#articles li")).to_have_count(10)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#articles li")).to_have_count(15)
    assert len(set(page.locator("#articles li").all_inner_texts())) == 15
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_slider_answers_as_of_the_end_of_a_month(open_page):
    page = open_page(CIVILIANS)
    expect(page.locator(".prose")).to_contain_text("3,153")
    page.locator("#filters summary").click()
    slider = page.get_by_label("What was known by")
    slider.focus()
    slider.press("Home")
    expect(page.locator("output")).to_have_text("31 March 2022")
    expect(slider).to_be_focused()
    expect(page.locator(".prose")).to_contain_text("1,151")
    expect(page.locator(".prose")).not_to_contain_text("3,153")
    assert "as_of=2022-03-31" in page.url


def test_what_filters_leave_out_can_be_asked_without_them(open_page):
    page = open_page(f"{CIVILIANS}&until=2022-03-01")
    expect(page.locator(".prose")).to_have_text("Your filters leave out what would answer this.")
    page.get_by_role("button", name="Ask without filters").click()
    expect(page.locator(".prose")).to_contain_text("3,153")


def test_markup_in_an_article_stays_text(open_page):
    page = open_page("/?q=Where+did+the+smuggler+hide+carpets%3F")
    expect(page.locator(".sources blockquote").first).to_contain_text("17 carpets in Bursa")
    expect(page.locator(".sources .about").first).to_contain_text(
        "Gazette <script>alert(1)</script><img src=x onerror=alert(2)>"
    )
    page.locator(".sources .title").first.click()
    expect(page.locator("h1")).to_have_text(
        "Smugglers <script>alert(1)</script><img src=x onerror=alert(2)>"
    )
    expect(page.locator("#text")).to_contain_text("<img src=x onerror=alert(2)>")
    assert page.locator("img, main script").count() == 0


def test_a_key_is_asked_for_and_kept_for_the_session_only(open_page, guarded):
    address, secret, _ = guarded
    page = open_page(at=f"{address}/?q=Where+did+the+ferry+sink%3F", expected=("401",))
    expect(page.get_by_role("alert")).to_contain_text("This needs a key.")
    page.get_by_label("Key").fill(secret)
    page.keyboard.press("Enter")
    expect(page.locator(".prose")).to_contain_text("Yalova")
    page.locator(".sources .title").first.click()
    expect(page.locator("h1")).to_have_text("Ferry sinks off Yalova")
    expect(page.locator("mark")).to_contain_text("The ferry Kadıköy sank off Yalova")
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_it_works_by_keyboard_alone(open_page):
    page = open_page(CIVILIANS)
    expect(page.locator(".prose")).to_contain_text("3,153")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the answer")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Source 1", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".sources > li:target")).to_have_count(1)
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Ask the articles")
    expect(box).to_be_focused()
    page.keyboard.type("Where did the ferry sink?")
    page.route("**/v1/ask", lambda route: None)  # never answered
    page.keyboard.press("Enter")
    expect(page.locator(".waiting")).to_have_text("Reading the articles…")
    page.keyboard.press("Escape")
    expect(page.locator(".waiting")).to_have_text("Stopped.")
