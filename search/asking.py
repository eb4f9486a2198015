"""From ranked passages that were read to an answer, or to none."""

import time
from collections.abc import Sequence

from .abstention import decision, signals_of
from .answer import Answer, Citation, Status
from .answering import compose, day_of
from .evidence import QuestionWords
from .findings import findings
from .pairs import TitledText
from .question_kind import kind_of
from .reader_model import Reading
from .reading import Reader
from .results import RankedPassage


class TimedReader:
    """A reader that knows how long it has read, in milliseconds."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.took_ms = 0.0

    def read(self, question: str, passages: Sequence[TitledText]) -> Sequence[Reading]:
        """Give what is read in each passage."""
        started = time.perf_counter()
        readings = self._reader.read(question, passages)
        self.took_ms += (time.perf_counter() - started) * 1000
        return readings


def answer_from(
    asked: str, understood: str, passages: Sequence[RankedPassage], words: QuestionWords
) -> Answer:
    """Answer a question from the passages that were read, best first, or say that they do not."""
    kind = kind_of(understood)
    found = findings(understood, kind, passages, words)
    confidence = 0.0
    if found:
        confidence = decision().confidence(signals_of(found[0], passages, words))
    if not found or confidence < decision().threshold:
        return Answer(asked, understood, "not_in_corpus", None, confidence, (), tuple(passages))
    text, citations = compose(kind, found)
    status, warnings = _completeness(citations, passages, words)
    return Answer(
        asked,
        understood,
        status,
        text,
        confidence,
        citations,
        tuple(passages),
        warnings=warnings,
    )


def _completeness(
    citations: Sequence[Citation], passages: Sequence[RankedPassage], words: QuestionWords
) -> tuple[Status, tuple[str, ...]]:
    """Say whether what is cited speaks of every name and number that the question has."""
    cited = {citation.passage for citation in citations}
    texts = [
        f"{one.article.title}\n{day_of(one.article)}\n{one.passage.text}"
        for one in passages
        if one.id in cited
    ]
    missing = words.names_missing("\n".join(texts))
    if not missing:
        return "answered", ()
    named = ", ".join(f"“{name}”" for name in missing)
    return "partial", (f"What is cited does not mention {named}.",)
