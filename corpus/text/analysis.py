"""Text analysis for search: terms, stems and stop words."""

from functools import cache

import tantivy
from tantivy import Filter

_LONGEST_WORD = 60


# Words that every question has, and that say nothing of what it is about.
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
    """Give what cuts a text into terms: words without accents and case, and maybe without endings.

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
