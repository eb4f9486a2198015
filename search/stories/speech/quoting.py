"""The quotes that are asked for: found, merged and paged, or why there are none."""

import re
from time import perf_counter

from ....index.archive import Archive
from ...errors import NobodyAndNothingAsked, SpeakerEmpty
from ...models import Models
from ...question import Filters, Question
from ...retrieval.retriever import as_known, undated_left_out
from ..lines import Reason
from ..matter import check_matter
from .said import Said, find_said, nearest_speakers
from .same import statements_of
from .statements import Quotes

_LETTER = re.compile(r"\w")
_NO_WORDS = "The articles have no words of “{speaker}”{about}."
_ABOUT = " about “{about}”"
_NEAREST = " They have those of {names}."
_NOBODY = "The articles about “{about}” quote nobody on it."
_MORE = (
    "More articles may tell what you ask for than are read: name it more closely, or a period or "
    "outlet."
)


def quotes_of(
    speaker: str | None,
    about: str | None,
    filters: Filters,
    limit: int,
    offset: int,
    archive: Archive,
    models: Models,
) -> Quotes:
    """Return what a speaker says, or what is said about a matter, or both, the latest first."""
    started = perf_counter()
    if speaker is None and about is None:
        raise NobodyAndNothingAsked
    matter = check_matter(about, limit, offset, filters) if about is not None else None
    if speaker is not None and not _LETTER.search(speaker):
        raise SpeakerEmpty
    if speaker is not None:
        speaker = Question(speaker, limit, filters=filters, offset=offset).text
    known = as_known(filters, archive)
    found = find_said(speaker, matter, filters, known, models)
    statements = statements_of(found.tellings)
    nearest: tuple[str, ...] = ()
    if not statements and speaker and found.reason is None:
        nearest = nearest_speakers(speaker, filters, known)
    reason, warnings = _why_none(speaker, about, found, nearest) if not statements else (None, ())
    return Quotes(
        speaker,
        about,
        found.about,
        tuple(statements[offset : offset + limit]),
        len(statements),
        nearest,
        undated_left_out(filters, archive),
        reason,
        (_MORE,) if statements and found.more else warnings,
        (perf_counter() - started) * 1000,
    )


def _why_none(
    speaker: str | None, about: str | None, found: Said, nearest: tuple[str, ...]
) -> tuple[Reason, tuple[str, ...]]:
    """Return the reason why there are no statements, and the sentence that says so."""
    if found.reason:
        return found.reason, (found.hint,)
    if speaker is None:
        return "nothing_told", (_NOBODY.format(about=about),)
    on = _ABOUT.format(about=about) if about else ""
    said = _NO_WORDS.format(speaker=speaker, about=on)
    if nearest:
        said += _NEAREST.format(names=", ".join(nearest))
    return ("nothing_told" if found.known else "nothing_near"), (said,)
