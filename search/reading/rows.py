"""Tables as a reader takes them: only the rows about what is asked.

Of many rows alike, a reader finds none certain. So where some rows of a table have a name that the
question has, it reads those, with the text around the table, and not the others.
"""

from collections.abc import Callable, Sequence

from ...corpus.article import Span
from ...corpus.text.lists import lists_in
from .pairs import TitledText
from .reader import FoundSpan, Reader, Reading

_FEWEST_ROWS = 4  # of fewer, all are read


def read_rows_asked(
    reader: Reader, question: str, passages: Sequence[TitledText], named: Callable[[str], float]
) -> list[Reading]:
    """Return what `reader` finds in passages, leaving out rows without the question's names.

    `named` returns the share of the question's names in a text. Spans are those of the passages.
    """
    left_out = [_other_rows(text, named) for _, text in passages]
    shortened = [
        (title, _without(text, spans))
        for (title, text), spans in zip(passages, left_out, strict=True)
    ]
    readings = reader.read(question, shortened)
    return [_restored(one, spans) for one, spans in zip(readings, left_out, strict=True)]


def _other_rows(text: str, named: Callable[[str], float]) -> list[Span]:
    """Return the spans of the rows to leave out, each with the line end before it."""
    tables = [one for one in lists_in(text) if one.rows and len(one.items) >= _FEWEST_ROWS]
    rows = [row for table in tables for row in table.items]
    shares = {row: named(text[slice(*row)]) for row in rows}
    most, least = max(shares.values(), default=0.0), min(shares.values(), default=0.0)
    if most == least:
        return []
    return [(max(row[0] - 1, 0), row[1]) for row in rows if shares[row] < most]


def _without(text: str, spans: Sequence[Span]) -> str:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def _restored(reading: Reading, left_out: Sequence[Span]) -> Reading:
    """Return a reading with its spans moved to where they are in the whole passage."""

    def moved(span: Span) -> Span:
        shift = 0
        for start, end in left_out:
            if span[0] + shift >= start:
                shift += end - start
        return span[0] + shift, span[1] + shift

    spans = tuple(
        FoundSpan(moved(one.sentence), moved(one.span), one.score) for one in reading.spans
    )
    return Reading(reading.probability, reading.rank_score, spans, reading.no_answer_score)
