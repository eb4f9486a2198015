"""Answers from articles that were withdrawn or corrected say so."""

from collections.abc import Iterator
from dataclasses import replace

from ...corpus.article import Article, Span
from ..answer import Answer, Citation, in_answer
from ..language.corrections import correction_note_in, is_withdrawn, withdrawal_in

_WITHDRAWN = "“{}” was withdrawn."
_CORRECTED = "“{}” was corrected: “{}”"


def mark_withdrawn(answer: Answer) -> Answer:
    """Return the answer with what its articles say of their withdrawal, or of a correction.

    The note comes first in the answer, quoted where a passage that was found holds it.
    """
    text, citations, warnings = answer.answer, list(answer.citations), list(answer.warnings)
    if text is None:
        return answer
    for article in {one.article.id: one.article for one in answer.citations}.values():
        note = withdrawal_in(article.text)
        if note or is_withdrawn(article.title):
            cited = next(_cited(answer, article, note, len(citations) + 1), None) if note else None
            citations += [cited] if cited else []
            said = f"{in_answer(cited.quote)} [{cited.number}]" if cited else ""
            text = f"{said or f'“{in_answer(article.title)}” is withdrawn.'} {text}"
            warnings.append(_WITHDRAWN.format(article.title))
        elif note := correction_note_in(article.text):
            quote = " ".join(article.text[slice(*note)].split())
            warnings.append(_CORRECTED.format(article.title, quote))
    return replace(answer, answer=text, citations=tuple(citations), warnings=tuple(warnings))


def _cited(answer: Answer, article: Article, note: Span, number: int) -> Iterator[Citation]:
    for ranked in answer.passages:
        start, end = ranked.passage.span
        if ranked.article.id == article.id and start <= note[0] and note[1] <= end:
            quote = article.text[slice(*note)]
            yield Citation(number, quote, note, ranked.id, article, None, ranked.also_in)
