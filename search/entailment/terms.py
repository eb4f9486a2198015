"""What a sentence is made of, for comparing it with another: words, figures and names."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...corpus.text.spelling import canonical_spelling
from ..language.dates import MONTH
from ..language.letters import with_ascii_letters

# "5.4 million", "10:30", "1,151", "29th"; a full stop after a figure ends the sentence.
_FIGURE = re.compile(
    r"(?<![\w.])\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W_])"
    r"(?:\s?(?P<scale>thousand|million|billion|trillion|k|m|mn|bn)\b)?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9}
_SCALES["trillion"] = 12
_COUNTED = "two three four five six seven eight nine ten eleven twelve".split()
_NUMBER_WORDS = {word: Decimal(number) for number, word in enumerate(_COUNTED, start=2)}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MONTH_AFTER = re.compile(rf"\s+(?:of\s+)?{MONTH}(?!\w)", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?<!\w){MONTH}\s+\S+\Z", re.IGNORECASE)
_PARTING = re.compile("[,;:.!?()–—]")
# Words that say whose word something is, or where it stands, not what it is.
_SLIGHT = frozenset(
    """according also article articles report reported reports said says about across during inside
    into onto over take taken takes took place through under upon within""".split()
)
# Words that news uses one for another. Short on purpose: what is not the same lets errors pass.
_ALIKE = """
    begin began begun start | end finish conclude | shut close | keep continue | ready willing
    phone telephone | kill killed dead death deaths die died toll | injure wound hurt | flee fled
    immediate immediately now | estimate count number figure | displaced uprooted
    dialogue talks conversation | venue site | choose chose chosen pick picked | tell told
"""
# Words that begin a sentence without being names, besides those that every question has.
_OPENERS = frozenset(
    """about above after all although among around because before below between beyond both despite
    during each earlier either even every few following further however instead its later like many
    meanwhile most near neither no nobody none nor nothing once one only other over people several
    since still then though through thus today together tomorrow under until upon what when while
    within without yesterday yet""".split()
)
_COMMON_ENDINGS = ("s", "ing", "ed", "ly", "ion", "ment")
# "Ukraine", "Ukrainian"; "Turkey", "Turkish"; "Russia", "Russian"; "China", "Chinese".
_OF_A_COUNTRY = frozenset(["", *"e y n a i s an ian ean ey ia ine ish ese ain ns ians".split()])
_LEAST_SHARED = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written and its stem, without which it tells nothing; and where it stands."""

    text: str
    stem: str | None
    start: int

    @property
    def folded(self) -> str:
        """The word without case, accents and what follows an apostrophe."""
        return _folded(self.text)

    @property
    def is_name(self) -> bool:
        """Whether it has a capital and tells something."""
        return self.text[0].isupper() and self.stem is not None


class Terms:
    """A text's words, figures and names, names in their one spelling.

    >>> terms = Terms("Kiev said 1,151 civilians, or two thirds, left Istanbul.")
    >>> sorted(terms.stems), sorted(map(int, terms.figures)), terms.names
    (['civilian', 'istanbul', 'kyiv', 'left', 'third'], [2, 1151], ('kyiv', 'istanbul'))
    """

    def __init__(self, text: str) -> None:
        self.text = canonical_spelling(text.replace("%", " percent "))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in their order, figures not among them."""
        without_figures = _FIGURE.sub(lambda found: " " * len(found[0]), self.text)
        return tuple(
            Word(found[0], _telling(found[0]), found.start())
            for found in _WORD.finditer(without_figures)
        )

    def parted(self, word: Word, following: Word) -> bool:
        """Say whether a punctuation mark parts two words that follow each other."""
        return bool(_PARTING.search(self.text, word.start + len(word.text), following.start))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that tell something."""
        return frozenset(word.stem for word in self.words if word.stem)

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """The values of the figures, and of number words from two to twelve."""
        return frozenset(value for _, value in self.placed_figures)

    @cached_property
    def placed_figures(self) -> tuple[tuple[int, Decimal], ...]:
        """The figures, each with where it ends."""
        return tuple(_figures(self.text))

    def words_after(self, place: int) -> tuple[Word, ...]:
        """Give the words that begin there or later."""
        return tuple(word for word in self.words if word.start >= place)

    def beside_month(self, end: int) -> bool:
        """Say whether the figure that ends there is the day of a month."""
        return bool(_MONTH_AFTER.match(self.text, end) or _MONTH_BEFORE.search(self.text, 0, end))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words that are names by their capitals, folded, each once."""
        found = (
            _folded(word.text)
            for place, word in enumerate(self.words)
            if word.text[0].isupper() and (self._inside(word) or self._names_at_first(place))
        )
        return tuple(dict.fromkeys(name for name in found if name not in STOP_WORDS))

    def _inside(self, word: Word) -> bool:
        """Whether a word stands within a sentence, where only names have capitals."""
        before = self.text[: word.start].rstrip(" \n\t\"'“‘«(")
        return bool(before) and before[-1] not in ".!?:"

    def _names_at_first(self, place: int) -> bool:
        """Whether a sentence's first word is a name, which its capital does not say."""
        word = self.words[place].text
        following = self.words[place + 1 : place + 2]
        if word.lower() in _OPENERS or word.lower() in _SLIGHT or word.lower() in _NUMBER_WORDS:
            return False
        if word.isupper() or (following and following[0].text[0].isupper()):
            return True
        return not word.lower().endswith(_COMMON_ENDINGS)

    def has_name(self, name: str) -> bool:
        """Say whether the folded `name`, or what is of the same country, is among the words.

        >>> Terms("Ukraine's delegation").has_name("ukrainian"), Terms("Austria").has_name("austen")
        (True, False)
        """
        return any(same_name(name, word) for word in self._folded_words)

    @cached_property
    def _folded_words(self) -> frozenset[str]:
        return frozenset(_folded(word.text) for word in self.words)


def _telling(word: str) -> str | None:
    plain = _folded(word)
    if len(plain) < 2 or plain in STOP_WORDS or plain in _SLIGHT or plain in _NUMBER_WORDS:
        return None
    stems = analyzer().analyze(plain)
    return _standing_for_all().get(stems[0], stems[0]) if stems else None


@cache
def _standing_for_all() -> dict[str, str]:
    groups = (
        analyzer().analyze(words) for line in _ALIKE.splitlines() for words in line.split("|")
    )
    return {stem: group[0] for group in groups for stem in group}


def _folded(word: str) -> str:
    plain = analyzer(stemmed=False).analyze(word)
    return plain[0] if plain else ""


def _figures(text: str) -> Iterator[tuple[int, Decimal]]:
    for found in _FIGURE.finditer(text):
        digits = re.match(r"[\d.,:]+", found[0])
        with suppress(ArithmeticError):  # such as "1.2.3", which is a version, and no figure
            number = _THOUSANDS.sub("", digits[0] if digits else "").replace(":", ".")
            value = Decimal(number.rstrip(".,").replace(",", "."))
            yield found.end(), value.scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    for found in _WORD.finditer(with_ascii_letters(text)):
        if found[0].lower() in _NUMBER_WORDS:
            yield found.end(), _NUMBER_WORDS[found[0].lower()]


def same_name(name: str, word: str) -> bool:
    """Say whether two folded words are one name, or of one country."""
    if name == word:
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(name, word, strict=False)) if a != b),
        min(len(name), len(word)),
    )
    return shared >= _LEAST_SHARED and {name[shared:], word[shared:]} <= _OF_A_COUNTRY
