"""What the reader makes of the best candidates: whether each answers, and with what."""

from collections.abc import Sequence

from ...corpus.text.spelling import spelt_as_in
from ...index.archive import Archive
from ..question import Question
from ..reading.reader import Reader, Reading
from ..results import Part
from .ranking import Candidate, best_first

# What a passage that surely answers has added to its score, which is otherwise from 0 to 1
# (measured: ARCHITECTURE.md, Reader).
READER_WEIGHT = 0.3


def weigh_reading(
    question: Question, ranked: Sequence[Candidate], archive: Archive, reader: Reader
) -> list[Candidate]:
    """Add to the scores of the best what the reader finds in them, as the question says how many.

    The others stay as they are, and so mostly below.
    """
    best = ranked[: question.rerank]
    texts = archive.texts([candidate.number for candidate in best])
    there = [candidate for candidate in best if candidate.number in texts]
    passages = [texts[candidate.number][:2] for candidate in there]
    asked = spelt_as_in((text for _, text in passages), question.text)
    readings = reader.read(asked, passages)
    # BM25 has no upper end, so there the reader adds a share of the best score.
    weight = READER_WEIGHT * (ranked[0].score if ranked and question.mode == "lexical" else 1.0)
    read = [
        candidate.with_parts([_part(reading, texts[candidate.number].text, weight)])._replace(
            reading=reading
        )
        for candidate, reading in zip(there, readings, strict=True)
    ]
    return best_first([*read, *ranked[question.rerank :]])


def _part(reading: Reading, text: str, weight: float) -> Part:
    found = "" if reading.span is None else f"“{text[slice(*reading.span)]}”"
    return Part("reader", reading.probability, weight, found)
