import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import local_site
from dragoman.api.keys import Keys, keys_beside
from dragoman.corpus.article import Article
from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman
from local_site import Site

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

# Beside the bundled articles: outlets, a reprint, an address, characters beyond the first plane,
# and text that is markup.
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
WIRE = "The ferry Kadıköy sank off Yalova at dawn and all 84 passengers were saved by fishermen."
RECORDS = (
    {"id": "2022/04/ferry 1?", "title": "Ferry sinks off Yalova", "source": "Harbour Wire",
     "date": "2022-04-02", "tags": ["Rescue"], "text": WIRE,
     "url": "https://wire.example.org/ferry"},
    {"id": "reprint", "title": "Kadıköy ferry sinks", "source": "Daily Sabah",
     "date": "2022-04-03", "url": "javascript:alert(3)", "text": WIRE},
    {"id": "emoji", "title": "Whale in the strait", "source": "Daily Sabah", "date": "2022-03-05",
     "text": "🐋🐋 was all that the harbour pilot wrote.\n\n😀 The whale Balthasar was seen near "
             "Üsküdar by the harbour pilot Deniz Kaya. 🌊 Nobody was hurt."},
)  # fmt: skip
# As it is stored: of a record, markup is not read as text.
HOSTILE = Article(
    id=f"attack {ATTACK}",
    title=f"Smugglers {ATTACK}",
    text=f"The smuggler Zeno Fikret hid 17 carpets in Bursa. {ATTACK} The police found them.",
    source=f"Gazette {ATTACK}",
    published=date(2022, 5, 20),
)


@pytest.fixture(scope="session")
def archive(tmp_path_factory, real_encoder) -> Path:
    """The bundled articles and four others."""
    folder = tmp_path_factory.mktemp("page")
    records = folder / "records.jsonl"
    records.write_text("\n".join(map(json.dumps, RECORDS)))
    with Dragoman.open(folder / "archive", real_encoder) as dragoman:
        dragoman.add(BUNDLED)
        former = {"title": "Kadıköy ferry sinks", "published": date(2022, 4, 3)}
        dragoman.add(Article("reprint", text="Nobody saw <b>it</b>.", **former))
        dragoman.add(records)
        dragoman.add(HOSTILE)
    return folder / "archive"


@contextmanager
def served(archive: Path, *options: str) -> Iterator[str]:
    """Serve an archive, in a process of its own; gives the address."""
    arguments = ["serve", "--port", "0", "--archive", str(archive), *options]
    started = [sys.executable, "-m", "dragoman.api", *arguments]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        said = running.stderr.readline()
        assert "Dragoman answers at http://" in said
        reading = threading.Thread(target=running.stderr.read)
        reading.start()
        try:
            yield said.split()[3]
        finally:
            running.send_signal(signal.SIGINT)
            reading.join()


@pytest.fixture(scope="session")
def address(archive) -> Iterator[str]:
    with served(archive) as address:
        yield address


class Guarded(NamedTuple):
    """A service that needs a key, and two keys."""

    address: str
    reader: str
    writer: str


@pytest.fixture(scope="session")
def guarded(archive, tmp_path_factory) -> Iterator[Guarded]:
    copy = tmp_path_factory.mktemp("guarded") / "archive"
    shutil.copytree(archive, copy)
    keys = Keys(keys_beside(copy))
    _, reader = keys.create("newsroom")
    _, writer = keys.create("editor", ("read", "write"))
    with served(copy) as address:
        yield Guarded(address, reader, writer)


@pytest.fixture
def fetching(archive, tmp_path) -> Iterator[tuple[str, Site]]:
    """A service that fetches from a site on this machine, and the site."""
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    with ExitStack() as stack:
        site = stack.enter_context(local_site.served(name="127.0.0.1"))
        allowed = ("--fetch-addresses", "--allow-private-host", site.host)
        yield stack.enter_context(served(copy, *allowed)), site


# For a module, since Playwright leaves an event loop running in which other tests cannot start one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium to test the page in")
    with sync_playwright() as playwright:
        # Root may not have a sandbox, and a small /dev/shm is soon full.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, address) -> Iterator[Callable[..., Page]]:
    """Opens an address of the service; afterwards, nothing may be wrong on its console."""
    contexts, wrong = [], []

    def opened(
        path: str = "/", width: int = 1280, expected: tuple[str, ...] = (), at: str = "", **options
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()

        def note(text: str) -> None:
            if not any(words in text for words in expected):
                wrong.append(text)

        page.on(
            "console", lambda said: note(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: note(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.goto(at or address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
