"""A sentence as words, marks and quotations, with what is quoted taken as one token."""

import re
from collections.abc import Iterator, Sequence

from ....corpus.article import Span
from ..lexicon import MONTHS, WEEKDAYS

QUOTED = "\ue000"
"""What stands for each character of a quotation in masked text."""

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Reps|Sens|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|St|Prof|Rev|Hon|Jr|Sr|Amb"
)
_OFFICE = (
    r"(?:[Ss]ecretary|[Mm]inister|[Cc]hief|[Mm]inistry|[Dd]epartment) of (?:the )?"
    r"(?:State|Staff|Defen[cs]e|War|Interior|Treasury|Foreign Affairs|Internal Affairs|Culture"
    r"|Energy|Justice|Health|Finance|Economy|Transport|Agriculture|Education|Labor)\b"
)
_TOKEN = re.compile(
    rf"{_OFFICE}|{QUOTED}+[.,!?…]*[\"”“’'»«]*|(?:[A-Z]\.)+(?:[A-Z]\b)?|(?:{_ABBREVIATIONS})\."
    r"|[^\W_]+(?:[-.&][^\W_]+|['’](?!s\b)[^\W_]+)*(?:['’]s\b|(?<=s)['’](?!\w))?|[^\w\s]"
)


class Token:
    """A word, a mark or a quotation. `start` and `end` are places in the text.

    `lower` is the word in small letters. `is_word` is a word or a number, `is_capital` a word with
    a capital; `is_quotation` stands for words in quotation marks, `is_possessive` ends in "'s", and
    `is_time` names a day of the week or a month. All are asked for often, so each is worked out
    once.
    """

    __slots__ = (
        "end",
        "is_capital",
        "is_possessive",
        "is_quotation",
        "is_time",
        "is_word",
        "lower",
        "start",
        "text",
    )

    def __init__(self, text: str, start: int, end: int) -> None:
        first = text[0]
        self.text, self.start, self.end = text, start, end
        self.lower = text.lower()
        self.is_quotation = first == QUOTED
        self.is_word = first.isalnum()
        self.is_capital = first.isupper()
        self.is_possessive = text.endswith(("'s", "’s", "s'", "s’")) and self.is_word
        self.is_time = self.is_word and self._names_time()

    def _names_time(self) -> bool:
        word = self.lower[:-2] if self.lower.endswith(("'s", "’s")) else self.lower
        return word in WEEKDAYS or (self.is_capital and word in MONTHS)


def masked(text: str, quotations: Sequence[Span]) -> str:
    """Return `text` with what is quoted masked, but for the marks at the end; offsets stay."""
    pieces: list[str] = []
    end = 0
    for first, last in quotations:
        inside = text[first:last]
        kept = 0
        while kept < min(len(inside) - 1, 3) and inside[-1 - kept] in "\"”“’'»«.,!?…›‹":
            kept += 1
        pieces += [text[end:first], QUOTED * (last - first - kept), inside[len(inside) - kept :]]
        end = last
    return "".join([*pieces, text[end:]])


def tokens(text: str, span: Span) -> list[Token]:
    """Return the tokens of masked text within a span."""
    return [*_tokens(text, span)]


def _tokens(text: str, span: Span) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, *span):
        yield Token(found[0], found.start(), found.end())
