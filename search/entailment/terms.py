"""The content words, numbers and names of a text, to compare it with another."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...corpus.text.spelling import canonical_spelling
from ..language.lexicon import NUMBER_WORDS, OUTCOMES, SCALES, is_negation
from ..language.names import name_words
from ..language.numbers import Number, numbers_in

_DIGITS = re.compile(r"(?<![\w.])\d+(?:[.,:]\d+)*(?=(?:st|nd|rd|th|s)?(?![^\W_]))")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]*(?:['’][^\W_]+)*")
_PUNCTUATION = re.compile("[,;:.!?()–—]")
# Words about the source or the position of something rather than about itself.
_SLIGHT = frozenset(
    """according also article articles report reported reports said says about across during inside
    into onto over take taken takes took place through under upon within""".split()
)
_EMPTY = STOP_WORDS.union(_SLIGHT, NUMBER_WORDS, SCALES)
# Words that news uses interchangeably. Short on purpose: words that do not mean the same let errors
# pass.
_SYNONYMS = (
    f"{OUTCOMES['killed']} toll", OUTCOMES["injured"], "flee fled", "displaced uprooted",
    "begin began begun start", "end finish conclude", "shut close", "keep continue",
    "immediate immediately now", "estimate count number figure", "choose chose chosen pick picked",
    "tell told", "win won elected beat beaten defeated",
)  # fmt: skip
# "Ukraine", "Ukrainian"; "Turkey", "Turkish"; "Russia", "Russian"; "China", "Chinese".
_COUNTRY_ENDINGS = frozenset(["", *"e y n a i s an ian ean ey ia ine ish ese ain ns ians".split()])
_TEXTS_KEPT = 500
_WORDS_KEPT = 10_000
_LEAST_SHARED = 4  # letters of the names of a country and its people


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it starts. `stem` is None if it is no content word."""

    text: str
    stem: str | None
    start: int

    @property
    def folded(self) -> str:
        """The word without case, accents and what follows an apostrophe."""
        return _folded(self.text)

    @property
    def is_name(self) -> bool:
        """Whether it is a content word with a capital."""
        return self.text[0].isupper() and self.stem is not None


class Terms:
    """A text's words, numbers and names, the names in their canonical spelling.

    >>> terms = Terms("Kiev said 1,151 civilians, of two regions, left Istanbul.")
    >>> sorted(terms.stems), sorted(terms.numbers), terms.names
    (['civilian', 'istanbul', 'kyiv', 'left', 'region'], [2.0, 1151.0], ('kyiv', 'istanbul'))
    """

    def __init__(self, text: str) -> None:
        self.text = _canonical(text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return _words(self.text)

    def negates(self, place: int) -> bool:
        """Return whether a word negates, and is not part of a name: "Why Not Us"."""
        word = self.words[place]
        if not is_negation(word.text):
            return False
        within = place > 0 and not self.separated(self.words[place - 1], word)
        return not (within and word.text[0].isupper())

    def separated(self, word: Word, following: Word) -> bool:
        """Return whether punctuation separates two consecutive words."""
        return bool(_PUNCTUATION.search(self.text, word.start + len(word.text), following.start))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the content words."""
        return frozenset(word.stem for word in self.words if word.stem)

    @cached_property
    def counts(self) -> list[Number]:
        """The numbers that count or measure something, which those of dates do not."""
        return [number for number in numbers_in(self.text) if number.text.lower() != "one"]

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The values of all numbers, those of dates and times included."""
        counts = ((one.value, one.upper) for one in self.counts)
        values = {value for pair in counts for value in pair if value is not None}
        return frozenset(values.union(self._other_numbers()))

    def _other_numbers(self) -> Iterator[float]:
        spans = [one.span for one in self.counts]
        for digits in _DIGITS.finditer(self.text):
            if not any(start <= digits.start() < end for start, end in spans):
                with suppress(ValueError):  # "1.2.3" is a version, and no number
                    plain = _THOUSANDS.sub("", digits[0])
                    yield float(re.sub("[:,]", ".", plain))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words of names, folded, each once."""
        return tuple(dict.fromkeys(_folded(word[0]) for word in name_words(self.text)))

    def has_name(self, name: str) -> bool:
        """Return whether the folded `name`, or one of the same country, is among the words.

        >>> Terms("Ukraine's delegation").has_name("ukrainian"), Terms("Austria").has_name("austen")
        (True, False)
        """
        return any(same_name(name, word) for word in self._folded_words)

    @cached_property
    def _folded_words(self) -> frozenset[str]:
        return frozenset(word.folded for word in self.words)


def same_name(name: str, word: str) -> bool:
    """Return whether two folded words are the same name, or names of the same country."""
    shared = next(
        (at for at, (a, b) in enumerate(zip(name, word, strict=False)) if a != b),
        min(len(name), len(word)),
    )
    endings = {name[shared:], word[shared:]}
    return name == word or (shared >= _LEAST_SHARED and endings <= _COUNTRY_ENDINGS)


# One question compares the same sentences many times, and all have much the same words.
@lru_cache(_TEXTS_KEPT)
def _canonical(text: str) -> str:
    return canonical_spelling(text.replace("%", " percent "))


@lru_cache(_TEXTS_KEPT)
def _words(text: str) -> tuple[Word, ...]:
    found = _WORD.finditer(text)
    return tuple(Word(word[0], _content_stem(word[0]), word.start()) for word in found)


@lru_cache(_WORDS_KEPT)
def _content_stem(word: str) -> str | None:
    plain = _folded(word)
    if len(plain) < 2 or plain in _EMPTY:
        return None
    stems = analyzer().analyze(plain)
    return _synonyms().get(stems[0], stems[0]) if stems else None


@cache
def _synonyms() -> dict[str, str]:
    groups = map(analyzer().analyze, _SYNONYMS)
    return {stem: group[0] for group in groups for stem in group}


@lru_cache(_WORDS_KEPT)
def _folded(word: str) -> str:
    plain = analyzer(stemmed=False).analyze(word)
    return plain[0] if plain else ""
