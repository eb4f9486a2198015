"""Articles about a matter that do not name it: they name what is only named with it.

"The lifting of the Hilda Rask was postponed" is about the Sorvik ferry where other articles about
the Sorvik ferry call it the Hilda Rask.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ...corpus.text.folding import folded
from ..language.letters import with_ascii_letters
from ..language.lexicon import MONTHS, WEEKDAYS
from ..language.names import name_words
from ..query.query import Query
from ..results import RankedPassage
from .agencies import agency_named

_FEWEST_ARTICLES = 2  # about the matter that have the name
_MOST_ELSEWHERE = 2  # times as many passages have the name in all as those about the matter
_LEAST_COSINE = 0.2
_NO_KIN = frozenset((*WEEKDAYS, *MONTHS))


def kin_of(found: Iterable[RankedPassage], names: frozenset[str]) -> list[RankedPassage]:
    """Return the passages that have one of the names, and are not far from the matter."""
    return [
        one for one in found if (one.scores.dense or 0.0) >= _LEAST_COSINE and names & names_of(one)
    ]


def own_names(about: Sequence[RankedPassage], query: Query) -> frozenset[str]:
    """Return the names that are seldom found but in the passages about a matter.

    There are none for a matter that names nothing itself, such as peace talks.
    """
    asked = set(folded(query.text).split())
    if not any(_is_name(word, about) for word in asked):
        return frozenset()
    passages: Counter[str] = Counter()
    articles: dict[str, set[str]] = defaultdict(set)
    for one in about:
        for name in names_of(one):
            passages[name] += 1
            articles[name].add(one.article.id)
    vocabulary = query.snapshot.vocabulary
    return frozenset(
        name
        for name, having in articles.items()
        if len(having) >= _FEWEST_ARTICLES
        and name not in asked
        and vocabulary.get(name, 0) <= _MOST_ELSEWHERE * passages[name]
    )


def _is_name(word: str, about: Iterable[RankedPassage]) -> bool:
    """Return whether a word is never written without a capital, but with one as names are."""
    texts = [one.passage.text for one in about]
    small = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    named = any(word in names_in_text(text) for text in texts)
    return named and not any(small.search(with_ascii_letters(text)) for text in texts)


def names_of(one: RankedPassage) -> frozenset[str]:
    """Return the names in a passage and its article's title, word by word."""
    return names_in_text(f"{one.article.title}\n{one.passage.text}")


def names_in_text(text: str) -> frozenset[str]:
    """Return the words of names in a text, but of agencies, without accents and capitals."""
    words = (word[0] for word in name_words(text) if not agency_named(word[0]))
    return frozenset(folded(word) for word in words) - _NO_KIN
