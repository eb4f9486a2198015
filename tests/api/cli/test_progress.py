"""The bar that long work shows, and what is said when it is stopped."""

import pytest

from dragoman.api.cli import progress as progress_module
from dragoman.api.cli.progress import IndexingProgress, SearchingProgress
from dragoman.index.indexing import Progress


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


def test_long_work_shows_how_far_it_is_and_how_fast(capsys, monkeypatch):
    now = iter([0.0, 10.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(now))
    with IndexingProgress(if_stopped="") as progress:
        progress(Progress(articles=30, passages=900), 120)
        shown = progress._bar.get_renderable()
        monkeypatch.undo()
    console = progress_module.terminal.err
    with console.capture() as captured:
        console.print(shown)
    assert "30/120" in captured.get()
    assert "90 passages/s" in captured.get()
    assert capsys.readouterr().out == ""


def test_long_searching_shows_how_far_it_is(capsys, monkeypatch):
    now = iter([0.0, 10.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(now))
    with SearchingProgress(if_stopped="") as progress:
        progress(30, 120)
        shown = progress._bar.get_renderable()
        monkeypatch.undo()
    console = progress_module.terminal.err
    with console.capture() as captured:
        console.print(shown)
    assert "30/120" in captured.get()
    assert "searches" in captured.get()
    assert capsys.readouterr().out == ""
