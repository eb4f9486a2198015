"""Text analysis for search: terms, stems and stop words."""

import re
from functools import cache

import tantivy
from tantivy import Filter

_LONGEST_WORD = 60

_ACRONYM = re.compile(r"\b(?:(?:[A-Z]\.){2,}|[A-Z]{2,}\b)")
# A letter without case that no analysis takes away and no acronym has.
_NO_STOP_WORD = "\u02bb"

# Words of any question, which do not tell what it is about.
STOP_WORDS = frozenset(
    """
    a an and any are as at be been but by can could did do does for from had has have he her his
    how i if in into is it its many me much my no not of on or our s she should so some such t than
    that the their them then there these they this those to us was we were what when where which
    who whom whose why will with would you your
    """.split()
)


@cache
def analyzer(stemmed: bool = True) -> tantivy.TextAnalyzer:
    """Return the analyzer that splits a text into terms: folded, lowercased and maybe stemmed.

    Accents are folded before case: in the other order "İ" would stay two characters.

    >>> analyzer(stemmed=False).analyze("İbrahim Kalın's talks")
    ['ibrahim', 'kalin', 's', 'talks']
    >>> analyzer().analyze("Negotiators agreed")
    ['negoti', 'agre']
    """
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(Filter.remove_long(_LONGEST_WORD))
        .filter(Filter.ascii_fold())
        .filter(Filter.lowercase())
    )
    return (builder.filter(Filter.stemmer("english")) if stemmed else builder).build()


@cache
def stop_stems() -> frozenset[str]:
    """Return the stop words as the analyzer stems them."""
    return frozenset(stem for word in STOP_WORDS for stem in analyzer().analyze(word))


def acronyms_apart(text: str) -> str:
    """Return `text` with acronyms as words of their own: without dots, and no stop words.

    Terms have no case, so the US would be "us", and the WHO "who". In a text that is all in
    capitals, acronyms cannot be told from other words.

    >>> analyzer().analyze(acronyms_apart("The U.N. tells us"))
    ['the', 'un', 'tell', 'us']
    >>> "us" in analyzer().analyze(acronyms_apart("The U.S. tells them"))
    False
    """
    shouted = text.isupper() and len(text.split()) > 1
    return _ACRONYM.sub(lambda found: _acronym(found[0], shouted), text)


def _acronym(written: str, shouted: bool) -> str:
    word = written.replace(".", "")
    return word if shouted or word.lower() not in STOP_WORDS else word + _NO_STOP_WORD
