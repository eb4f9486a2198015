"""The ask box on a page of another site, in Chromium."""

import functools
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe

from dragoman.api.http.app import create_app
from dragoman.api.settings import ServiceSettings
from dragoman.search.dragoman import Dragoman
from served import served

QUESTION = "Who led the Ukrainian delegation in Istanbul?"
HEAD = (
    '<!doctype html><html lang="en"><title>News</title><link rel="icon" href="data:,">'
    "<main><h1>News</h1>"
)
POLICY = "default-src 'none'; script-src {0}; connect-src {0}; img-src data:"


@contextmanager
def site(folder) -> Iterator[str]:
    """Another site, whose pages forbid all that the box does not need."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self):
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_):
            return

    policy = "default-src 'self'"
    http = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))

    def allow(service: str) -> None:
        nonlocal policy
        policy = POLICY.format(service)

    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}", allow
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@pytest.fixture(scope="module")
def embedded(archive, real_encoder, tmp_path_factory):
    """A page of another origin with the box in it, and the service's address."""
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as stack:
        origin, allow = stack.enter_context(site(folder))
        settings = ServiceSettings(allow_origin=(origin,))
        app = create_app(Dragoman.open(archive, real_encoder), settings)
        service = f"http://127.0.0.1:{stack.enter_context(served(app))}"
        allow(service)
        (folder / "index.html").write_text(
            HEAD
            + f'<script src="{service}/widget.js" data-label="Ask our archive"></script></main>'
        )
        (folder / "refused.html").write_text(
            f'{HEAD}<div id="here">'
            f'</div></main><script src="{service}/widget.js" data-target="#here" data-key="wrong" '
            """data-filters='{"since": "soon"}' data-theme="dark"></script>"""
        )
        yield origin


def test_a_reader_of_another_site_asks_and_goes_on_asking(embedded, open_page):
    page = open_page(at=f"{embedded}/index.html")
    page.get_by_label("Ask our archive").get_by_role("textbox").fill(QUESTION)
    page.keyboard.press("Enter")
    answer = page.get_by_text("led Ukraine's delegation in Istanbul").first
    answer.wait_for()
    marker = page.get_by_role("link", name="Source 1: Who is who")
    assert "/articles/who-is-who-in-the-talks#span=" in marker.get_attribute("href")
    assert page.get_by_role("listitem").count() == 1
    box = page.get_by_role("textbox")
    box.fill("And Russia's?")
    page.get_by_role("button", name="Ask").click()
    page.get_by_text("Medinsky").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_in_light_and_dark(embedded, open_page, scheme):
    page = open_page(at=f"{embedded}/index.html", color_scheme=scheme, bypass_csp=True)
    page.get_by_role("textbox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("listitem").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, [one["id"] for one in found.response["violations"]]
    background = "getComputedStyle(document.querySelector('main > div').shadowRoot.firstChild)"
    colour = page.evaluate(f"{background}.backgroundColor")
    assert (colour == "rgb(251, 250, 246)") == (scheme == "light")


def test_what_articles_say_is_text_in_it(embedded, open_page):
    page = open_page(at=f"{embedded}/index.html")
    page.get_by_role("textbox").fill("Who hid 17 carpets in Bursa?")
    page.keyboard.press("Enter")
    page.get_by_text("Zeno Fikret").first.wait_for()
    inside = (
        "document.querySelector('main > div').shadowRoot.querySelectorAll('script, img').length"
    )
    assert page.evaluate(inside) == 0
    for link in page.get_by_role("link").all():
        assert link.get_attribute("href").startswith("http://127.0.0.1:")


def test_a_problem_is_told_in_the_services_words(embedded, open_page):
    page = open_page(at=f"{embedded}/refused.html", expected=("422",))
    page.get_by_role("textbox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "since" in page.get_by_role("alert").inner_text()
    assert page.evaluate("document.querySelector('#here > div').shadowRoot !== null")
