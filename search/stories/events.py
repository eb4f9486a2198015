"""Events: what the sentences of a matter tell, each by the day that it names."""

from collections.abc import Iterable, Iterator, Sequence

from ...corpus.text.sentences import is_heading, sentence_spans
from ..entailment.terms import Terms
from ..language.periods import days_told
from ..results import RankedPassage
from .lines import Line
from .timeline import Event, Report

_LONGEST = 7  # days: what spans more is no event
_SAME_WORDS = 0.5  # of the content words of the shorter of two sentences that tell the same


def events_of(passages: Iterable[RankedPassage]) -> list[Event]:
    """Return the events that passages tell of, in the order of their days."""
    told: list[list[Report]] = []
    for report in _reports(passages):
        same = next((one for one in told if _tells_same(one[0], report)), None)
        if same:
            same.append(report)
        else:
            told.append([report])
    events = [_event(reports) for reports in told]
    return sorted(events, key=lambda one: (one.first, one.last))


def _reports(passages: Iterable[RankedPassage]) -> Iterator[Report]:
    seen: set[tuple[str, int]] = set()
    for ranked in passages:
        article, offset = ranked.article, ranked.passage.span[0]
        published = article.published or article.event
        for start, end in sentence_spans(ranked.passage.text):
            place = (article.id, start + offset)
            sentence = ranked.passage.text[start:end]
            if place in seen or is_heading(sentence):
                continue
            seen.add(place)
            days = days_told(sentence, published, published.year if published else 0)
            line = Line(article, (start + offset, end + offset), ranked.also_in)
            for first, last in dict.fromkeys(days):
                if first.year > 1 and (last - first).days < _LONGEST:
                    announced = bool(article.published and first > article.published)
                    yield Report(line, first, last, announced)


def _tells_same(one: Report, other: Report) -> bool:
    if one.first > other.last or other.first > one.last:
        return False
    here, there = Terms(one.line.sentence).stems, Terms(other.line.sentence).stems
    return len(here & there) >= _SAME_WORDS * min(len(here), len(there))


def _event(reports: Sequence[Report]) -> Event:
    best = reports[0]
    announced = all(report.announced for report in reports)
    articles = {report.line.article.id for report in reports}
    return Event(best.first, best.last, announced, tuple(reports), len(articles))
