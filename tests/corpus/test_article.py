from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from dragoman.corpus.article import Article, Passage


def test_what_an_article_does_not_state_is_absent():
    article = Article(id="talks", title="Talks", text="They met.")
    assert (article.source, article.url, article.published, article.event) == (None,) * 4
    assert (article.form, article.authors) == (None, ())


@pytest.mark.parametrize("thing", [Article("a", "b", "c"), Passage("a", 0, (0, 1), "c")])
def test_articles_and_passages_are_not_changed_once_made(thing):
    with pytest.raises(FrozenInstanceError):
        thing.text = "other"


def test_equal_articles_are_one_in_a_set():
    first, second = (Article("a", "b", "c", published=date(2022, 3, 29)) for _ in range(2))
    assert {first, second} == {first}


def test_the_hash_changes_with_every_field():
    full = Article("a", "b", "c", "d", "e", date(2022, 3, 29), date(2022, 3, 28), "f", ("g",))
    changes = ({"id": "x"}, {"title": "x"}, {"text": "x"}, {"source": None}, {"url": None},
               {"published": None}, {"event": None}, {"form": None}, {"authors": ()})  # fmt: skip
    hashes = {replace(full, **change).content_hash for change in changes}
    assert len(hashes | {full.content_hash}) == len(changes) + 1


def test_tags_change_the_hash_and_having_none_does_not():
    plain = Article("a", "b", "c", authors=("d",))
    tagged = [replace(plain, tags=tags) for tags in (("x",), ("x", "y"), ("x, y",), ("y", "x"))]
    assert len({article.content_hash for article in (plain, *tagged)}) == 5


def test_the_hash_is_the_one_that_archives_have():
    article = Article("talks", "Barış", "They met.", published=date(2022, 3, 29), authors=("A",))
    assert article.content_hash == (
        "b9775cfd53aca39a57c9cb7713b091d7e61febb3b17f50f90ac33a8fa832bd80"
    )
