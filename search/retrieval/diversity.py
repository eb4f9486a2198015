"""Diversity: a limit on the passages of one article among the first."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

FIRST = 5


T = TypeVar("T")


def limit_per_article(
    ranked: Iterable[T], article_of: Callable[[T], Hashable], per_article: int, first: int = FIRST
) -> Iterator[T]:
    """Yield `ranked` in order, with at most `per_article` of one article among the `first`.

    Those held back come right after the first; where too few others fill the first places, they
    are left out.

    >>> ranked = ["a1", "a2", "a3", "b1", "c1", "d1"]
    >>> list(limit_per_article(ranked, lambda name: name[0], per_article=2))
    ['a1', 'a2', 'b1', 'c1', 'd1', 'a3']
    """
    shown: Counter[Hashable] = Counter()
    held: list[T] = []
    for item in ranked:
        article = article_of(item)
        if shown.total() < first and shown[article] >= per_article:
            held.append(item)
            continue
        shown[article] += 1
        yield item
        if shown.total() == first:
            yield from held
