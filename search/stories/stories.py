"""The stories of an archive: what its articles tell of a matter, over time."""

from dataclasses import replace
from time import perf_counter

from ...index.archive import Archive
from ..models import Models
from ..question import Filters
from .events import events_of
from .matter import about_matter, check_matter
from .speech.statements import Quotes
from .timeline import Event, Timeline

_NO_EVENT = "The articles about “{matter}” name no day on which something of it happened{when}."
_MORE = "More passages are about “{matter}” than are looked at: name it more closely, or a period."


class Stories:
    """What the articles tell of a matter, line by line, each with its sentence and source."""

    def __init__(self, archive: Archive, models: Models) -> None:
        self._archive = archive
        self._models = models

    def timeline(
        self,
        matter: str,
        filters: Filters | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Timeline:
        """Return the events of a matter by their own days, the earliest first.

        `since` and `until` of the filters are the days of the events, not of the articles. Up to
        `limit` events are shown after the first `offset`. Raises a QuestionError, an EncoderError,
        or an ArchiveError.
        """
        started = perf_counter()
        given = filters or Filters()
        of_articles = replace(given, since=None, until=None)
        asked = check_matter(matter, limit, offset, of_articles)
        about = about_matter(asked, self._archive, self._models)
        events = [one for one in events_of(about.passages) if _is_within(one, given)]
        reason, warnings = about.reason, [about.hint] if about.hint else []
        if about.passages and not events:
            when = " at that time" if given.since or given.until else ""
            reason, warnings = "nothing_told", [_NO_EVENT.format(matter=matter, when=when)]
        if events and about.more:
            warnings.append(_MORE.format(matter=matter))
        return Timeline(
            matter,
            about.understood,
            tuple(events[offset : offset + limit]),
            len(events),
            about.undated,
            reason,
            tuple(warnings),
            (perf_counter() - started) * 1000,
        )

    def quotes(
        self,
        speaker: str | None = None,
        about: str | None = None,
        filters: Filters | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Quotes:
        """Return what a speaker says, or what is said about a matter, or both, the latest first.

        Up to `limit` statements are shown after the first `offset`. Of near-identical ones one is
        shown, with all the articles that tell it, the earliest published first. Raises
        NobodyAndNothingAsked where neither is given, and what `timeline` does.
        """
        from .speech.quoting import quotes_of  # a timeline does not need it

        asked = (speaker, about, filters or Filters(), limit, offset)
        return quotes_of(*asked, self._archive, self._models)


def _is_within(event: Event, filters: Filters) -> bool:
    since, until = filters.since, filters.until
    return not (since and event.last < since) and not (until and event.first > until)
