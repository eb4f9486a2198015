"""Which words of a passage the question shares."""

import re

from ..index.words import analyzer

_WORD = re.compile(r"\w+")
# Words that every question has: marking them would mark nothing.
_UNMARKED = frozenset(
    """
    a an and any are as at be been but by can could did do does for from had has have he her his
    how i if in into is it its many me much my no not of on or our s she should so some such t than
    that the their them then there these they this those to us was we were what when where which
    who whom whose why will with would you your
    """.split()
)


def highlights(question: str, text: str) -> tuple[tuple[int, int], ...]:
    """Give the spans of the words in `text` that match a word of `question`, stems compared.

    >>> highlights("Where were the talks held?", "Talks in Kyiv: a talk was held.")
    ((0, 5), (17, 21), (26, 30))
    """
    analyze = analyzer()
    telling = (word for word in _WORD.findall(question) if word.lower() not in _UNMARKED)
    wanted = {stem for word in telling for stem in analyze.analyze(word)}
    return tuple(
        (token.char_offset_from, token.char_offset_to)
        for token in analyze.pre_tokenize(text).tokens
        if token.text in wanted
    )
