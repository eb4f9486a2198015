"""The bar that long work shows, and what is said when it is stopped."""

import tarfile
from pathlib import Path

import pytest
from rich.console import Console

from dragoman.api.cli import progress as progress_module
from dragoman.api.cli.progress import IndexingProgress, SearchingProgress
from dragoman.index.indexing import Progress
from screens import Screen


def test_short_work_shows_no_progress(capsys):
    with IndexingProgress(if_stopped="") as progress:
        progress(Progress(articles=1, passages=1), 1)
    assert capsys.readouterr() == ("", "")


def test_what_becomes_of_work_that_is_stopped_is_said(capsys):
    def stopped_work():
        with IndexingProgress(if_stopped="What was added is kept.") as progress:
            progress(Progress(articles=1, passages=1), 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped_work()
    said = capsys.readouterr()
    assert said.out == ""
    assert "Stopped. What was added is kept." in said.err


@pytest.fixture
def on_screen(monkeypatch):
    """Have stderr be a terminal."""
    made = Console(file=Screen(), force_terminal=True, color_system=None, width=80)
    monkeypatch.setattr(progress_module.terminal, "err", made)


def test_where_no_bar_can_be_drawn_a_line_is_printed_now_and_then(capsys, monkeypatch):
    now = iter([0.0, 9.0, 10.0, 19.0, 21.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(now))
    with IndexingProgress(if_stopped="") as progress:
        for done in (10, 1_200, 1_900, 2_100):
            progress(Progress(articles=done, passages=10 * done), 2_000)
    assert capsys.readouterr() == (
        "",
        "Indexing: 1,200 of 2,000 articles · 1200 passages/s\n"
        "Indexing: 2,100 of 2,100 articles · 1000 passages/s\n",
    )


def test_long_work_shows_how_far_it_is_and_how_fast(on_screen, capsys, monkeypatch):
    now = iter([0.0, 10.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(now))
    with IndexingProgress(if_stopped="") as progress:
        progress(Progress(articles=30, passages=900), 120)
        console = progress_module.terminal.err
        with console.capture() as captured:
            console.print(progress._bar.get_renderable())
    assert "30/120" in captured.get()
    assert "90 passages/s" in captured.get()
    assert capsys.readouterr().out == ""


def test_long_searching_shows_how_far_it_is(on_screen, capsys, monkeypatch):
    now = iter([0.0, 10.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(now))
    with SearchingProgress(if_stopped="") as progress:
        progress(30, 120)
        console = progress_module.terminal.err
        with console.capture() as captured:
            console.print(progress._bar.get_renderable())
    assert "30/120" in captured.get()
    assert "searches" in captured.get()
    assert capsys.readouterr().out == ""


def test_bringing_an_older_archive_up_to_date_is_said_once(tmp_path, command):
    older = Path(__file__).parents[2] / "index" / "local" / "archive-0.1.tar.gz"
    with tarfile.open(older) as packed:
        packed.extractall(tmp_path, filter="data")
    asked = ("info", "--archive", tmp_path / "archive")
    said = command(*asked).stderr
    assert said.startswith("Bringing the archive up to date with this version, once")
    assert "Bringing" not in command(*asked).stderr
