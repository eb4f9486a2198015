"""The spelling of a question, corrected by the vocabulary of the archive.

Only words that the archive does not have are looked at, and only one that it has is put in their
place: rather none than a wrong one. Names are compared more strictly, and with their neighbours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...index.archive import Archive
from ...index.vocabulary import words_beginning
from ..language.foreign import foreign
from ..language.lexicon import NEGATIONS, SENTENCE_OPENERS
from ..language.misspelling import NEAR, Slip, english_words, slip

# Neither of an address nor with digits.
_WORD = re.compile(r"(?<![\w@/.])[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w|[@/.:]+\w|://)")
_FUNCTION_WORDS = SENTENCE_OPENERS | STOP_WORDS | NEGATIONS | {"whats", "us", "may", "must"}
_QUESTION_WORDS = frozenset("how what when where which who whom whose why".split())
_AUXILIARIES = frozenset(
    "are can could did do does had has have is may might must should was were will would".split()
)
_AFTER_QUESTION_WORD = _AUXILIARIES | frozenset(
    "big far fast high large long many much often old soon tall".split()
)
_LEFT_OUT = re.compile(r"(?P<asks>what|who|where|when|how)s|(?P<verb>\w+)nt", re.IGNORECASE)
_APOSTROPHE = re.compile("['’]")
_POSSESSIVE = re.compile(r"['’]s\Z")
_MOST_CORRECTED = 8  # unknown words; a question with more is no question in English
_FREQUENT = 1_000_000  # times in Google's n-grams: English words that may well be meant
_MOST_TRIED = 4
# Letters that a word must have: to be corrected at all, to have a wrong one; the same for names.
_LEAST, _LEAST_REPLACED = 4, 5
_LEAST_OF_NAME, _LEAST_REPLACED_OF_NAME = 5, 6
_BESIDE = 3  # letters of a name that stands beside one that the archive has beside it


class _Written(NamedTuple):
    """A word as an article writes it, and whether that is a name."""

    text: str
    is_name: bool


def corrected(question: str, archive: Archive, said: Iterable[str] = ()) -> str:
    """Return a question with its misspelt words corrected to words that the archive has.

    What the archive has in any inflection or spelling stays, and so do numbers, English words and
    the words of what was `said` before.
    """
    speller = _Speller(question, archive, said)
    if not speller.unknown or len(speller.unknown) > _MOST_CORRECTED or foreign(question):
        return question
    pieces, end = [], 0
    for place in speller.unknown:
        if put := speller.correction(place):
            word = speller.words[place]
            pieces += [question[end : word.start()], put]
            end = word.end()
    return "".join([*pieces, question[end:]])


class _Speller:
    """A question's words, and what an archive has in their place."""

    def __init__(self, question: str, archive: Archive, said: Iterable[str]) -> None:
        self._archive = archive
        self._snapshot = archive.snapshot()
        self._question = question
        self._said = {word[0].lower() for text in said for word in _WORD.finditer(text)}
        self.words = list(_WORD.finditer(question))
        self._cased = any(word[0][0].islower() for word in self.words[1:])

    @cached_property
    def unknown(self) -> list[int]:
        """The places of the words that the archive does not have."""
        spellings = self._snapshot.spellings
        spans = [span for span, _ in spellings.other_spellings(self._question)]
        spans += [span for span, _ in spellings.names(self._question)]
        return [
            place
            for place, word in enumerate(self.words)
            if len(word[0]) > 1
            and not any(start <= word.start() < end for start, end in spans)
            and (_LEFT_OUT.fullmatch(word[0]) or not self._is_known(word[0]))
        ]

    def correction(self, place: int) -> str | None:
        """Return what to put in the place of an unknown word, or None to leave it."""
        typed = self.words[place][0]
        put = _with_apostrophe(typed) or self._question_word(place)
        if put or self._is_known(typed):
            return put and _cased_as(put, typed)
        if written := self._with_elision(typed):
            return written
        plain = _folded(typed)
        if not plain or (plain in english_words() and not self._is_capital(place)):
            return None
        return self._likeliest(plain, place)

    def _is_known(self, word: str) -> bool:
        bare = word.lower()
        return bare in _FUNCTION_WORDS or bare in self._said or self._snapshot.knows(word)

    def _is_capital(self, place: int) -> bool:
        """Whether a word has a capital that tells a name."""
        word = self.words[place]
        before = self._question[: word.start()].rstrip(" \"'“‘«(")
        begins = not before or before[-1] in ".?!:\n"
        return self._cased and not begins and word[0][0].isupper()

    def _question_word(self, place: int) -> str | None:
        """Return the question word before "did" or "many" that a word misspells: "wat"."""
        following = self.words[place + 1][0].lower() if place + 1 < len(self.words) else ""
        if place and self._question[: self.words[place].start()].rstrip()[-1:] not in ".?!,;":
            return None
        if following not in _AFTER_QUESTION_WORD:
            return None
        slips = sorted(_slips(self.words[place][0].lower(), _QUESTION_WORDS))
        return next((meant for found, meant in slips if not found.replaced), None)

    def _with_elision(self, typed: str) -> str | None:
        """Return a name whose apostrophe was left out: "ORourkes"."""
        rest = typed[1:]
        if len(rest) < _LEAST or not self._snapshot.knows(rest):
            return None
        plain = _folded(typed)
        for text in self._texts(rest):
            for word in _WORD.finditer(text):
                for name in (word[0], _POSSESSIVE.sub("", word[0])):
                    letters = _folded(_APOSTROPHE.sub("", name))
                    if letters != name.lower() and plain in (letters, f"{letters}s"):
                        return name if plain == letters else f"{name}'s"
        return None

    def _likeliest(self, plain: str, place: int) -> str | None:
        """Return the word that costs the least slips, and of those the most frequent one."""
        capital = self._is_capital(place)
        typed = self.words[place][0]
        for tried, (found, meant) in enumerate(self._candidates(plain)):
            if tried == _MOST_TRIED:
                return None
            if meant in _FUNCTION_WORDS:
                if not capital and not (found.replaced and len(plain) < _LEAST):
                    return _cased_as(meant, typed)
                continue
            if not self._snapshot.knows(meant):
                return None  # an English word is as near, so nothing is sure
            written = self._written(meant)
            if not written:
                continue  # the index keeps words for a while whose articles were removed
            if capital and not written.is_name:
                continue
            if self._may_be(plain, meant, found, place, written.is_name):
                return _cased_as(written.text, typed)
        return None

    def _candidates(self, plain: str) -> list[tuple[Slip, str]]:
        """Return the words that may be meant, the likeliest first."""
        vocabulary = words_beginning(self._snapshot.vocabulary, plain[:2])
        slips = {meant: found for found, meant in _slips(plain, vocabulary)}
        slips |= {meant: found for found, meant in _slips(plain, _frequent_words())}
        return sorted(
            ((found, meant) for meant, found in slips.items()),
            key=lambda one: (
                one[0].cost,
                one[1] not in _FUNCTION_WORDS,
                not self._snapshot.knows(one[1]),
                -vocabulary.get(one[1], 0),
                one[1],
            ),
        )

    def _may_be(self, plain: str, meant: str, found: Slip, place: int, is_name: bool) -> bool:
        """Whether a slip is slight enough for the word."""
        if not is_name:
            return len(plain) >= (_LEAST_REPLACED if found.replaced else _LEAST)
        neighbours = [
            self.words[near] for near in (place - 1, place + 1) if self._beside(place, near)
        ]
        if any(self._stand_together(near[0], meant) for near in neighbours):
            return len(plain) >= _BESIDE
        if any(near[0][0].isupper() for near in neighbours):
            return False
        slight = not found.replaced or found.cost <= NEAR
        least = _LEAST_OF_NAME if slight else _LEAST_REPLACED_OF_NAME
        return found.cost <= 1 and found.inside and len(plain) >= least

    def _beside(self, place: int, near: int) -> bool:
        """Whether another word stands beside one and may be part of its name."""
        if not 0 <= near < len(self.words):
            return False
        one, other = sorted((self.words[place], self.words[near]), key=lambda word: word.start())
        together = self._question[one.end() : other.start()].isspace()
        word = self.words[near][0]
        return (
            together
            and word.lower() not in _FUNCTION_WORDS
            and self._snapshot.knows(word)
            and (self._is_capital(near) or not self._is_capital(place))
        )

    def _stand_together(self, near: str, meant: str) -> bool:
        """Whether a word stands beside another in some article."""
        terms = analyzer(stemmed=False).analyze(near)
        beside = {(terms[0], meant), (meant, terms[-1])} if terms else set()
        for text in self._texts(f"{near} {meant}"):
            found = analyzer(stemmed=False).analyze(text)
            if not beside.isdisjoint(pairwise(found)):
                return True
        return False

    def _written(self, word: str) -> _Written | None:
        """Return a word as articles write it; None for no English word that none of them has."""
        ways = []
        for text in self._texts(word):
            for found in re.finditer(r"[^\W\d_]+", text):
                if _folded(found[0]) == word:
                    before = text[: found.start()].rstrip(" \"'“‘«(")
                    if before and before[-1] not in ".?!:\n":
                        return _Written(found[0], found[0][0].isupper())
                    ways.append(found[0])
        if word in english_words():
            return _Written(word, False)
        return _Written(ways[0], True) if ways else None

    def _texts(self, words: str) -> Iterator[str]:
        numbers = list(self._snapshot.matching(words, _MOST_TRIED))
        for passage in self._archive.texts(numbers).values():
            yield f"{passage.text}\n{passage.title}"


@cache
def _frequent_words() -> Mapping[str, int]:
    return {word: often for word, often in english_words().items() if often >= _FREQUENT}


def _slips(typed: str, words: Iterable[str]) -> list[tuple[Slip, str]]:
    """Return the words that `typed` may misspell."""
    initials = typed[:2]
    least, most = len(typed) - 2, len(typed) + 2
    alike = (word for word in words if word[0] in initials and least <= len(word) <= most)
    return [(found, word) for word in alike if (found := slip(typed, word))]


def _with_apostrophe(typed: str) -> str | None:
    """Return a short form with the apostrophe that was left out: "whats", "didnt"."""
    found = _LEFT_OUT.fullmatch(typed.lower())
    if not found:
        return None
    if found["asks"]:
        return f"{found['asks']}'s"
    return f"{found['verb']}n't" if found["verb"] in _AUXILIARIES else None


@lru_cache(maxsize=1000)
def _folded(word: str) -> str:
    """Return a word in small letters without accents, "" if it is several terms."""
    terms = analyzer(stemmed=False).analyze(word)
    return terms[0] if len(terms) == 1 else ""


def _cased_as(word: str, typed: str) -> str:
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
