"""A question as it is asked of an archive, analysed once."""

import re
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self

from ...index.archive import Snapshot
from ..language.lexicon import MONTHS
from ..question import Question
from .answer_type import Kind, kind_of
from .phrasing import asking_sentence
from .terms import QueryTerms

if TYPE_CHECKING:
    from .asked_time import AskedTime

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

    @cached_property
    def asking(self) -> str:
        """The sentence of the text that asks, where others lead to it."""
        return asking_sentence(self.text)

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
        return kind_of(self.asking)

    @cached_property
    def may_name_time(self) -> bool:
        """Whether it may name a time: most questions hold no word of time."""
        return may_name_time(self.text)

    @cached_property
    def time(self) -> "AskedTime | None":
        """The time that it names, or None."""
        if not self.may_name_time:
            return None
        from .asked_time import asked_time  # its patterns compile slowly, and few questions need it

        asked = asked_time(self.text, self.as_of)
        return asked if asked.phrases or asked.newest or asked.is_recent else None

    @cached_property
    def years_in_names(self) -> list[int]:
        """The years that name what it asks about: "the 2015 earthquake"."""
        if not self.may_name_time:
            return []
        from .asked_time import asked_time  # its patterns compile slowly

        return asked_time(self.text, self.as_of).years_in_names

    @cached_property
    def without_time(self) -> Self:
        """The question without the words of its time; itself if it names none or nothing else."""
        left = self.time.without if self.time and self.time.phrases else ""
        if not any(character.isalnum() for character in left):
            return self
        timeless = type(self)(replace(self.question, text=left), self.snapshot)
        return timeless if timeless.terms.content_stems else self

    @cached_property
    def without_newest(self) -> Self:
        """The question without words that ask for the newest; itself if it has no others."""
        left = self.time.without_newest if self.time and self.time.newest else ""
        if not left or left == self.text:
            return self
        timeless = type(self)(replace(self.question, text=left), self.snapshot)
        return timeless if timeless.terms.content_stems else self

    def asked_of(self, *days: date | None, text: str = "") -> Self:
        """Return the question as it is asked of an article with these days of its own.

        An article of the time that it names need not name that time. Where a `text` of the article
        names a day that is asked about, the question is the whole one. None need say that it is
        the newest.
        """
        if self.without_newest is not self:
            return self.without_newest.asked_of(*days, text=text)
        time, timeless = self.time, self.without_time
        if not time or timeless is self or not time.is_of(*days):
            return self
        return self if text and time.is_short and time.is_named(text, days[0]) else timeless


def may_name_time(question: str) -> bool:
    """Return whether a closer look for a time is worth it.

    >>> may_name_time("Who met in May?"), may_name_time("Who met whom?")
    (True, False)
    """
    return bool(_TIME_WORD.search(question))
