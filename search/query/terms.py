"""What speaks for a candidate besides the likeness of its meaning and words to the question's.

Each kind of evidence is a number from 0 to 1. Why these, and what else was tried, is in
ARCHITECTURE.md under Ranking.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeVar

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...corpus.text.spelling import canonical_spelling, known_names
from ...index.archive import Words

# Abbreviations end no sentence; to know them would take ten times as long, and help nobody here.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")

# A word that begins large where no sentence begins, or a number.
_NAME = re.compile(r"(?<!^)(?<![.!?:]\s)\b(?:[^\W\d_a-zà-öø-ÿ][\w’']*|\d[\d.,]*)")

_BEGINNING = 4  # letters: Turkey, Turkish

K = TypeVar("K")


class QueryTerms:
    """The words of a question, to see how they stand together in passages.

    Words count by how rare they are among the passages of `words`, and are compared by their
    stems, names in their one spelling.
    """

    def __init__(self, question: str, words: Words) -> None:
        question = canonical_spelling(question)
        self._names = known_names(question)
        analyze = analyzer().analyze
        stems = analyze(question)
        self._stems = {stem: words.idf(stem) for stem in stems}
        self._telling = {s: idf for s, idf in self._stems.items() if s not in _stop_stems()}
        self._question = question
        self._pairs = {pair: sum(map(words.idf, pair)) for pair in pairwise(stems)}

    @cached_property
    def _named(self) -> dict[str, str]:
        """The names and numbers of the question, by their stems."""
        analyze = analyzer().analyze
        names = _names_of(self._question, self._names)
        return {stem: name for name in names for stem in analyze(name)}

    def evidence(self, title: str, text: str) -> tuple[float, float]:
        """Give the shares of the question that stand together in a passage, by weight.

        The first is of its pairs of neighbouring words, which are neighbours here or in the title
        too; the second of its words, in that sentence here which has the most.
        """
        if self._names:
            text, title = (
                canonical_spelling(text, self._names),
                canonical_spelling(title, self._names),
            )
        analyze = analyzer().analyze
        sentences = [analyze(sentence) for sentence in _SENTENCE_END.split(text)]
        stems = [stem for sentence in sentences for stem in sentence]
        pairs = {*pairwise(stems), *pairwise(analyze(title))}
        best = max((_share(self._stems, set(sentence)) for sentence in sentences), default=0.0)
        return _share(self._pairs, pairs), best

    def share(self, text: str) -> float:
        """Give the share of the question's telling words that stand in a text, by weight."""
        return _share(self._telling, self._stems_of(text))

    def share_of_names(self, text: str) -> float:
        """Give the share of the question's names and numbers in a text, by weight; 1 of none."""
        named = {stem: self._stems[stem] for stem in self._named if stem in self._stems}
        return _share(named, self._stems_of(text)) if named else 1.0

    def names_missing(self, text: str) -> list[str]:
        """Give the names and numbers of the question that a text does not have.

        A word of the same beginning will do: Russian, Russia.
        """
        here = self._stems_of(text)
        begun = {stem[:_BEGINNING] for stem in here if len(stem) >= _BEGINNING}
        missing = [
            name
            for stem, name in self._named.items()
            if stem not in here and (stem[:1].isdigit() or stem[:_BEGINNING] not in begun)
        ]
        return list(dict.fromkeys(missing))

    def _stems_of(self, text: str) -> set[str]:
        return set(
            analyzer().analyze(canonical_spelling(text, self._names) if self._names else text)
        )


def _names_of(question: str, known: Sequence[str]) -> Iterator[str]:
    """Give names and numbers, but for those of dates, which are compared as dates."""
    from ..language.dates import (
        named_dates,  # its patterns take a while to make, and ranking needs none
    )

    yield from known
    if question.isupper():
        return
    dates = [named.span for named in named_dates(question)]
    for found in _NAME.finditer(question):
        in_date = any(start <= found.start() < end for start, end in dates)
        if not in_date and found[0].lower() not in STOP_WORDS:
            yield found[0]


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(stem for word in STOP_WORDS for stem in analyzer().analyze(word))


def _share(weights: Mapping[K, float], found: Set[K]) -> float:
    """Give the share of `weights` that belongs to what was found."""
    # In the order of the question: sums of floats depend on it, and a set has none.
    here = sum(weight for thing, weight in weights.items() if thing in found)
    return here / (sum(weights.values()) or 1.0)
