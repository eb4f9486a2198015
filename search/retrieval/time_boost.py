"""Time-aware boosting: passages of the time that a question names, without filtering others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from ...index.archive import Archive, PassageText
from ..language.dates import Period, named_dates
from ..language.lexicon import MONTHS
from ..query.query import Query
from ..results import Part

# The largest boost of a score from 0 to 1 (docs/experiments.md, Ranking).
DATED = 0.1
NAMED = 0.1
NEWEST = 0.1
# News of a day is published on that day or one of the next, which weigh less and less.
_DAYS_AFTER = 3
_YEAR = 365


def time_boosts(query: Query, numbers: Sequence[int], archive: Archive) -> dict[int, list[Part]]:
    """Return the boosts of passages for the time that the question names.

    Passages of other times have no entry; a question that names no time boosts none. One of what
    is newest, or was recently, prefers newer articles.
    """
    asked = query.time
    if not asked:
        return {}
    texts = archive.texts(numbers)
    days = (day for text in texts.values() for day in (text.published, text.event) if day)
    periods = asked.preferred({day.year for day in days})
    recency = _recency(texts) if asked.newest or asked.is_recent else {}
    telltales = _telltales(periods)
    boosts = {}
    for number, text in texts.items():
        parts = [*_parts(text, periods, telltales)]
        if recency.get(number):
            parts.append(Part("newest", recency[number], NEWEST))
        if parts:
            boosts[number] = parts
    return boosts


def _telltales(periods: Iterable[Period]) -> set[str]:
    """Return strings of which a lower-case text that names one of the periods has one."""
    found: set[str] = set()
    for first, last in periods:
        if (last - first).days + 1 >= _YEAR:
            found.update(map(str, range(first.year, last.year + 1)))
            continue
        days = (first + timedelta(days) for days in range(0, (last - first).days + 1, 28))
        for month in {day.month for day in (*days, last)}:
            name = MONTHS[month - 1][:3]
            found.update((name, f"-{month:02}-", f".{month}.", f".{month:02}."))
    return found


def _parts(text: PassageText, periods: Iterable[Period], telltales: set[str]) -> Iterator[Part]:
    """Return the boosts of a passage: for its article's dates, and for those that it names."""
    nearness, reason = max(
        (found for period in periods for found in _datings(text, period)), default=(0.0, "")
    )
    if nearness:
        yield Part("dated", nearness, DATED, reason)
    lower = text.text.lower()
    if not any(telltale in lower for telltale in telltales):
        return
    share, words = _named(text, periods)
    if share:
        yield Part("named", share, NAMED, f"names {words}")


def _datings(text: PassageText, period: Period) -> Iterator[tuple[float, str]]:
    """Return how near to the period the article's dates are, from 0 to 1, and why."""
    first, last = period
    if text.published and text.published >= first:
        late = max((text.published - last).days, 0)
        yield max(1 - late / (_DAYS_AFTER + 1), 0.0), f"published {text.published}"
    if text.event and first <= text.event <= last:
        yield 1.0, f"reports on {text.event}"


def _named(text: PassageText, periods: Iterable[Period]) -> tuple[float, str]:
    """Return the share of a date named in the passage that lies in a period, and its words."""
    best = 0.0, ""
    for named in named_dates(text.text):
        for period in periods:
            share = _shared(named.meant(text.published, period[0].year), period)
            if share > best[0]:
                best = share, text.text[slice(*named.span)].strip()
    return best


def _shared(days: Period | None, period: Period) -> float:
    """Return the share of `days` that lies in `period`."""
    if days is None:
        return 0.0
    common = min(days[1], period[1]) - max(days[0], period[0])
    return max(common.days + 1, 0) / ((days[1] - days[0]).days + 1)


def _recency(texts: Mapping[int, PassageText]) -> dict[int, float]:
    """Rank passages by their articles' dates: 1 for the newest, 0 for the oldest and undated."""
    days = {number: text.published or text.event for number, text in texts.items()}
    known = sorted({day for day in days.values() if day})
    rank = {day: place / (len(known) - 1) if known[1:] else 1.0 for place, day in enumerate(known)}
    return {number: rank[day] for number, day in days.items() if day}
