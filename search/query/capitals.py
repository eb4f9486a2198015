"""The capitals of names, which a question typed in small letters leaves out.

Names tell whose minister is asked about and what a figure is of, and only capitals tell names.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from ...corpus.text.analysis import STOP_WORDS, analyzer
from ...index.archive import Archive
from ..language.foreign import foreign
from ..language.lexicon import NEGATIONS, SENTENCE_OPENERS, is_time_word
from ..language.names import name_words

_WORD = re.compile(r"[^\W\d_]+")
_NO_NAMES = STOP_WORDS | SENTENCE_OPENERS | NEGATIONS
# What comes before the first word of a line or a sentence.
_BEGINS = re.compile(r"(?:\A|[\n.?!:;|])[\s\-–—*•\"'“‘«(\d.)]*\Z")
_LEAD = 12  # characters before a word that tell it
_MOST_TEXTS = 8  # of the best passages, by which an archive shows how it writes names


def with_capitals(question: str, archive: Archive) -> str:
    """Return a question in small letters with the capitals that articles give its names.

    The best passages for it show them: a word is a name if it has a capital wherever it stands
    within a sentence there. A question that has capitals itself stays as it is.
    """
    words = list(_WORD.finditer(question))
    if any(word[0] != word[0].lower() for word in words[1:]) or foreign(question):
        return question
    numbers = list(archive.snapshot().matching(question, _MOST_TEXTS))
    texts = [passage.text for passage in archive.texts(numbers).values()] if numbers else []
    names, small, together = _written(texts)
    written: dict[int, str] = {}
    for place, word in enumerate(words):
        plain = _folded(word[0])
        if not plain or plain not in names or word[0].lower() in _NO_NAMES or is_time_word(plain):
            continue
        beside = ("", *(_folded(near[0]) for near in words[max(place - 1, 0) : place + 2]), "")
        if plain not in small or not together.isdisjoint(pairwise(beside)):
            written[place] = _cased_as(names[plain], word[0])
    return _replaced(question, words, written)


def _written(texts: Iterable[str]) -> tuple[dict[str, str], set[str], set[tuple[str, str]]]:
    """Return the names of texts by their plain form, the small words, and names side by side."""
    names: dict[str, str] = {}
    small: set[str] = set()
    together: set[tuple[str, str]] = set()
    for text in texts:
        starts = {
            found.start() + word.start()
            for found in name_words(text)
            for word in _WORD.finditer(found[0])
        }
        words = list(_WORD.finditer(text))
        for word in words:
            if word.start() in starts:
                if _BEGINS.search(text, max(0, word.start() - _LEAD), word.start()):
                    continue  # "- Sprint: Bo Ek"
                names.setdefault(_folded(word[0]), word[0])
            elif word[0][0].islower():
                small.add(_folded(word[0]))
        for one, other in pairwise(words):
            if {one.start(), other.start()} <= starts and text[one.end() : other.start()] == " ":
                together.add((_folded(one[0]), _folded(other[0])))
    return names, small, together


def _replaced(question: str, words: list[re.Match[str]], written: dict[int, str]) -> str:
    pieces, end = [], 0
    for place, put in written.items():
        pieces += [question[end : words[place].start()], put]
        end = words[place].end()
    return "".join([*pieces, question[end:]])


def _cased_as(name: str, typed: str) -> str:
    """Return the letters typed, in the case of a name: without its accents, if those lack."""
    if len(name) != len(typed):
        return typed[0].upper() + typed[1:]
    pairs = zip(name, typed, strict=True)
    return "".join(letter.upper() if like.isupper() else letter for like, letter in pairs)


@lru_cache(maxsize=10_000)
def _folded(word: str) -> str:
    terms = analyzer(stemmed=False).analyze(word)
    return terms[0] if len(terms) == 1 else ""
