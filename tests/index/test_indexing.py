import numpy as np
import pytest

from dragoman.corpus.article import Article
from dragoman.index import indexing
from dragoman.index.indexing import index_articles
from dragoman.index.local.archive import writing
from initials_encoder import InitialsEncoder


def articles(count: int, sentences: int = 1):
    for n in range(count):
        yield Article(
            id=str(n), title=f"T{n}", text=" ".join(["Some words stand here."] * sentences)
        )


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
    with writing(tmp_path / "a") as writer:
        kept, passages = writer.database.counts()
        assert 0 < kept < 50
        for article in writer.database.articles():
            numbers = writer.database.article_numbers()
            texts = [text for *_, text in writer.database.passage_texts(numbers.tolist())]
            assert len(texts) == passages
            assert sum(text.count("Some") for text in texts) == 60 * kept
            assert article.text.count("Some") == 60


def test_vectors_belong_to_their_passages(tmp_path, encoder):
    letters = "abcdefgh"
    many = [Article(id=letter, title="", text=f"{letter}x " * 5) for letter in letters]
    with writing(tmp_path / "a", encoder) as writer:
        index_articles(writer, encoder, many, lambda _: None)
        stored = writer.database.vectors_of_articles()
        assert np.argmax(stored.vectors, axis=1).tolist() == list(range(8))


def test_what_was_added_is_published_at_intervals(tmp_path, encoder, monkeypatch):
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 5)
    monkeypatch.setattr(indexing, "_PUBLISH_SECONDS", 0.0)
    published = []
    with writing(tmp_path / "a", encoder) as writer:
        publish = writer.publish
        monkeypatch.setattr(writer, "publish", lambda: published.append(publish()))
        index_articles(writer, encoder, articles(20), lambda _: None)
    assert len(published) == 5  # after each batch of five, and on leaving
