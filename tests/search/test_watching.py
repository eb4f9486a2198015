"""An archive kept in step with a folder, with a real file system and a real archive."""

import json
import threading
from pathlib import Path

import pytest

from dragoman.index.opening import writing
from dragoman.search.dragoman import Dragoman
from dragoman.search.watching import Step, WatchedFolder, follow


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


@pytest.fixture
def dragoman(tmp_path, encoder) -> Dragoman:
    return Dragoman.open(tmp_path / "archive", encoder)


@pytest.fixture
def watched(dragoman, folder) -> WatchedFolder:
    return WatchedFolder(dragoman, folder)


def write(file: Path, title: str, text: str = "Ten ships left the harbour.") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{title}\n\n{text}\n")
    return file


def records(file: Path, *ids: str, text: str = "Ten ships left the harbour.") -> Path:
    file.write_text("\n".join(json.dumps({"id": id, "title": id, "text": text}) for id in ids))
    return file


def titles(dragoman: Dragoman) -> list[str]:
    return sorted(article.title for article in dragoman.articles())


def in_step(watched: WatchedFolder) -> list[Step]:
    return list(watched.steps())


def test_columns_may_be_named(dragoman, folder):
    (folder / "a.csv").write_text("Kop,Woord\nTankers,They wait.\n")
    watched = WatchedFolder(dragoman, folder, columns={"title": "Kop", "text": "Woord"})
    assert len(in_step(watched)[0].added.added) == 1
    assert titles(dragoman) == ["Tankers"]


def test_what_is_new_changed_or_gone_is_taken_up(dragoman, folder, watched):
    grain, gas = write(folder / "grain.txt", "Grain"), write(folder / "below" / "gas.txt", "Gas")
    (step,) = in_step(watched)
    assert len(step.added.added) == 2
    assert in_step(watched) == []
    write(gas, "Gas", "Twelve ships left the harbour.")
    write(folder / "gold.txt", "Gold")
    grain.unlink()
    changed, gone = in_step(watched)
    assert (len(changed.added.added), len(changed.added.replaced), len(gone.removed)) == (1, 1, 1)
    assert titles(dragoman) == ["Gas", "Gold"]


def test_after_a_restart_it_goes_on_where_it_was(dragoman, folder, watched):
    grain = write(folder / "grain.txt", "Grain")
    records(folder / "a.jsonl", "one", "two")
    in_step(watched)
    dragoman.add({"id": "other", "title": "Other", "text": "Not in the folder."})
    grain.unlink()
    records(folder / "a.jsonl", "two", "three")
    again = in_step(WatchedFolder(dragoman, folder))
    assert [id for step in again for id in step.added.unchanged] == ["two"]
    assert titles(dragoman) == ["Other", "three", "two"]


def test_a_moved_file_keeps_its_article_with_its_versions(dragoman, folder, watched):
    grain = write(folder / "grain.txt", "Grain")
    in_step(watched)
    write(grain, "Grain", "Twelve ships left the harbour.")
    in_step(watched)
    (folder / "2022").mkdir()
    grain.rename(folder / "2022" / "grain.txt")
    records(folder / "a.jsonl", "one")
    in_step(watched)
    (folder / "a.jsonl").rename(folder / "2022" / "a.jsonl")
    in_step(watched)
    assert titles(dragoman) == ["Grain", "one"]
    (id,) = (article.id for article in dragoman.articles() if article.title == "Grain")
    assert len(dragoman.listing.versions(id)) == 2


def test_an_article_of_two_files_stays_until_both_are_gone(dragoman, folder, watched):
    first, second = records(folder / "a.jsonl", "one"), records(folder / "b.jsonl", "one", "two")
    (step,) = in_step(watched)
    assert [problem.code for problem in step.added.problems] == ["duplicate-id"]
    second.unlink()
    in_step(watched)
    assert titles(dragoman) == ["one"]
    assert first.exists()


def test_an_unreadable_file_keeps_what_it_had(dragoman, folder, watched):
    file = records(folder / "a.jsonl", "one", "two")
    in_step(watched)
    file.write_text('{"id": "one", "title": "one", "text": "Ten shi')
    (step,) = in_step(watched)
    assert len(step.added.problems) == 1
    assert titles(dragoman) == ["one", "two"]


def test_a_sidecar_says_what_its_folders_files_do_not(dragoman, folder, watched):
    write(folder / "grain.txt", "Grain")
    sidecar = folder / "articles.csv"
    sidecar.write_text("file,source\ngrain.txt,Harbour Post\nnone.txt,Daily Post\n")
    _, problem = in_step(watched)
    assert [one.code for one in problem.added.problems] == ["sidecar-unmatched"]
    assert [article.source for article in dragoman.articles()] == ["Harbour Post"]
    sidecar.write_text("file,source\ngrain.txt,Coast Herald\n")
    in_step(watched)
    assert [article.source for article in dragoman.articles()] == ["Coast Herald"]
    assert in_step(watched) == []


def test_nothing_is_removed_where_no_file_is_left(dragoman, folder, watched):
    grain = write(folder / "grain.txt", "Grain")
    in_step(watched)
    grain.unlink()
    (step,) = in_step(watched)
    assert [problem.code for problem in step.added.problems] == ["folder-emptied"]
    assert titles(dragoman) == ["Grain"]


def test_a_folder_is_not_mistaken_for_one_whose_name_begins_alike(dragoman, tmp_path, folder):
    write(folder / "grain.txt", "Grain")
    other = tmp_path / "newspaper"
    write(other / "gas.txt", "Gas")
    for place in (folder, other):
        in_step(WatchedFolder(dragoman, place))
    write(folder / "gold.txt", "Gold")
    (folder / "grain.txt").unlink()
    in_step(WatchedFolder(dragoman, folder))
    assert titles(dragoman) == ["Gas", "Gold"]


def test_it_follows_the_folder_and_waits_while_another_writes(dragoman, folder, watched):
    write(folder / "grain.txt", "Grain")
    stop = threading.Event()
    steps = follow([watched], [], 60.0, stop)
    assert len(next(steps).added.added) == 1
    writing_now, written = threading.Event(), threading.Event()

    def write_meanwhile():
        with writing(dragoman.folder):
            writing_now.set()
            written.wait(0.6)

    other = threading.Thread(target=write_meanwhile)
    other.start()
    assert writing_now.wait(10)
    write(folder / "gas.txt", "Gas")
    assert len(next(steps).added.added) == 1
    written.set()
    other.join()
    stop.set()
    assert list(steps) == []
    assert titles(dragoman) == ["Gas", "Grain"]


def test_a_folder_that_is_made_anew_goes_on_being_watched(dragoman, folder, watched):
    stop = threading.Event()
    write(folder / "grain.txt", "Grain")
    steps = follow([watched], [], 60.0, stop)
    next(steps)
    folder.rename(folder.with_name("former"))
    assert [problem.code for problem in next(steps).added.problems] == ["path-missing"]
    folder.mkdir()
    write(folder / "gas.txt", "Gas")
    while titles(dragoman) != ["Gas"]:
        next(steps)
    write(folder / "gold.txt", "Gold")
    while titles(dragoman) != ["Gas", "Gold"]:
        next(steps)
    stop.set()
    assert list(steps) == []


def test_a_file_is_read_again_once_others_may_read_it(folder, watched):
    grain = write(folder / "grain.txt", "Grain")
    in_step(watched)
    grain.chmod(0o640)
    (step,) = in_step(watched)
    assert len(step.added.unchanged) == 1
