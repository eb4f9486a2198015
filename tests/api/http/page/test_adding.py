import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

HOSTILE = "<img src=x onerror=alert(1)>"
NEWS = b"The lighthouse keeper Orhan Veli found 23 barrels of olive oil on the beach of Ayvalik.\n"
DROPPED = """name => {
    const dropped = new DataTransfer();
    dropped.items.add(new File(["text"], name));
    return dropped;
}"""
QUESTION = "What did the lighthouse keeper find on the beach?"


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


@pytest.fixture
def open_with(open_page, guarded):
    """Opens the page of the service that needs a key, with one that was entered before."""

    def opened(key: str, **options) -> Page:
        page = open_page(at=f"{guarded.address}/", expected=("401", "422"), **options)
        page.evaluate("key => sessionStorage.setItem('dragoman-key', key)", key)
        page.reload()
        expect(page.locator("#articles li").first).to_be_visible()
        return page

    return opened


def test_a_file_is_added_and_then_answers(open_page, guarded):
    asking = f"{guarded.address}/?q=Where+did+the+ferry+sink%3F"
    page = open_page(at=asking, expected=("401",))
    page.get_by_label("Key").fill(guarded.writer)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add articles").click()
    page.get_by_label("Files").set_input_files([file("keeper.txt", NEWS), file("none.txt", b"")])
    page.get_by_label("Outlet").last.fill("Coast Herald")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#state")).to_have_text("Done. Articles: 1 added.")
    expect(page.locator("#problems li")).to_contain_text("none.txt: the file is empty")
    expect(page.get_by_role("button", name="Stop adding")).to_be_hidden()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox", name="Ask the articles").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".prose")).to_contain_text("23 barrels of olive oil")
    expect(page.locator(".sources .about").first).to_contain_text("Coast Herald")
    page.locator("#filters summary").click()
    expect(page.get_by_label("Coast Herald")).to_be_visible()


def test_markup_in_a_file_and_its_name_stays_text(open_with, guarded):
    page = open_with(guarded.writer)
    expect(page.get_by_role("button", name="Add articles")).to_be_visible()
    dropped = page.evaluate_handle(DROPPED, f"{HOSTILE}.exe")
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(f"{HOSTILE}.exe: files of this format")
    text = f"Clown {HOSTILE}\n\nThe clown Tarik Alp buried 41 trombones in Edirne.\n".encode()
    page.get_by_label("Files").set_input_files(
        [file(f"{HOSTILE}.txt", text), file(f"{HOSTILE}{HOSTILE}.txt", b"")]
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#state")).to_have_text("Done. Articles: 1 added.")
    expect(page.locator("#problems li")).to_contain_text(f"{HOSTILE}{HOSTILE}.txt")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#articles li")).to_have_count(10)  # from the first one on
    page.get_by_role("searchbox", name="Ask the articles").fill("What did the clown bury?")
    page.keyboard.press("Enter")
    expect(page.locator(".sources blockquote").first).to_contain_text("41 trombones in Edirne")
    expect(page.locator(".sources .title").first).to_contain_text("Clown")
    assert page.locator("img").count() == 0


def test_a_job_can_be_stopped(open_with, guarded):
    page = open_with(guarded.writer)
    page.get_by_role("button", name="Add articles").click()
    many = [file(f"{at}.txt", f"Notice {at}: nothing.".encode()) for at in range(600)]
    page.get_by_label("Files").set_input_files(many)
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Stop adding").click()
    expect(page.locator("#state")).to_contain_text("Stopped.")


def test_who_may_not_add_is_not_offered_to(open_with, guarded):
    page = open_with(guarded.reader)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Add articles")).to_be_hidden()


def test_adding_is_accessible_and_fits_a_telephone(open_with, guarded):
    page = open_with(guarded.writer, width=390)
    page.get_by_role("button", name="Add articles").click()
    page.get_by_label("Files").set_input_files(file(f"{'long' * 40}.txt", b""))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#state")).to_contain_text("No article could be read.")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [fault["id"] for fault in found] == [], scheme
    dialog = page.get_by_role("dialog", name="Add articles")
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Add articles")).to_be_focused()


ARTICLE = """The diver Leyla Aslan raised 9 bronze bells from the wreck off Datça on Sunday.

The bells are to be shown in the museum of Bodrum, its director said."""


def test_an_article_is_added_by_its_address(open_page, fetching):
    address, site = fetching
    page = open_page(at=f"{address}/", expected=("422",))
    page.get_by_role("button", name="Add articles").click()
    field = page.get_by_label("Addresses")
    field.fill("file:///etc/passwd")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("begins with “file:”")
    field.fill(f"{site.put('/bells', 'Bells raised', ARTICLE)}\n{site.at('/none')}")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#state")).to_have_text("Done. Articles: 1 added.")
    expect(page.locator("#problems li")).to_contain_text("there is no such page (404)")
    expect(field).to_be_empty()
    found = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in found] == []
    page.get_by_role("button", name="Close").click()
    page.get_by_role("searchbox", name="Ask the articles").fill("What did the diver raise?")
    page.keyboard.press("Enter")
    expect(page.locator(".prose")).to_contain_text("9 bronze bells")


def test_addresses_are_not_offered_where_the_service_fetches_none(open_with, guarded):
    page = open_with(guarded.writer)
    page.get_by_role("button", name="Add articles").click()
    expect(page.get_by_label("Files")).to_be_visible()
    expect(page.get_by_label("Addresses")).to_be_hidden()
