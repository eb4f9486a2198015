"""Numbers that are no figures: dates, times, scores, and those of pages, rooms and telephones."""

import re
from collections.abc import Iterator

from ...corpus.article import Span
from .bounds import bound_of
from .dates import named_dates

SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
LARGE = "hundred|thousand|million|billion|trillion"

_NUMBERED = (
    "articles?|art|section|chapter|resolution|pages?|pp?|no|nos|nr|numbers?|room|gate|flight|"
    "line|group|table|figure|fig|part|volume|vol|channel|route|highway|interstate|level|phase|"
    "stage|boeing|airbus|apollo|windows|type|terminal|platform|paragraph|protocol|annex|point|"
    "question|rule|title|track|unit|version|bus|grade|category|pier|psalm|lot|law|decree"
)
# In three parts by how they begin: as one pattern it would take thrice as long.
_NO_FIGURE = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.MULTILINE)
    for pattern in (
        rf"""
        (?=[\d(\[+'’])(?:
          \[[\d,;\s–-]+\]
        | ^\(?\d{{1,3}}[.)](?=\s) | (?<=\s)\(\d{{1,2}}\)(?=\s)
        | \b\d{{1,2}}(?:[:.]\d\d){{1,2}}\s*(?:[ap]\.?m\b|gmt\b|utc\b|cet\b|o['’]clock|local)
        | \b\d{{1,2}}\s*(?:[ap]\.?m\b|[ap]\.m\.|o['’]clock) | \b\d{{1,2}}:\d\d\b
        | (?<=\bat\s)(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|\s?(?:%|per|[bm]illion))
        | \b\d+(?:st|nd|rd|th)\b
        | \+\d[\d\s()-]{{6,20}}\d | \(?\b\d{{3}}\)?[-.\s]\d{{3}}[-.]\d{{4}}\b
        | (?<![\d,.])(?<!\d\s)0\d+(?:[\s-]\d{{2,}})+
        | \b\d+(?:\.\d+){{2,}}\b(?!,\d)(?<!\.\d\d\d)
        | \b\d+(?:/\d+)+\b 
        | \b(?:1\s(?:in|out\sof)\s(?:every\s)?(?:{SMALL}|\d+)
          |\d\s(?:in|out\sof)\s(?:every\s)?(?:three|four|five|ten|10|100))\b
        | \b(?:19|20)\d0s\b | ['’]\d0s\b
        )""",
        r"""
        \b(?:https?://|www\.)\S+ | (?<=\S)@\S+
        | \b(?:call|tel|telephone|phone|fax|hotline|dial)\b[.:]?\s*(?:on|at)?
          \s*\d[\d\s()-]{3,20}\d
        """,
        rf"""
        \b(?=[ot]|[fsehn][a-z])(?:
          (?<!-)one\s(?:of|another|day|or\sanother|who|that|side|hand|by\sone|thing|point)\b
        | (?:(?:{SMALL}|{LARGE})[\s-]){{1,4}}
          (?:thirds?|quarters?|fourths|fifths?|sixths?|tenths?|halves|half|o['’]clock)\b
        | (?:{SMALL})(?:[\s-](?:sided|fold|way|party|on|to-one|time)\b
          |\s(?:in|out\sof)\s(?:every\s)?(?:three|four|five|ten|10|100)\b)
        )""",
    )
)
# Looked for from a number backwards: at each word of a text it would take several times as long.
_NUMBERED_BEFORE = re.compile(rf"\b(?:{_NUMBERED})\b\.?\s+\Z", re.IGNORECASE)
_NO_ONE = re.compile(
    r"\b(?:no|any|every|some|each|which|this|that|the|another)[\s-]\Z", re.IGNORECASE
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR_LEAD = re.compile(
    r"\b(?:of|in|since|from|until|during|before|after|year)\s+\Z", re.IGNORECASE
)
_COUNTED_NEXT = re.compile(
    r"\s+(?:(?!(?:was|is|has|as|its|his|this|says)\b)[a-z-]{2,}s|people|men|women|children|dead|"
    r"injured|killed|wounded|troops|civilian)\b"
)
_REACH = 24  # characters before a number


def without_other_numbers(text: str) -> str:
    """Give `text` with what is no figure made blank, so that all offsets stay.

    >>> without_other_numbers("3 left at 16:00").replace("\\0", "_")
    '3 left at _____'
    """
    for start, end in _others(text):
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _others(text: str) -> Iterator[Span]:
    for pattern in _NO_FIGURE:
        for match in pattern.finditer(text):
            yield match.span()
    for named in named_dates(text):
        yield named.span


def is_other_number(text: str, number: Span) -> bool:
    """Say whether a number without a unit is a year, or part of a name, by the words around it.

    >>> text = "Article 19 of 1951 is for 2022 refugees"
    >>> [is_other_number(text, span) for span in ((8, 10), (14, 18), (26, 30))]
    [True, True, False]
    """
    start, end = number
    written, after = text[start:end], text[end : end + 2]
    if after[:1] == "-" and after[1:].isalpha():
        return True  # "two-sided", "747-style"
    before = text, max(0, start - _REACH), start
    if written.lower() == "one" and _NO_ONE.search(*before):
        return True
    if not written[-1].isdigit():
        return False
    if after[:1].isalpha() or ("," not in written and _NUMBERED_BEFORE.search(*before)):
        return True  # "3D", "Article 5"
    if not _YEAR.fullmatch(written):
        return False
    is_count = _COUNTED_NEXT.match(text, end) and not _YEAR_LEAD.search(*before)
    return not (is_count or bound_of(text, number)[0])


def is_in_name(text: str, number: Span) -> bool:
    """Say whether a number word at a span is part of a name, as in "the Seven Years War".

    >>> is_in_name("the Three Gorges", (4, 9)), is_in_name("Three Gorges", (0, 5))
    (True, False)
    """
    start, end = number
    next_word = text[end : end + 2].lstrip()
    return start > 0 and text[start].isupper() and next_word[:1].isupper()
