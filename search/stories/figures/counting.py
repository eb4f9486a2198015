"""How the figures of a question are found in the passages about it."""

from collections.abc import Sequence
from datetime import date

from ...figures.answer import evidence_of
from ...figures.history import DatedFigure
from ...figures.series import series_of
from ...language.numbers import numbers_in
from ...query.query import Query
from ...reading.reader import Reader
from ...results import RankedPassage
from ...retrieval.reranking import read_passages
from ..lines import Line
from ..witnesses import witnesses
from .series import CountedFigure

_MOST_READ = 16  # of the passages nearest to the question; in the others words alone decide


def figures_in(
    query: Query, passages: Sequence[RankedPassage], reader: Reader | None
) -> list[CountedFigure]:
    """Return the figures that answer, the earliest first, undated ones last.

    Without a reader, words alone decide which numbers are of what is asked.
    """
    if reader:
        passages = _read(query, passages, reader)
    evidence = [evidence_of(one) for one in passages]
    found = series_of(query.text, evidence, query.as_of, query.snapshot.spellings)
    return [_counted(figure, passages) for figure in found]


def _read(query: Query, passages: Sequence[RankedPassage], reader: Reader) -> list[RankedPassage]:
    """Return the passages with those read that have numbers and are nearest to the question."""
    counting = [one for one in passages if numbers_in(one.passage.text)][:_MOST_READ]
    read = {one.id: one for one in read_passages(query, counting, reader)}
    return [read.get(one.id, one) for one in passages]


def _counted(figure: DatedFigure, passages: Sequence[RankedPassage]) -> CountedFigure:
    number = figure.quantity.number
    lines = [
        Line(ranked.article, mention.sentence, ranked.also_in)
        for mention in figure.mentions
        for ranked in [passages[mention.evidence]]
    ]
    lines.sort(key=lambda line: line.article.published or date.max)
    return CountedFigure(
        value=number.value,
        upper=number.upper,
        text=number.text,
        unit=number.unit,
        bound=number.bound,
        counted=figure.quantity.counted,
        of=figure.subject or None,
        day=figure.day,
        counted_by=figure.counter,
        reports=tuple(lines),
        independent=witnesses(lines),
    )
