"""The terms of a question, weighted by their idf, to compare texts with."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeVar

from ...corpus.text.analysis import STOP_WORDS, analyzer, stop_stems
from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..language.lexicon import is_time_word, with_other_forms

# A capitalised word that does not begin a sentence, or a number; not that of "Covid-19", which
# articles leave out.
_NAME = re.compile(r"(?<!^)(?<![.!?:]\s)\b(?:[^\W\d_a-zà-öø-ÿ][\w’']*|(?<![^\W\d_]{4}-)\d[\d.,]*)")
# Words that stand side by side: names may be made of stop words only, "The Them", "What If".
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\Z")  # "Turkey's" names Turkey alone, and no "s"
_MOST_TEXTS = 1_000  # whose stems are kept, of those compared with one question
_SHARED_PREFIX = 4  # letters: Turkey, Turkish

K = TypeVar("K")


class QueryTerms:
    """The terms of a question whose known names are in their canonical spelling.

    Terms are compared by their stems, and weighted by `idf`, which returns a stem's inverse
    document frequency in the archive. `weights` has the weights of its stems, `pairs` those of its
    adjacent stems, each in the order of the question.
    """

    def __init__(
        self,
        canonical_question: str,
        idf: Callable[[str], float],
        spellings: Spellings = DEFAULT_SPELLINGS,
    ) -> None:
        self._question = canonical_question
        self.spellings = spellings
        self.names = spellings.known_names(canonical_question)
        stems = analyzer().analyze(canonical_question)
        self.weights = {stem: idf(stem) for stem in dict.fromkeys(stems)}
        self.pairs = {
            (one, other): self.weights[one] + self.weights[other] for one, other in pairwise(stems)
        }
        self._content = {s: weight for s, weight in self.weights.items() if s not in stop_stems()}
        # Names of stop words count as one term each, which no stem is like.
        self._titled = {name: _written_as(name) for name in names_of_stop_words(canonical_question)}
        self._content |= {name: idf(name) for name in self._titled}
        # A text is compared as a sentence, an item of a list and part of a passage.
        self._stems_of = lru_cache(_MOST_TEXTS)(self._find_stems)

    @cached_property
    def _named(self) -> dict[str, str]:
        """The names and numbers of the question, by their stems."""
        analyze = analyzer().analyze
        names = _names_of(self._question, self.names)
        named = {stem: name for name in names for stem in analyze(_POSSESSIVE.sub("", name))}
        return named | {name: name for name in self._titled}

    @property
    def other_spellings(self) -> list[str]:
        """The other spellings of the names of the question."""
        groups = self.spellings.groups if self.names else ()
        return [other for name, *others in groups if name in self.names for other in others]

    def share(self, text: str) -> float:
        """Return the weighted share of the question's content terms that a text has."""
        return _share(self._content, with_other_forms(self._stems_of(text)))

    def share_of_names(self, text: str) -> float:
        """Return the weighted share of its names and numbers that a text has; 1 if it has none."""
        weights = self.weights | self._content
        named = {stem: weights[stem] for stem in self._named if stem in weights}
        return _share(named, self._stems_of(text)) if named else 1.0

    def missing_names(self, text: str) -> list[str]:
        """Return the names and numbers of the question that a text lacks.

        A word with the same beginning counts as the name: Russian, Russia.
        """
        here = self._stems_of(text)
        prefixes = {stem[:_SHARED_PREFIX] for stem in here if len(stem) >= _SHARED_PREFIX}
        missing = [
            name
            for stem, name in self._named.items()
            if stem not in here
            and (
                stem[:1].isdigit() or stem in self._titled or stem[:_SHARED_PREFIX] not in prefixes
            )
        ]
        return list(dict.fromkeys(missing))

    @property
    def plain_names(self) -> list[str]:
        """The names of the question, without numbers, acronyms, weekdays and months."""
        return [
            name
            for name in dict.fromkeys(self._named.values())
            if name[:1].isalpha() and not name.isupper() and not is_time_word(name)
        ]

    @property
    def content_stems(self) -> Set[str]:
        """The stems of its terms without stop words."""
        return self._content.keys()

    def repeats(self, text: str) -> bool:
        """Whether a text has no term that is not in the question."""
        return self.weights.keys() >= set(analyzer().analyze(text))

    def _find_stems(self, text: str) -> frozenset[str]:
        if self.names:
            text = self.spellings.canonical(text, self.names)
        titled = (name for name, written in self._titled.items() if written.search(text))
        return frozenset((*analyzer().analyze(text), *titled))


def names_of_stop_words(question: str) -> list[str]:
    """Return names that are made of stop words, by their capitals within a question.

    A single word is one in capitals only. A question in capitals throughout tells no names.

    >>> names_of_stop_words("Who are The Them?"), names_of_stop_words("Was the WHO hit?")
    (['The Them'], ['WHO'])
    >>> names_of_stop_words("Who Are You?"), names_of_stop_words("Who is the mayor?")
    ([], [])
    """
    words = list(_WORDS.finditer(question))
    if not any(word[0][0].islower() for word in words):
        return []
    names: list[list[re.Match[str]]] = [[]]
    for word in words[0 if question.startswith("The ") else 1 :]:
        run = names[-1]
        if not (word[0][0].isupper() and word[0].lower() in STOP_WORDS):
            names.append([])
        elif run and question[run[-1].end() : word.start()] != " ":
            names.append([word])
        else:
            run.append(word)
    whole = (question[run[0].start() : run[-1].end()] for run in names if run)
    return [name for name in whole if " " in name or (len(name) > 1 and name.isupper())]


def _written_as(name: str) -> re.Pattern[str]:
    """Return the pattern of a name of stop words, an acronym with dots or without."""
    dots = r"\.?" if name.isupper() and " " not in name else ""
    letters = f"{dots}".join(map(re.escape, name)) + dots if dots else re.escape(name)
    return re.compile(rf"(?<!\w){letters}(?!\w)")


def _names_of(question: str, known: Sequence[str]) -> Iterator[str]:
    """Return names and numbers, without those of dates, which are compared as dates."""
    from ..language.dates import named_dates  # its patterns compile slowly; ranking needs none

    yield from known
    if question.isupper():
        return
    dates = [named.span for named in named_dates(question)]
    for found in _NAME.finditer(question):
        in_date = any(start <= found.start() < end for start, end in dates)
        name = _POSSESSIVE.sub("", found[0])
        if not in_date and name.lower() not in STOP_WORDS:
            yield name


def _share(weights: Mapping[K, float], found: Set[K]) -> float:
    """Return the share of the `weights` that belongs to what was found."""
    # Summed in the order of the question: sums of floats depend on it, and a set has none.
    here = sum(weight for thing, weight in weights.items() if thing in found)
    return here / (sum(weights.values()) or 1.0)
