"""What an archive remembers beside its articles, through the protocol alone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dragoman.corpus.article import Article, Passage
from dragoman.corpus.fetching.visit import Visit
from dragoman.index.backup import back_up, restore
from dragoman.index.history import FormerVersion
from dragoman.index.opening import open_archive, writing
from dragoman.index.restricted import RestrictedArchive
from initials_encoder import InitialsEncoder

ENCODER = InitialsEncoder()
FIRST = Article("grain", "Grain leaves", "apple apple", "Post", published=date(2022, 3, 29))
CORRECTED = replace(FIRST, text="bear bear")


@pytest.fixture
def address(tmp_path) -> str:
    return str(tmp_path / "archive")


def put(address: str, *articles: Article) -> None:
    with writing(address, ENCODER) as writer:
        for article in articles:
            passage = Passage(article.id, 0, (0, len(article.text)), article.text)
            writer.put([(article, [passage], ENCODER.encode_passages([article.text]))])


def found(address: str, word: str) -> list[str]:
    archive = open_archive(address)
    passages = archive.passages(list(archive.snapshot().matching(word, 10)))
    return [stored.article.text for stored in passages.values()]


def test_an_article_with_another_text_keeps_the_former_one_which_is_not_found(address):
    before = datetime.now(UTC).replace(microsecond=0)
    put(address, FIRST, CORRECTED, replace(CORRECTED, title="Grain has left"))
    archive = open_archive(address)
    versions = archive.versions("grain")
    assert [former.article for former in versions] == [FIRST, CORRECTED]
    assert before <= versions[0].replaced <= versions[1].replaced <= datetime.now(UTC)
    assert found(address, "apple") == []
    assert found(address, "bear") == ["bear bear"]
    assert archive.summary().articles == 1


def test_what_readers_were_not_told_makes_no_version(address):
    put(address, FIRST, replace(FIRST, tags=("ports",), authors=("A. Yazar",)))
    assert open_archive(address).versions("grain") == []


def test_another_day_makes_a_version_also_where_there_was_none(address):
    put(address, replace(FIRST, published=None), FIRST, replace(FIRST, published=None))
    days = [former.article.published for former in open_archive(address).versions("grain")]
    assert days == [None, date(2022, 3, 29)]


def test_removal_removes_the_versions(address):
    put(address, FIRST, CORRECTED)
    with writing(address) as writer:
        writer.remove(["grain"])
    assert open_archive(address).versions("grain") == []
    put(address, CORRECTED)
    assert open_archive(address).versions("grain") == []


def test_a_renamed_article_keeps_its_versions_and_its_address(address):
    put(address, FIRST, CORRECTED)
    with writing(address) as writer:
        writer.note_visits([Visit("https://example.org/grain", "grain")])
        writer.rename({"grain": "wheat"})
    archive = open_archive(address)
    assert archive.versions("grain") == []
    assert archive.versions("wheat")[0].article == replace(FIRST, id="wheat")
    assert archive.visits(["https://example.org/grain"]).popitem()[1].article == "wheat"


def test_a_limited_reader_sees_no_version_of_what_was_not_for_him(address):
    put(address, replace(FIRST, source="Secret"), CORRECTED)
    archive = open_archive(address)
    assert len(archive.versions("grain")) == 1
    assert RestrictedArchive(archive, ["Post"]).versions("grain") == []
    assert RestrictedArchive(archive, ["Secret"]).versions("grain") == []


def test_versions_are_in_a_backup(address, tmp_path):
    put(address, FIRST, CORRECTED)
    back_up(Path(address), tmp_path / "backup.zip", False, lambda *_: None)
    restore(tmp_path / "backup.zip", tmp_path / "again", lambda *_: None)
    again = open_archive(tmp_path / "again").versions("grain")
    assert [former.article for former in again] == [FIRST]


def test_visits_are_remembered_and_change_nothing_for_readers(address):
    put(address, FIRST)
    first = Visit("https://example.org/feed", etag='"1"', modified="Tue, 29 Mar 2022 10:00:00 GMT")
    page = Visit("https://example.org/a", "grain", stated="2022-03-29")
    archive = open_archive(address)
    seq, snapshot = archive.summary().seq, archive.snapshot()
    with writing(address) as writer:
        writer.note_visits([first, page])
        writer.note_visits([first._replace(etag='"2"')])
    assert archive.summary().seq == seq
    assert archive.snapshot() is snapshot
    known = archive.visits([first.address, page.address, "https://example.org/never", "\ud800"])
    assert known == {first.address: first._replace(etag='"2"'), page.address: page}
    assert RestrictedArchive(archive, ["Post"]).visits([page.address]) == {}


def test_watched_files_are_known_by_their_folder(address):
    put(address, FIRST)
    files = {
        Path("/news/a.txt"): {"a"},
        Path("/news/below/b.jsonl"): {"b", "c"},
        Path("/newspaper/d.txt"): {"d"},
        Path("/news/\udcff.txt"): {"e"},
    }
    with writing(address) as writer:
        writer.note_files(files)
        writer.note_files({Path("/news/a.txt"): ()})
        below = writer.files_below(Path("/news"))
        assert below == {path: files[path] for path in list(files)[1:] if path.parts[1] == "news"}
        assert len(writer.files_below(Path("/"))) == 3


def test_versions_can_be_put_before_their_article_and_in_place_of_others(address):
    put(address, FIRST, CORRECTED, replace(FIRST, id="other"))
    moment = datetime(2022, 3, 30, 8, tzinfo=UTC)
    given = [FormerVersion(replace(FIRST, text=f"{n}", tags=("a",)), moment) for n in range(3)]
    new = [FormerVersion(replace(FIRST, id="new"), moment)]
    with writing(address) as writer:
        writer.put_versions({"grain": given, "new": new})
    archive = open_archive(address)
    assert archive.versions("grain") == given
    assert archive.all_versions(["grain", "other", "new"]) == {"grain": given, "new": new}
    put(address, replace(FIRST, text="later"))
    assert [former.article for former in archive.versions("grain")] == [
        *(former.article for former in given),
        CORRECTED,
    ]


def test_all_that_is_remembered_is_told(address):
    put(address, FIRST)
    visits = [Visit("https://example.org/1", "grain", "e"), Visit("https://example.org/2")]
    files = {Path("/news/a.txt"): {"grain"}, Path("/news/b.txt"): {"c", "d"}}
    with writing(address) as writer:
        writer.note_visits(visits)
        writer.note_files(files)
    held = open_archive(address).remembered()
    assert (sorted(held.visits), held.files) == (visits, files)
    nothing = RestrictedArchive(open_archive(address), ["Post"])
    assert nothing.remembered() == ([], {})
    assert nothing.all_versions(["grain"]) == {}
