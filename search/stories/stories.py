"""The stories of an archive: what its articles tell of a matter, over time."""

from dataclasses import replace
from datetime import date
from time import perf_counter

from ...index.archive import Archive
from ..errors import ReaderUnusable
from ..models import Models
from ..query.quantity import quantity_asked
from ..question import Filters
from ..reading.reader import Reader
from .candidates import sentences_of
from .conflicts.found import Conflicts
from .events import events_of
from .figures.series import FigureSeries
from .lines import Reason
from .matter import About, about_matter, check_matter, without_withdrawn
from .speech.statements import Quotes
from .timeline import Event, Timeline

_NO_EVENT = "The articles about “{matter}” name no day on which something of it happened{when}."
_NO_FIGURE = "The articles give no figure for “{question}”."
_NO_NUMBER = "“{question}” asks for no number: ask, for example, “How many people were killed?”"
_NO_CONFLICT = "No two reports of one day about “{matter}” disagree, and none is corrected."
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

        `since` and `until` of the filters are the days of the events, not of the articles: after
        `as_of` they are of what had been announced by then. Up to
        `limit` events are shown after the first `offset`. Raises a QuestionError, an EncoderError,
        or an ArchiveError.
        """
        started = perf_counter()
        given = filters or Filters()
        of_articles = replace(given, since=None, until=None)
        asked = check_matter(matter, limit, offset, of_articles)
        about = about_matter(asked, self._archive, self._models, with_kin=True)
        about = without_withdrawn(about)
        sentences = sentences_of(about, self._models)
        events = [one for one in events_of(sentences) if _is_within(one, given)]
        when = " at that time" if given.since or given.until else ""
        without = _NO_EVENT.format(matter=matter, when=when)
        reason, warnings = _noted(matter, about, bool(events), without)
        return Timeline(
            matter,
            about.understood,
            tuple(events[offset : offset + limit]),
            len(events),
            about.undated,
            reason,
            warnings,
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

    def figures(
        self,
        question: str,
        filters: Filters | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> FigureSeries:
        """Return the figures that answer a question such as how many were killed, over time.

        They are of what is asked, whoever counted, the earliest first. `since` and `until` of the
        filters are the days that the figures are of, not of the articles. Up to `limit` are shown
        after the first `offset`. Raises a QuestionError, an EncoderError, or an ArchiveError.
        """
        from .figures.counting import figures_in  # its patterns compile slowly

        started = perf_counter()
        given = filters or Filters()
        given.check_known()
        asked = check_matter(question, limit, offset, replace(given, since=None, until=None))
        about = without_withdrawn(about_matter(asked, self._archive, self._models))
        asks = quantity_asked(about.understood)
        reader, unread = self._reader() if asks else (None, ())
        found = figures_in(about.query, about.passages, reader)
        figures = [one for one in found if _is_of_time(one.day, given)]
        without = (_NO_FIGURE if asks else _NO_NUMBER).format(question=question)
        reason, warnings = _noted(question, about, bool(figures), without)
        return FigureSeries(
            question,
            about.understood,
            tuple(figures[offset : offset + limit]),
            len(figures),
            about.undated,
            reason,
            (*warnings, *unread),
            (perf_counter() - started) * 1000,
        )

    def _reader(self) -> tuple[Reader | None, tuple[str, ...]]:
        """Return the reader, or none with a warning where it cannot be used."""
        try:
            return self._models.reader, ()
        except ReaderUnusable as error:
            return None, (f"{error} Figures are told by their words alone.",)

    def conflicts(
        self,
        matter: str,
        filters: Filters | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Conflicts:
        """Return where reports of one day about a matter disagree, the latest first.

        A later figure is an update and no conflict; what an article corrects or withdraws is told
        apart, and is no side of a conflict. Up to `limit` of either are shown after the first
        `offset`. Raises a QuestionError, an EncoderError, or an ArchiveError.
        """
        from .conflicts.finding import disputes_in  # its patterns compile slowly

        started = perf_counter()
        asked = check_matter(matter, limit, offset, filters or Filters())
        about = about_matter(asked, self._archive, self._models)
        conflicts, corrections, more = disputes_in(about.passages)
        without, told = _NO_CONFLICT.format(matter=matter), bool(conflicts or corrections)
        reason, warnings = _noted(matter, about, told, without, more)
        return Conflicts(
            matter,
            about.understood,
            tuple(conflicts[offset : offset + limit]),
            tuple(corrections[offset : offset + limit]),
            len(conflicts),
            len(corrections),
            about.undated,
            reason,
            warnings,
            (perf_counter() - started) * 1000,
        )


def _noted(
    matter: str, about: About, told: bool, without: str, more: bool = False
) -> tuple[Reason | None, tuple[str, ...]]:
    """Return why nothing is told of a matter, if so, and what to know about it in sentences.

    `without` says that the passages tell nothing; there were `more` to compare than were.
    """
    if not about.passages:
        return about.reason, (about.hint,) if about.hint else ()
    if not told:
        return "nothing_told", (without,)
    noted = [_MORE.format(matter=matter)] if about.more or more else []
    return None, (*noted, *about.left_out)


def _is_of_time(day: date | None, filters: Filters) -> bool:
    if not (filters.since or filters.until):
        return True
    first, last = filters.since or date.min, filters.until or date.max
    return day is not None and first <= day <= last


def _is_within(event: Event, filters: Filters) -> bool:
    since, until = filters.since, filters.until
    return not (since and event.last < since) and not (until and event.first > until)
