from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.retrieval.diversity import FIRST, limit_per_article

RANKED = st.lists(st.sampled_from("abc"), max_size=30).map(
    lambda articles: [(article, rank) for rank, article in enumerate(articles)]
)


@given(RANKED, st.integers(1, 3))
def test_no_article_fills_the_first_places(ranked, per_article):
    shown = list(limit_per_article(ranked, lambda item: item[0], per_article))
    first = [article for article, _ in shown[:FIRST]]
    assert all(first.count(article) <= per_article for article in first)


@given(RANKED, st.integers(1, 3))
def test_each_article_keeps_its_own_order_and_the_best_stays_first(ranked, per_article):
    shown = list(limit_per_article(ranked, lambda item: item[0], per_article))
    assert len(set(shown)) == len(shown)
    for article in "abc":
        ranks = [rank for a, rank in shown if a == article]
        assert ranks == sorted(ranks)
    assert shown[:1] == ranked[:1]


@given(RANKED)
def test_nothing_is_lost_where_there_are_enough_others(ranked):
    others = [(f"other{n}", 100 + n) for n in range(FIRST)]
    shown = list(limit_per_article([*ranked, *others], lambda item: item[0], 2))
    assert sorted(shown, key=lambda item: item[1]) == [*ranked, *others]


def test_few_articles_give_few_passages():
    assert list(limit_per_article(["a1", "a2", "a3", "a4"], lambda item: item[0], 2)) == [
        "a1",
        "a2",
    ]
