"""Names and words with several spellings: tables of them, and texts brought to one spelling."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self
from unicodedata import normalize

SPELLINGS_FILE = "spellings.txt"

# Letters that Unicode does not decompose into a plain one and an accent; nor do encoders.
_PLAIN = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
_TO_PLAIN = str.maketrans(_PLAIN)
_LATIN = map(chr, [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)])
# Letter for letter, so that offsets in a text do not change.
_WITHOUT_ACCENTS = str.maketrans(
    {letter: normalize("NFD", letter)[0] for letter in _LATIN} | _PLAIN
)


class Spellings:
    """A table of names and words that have several spellings.

    Each group lists the spellings of one name; the first, the canonical one, stands for all.
    Accents never matter, and case does not either, except for names in capitals alone: "us" is
    not the US.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self.groups = [[_plain(spelling) for spelling in group] for group in groups]
        self._others = lru_cache(maxsize=1000)(self._find_others)

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a table with one group to a line, its spellings divided by "|".

        Empty lines and lines that begin with "#" are skipped. Raises OSError, UnicodeError.
        """
        lines = (line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines())
        groups = (line.split("|") for line in lines if line and not line.startswith("#"))
        named = ([spelling.strip() for spelling in group] for group in groups)
        return cls([spelling for spelling in group if spelling] for group in named if any(group))

    def canonical(self, text: str, of: tuple[str, ...] | None = None) -> str:
        """Return `text` with every known name in its canonical spelling.

        With `of`, only these names are looked for, which is much faster. Everything else stays as
        it is written.

        >>> canonical_spelling("Kiev asked the UN: will Zelenskiy sign a cease-fire?")
        'Kyiv asked the United Nations: will Zelensky sign a ceasefire?'
        """
        pieces, end = [], 0
        for (start, stop), name in self.other_spellings(text, of):
            pieces += [text[end:start], name]
            end = stop
        return "".join([*pieces, text[end:]]).translate(_TO_PLAIN)

    def known_names(self, text: str) -> tuple[str, ...]:
        """Return the names of the table that are in `text`, which is in canonical spelling.

        >>> known_names("Zelensky left Kyiv")
        ('Kyiv', 'Zelensky')
        """
        return tuple(sorted({name for _, name in self.names(text)}))

    def names(self, text: str) -> Iterator[tuple[tuple[int, int], str]]:
        """Return the span of every canonical spelling in `text`, and the name."""
        pattern, names = self._canonical
        for found in pattern.finditer(_plain(text)):
            yield found.span(), names[found[0]]

    def other_spellings(
        self, text: str, of: tuple[str, ...] | None = None
    ) -> Iterator[tuple[tuple[int, int], str]]:
        """Return the span of every other spelling in `text`, of all names or some, and the name.

        >>> list(other_spellings("to Kiev", ("Kyiv",)))
        [((3, 7), 'Kyiv')]
        """
        pattern, names = self._others(of)
        for found in pattern.finditer(_plain(text)):
            yield found.span(), names[found[0]]

    def spelt_as_in(self, texts: Iterable[str], text: str) -> str:
        """Return `text` with every known name spelt as most of `texts` spell it, if they have it.

        >>> spelt_as_in(["Zelenskyy spoke in Kyiv."], "Did Zelenskiy speak in Kiev?")
        'Did Zelenskyy speak in Kyiv?'
        """
        canonical = self.canonical(text)
        known = self.known_names(canonical)
        ways = {name: Counter[str]() for name in known}
        for other in texts if known else ():
            for (start, end), name in self.other_spellings(other, known):
                ways[name][other[start:end]] += 1
            for (start, end), name in self.names(other):
                if name in ways and _plain(other[start:end]) == name:
                    ways[name][name] += 1
        for name, counted in ways.items():
            if counted:
                most = counted.most_common(1)[0][0]
                canonical = re.sub(
                    rf"(?<!\w){re.escape(name)}(?!\w)", lambda _, most=most: most, canonical
                )
        return canonical if known else text

    @cached_property
    def _canonical(self) -> tuple[re.Pattern[str], dict[str, str]]:
        names = {way: first for first, *_ in self.groups for way in _ways(first)}
        return _pattern(names), names

    def _find_others(self, of: tuple[str, ...] | None) -> tuple[re.Pattern[str], dict[str, str]]:
        names = {
            way: first
            for first, *others in self.groups
            if of is None or first in of
            for other in others
            for way in _ways(other)
        }
        return _pattern(names), names


def in_plain_letters(text: str) -> str:
    """Return `text` with letters that no encoder decomposes as plain ones, each in its place.

    >>> in_plain_letters("Kalın")
    'Kalin'
    """
    return text.translate(_TO_PLAIN)


def _plain(text: str) -> str:
    return text.translate(_WITHOUT_ACCENTS)


def _ways(spelling: str) -> set[str]:
    """Return the ways of writing a spelling; these few are found faster than any case."""
    if spelling.isupper():
        return {spelling}
    return {spelling, spelling.lower(), spelling.upper(), spelling.capitalize(), spelling.title()}


def _pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")


DEFAULT_SPELLINGS = Spellings.read(Path(__file__).with_name(SPELLINGS_FILE))

canonical_spelling = DEFAULT_SPELLINGS.canonical
known_names = DEFAULT_SPELLINGS.known_names
other_spellings = DEFAULT_SPELLINGS.other_spellings
spelt_as_in = DEFAULT_SPELLINGS.spelt_as_in
