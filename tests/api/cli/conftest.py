import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from dragoman.api.cli import terminal
from screens import Screen, Terminal


@pytest.fixture
def talks_archive(talks, monkeypatch) -> Path:
    """Have the bundled articles be the archive that the command uses."""
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(talks.folder))
    return talks.folder


@pytest.fixture
def shipping_archive(shipping, monkeypatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(shipping.folder))
    return shipping.folder


@pytest.fixture
def screen(monkeypatch) -> Callable[..., Screen]:
    """Has output written as to a terminal of so many columns, with colours unless it has none."""

    def open_screen(columns: int = 80, colours: bool = False) -> Screen:
        file = Screen()
        system = "standard" if colours else None
        made = Console(
            file=file, force_terminal=True, color_system=system, width=columns, highlight=False
        )
        monkeypatch.setattr(terminal, "out", made)
        return file

    return open_screen


@pytest.fixture
def in_terminal() -> Callable[..., Terminal]:
    """Runs the `dragoman` command in a terminal."""
    if sys.platform == "win32":
        pytest.skip("needs a terminal of Unix")
    return Terminal
