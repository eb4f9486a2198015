"""The words of an archive, of which only those asked for are read."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property


class Vocabulary(Mapping[str, int]):
    """Words in small plain letters, and how many passages have each.

    `read` returns the words that begin with a prefix. All words of a large archive take long to
    read, and all other threads wait meanwhile.
    """

    def __init__(self, read: Callable[[str], Iterator[tuple[str, int]]]) -> None:
        self._read = read
        self._by_letter: dict[str, dict[str, int]] = {}

    def beginning(self, letters: str) -> Mapping[str, int]:
        """Return the words that begin with one of these letters."""
        found: dict[str, int] = {}
        for letter in dict.fromkeys(letters):
            if letter not in self._by_letter:
                self._by_letter[letter] = dict(self._read(letter))
            found |= self._by_letter[letter]
        return found

    def __getitem__(self, word: str) -> int:
        known = self._by_letter.get(word[:1])
        return (dict(self._read(word)) if known is None else known)[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    @cached_property
    def _whole(self) -> dict[str, int]:
        return dict(self._read(""))


def words_beginning(vocabulary: Mapping[str, int], letters: str) -> Mapping[str, int]:
    """Return the words of any vocabulary that begin with one of these letters.

    >>> words_beginning({"talks": 2, "ferry": 1}, "ft")
    {'talks': 2, 'ferry': 1}
    >>> words_beginning({"talks": 2, "ferry": 1}, "f")
    {'ferry': 1}
    """
    if isinstance(vocabulary, Vocabulary):
        return vocabulary.beginning(letters)
    return {word: having for word, having in vocabulary.items() if word[0] in letters}
