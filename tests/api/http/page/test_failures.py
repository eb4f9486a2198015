from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import expect

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from initials_encoder import WaitingEncoder
from served import served

QUESTION = "Who spoke of the ships?"


@pytest.fixture
def encoder() -> WaitingEncoder:
    return WaitingEncoder()


def test_a_busy_service_is_asked_again_when_it_says(open_page, shipping, encoder):
    app = create_app(shipping, ServiceSettings(max_in_flight=1, max_queued=0))
    with served(app) as port, ThreadPoolExecutor(1) as other:
        at = f"http://127.0.0.1:{port}"
        page = open_page(at=f"{at}/", expected=("503",))
        encoder.hold()
        try:
            asked = other.submit(httpx.get, f"{at}/v1/ask", params={"q": QUESTION}, timeout=60)
            assert encoder.entered.acquire(timeout=30)
            page.get_by_role("searchbox", name="Ask the articles").fill(QUESTION)
            page.keyboard.press("Enter")
            expect(page.locator(".waiting")).to_contain_text("Asking again in ")
        finally:
            encoder.let_go.set()
        expect(page.locator(".prose")).to_be_visible(timeout=15_000)
        assert asked.result().status_code == 200
        page.close()


def test_what_goes_wrong_is_said_and_can_be_tried_again(open_page):
    page = open_page("/", expected=("ERR_INTERNET_DISCONNECTED",))
    expect(page.locator("#articles li").first).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("searchbox", name="Ask the articles").fill("Where did the ferry sink?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The service cannot be reached.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".prose")).to_contain_text("Yalova")


def test_what_was_asked_wrongly_is_said_and_not_offered_again(open_page):
    page = open_page("/", expected=("422",))
    expect(page.locator("#articles li").first).to_be_visible()
    box = page.get_by_role("searchbox", name="Ask the articles")
    box.evaluate("field => field.removeAttribute('maxlength')")
    box.fill("Where did the ferry sink? " * 200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
