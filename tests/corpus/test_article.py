from dataclasses import FrozenInstanceError
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
