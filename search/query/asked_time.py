"""The time that a question asks about: its words, its days, and what is of that time."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache

from ..language.dates import Period
from ..language.periods import (
    TimePhrase,
    days_named,
    days_told,
    newest_words,
    says_recently,
    time_phrases,
)

# News of a day is often published on the next; of a week, in the days after.
_LATER = timedelta(1)
_SHORT = timedelta(7)
_WEEK = timedelta(6)  # between its first and its last day
_MARKS = re.compile(r"\s+(?=[?!.,;:])|\A[\s,;:]+|(?<=\s)\s+|,(?=\s*[?!.]|\s*\Z)")
# "What is the current in the wire?"
_ADJECTIVE = re.compile(r"(?:latest|newest|most recent|current)", re.IGNORECASE)
_STANDS_ALONE = re.compile(
    r"\s*(?:[^\w\s]|\Z|(?:about|at|from|in|is|of|on|was|with)\b)", re.IGNORECASE
)


class AskedTime:
    """The times that a question names, and whether it asks for the `newest`.

    A day without a year is that of any year or, with `as_of`, the last one by then; so is a
    weekday. "Last week" counts from `as_of`, or from `today`.

    >>> asked = AskedTime("Who met in May 2022?", None, date(2024, 1, 1))
    >>> asked.without, asked.words, asked.is_of(date(2022, 5, 31))
    ('Who met?', 'May 2022', True)
    """

    def __init__(self, text: str, as_of: date | None, today: date) -> None:
        self._text, self._as_of, self._today = text, as_of, today
        self.newest = bool(newest_words(text))
        self._known: dict[int | date, Sequence[Period]] = {}

    @cached_property
    def phrases(self) -> Sequence[TimePhrase]:
        """The times that date what is asked; in "the 2015 earthquake" the year is a name."""
        return [one for one in self._in_years(()) if not one.is_name]

    @property
    def years_in_names(self) -> list[int]:
        """The years that name something: "the 2015 earthquake"."""
        return [one.days[0][0].year for one in self._in_years(()) if one.is_name and one.days]

    @property
    def words(self) -> str:
        """The times as the question names them, without prepositions."""
        return ", ".join(dict.fromkeys(one.words(self._text) for one in self.phrases))

    @cached_property
    def without(self) -> str:
        """The question without the words of its time."""
        text = self._text
        for start, end in sorted((one.span for one in self.phrases), reverse=True):
            text = f"{text[:start]}{text[end:]}" if end <= len(text) else text
        return _MARKS.sub("", text).strip()

    @cached_property
    def without_newest(self) -> str:
        """The question without "latest" and "so far", which no article says of itself."""
        text = self._text
        for start, end in reversed(newest_words(text)):
            if not _STANDS_ALONE.match(text, end) or not _ADJECTIVE.fullmatch(text, start, end):
                text = f"{text[:start]}{text[end:]}"
        return _MARKS.sub("", text).strip()

    @property
    def counts_from_today(self) -> bool:
        """Whether its times count from a today that articles of the past do not share."""
        return self._as_of is None and all(one.is_relative for one in self.phrases)

    @cached_property
    def is_recent(self) -> bool:
        """Whether it asks of what was recently, or this week, so that the newer is likelier.

        In an archive that ends before this week, its newest articles are nearest to it.
        """
        return says_recently(self._text) or any(
            one.is_relative and last - first >= _WEEK and last >= self._today
            for one in self.phrases
            for first, last in one.days
        )

    @property
    def is_before(self) -> bool:
        """Whether it asks of all that was before a time, which no day of an article tells."""
        return any(one.lead == "before" for one in self.phrases)

    def preferred(self, years: Iterable[int]) -> tuple[Period, ...]:
        """Return the periods whose articles are preferred, days without a year in each year."""
        phrases = self._in_years(years)
        return tuple(dict.fromkeys(days for one in phrases for days in one.preferred(self._today)))

    def of_figures(self, years: Iterable[int]) -> tuple[Period, ...]:
        """Return the periods that figures are asked of: those preferred, or all days before one."""
        phrases = (one for one in self._in_years(years) if not one.is_name)
        return tuple(
            days
            for one in phrases
            for days in (one.bounds if one.lead == "before" else one.preferred(self._today))
        )

    @property
    def is_short(self) -> bool:
        """Whether its times are days or a week: an article of a month tells of that month only."""
        return all(last - first < _SHORT for one in self.phrases for first, last in one.days)

    def is_of(self, *days: date | None) -> bool:
        """Return whether an article with these days of its own is of the time asked about."""
        return any(first <= day <= last for day in days if day for first, last in self._around(day))

    def is_named(self, text: str, published: date | None) -> bool:
        """Return whether a text, of an article published on a day, has a date of the time asked."""
        said = text.lower()
        return self._have(days_named(text, published, self._year)) or any(
            words in said for words in self._literal
        )

    def is_told(self, text: str, published: date | None) -> bool:
        """Return whether a text tells of the time asked about, by a date or by "on Tuesday"."""
        return self.is_named(text, published) or self._have(days_told(text, published, self._year))

    def _have(self, told: Iterable[Period]) -> bool:
        return any(
            first <= days[0] and days[1] <= last
            for days in told
            for first, last in self._bounds(days)
        )

    def is_denied(self, text: str, published: date | None) -> bool:
        """Return whether a text names days, but none of the time asked about."""
        told = days_told(text, published, self._year)
        return bool(told) and not any(
            first <= days[1] and days[0] <= last
            for days in told
            for first, last in self._bounds(days)
        )

    def _around(self, day: date) -> Sequence[Period]:
        """Return the periods asked about as news of them come, in the year of a day.

        Kept, since a search asks it of the days of a hundred articles.
        """
        of_year = self._as_of or all(one.weekday is None for one in self.phrases)
        key = day.year if of_year else day
        if key not in self._known:
            self._known[key] = [
                (first, last + (_LATER if last - first < _SHORT else timedelta(0)))
                for first, last in self._bounds((day, day))
            ]
        return self._known[key]

    @cached_property
    def _literal(self) -> Sequence[str]:
        """Words that name the time in any text: years, and what counts from an unknown today."""
        return [
            words.lower()
            for one in self.phrases
            if (words := one.words(self._text)).isdigit()
            or (one.is_relative and self._as_of is None)
        ]

    @property
    def _year(self) -> int:
        return next((one.days[0][0].year for one in self.phrases if one.days), self._today.year)

    def _bounds(self, days: Period) -> Iterable[Period]:
        """Return the periods asked about, those without a year in the year of `days`."""
        for one in self._in_years((days[0].year,)):
            if one.weekday is not None and self._as_of is None:
                if days[0] == days[1] and days[0].weekday() == one.weekday:
                    yield days
            elif not one.is_name:
                yield from one.bounds

    def _in_years(self, years: Iterable[int]) -> Sequence[TimePhrase]:
        """Return its phrases; as of a day, only that of the last year by then is meant."""
        return _phrases_of(self._text, self._today, () if self._as_of else tuple(sorted({*years})))


@lru_cache(maxsize=100)
def _phrases_of(text: str, today: date, years: tuple[int, ...]) -> Sequence[TimePhrase]:
    return time_phrases(text, today, years)


@lru_cache(maxsize=100)  # asked by the search and again by the figures
def _asked_time(text: str, as_of: date | None, today: date) -> AskedTime:
    return AskedTime(text, as_of, today)


def asked_time(text: str, as_of: date | None) -> AskedTime:
    """Return the time that a question names, asked as of a day or today."""
    return _asked_time(text, as_of, as_of or date.today())
