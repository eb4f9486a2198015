"""The question, as it is asked: its text, which articles may answer, and how many passages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from reprlib import repr as shortened
from typing import Any, Literal, Self, get_args

from ..corpus.text.spelling import canonical_spelling
from .errors import (
    DateNotUnderstood,
    EmptyQuestion,
    LimitOutOfRange,
    PeriodReversed,
    QuestionNotText,
    QuestionTooLong,
    RerankOutOfRange,
    TurnNotUnderstood,
    UnknownMode,
    UnknownRole,
)

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = get_args(Mode)
MOST_CHARACTERS = 2_000
MOST_PASSAGES = 100
# Whatever names a time holds one of these, or a digit.
_TIME_WORD = re.compile(
    r"\d|day|week|month|year|tonight|tomorrow|this (?:morning|afternoon|evening)|latest|newest|"
    r"recent|\bnow\b|current|so far|to date|present|january|february|march|april|may|june|july|"
    r"august|september|october|november|december",
    re.IGNORECASE,
)
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer. Dates are inclusive; an undated article passes no date.

    `as_of` asks as if on that day: whatever was published later is not known yet.
    Raises PeriodReversed.
    """

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None

    def __post_init__(self) -> None:
        for source in self.sources:
            check_text(source)
        if self.since and self.last_day and self.since > self.last_day:
            raise PeriodReversed(since=self.since, until=self.last_day)

    @property
    def last_day(self) -> date | None:
        """The latest date of publication that passes, or None."""
        return min((day for day in (self.until, self.as_of) if day), default=None)

    @property
    def all_pass(self) -> bool:
        """Whether every article passes."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked.

    `per_article` is how many passages of one article may stand among the first five; None lets
    any number. Of an article and its copies only one may answer, unless `all_copies`. Raises
    EmptyQuestion, QuestionTooLong, UnknownMode, LimitOutOfRange.
    """

    text: str
    limit: int = 5
    mode: Mode = "hybrid"
    filters: Filters = field(default_factory=Filters)
    per_article: int | None = 2
    all_copies: bool = False
    rerank: int = 0

    def __post_init__(self) -> None:
        if not any(character.isalnum() for character in self.text):
            raise EmptyQuestion
        check_text(self.text)
        if len(self.text) > MOST_CHARACTERS:
            raise QuestionTooLong(length=len(self.text), most=MOST_CHARACTERS)
        if self.mode not in MODES:
            raise UnknownMode(mode=self.mode, modes=", ".join(MODES))
        if not 1 <= self.limit <= MOST_PASSAGES:
            raise LimitOutOfRange(limit=self.limit, most=MOST_PASSAGES)
        if not 0 <= self.rerank <= MOST_PASSAGES:
            raise RerankOutOfRange(rerank=self.rerank, most=MOST_PASSAGES)

    def to_read(self, text: str, depth: int) -> Self:
        """Give the same with another text, so that so many of the best passages are read."""
        return replace(self, text=text, limit=max(self.limit, depth), rerank=depth)

    @property
    def standard_text(self) -> str:
        """The text with every known name and word in the one spelling that stands for all."""
        return canonical_spelling(self.text)

    @property
    def may_name_time(self) -> bool:
        """Whether a closer look for a time is worth it: most questions hold no word of time.

        >>> Question("Who met in May?").may_name_time, Question("Who met whom?").may_name_time
        (True, False)
        """
        return bool(_TIME_WORD.search(self.text))


def check_text(text: str) -> None:
    """Raise QuestionNotText for lone surrogates, which stand for bytes that were no text."""
    if half := _HALF.search(text):
        raise QuestionNotText(character=f"U+{ord(half[0]):04X}")


def parse_day(value: str | date | None, name: str) -> date | None:
    """Read a day written as YYYY-MM-DD; `name` is what the user calls it in errors.

    >>> parse_day("2022-03-29", "since")
    datetime.date(2022, 3, 29)
    """
    if value is None or isinstance(value, date):
        return value
    try:
        if len(value.strip()) != len("2022-03-29"):
            raise ValueError
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()
    except ValueError as error:
        raise DateNotUnderstood(name=name, value=value) from error


Role = Literal["user", "assistant"]
ROLES: tuple[Role, ...] = get_args(Role)
# Chat APIs send turns of these too: instructions and the output of tools, not the conversation.
IGNORED_ROLES = ("system", "developer", "tool", "function")


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked or answered before. Raises UnknownRole and QuestionNotText."""

    role: Role
    content: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise UnknownRole(role=self.role, roles=", ".join(ROLES))
        check_text(self.content)


def turns_of(history: Iterable[Turn | Mapping[str, Any]] | None) -> list[Turn]:
    """Return the turns of a conversation as chat APIs write it: mappings with role and content.

    Content may be a string, a list of parts, of which the text is kept, or None. Turns without
    text are left out, and so are those of the IGNORED_ROLES; other keys are ignored. Raises
    TurnNotUnderstood, UnknownRole and QuestionNotText.

    >>> turns_of([{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who?"}])
    [Turn(role='user', content='Who?')]
    """
    if isinstance(history, str | Mapping):
        raise TurnNotUnderstood(turn=shortened(history))
    found = (given if isinstance(given, Turn) else _turn_of(given) for given in history or ())
    return [turn for turn in found if turn and turn.content]


def _turn_of(given: object) -> Turn | None:
    """Return the turn that a mapping stands for, or None if it is no part of the conversation."""
    if not isinstance(given, Mapping) or "role" not in given:
        raise TurnNotUnderstood(turn=shortened(given))
    if given["role"] in IGNORED_ROLES:
        return None
    content = given.get("content") or ""
    if isinstance(content, list | tuple):
        parts = [part.get("text") if isinstance(part, Mapping) else part for part in content]
        content = "\n".join(part for part in parts if isinstance(part, str))
    if not isinstance(content, str):
        raise TurnNotUnderstood(turn=shortened(given))
    return Turn(given["role"], content)
