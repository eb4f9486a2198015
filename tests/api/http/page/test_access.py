import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = {
    "start": ("/", "#articles li"),
    "answer": ("/?q=How+many+civilians+were+killed%3F", ".sources li"),
    "follow-up": ("/?q=Where+did+the+ferry+sink%3F&then=And+when%3F", ".turn + .turn h2"),
    "no answer": ("/?q=Who+won+the+ice+hockey+final+in+Oslo%3F", ".passages li"),
    "filtered": ("/?q=Where+did+the+ferry+sink%3F&source=None", ".note"),
    "article": ("/articles/emoji#span=45-118", "mark"),
    "no article": ("/articles/none", "h1"),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit_a_telephone(open_page, name):
    path, shown = PAGES[name]
    page = open_page(path, width=390, expected=("404",))
    expect(page.locator(shown).first).to_be_visible()
    for opener in page.locator("summary:visible").all():
        opener.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
        faults = [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in grave]
        assert faults == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
