"""Adding by address and watching, with the command in a process of its own and a real site."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dragoman.index.errors import ArchiveError
from dragoman.search.dragoman import Dragoman
from local_site import Site, served

FIRST = "Ten ships left the harbour on Thursday morning. They carried wheat for Egypt."
CORRECTED = "Twelve ships left the harbour on Thursday morning. They carried wheat for Egypt."


@pytest.fixture
def site() -> Iterator[Site]:
    with served(name="127.0.0.1") as site:
        yield site


@pytest.fixture
def add(command, site, tmp_path) -> Callable:
    def added(*arguments: str):
        archive = ("--archive", tmp_path / "archive")
        return command("add", *arguments, "--allow-private-host", site.host, *archive)

    return added


def test_pages_are_added_corrected_and_their_versions_shown(command, add, site, tmp_path):
    address = site.put("/grain", "Grain leaves port", FIRST)
    assert "1 added" in add(address).stderr
    assert "1 unchanged" in add(address).stderr
    site.put("/grain", "Grain leaves port", CORRECTED)
    assert "1 replaced" in add(address).stderr
    archive = tmp_path / "archive"
    id = command("articles", "--archive", archive).stdout.split("\t")[0]
    shown = command("article", id, "--versions", "--archive", archive)
    assert shown.returncode == 0
    assert "− Ten ships left the harbour on Thursday morning." in shown.stdout
    assert "+ Twelve ships left the harbour on Thursday morning." in shown.stdout
    assert "wheat" not in shown.stdout
    told = json.loads(command("article", id, "--versions", "--json", "--archive", archive).stdout)
    assert [version["text"] for version in told["versions"]] == [CORRECTED, FIRST]
    assert told["article"]["url"] == address


def test_files_and_addresses_are_added_together(add, site, tmp_path):
    file = tmp_path / "gas.txt"
    file.write_text("Gas arrives\n\nGas arrived in the harbour on Friday.")
    ran = add(str(file), site.put("/grain", "Grain leaves port", FIRST), site.at("/none"))
    assert ran.returncode == 1
    assert "2 added" in ran.stderr
    assert f"{site.at('/none')}: there is no such page (404)" in ran.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1/", "private or reserved network"),
        ("file:///etc/passwd", "begins with “file:”"),
        ("https://me:secret@example.org/", "a user name or a password"),
    ],
)
def test_an_address_that_is_refused_is_said(command, tmp_path, address, said):
    ran = command("add", address, "--archive", tmp_path / "archive")
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "secret" not in ran.stderr


def test_what_is_no_folder_is_not_watched(command, tmp_path):
    ran = command("watch", tmp_path / "none", "--archive", tmp_path / "archive")
    assert ran.returncode == 1
    assert "there is no such file or folder" in ran.stderr


def seen(archive: Path, titles: set[str]) -> bool:
    """Wait until an archive has just these titles."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        # Until the archive is made it is missing, or for a moment no archive.
        with suppress(ArchiveError), Dragoman.open(archive) as dragoman:
            if {article.title for article in dragoman.articles()} == titles:
                return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_folder_and_a_feed_are_watched_until_it_is_told_to_stop(site, tmp_path, told):
    archive, folder = tmp_path / "archive", tmp_path / "news"
    folder.mkdir()
    (folder / "gas.txt").write_text("Gas arrives\n\nGas arrived in the harbour on Friday.")
    grain = site.put("/grain", "Grain leaves port", FIRST)
    feed = "<rss version='2.0'><channel>{}</channel></rss>"
    listed = feed.format(f"<item><link>{grain}</link></item>").encode()
    site.routes["/feed"] = (200, {"Content-Type": "application/rss+xml"}, listed)
    watch = ["watch", folder, site.at("/feed"), "--every", "0.01", "--archive", archive]
    command = [sys.executable, "-m", "dragoman.api", *watch, "--allow-private-host", site.host]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert seen(archive, {"Gas arrives", "Grain leaves port"})
            (folder / "gold.txt").write_text("Gold is sunk\n\nGold was sunk in the strait.")
            assert seen(archive, {"Gas arrives", "Grain leaves port", "Gold is sunk"})
            (folder / "gas.txt").unlink()
            assert seen(archive, {"Grain leaves port", "Gold is sunk"})
            running.send_signal(told)
            assert running.stderr
            said = running.stderr.read()
            assert running.wait(30) == 0
        finally:
            running.kill()
    assert said.rstrip().endswith("stopped")
    assert "1 article removed" in said
    assert "Traceback" not in said
