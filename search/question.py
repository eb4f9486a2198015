"""Questions, the filters on articles, and the turns of a conversation."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import index
from reprlib import repr as shortened
from typing import Any, Literal, Self, SupportsIndex, get_args
from unicodedata import normalize

from .errors import (
    ConfidenceOutOfRange,
    DateNotUnderstood,
    EmptyQuestion,
    FiltersNotUnderstood,
    LimitOutOfRange,
    OffsetOutOfRange,
    PerArticleOutOfRange,
    PeriodReversed,
    QuestionNotString,
    QuestionNotText,
    QuestionTooLong,
    RerankOutOfRange,
    SinceAfterAsOf,
    TurnNotUnderstood,
    UnknownMode,
    UnknownRole,
)

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = get_args(Mode)
Role = Literal["user", "assistant"]
ROLES: tuple[Role, ...] = get_args(Role)
MOST_CHARACTERS = 2_000
MOST_PASSAGES = 100
MOST_SKIPPED = 1_000
# Passages; more hardly improves the answers (docs/experiments.md, "How many passages to read").
READ_TO_ANSWER = 8
# Roles of chat APIs for instructions and the output of tools, which are not conversation.
IGNORED_ROLES = ("system", "developer", "tool", "function")
# How a terminal colours text (ECMA-48): copied along, it is no part of a question.
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, init=False)
class Filters:
    """Which articles may answer. Dates are inclusive and exclude articles that state none.

    `sources` are outlets, one or several; dates are `date`s or strings as YYYY-MM-DD. `as_of` asks
    as if on that day: articles published later are excluded. An article passes with any of the
    `tags`. Raises FiltersNotUnderstood, DateNotUnderstood, PeriodReversed.

    >>> Filters("Press TV", since="2022-03-01")
    Filters(sources=('Press TV',), since=datetime.date(2022, 3, 1), until=None, as_of=None, tags=())
    """

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    tags: tuple[str, ...] = ()

    # Written out, because it takes more than the fields hold: a single name, dates as strings.
    def __init__(
        self,
        sources: str | Iterable[str] | None = (),
        since: date | str | None = None,
        until: date | str | None = None,
        as_of: date | str | None = None,
        tags: str | Iterable[str] | None = (),
    ) -> None:
        object.__setattr__(self, "sources", _names(sources, "sources"))
        object.__setattr__(self, "tags", _names(tags, "tags"))
        for name, value in (("since", since), ("until", until), ("as_of", as_of)):
            object.__setattr__(self, name, parse_day(value, name))
        if self.since and self.until and self.since > self.until:
            raise PeriodReversed(since=self.since, until=self.until)

    @property
    def last_day(self) -> date | None:
        """The latest date of publication that passes, or None."""
        return min((day for day in (self.until, self.as_of) if day), default=None)

    def check_known(self) -> None:
        """Raise SinceAfterAsOf if nothing from `since` on can be known as of `as_of`."""
        if self.since and self.as_of and self.since > self.as_of:
            raise SinceAfterAsOf(since=self.since, as_of=self.as_of)

    @property
    def all_pass(self) -> bool:
        """Whether every article passes."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked.

    The `limit` passages after the first `offset` are shown.
    `per_article` is how many passages of one article may stand among the first five; None means
    no limit. Of an article and its duplicates only one may answer, unless `all_copies`. The top
    `rerank` passages are read with the question. An answer of less than `min_confidence` is
    refused; None means that the answerability model decides. Raises a QuestionError.
    """

    text: str
    limit: int = 5
    mode: Mode = "hybrid"
    filters: Filters = field(default_factory=Filters)
    per_article: int | None = 2
    all_copies: bool = False
    rerank: int = 0
    min_confidence: float | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.text, str):
            object.__setattr__(self, "text", _ESCAPE_SEQUENCE.sub("", self.text))
        _check_question(self.text)
        if self.mode not in MODES:
            raise UnknownMode(mode=self.mode, modes=", ".join(MODES))
        if not isinstance(self.filters, Filters):
            raise FiltersNotUnderstood(name="filters", value=self.filters)
        self.filters.check_known()
        if not _is_between(self.limit, 1, MOST_PASSAGES):
            raise LimitOutOfRange(limit=self.limit, most=MOST_PASSAGES)
        if not _is_between(self.offset, 0, MOST_SKIPPED):
            raise OffsetOutOfRange(offset=self.offset, most=MOST_SKIPPED)
        if not _is_between(self.rerank, 0, MOST_PASSAGES):
            raise RerankOutOfRange(rerank=self.rerank, most=MOST_PASSAGES)
        if self.per_article is not None and not _is_between(self.per_article, 1, None):
            raise PerArticleOutOfRange(per_article=self.per_article)
        if self.min_confidence is not None and not _is_share(self.min_confidence):
            raise ConfidenceOutOfRange(confidence=self.min_confidence)
        # As articles are stored: a letter and its accent typed apart become one character.
        object.__setattr__(self, "text", normalize("NFC", self.text))

    def to_read(self, text: str, depth: int) -> Self:
        """Return the question under another `text`, with its top `depth` passages to be read."""
        return replace(self, text=text, limit=max(self.limit, depth), rerank=depth)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question or answer. Raises UnknownRole and QuestionNotText."""

    role: Role
    content: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise UnknownRole(role=self.role, roles=", ".join(ROLES))
        if not isinstance(self.content, str):
            raise TurnNotUnderstood(turn=shortened(self.content))
        check_text(self.content)


def turns_of(history: Iterable[Turn | Mapping[str, Any]] | None) -> list[Turn]:
    """Return the turns of a conversation, given as `Turn`s or as the messages of chat APIs.

    Content may be a string, a list of parts, of which the text is kept, or None. Turns without
    text are left out, and so are those of the IGNORED_ROLES; other keys are ignored. Raises
    TurnNotUnderstood, UnknownRole and QuestionNotText.

    >>> turns_of([{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who?"}])
    [Turn(role='user', content='Who?')]
    """
    if history is None:
        return []
    if isinstance(history, str | bytes | Mapping | Turn) or not isinstance(history, Iterable):
        raise TurnNotUnderstood(turn=shortened(history))
    found = (given if isinstance(given, Turn) else _turn_of(given) for given in history)
    return [turn for turn in found if turn and turn.content]


def _turn_of(given: object) -> Turn | None:
    """Return the turn that a mapping stands for, or None if it is not conversation."""
    if not isinstance(given, Mapping) or "role" not in given:
        raise TurnNotUnderstood(turn=shortened(given))
    if given["role"] in IGNORED_ROLES:
        return None
    content = given.get("content") or ""
    if isinstance(content, list | tuple):
        parts = [part.get("text") if isinstance(part, Mapping) else part for part in content]
        content = "\n".join(part for part in parts if isinstance(part, str))
    return Turn(given["role"], content)


def check_text(text: str) -> None:
    """Raise QuestionNotText for unpaired surrogates, which cannot be encoded."""
    if surrogate := _SURROGATE.search(text):
        raise QuestionNotText(character=f"U+{ord(surrogate[0]):04X}")


def parse_day(value: str | date | None, name: str) -> date | None:
    """Return the day that `value` is or spells as YYYY-MM-DD; errors call it `name`.

    >>> parse_day("2022-03-29", "since")
    datetime.date(2022, 3, 29)
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        if not isinstance(value, str) or len(value.strip()) != len("2022-03-29"):
            raise ValueError
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()
    except ValueError as error:
        raise DateNotUnderstood(name=name, value=value) from error


def _check_question(text: object) -> None:
    if not isinstance(text, str):
        raise QuestionNotString(kind="None" if text is None else f"of type {type(text).__name__}")
    if not any(character.isalnum() for character in text):
        raise EmptyQuestion
    check_text(text)
    if len(text) > MOST_CHARACTERS:
        raise QuestionTooLong(length=len(text), most=MOST_CHARACTERS)


def _names(given: str | Iterable[str] | None, name: str) -> tuple[str, ...]:
    if given is None:
        return ()
    listed = (given,) if isinstance(given, str) else given
    if not isinstance(listed, Iterable):
        raise FiltersNotUnderstood(name=name, value=given)
    listed = tuple(listed)
    for one in listed:
        if not isinstance(one, str):
            raise FiltersNotUnderstood(name=name, value=given)
        check_text(one)
    return listed


def _is_between(value: object, least: int, most: int | None) -> bool:
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        return False
    value = index(value)
    return least <= value and (most is None or value <= most)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
