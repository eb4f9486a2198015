"""A question as it is asked of an archive, analysed once."""

import re
from datetime import date
from functools import cached_property

from ...index.archive import Snapshot
from ..language.lexicon import MONTHS
from ..question import Question
from .answer_type import Kind, kind_of
from .terms import QueryTerms

# Whatever names a time holds one of these, or a digit.
_TIME_WORD = re.compile(
    r"\d|day|week|month|year|tonight|tomorrow|this (?:morning|afternoon|evening)|latest|newest|"
    rf"recent|\bnow\b|current|so far|to date|present|{'|'.join(MONTHS)}",
    re.IGNORECASE,
)


class Query:
    """A question that stands alone, and the snapshot of the archive that it is asked of.

    Each part of its analysis is made when it is first needed, and only once.
    """

    def __init__(self, question: Question, snapshot: Snapshot) -> None:
        self.question = question
        self.snapshot = snapshot

    @property
    def text(self) -> str:
        """The question's text."""
        return self.question.text

    @property
    def as_of(self) -> date | None:
        """The day as of which it is asked: nothing later is known."""
        return self.question.filters.as_of

    @cached_property
    def canonical_text(self) -> str:
        """The text with each known name in its canonical spelling."""
        return self.snapshot.spellings.canonical(self.text)

    @cached_property
    def terms(self) -> QueryTerms:
        """Its terms, weighted by their idf in the snapshot; its names and numbers."""
        return QueryTerms(self.canonical_text, self.snapshot.idf, self.snapshot.spellings)

    @cached_property
    def answer_type(self) -> Kind:
        """What kind of answer it asks for: a person, a place, a number …"""
        return kind_of(self.text)

    @cached_property
    def may_name_time(self) -> bool:
        """Whether it may name a time: most questions hold no word of time."""
        return may_name_time(self.text)


def may_name_time(question: str) -> bool:
    """Return whether a closer look for a time is worth it.

    >>> may_name_time("Who met in May?"), may_name_time("Who met whom?")
    (True, False)
    """
    return bool(_TIME_WORD.search(question))
