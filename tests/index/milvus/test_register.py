"""One writer, whose commits are all or nothing: what the name of one collection does."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace

import numpy as np
import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.index.addresses import EngineAddress
from dragoman.index.archive import EncodedArticle
from dragoman.index.errors import ArchiveBusy, CollectionMissing, EngineFailed
from dragoman.index.milvus import register
from dragoman.index.milvus.copy import LocalCopy
from dragoman.index.milvus.server import Server
from dragoman.index.milvus.sharing import Shared
from dragoman.index.milvus.target import Target
from dragoman.index.opening import open_archive, writing
from initials_encoder import InitialsEncoder

ENCODER = InitialsEncoder()


@pytest.fixture
def address(tmp_path, monkeypatch) -> str:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    address = f"milvus+lite:{tmp_path / 'news'}"
    with writing(address, ENCODER) as writer:
        writer.put([encoded("a", "apple"), encoded("b", "bear")])
    return address


@pytest.fixture
def shared(address) -> Iterator[Shared]:
    shared = Shared.of(Target.of(EngineAddress(address)))
    yield shared
    shared.release()


def encoded(id: str, text: str) -> EncodedArticle:
    passage = Passage(id, 0, (0, len(text)), text)
    return Article(id=id, title="", text=text), [passage], ENCODER.encode_passages([text])


def texts(address: str) -> dict[str, str]:
    archive = open_archive(address)
    found = {article.id: article.text for article in archive.articles()}
    vector = ENCODER.encode_question("apple")
    near = archive.passages([*archive.snapshot().nearest(vector, 9)])
    assert {stored.article.id for stored in near.values()} == set(found)
    archive.close()
    return found


def rows(shared: Shared) -> int:
    state = shared.state()
    collection = f"archive__passages_{state.generation}"
    return len([*shared.server.rows(collection, "", ["born"], state.seen)])


@pytest.mark.parametrize(("step", "last"), [("insert", 3), ("insert", 4), ("rename", 2)])
def test_a_change_that_milvus_fails_at_leaves_what_was_there(
    address, shared, monkeypatch, step, last
):
    real = getattr(Server, step)
    asked = []

    def fails_at_the_second(self: Server, *arguments: object, **named: object) -> None:
        asked.append(arguments)
        if len(asked) == last:  # of the second change: each inserts rows, then passages
            raise EngineFailed(path="", reason="full")
        real(self, *arguments, **named)

    with writing(address) as held:
        with monkeypatch.context() as patched:
            patched.setattr(Server, step, fails_at_the_second)
            held.put([encoded("c", "cat")])
            with pytest.raises(EngineFailed):
                held.put([encoded("a", "ant"), encoded("d", "dog")])
        held.put([encoded("e", "egg")])
    assert texts(address) == {"a": "apple", "b": "bear", "c": "cat", "e": "egg"}
    assert rows(shared) == 4  # nothing is left of what failed


@pytest.mark.parametrize("failing", [("insert",), ("insert", "delete_where")])
def test_what_a_writer_failed_to_commit_is_not_shown_after_the_next_one(
    address, monkeypatch, tmp_path, failing
):
    def put_in_vain() -> None:
        with writing(address) as held, monkeypatch.context() as patched:
            for step in failing:
                patched.setattr(Server, step, failing_at_last(getattr(Server, step)))
            held.put([encoded("a", "ant"), encoded("d", "dog")])

    def failing_at_last(real):
        def called(self: Server, collection: str, *arguments: object, **named: object) -> None:
            if "passages" in collection or real.__name__ != "insert":
                raise EngineFailed(path="", reason="full")
            real(self, collection, *arguments, **named)

        return called

    with pytest.raises(EngineFailed):
        put_in_vain()
    with writing(address) as held:
        held.put([encoded("e", "egg")])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
    assert texts(address) == {"a": "apple", "b": "bear", "e": "egg"}


def test_what_was_not_committed_is_never_shown_and_is_swept(address, shared, monkeypatch):
    def is_killed(*_: object, **__: object) -> None:
        raise SystemExit

    for place, sent in ((register.Register, "move"), (Server, "delete_where")):
        monkeypatch.setattr(place, sent, is_killed)
    with pytest.raises(SystemExit), writing(address) as held:
        held.put([encoded("a", "ant")])
    monkeypatch.undo()
    assert texts(address) == {"a": "apple", "b": "bear"}
    assert rows(shared) == 3
    register._live.clear()
    with writing(address) as held:  # the lease is taken over
        assert held.summary().articles == 2
    assert rows(shared) == 2


def test_a_writer_whose_lease_was_taken_commits_nothing(address, shared):
    another = register.Register(shared.server)

    def put_without_the_lease() -> None:
        with writing(address) as first:
            register._live.clear()
            with another.leased():
                first.put([encoded("a", "ant")])

    with pytest.raises(ArchiveBusy):
        put_without_the_lease()
    shared.register.read()
    assert texts(address) == {"a": "apple", "b": "bear"}


@pytest.fixture
def two_machines(shared, monkeypatch) -> tuple[register.Register, register.Register]:
    """Two registers of one archive that know nothing of each other, with a lease of a second."""
    for name, seconds in (("_LEASE", 1.0), ("_SURE", 0.9), ("_RENEWED", 0.2), ("_WATCHED", 0.05)):
        monkeypatch.setattr(register, name, seconds)
    monkeypatch.setattr(register, "_live", Forgetful())
    one, two = register.Register(shared.server), register.Register(shared.server)
    one._local = two._local = False
    return one, two


class Forgetful(set[int]):
    """Knows no writer, as a process on another machine."""

    def __contains__(self, _: object) -> bool:
        return False


@pytest.mark.parametrize("seconds", [-60, 60])
def test_clocks_that_differ_let_no_second_write(two_machines, monkeypatch, seconds):
    one, two = two_machines
    clock = {"time": lambda: time.time() + seconds, "monotonic": time.monotonic}
    other = SimpleNamespace(sleep=time.sleep, **clock)

    def on_the_other_machine() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(register, "time", other)
            with pytest.raises(ArchiveBusy), two.leased():
                pass

    with one.leased():
        on_the_other_machine()
        assert 0 < one.left() <= 0.9
        one.move(published=7)
    with two.leased() as took_over:
        assert not took_over
        assert two.state().published == 7


def test_a_silent_writer_is_waited_for_and_stops_before_another_begins(two_machines, monkeypatch):
    one, two = two_machines
    monkeypatch.setattr(register.Register, "_keep", lambda _self, done: done.wait())
    began = time.monotonic()
    with one.leased():
        with two.leased() as took_over:
            assert took_over
            assert time.monotonic() - began > 1.0
            with pytest.raises(ArchiveBusy):
                one.left()
            with pytest.raises(ArchiveBusy):
                one.move(published=7)
        assert two.state().published != 7


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="no clock goes on in sleep")
def test_a_machine_that_slept_no_longer_counts_on_its_lease(two_machines, monkeypatch):
    one, _ = two_machines
    with one.leased():
        assert one.left() > 0
        after_sleep = time.clock_gettime(time.CLOCK_BOOTTIME) + 60
        with monkeypatch.context() as patched:
            patched.setattr(time, "clock_gettime", lambda _: after_sleep)
            with pytest.raises(ArchiveBusy):
                one.left()


def test_who_waits_for_the_lease_gets_it_when_it_is_given_back(two_machines, monkeypatch):
    one, two = two_machines
    monkeypatch.setattr(register, "_RENEWED", 30.0)  # it shows no other sign of life
    monkeypatch.setattr(register, "_LEASE", 30.0)
    with one.leased():
        given_back = threading.Timer(0.2, one._release)
        given_back.start()
        with two.leased() as took_over:
            assert not took_over
    given_back.join()


def test_what_is_removed_is_deleted_from_milvus(address, shared):
    with writing(address) as held:
        held.put([encoded("a", "ant")])
        held.remove(["b"])
    assert rows(shared) == 1
    kept = [row["body"] for row in shared.server.rows("archive__rows", "", ["body"], 0)]
    assert not [body for body in kept if "bear" in body]


def test_a_collection_that_somebody_dropped_is_told(address, shared):
    archive = open_archive(address)
    shared.server.drop(f"archive__passages_{shared.state().generation}")
    with pytest.raises(CollectionMissing, match="add the articles to a new archive"):
        archive.snapshot().nearest(ENCODER.encode_question("apple"), 9)


def test_a_large_article_comes_back_whole(address, tmp_path, monkeypatch):
    text = "ğ" * 100_000 + "\ud7ff😀"
    with writing(address) as held:
        held.put([(Article("c", "", text), [], np.empty((0, 26), np.float32))])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
    archive = open_archive(address)
    found = archive.article("c")
    assert found
    assert found.text == text


def test_another_machine_follows(address, tmp_path, monkeypatch):
    def on_another_machine() -> dict[str, str]:
        with monkeypatch.context() as patched:
            patched.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
            return texts(address)

    assert on_another_machine() == {"a": "apple", "b": "bear"}
    with writing(address) as held:
        held.rename({"a": "z", "b": "a"})
        held.put([encoded("b", "bee")])
        held.rename({"a": "y"})
        held.remove(["z"])
    assert on_another_machine() == texts(address) == {"y": "bear", "b": "bee"}


def test_the_first_copy_tells_how_far_it_is(address, shared, tmp_path, monkeypatch):
    with writing(address) as held:
        held.put([encoded(f"n{n}", f"note {n}") for n in range(120)])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
    copy = LocalCopy(shared.server, shared.register)
    told = []
    copy.follow(lambda done, total: told.append((done, total)))
    (total,) = {total for _, total in told}
    assert [done for done, _ in told] == [100, 200, total]  # settings, articles, passages
    copy.follow(lambda *_: told.clear())
    assert told
    assert copy.folder.is_relative_to(tmp_path / "another machine")


def test_a_copy_that_is_damaged_or_ahead_is_made_again(address, tmp_path):
    (copy,) = (tmp_path / "cache" / "dragoman" / "milvus").glob("*/dragoman.sqlite")
    copy.write_bytes(b"no database" * 1000)
    assert texts(address) == {"a": "apple", "b": "bear"}
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE settings SET value = value || '0' WHERE name = 'position'")
        connection.execute("UPDATE articles SET text = 'never there'")
        connection.commit()
    assert texts(address) == {"a": "apple", "b": "bear"}
