"""How the figures of a question are found in the passages about it."""

from collections.abc import Sequence
from datetime import date

from ....corpus.text.spelling import Spellings
from ...figures.answer import evidence_of
from ...figures.history import DatedFigure
from ...figures.series import series_of
from ...results import RankedPassage
from ..lines import Line
from ..witnesses import witnesses
from .series import CountedFigure


def figures_in(
    question: str, passages: Sequence[RankedPassage], as_of: date | None, spellings: Spellings
) -> list[CountedFigure]:
    """Return the figures that answer, known by `as_of`, the earliest first, undated ones last."""
    evidence = [evidence_of(one) for one in passages]
    found = series_of(question, evidence, as_of, spellings)
    return [_counted(figure, passages) for figure in found]


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
