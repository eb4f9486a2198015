from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dragoman.corpus.article import Article
from dragoman.index import indexing
from dragoman.index.archive import Archive
from dragoman.index.indexing import Progress, encode_again, index_articles
from dragoman.index.opening import open_archive, writing
from initials_encoder import InitialsEncoder


def articles(count: int, sentences: int = 1):
    for n in range(count):
        yield Article(
            id=str(n), title=f"T{n}", text=" ".join(["Some words stand here."] * sentences)
        )


def article(id: str, text: str) -> Article:
    return Article(id=id, title="", text=text)


def add(address: Path, encoder: InitialsEncoder, *articles: Article) -> Progress:
    with writing(address, encoder) as writer:
        return index_articles(writer, encoder, articles, lambda _: None)


def nearest(archive: Archive, encoder: InitialsEncoder, question: str) -> list[str]:
    found = archive.snapshot().nearest(encoder.encode_question(question), 10)
    stored = archive.passages(list(found))
    return [stored[number].article.id for number in found]


def with_words(archive: Archive, question: str) -> list[str]:
    stored = archive.passages(list(archive.snapshot().matching(question, 10)))
    return [found.article.id for found in stored.values()]


@pytest.fixture
def filled(tmp_path, encoder) -> Path:
    add(tmp_path / "a", encoder, article("a", "apple apple"), article("b", "bear bear"))
    return tmp_path / "a"


def test_progress_is_told_and_ends_with_everything(tmp_path, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 10)
    seen: list[tuple[int, int]] = []
    with writing(tmp_path / "a", encoder) as writer:
        done = index_articles(
            writer, encoder, articles(35), lambda p: seen.append((p.articles, p.passages))
        )
    assert seen == sorted(seen)
    assert len(seen) > 3
    assert seen[-1] == (35, 35) == (done.articles, done.passages)


def test_a_batch_is_whole_articles(tmp_path, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 10)

    class Failing(InitialsEncoder):
        def encode_passages(self, texts):
            if self.encoded >= 20:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    encoder = Failing()
    with pytest.raises(KeyboardInterrupt), writing(tmp_path / "a", encoder) as writer:
        index_articles(writer, encoder, articles(50, sentences=60), lambda _: None)
    archive = open_archive(tmp_path / "a")
    held = archive.summary()
    assert 0 < held.articles < 50
    assert len(list(archive.articles())) == held.articles
    assert held.passages == encoder.encoded


def test_vectors_belong_to_their_passages(tmp_path, encoder):
    letters = "abcdefgh"
    many = [Article(id=letter, title="", text=f"{letter}x " * 5) for letter in letters]
    add(tmp_path / "a", encoder, *many)
    archive = open_archive(tmp_path / "a")
    found = [nearest(archive, encoder, f"{letter}x")[0] for letter in letters]
    assert found == list(letters)


def test_what_was_added_is_published_at_intervals(tmp_path, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 5)
    monkeypatch.setattr(indexing, "_PUBLISH_SECONDS", 0.0)
    published = []
    with writing(tmp_path / "a", encoder) as writer:
        publish = writer.publish
        monkeypatch.setattr(writer, "publish", lambda: published.append(publish()))
        index_articles(writer, encoder, articles(20), lambda _: None)
    assert len(published) == 5  # after each batch of five, and on leaving


def test_adding_the_same_again_encodes_nothing(filled, encoder):
    before = encoder.encoded
    done = add(filled, encoder, article("a", "apple apple"), article("b", "bear bear"))
    assert (done.unchanged, done.added, done.replaced) == (["a", "b"], [], [])
    assert encoder.encoded == before


def test_a_changed_article_replaces_its_former_self(filled, encoder):
    done = add(filled, encoder, article("a", "zebra"))
    assert (done.replaced, done.added) == (["a"], [])
    archive = open_archive(filled)
    assert with_words(archive, "apple") == []
    assert nearest(archive, encoder, "zebra")[0] == "a"


def test_a_replaced_article_is_found_as_soon_as_its_batch_is_in(filled, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 1)
    archive = open_archive(filled)
    changed = [article("a", "apple cake"), article("later", "zoo")]
    with writing(filled, encoder) as writer:
        index_articles(writer, encoder, changed, lambda _: None)
        assert with_words(archive, "cake") == ["a"]


def test_encoding_again_covers_every_article(filled, encoder):
    other = InitialsEncoder(fingerprint="other 26")
    with writing(filled) as writer:
        done = encode_again(writer, other, lambda _: None)
    assert (done.articles, done.passages) == (2, 2)
    archive = open_archive(filled)
    archive.use(other)
    assert nearest(archive, other, "bear") == ["b", "a"]
    assert with_words(archive, "apple") == ["a"]


def test_encoding_again_that_was_interrupted_changes_nothing(filled, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 1)  # so that half of it is done

    class Broken(InitialsEncoder):
        def encode_passages(self, texts):
            if "bear" in texts[0]:
                raise RuntimeError("power cut")
            return super().encode_passages(texts)

    with writing(filled) as writer, pytest.raises(RuntimeError, match="power cut"):
        encode_again(writer, Broken(fingerprint="other 26"), lambda _: None)
    archive = open_archive(filled)
    archive.use(encoder)
    assert nearest(archive, encoder, "bear")[0] == "b"
    assert archive.summary().passages == 2


def test_captions_are_stored_behind_the_text_and_found(tmp_path, encoder):
    stated = Article("a", "T", "They met.", captions=("Zebras quench zeal",))
    progress = add(tmp_path / "archive", encoder, stated)
    assert progress.added == ["a"]
    with open_archive(tmp_path / "archive") as archive:
        stored = archive.article("a")
        assert stored
        assert (stored.text, stored.captions) == ("They met.\n\nCaption: Zebras quench zeal", ())
        found = archive.passages(list(archive.snapshot().matching("zebras", 10)))
        assert [one.passage.text for one in found.values()] == ["Caption: Zebras quench zeal"]
    assert add(tmp_path / "archive", encoder, stated).unchanged == ["a"]


def test_the_time_of_publication_is_stored_with_its_zone(tmp_path, encoder):
    at = datetime.fromisoformat("2023-11-08T20:49:09-05:00")
    stated = Article("a", "T", "They met.", published=at.date(), published_at=at)
    day = Article("b", "T", "They met.", published=at.date(), dated_by="address")
    add(tmp_path / "archive", encoder, stated, day)
    with open_archive(tmp_path / "archive") as archive:
        assert (archive.article("a"), archive.article("b")) == (stated, day)
        former = archive.article("a")
    again = replace(stated, published_at=at + timedelta(hours=1), text="They left.")
    assert add(tmp_path / "archive", encoder, again, day).replaced == ["a"]
    with open_archive(tmp_path / "archive") as archive:
        assert [version.article for version in archive.versions("a")] == [former]
