"""The page at /docs works where there is no internet."""

import re
import shutil
import subprocess

import pytest

_ADDRESS = re.compile(r"""(?:src|href|url)\s*[=:(]\s*["']?([^"'\s)>]+)""")
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def test_all_it_loads_comes_from_the_service_itself(client):
    shown = client.get("/docs")
    assert shown.status_code == 200
    addresses = set(_ADDRESS.findall(shown.text))
    scripts = [address for address in addresses if address.endswith(".js")]
    assert scripts
    assert "/openapi.json" in addresses
    for address in addresses:
        assert re.match(r"/[^/]", address), address
        assert client.get(address).status_code == 200


def test_its_styles_load_nothing_from_elsewhere(client):
    sheets = re.findall(r'href="([^"]+\.css)"', client.get("/docs").text)
    assert sheets
    for sheet in sheets:
        loaded = re.findall(r"(?:@import|url\()\s*[\"']?([^\"')]+)", client.get(sheet).text)
        assert all(address.startswith("data:") for address in loaded)


@pytest.mark.skipif(_CHROMIUM is None, reason="there is no chromium")
def test_a_browser_without_internet_shows_it(server, tmp_path):
    assert _CHROMIUM
    page = server.replace("127.0.0.1", "localhost") + "/docs"
    shown = subprocess.run(
        [
            _CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
            "--virtual-time-budget=8000",
            "--dump-dom",
            page,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    ).stdout
    words = re.sub(r"<[^>]*>|\u200b|&ZeroWidthSpace;", "", shown)
    assert "/v1/search" in words
    assert "Search (POST)" in words
    assert "/readyz" in words
