"""Names and words that are spelt in several ways, brought to one spelling."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

_FILE = Path(__file__).with_name("spellings.txt")
# Letters that Unicode does not take apart into a plain one and an accent; nor do encoders.
_PLAIN = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
_TO_PLAIN = str.maketrans(_PLAIN)
_LATIN = map(chr, [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)])
# Letter for letter, so that places in a text stay what they are.
_WITHOUT_ACCENTS = str.maketrans(
    {letter: normalize("NFD", letter)[0] for letter in _LATIN} | _PLAIN
)


def canonical_spelling(text: str, of: tuple[str, ...] | None = None) -> str:
    """Give `text` with every known name and word in the one spelling that stands for all.

    The spellings are those of `spellings.txt`; with `of`, only of the names so spelt, which is
    much quicker. Everything else stays as it is written.

    >>> canonical_spelling("Kiev asked the UN: will Zelenskiy sign a cease-fire?")
    'Kyiv asked the United Nations: will Zelensky sign a ceasefire?'
    """
    pieces, end = [], 0
    for (start, stop), standard in other_spellings(text, of):
        pieces += [text[end:start], standard]
        end = stop
    return "".join([*pieces, text[end:]]).translate(_TO_PLAIN)


def in_plain_letters(text: str) -> str:
    """Give `text` with the letters that no encoder takes apart as plain ones, each in its place.

    >>> in_plain_letters("Kalın")
    'Kalin'
    """
    return text.translate(_TO_PLAIN)


def spelt_as_in(texts: Iterable[str], text: str) -> str:
    """Give `text` with every known name spelt as most of `texts` spell it, if they have it.

    >>> spelt_as_in(["Zelenskyy spoke in Kyiv."], "Did Zelenskiy speak in Kiev?")
    'Did Zelenskyy speak in Kyiv?'
    """
    standard = canonical_spelling(text)
    names = known_names(standard)
    ways = {name: Counter[str]() for name in names}
    for other in texts if names else ():
        for (start, end), name in other_spellings(other, names):
            ways[name][other[start:end]] += 1
        for name in _standards()[0].findall(other.translate(_WITHOUT_ACCENTS)):
            if name in ways:
                ways[name][name] += 1
    for name, ways_of_name in ways.items():
        if ways_of_name:
            (most, _), *_ = ways_of_name.most_common(1)
            # Names of the table are letters and spaces: nothing in them is a pattern.
            standard = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", most, standard)
    return standard if names else text


def known_names(text: str) -> tuple[str, ...]:
    """Give the names and words of the table that stand in `text`, in their one spelling.

    >>> known_names("Zelensky left Kyiv")
    ('Kyiv', 'Zelensky')
    """
    pattern, standard = _standards()
    found = pattern.findall(text.translate(_WITHOUT_ACCENTS))
    return tuple(sorted({standard[name] for name in found}))


def other_spellings(
    text: str, of: tuple[str, ...] | None = None
) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the span of every other spelling in `text`, of all names or some, and the one for all.

    >>> list(other_spellings("to Kiev", ("Kyiv",)))
    [((3, 7), 'Kyiv')]
    """
    pattern, standard = _table(of)
    for found in pattern.finditer(text.translate(_WITHOUT_ACCENTS)):
        yield found.span(), standard[found[0]]


@cache
def spellings_hash() -> str:
    """Give what changes with the table: an index made with another one is made again."""
    return sha256(_FILE.read_bytes()).hexdigest()[:12]


@cache
def spellings() -> list[list[str]]:
    """Give the groups of spellings, the one that stands for all first in each."""
    lines = (line.strip() for line in _FILE.read_text(encoding="utf-8").splitlines())
    return [
        [spelling.strip() for spelling in line.split("|")]
        for line in lines
        if line and not line.startswith("#")
    ]


@lru_cache(maxsize=1000)
def _table(of: tuple[str, ...] | None) -> tuple[re.Pattern[str], dict[str, str]]:
    """Give what finds the other spellings, and for each the one that stands for it."""
    standard = {
        way: first
        for first, *others in spellings()
        if of is None or first in of
        for other in others
        for way in _ways(other)
    }
    return _pattern(standard), standard


@cache
def _standards() -> tuple[re.Pattern[str], dict[str, str]]:
    standard = {way: first for first, *_ in spellings() for way in _ways(first)}
    return _pattern(standard), standard


def _ways(spelling: str) -> set[str]:
    """Give the ways of writing a spelling; these few are found more quickly than any case."""
    if spelling.isupper():
        return {spelling}
    return {spelling, spelling.lower(), spelling.upper(), spelling.capitalize(), spelling.title()}


def _pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")
