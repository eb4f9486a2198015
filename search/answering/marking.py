"""What an answer is marked with: partial, or from an article that was withdrawn or corrected."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ...corpus.article import Article, Span
from ...corpus.text.folding import folded
from ...corpus.text.sentences import sentence_spans
from ..answer import Answer, Citation, in_answer
from ..entailment.predicate import decides
from ..query.query import Query
from .composition import day_of
from .of_time import another_time, tells_of
from .quoting import before_list, sentence_before

_MOST_OPENING = 600  # characters of an article that its first sentence is looked for in
_WITHDRAWN = "“{}” was withdrawn."
_CORRECTED = "“{}” was corrected: “{}”"


def mark_partial(answer: Answer, query: Query) -> Answer:
    """Return the answer as partial, with a warning, if what is asked about is missing."""
    if not answer.answer:
        return answer
    missing = tuple(_missing(answer, query))
    if not missing:
        return answer
    return replace(answer, status="partial", warnings=(*answer.warnings, *missing))


def _missing(answer: Answer, query: Query) -> Iterator[str]:
    """Yield what the cited sentences do not say, with what stands before them and their articles.

    The time may also be that of the articles, or of the figures.
    """
    texts = "\n".join(map(_context, answer.citations))
    names = query.without_time.terms.missing_names(texts)
    if names := [name for name in names if not _is_known(name, answer, query)]:
        named = ", ".join(f"“{name}”" for name in names)
        yield f"The cited sentences do not mention {named}."
    if not any(
        decides(query.text, one.quote, sentence_before(one.article, one.span))
        for one in answer.citations
    ):
        yield "The cited sentences do not say this of the same action."
    if query.time and not tells_of(query.time, answer):
        yield another_time(query.time, answer.citations[0].article)


def _is_known(name: str, answer: Answer, query: Query) -> bool:
    """Return whether an article begins with a name, or has it as part of one that is quoted."""
    return any(
        _holds(name, _opening(one.article.text)) or _belongs(name, one, query.text)
        for one in answer.citations
    )


def _belongs(name: str, citation: Citation, question: str) -> bool:
    """Return whether it is the first name of "Quist" in "Nora Quist", and that is quoted."""
    beside = re.search(rf"\b{re.escape(name)}\s+([^\W\d_]+)", question)
    return bool(
        beside
        and beside[1][0].isupper()
        and _holds(beside[1], citation.quote)
        and _holds(f"{name} {beside[1]}", citation.article.text)
    )


def _opening(text: str) -> str:
    """Return the first sentence of an article, which says what it is about."""
    spans = sentence_spans(text[:_MOST_OPENING])
    return text[slice(*spans[0])] if spans else ""


def _holds(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(folded(name))}", folded(text)) is not None


def _context(citation: Citation) -> str:
    article, span = citation.article, citation.span
    head = (article.title, article.source or "", day_of(article))
    before = (before_list(article, span), sentence_before(article, span))
    return "\n".join((*head, *before, citation.quote))


def mark_withdrawn(answer: Answer) -> Answer:
    """Return the answer with what its articles say of their withdrawal, or of a correction.

    The note comes first in the answer, quoted where a passage that was found holds it.
    """
    text, citations, warnings = answer.answer, list(answer.citations), list(answer.warnings)
    if text is None:
        return answer
    for article in {one.article.id: one.article for one in answer.citations}.values():
        notice = article.notice
        if notice is None:
            continue
        if notice.kind == "retraction":
            note, number = notice.span, len(citations) + 1
            cited = next(_cited(answer, article, note, number), None) if note else None
            citations += [cited] if cited else []
            said = f"{in_answer(cited.quote)} [{cited.number}]" if cited else ""
            text = f"{said or f'“{in_answer(article.title)}” is withdrawn.'} {text}"
            warnings.append(_WITHDRAWN.format(article.title))
        elif notice.span:
            quote = " ".join(notice.text.split())
            warnings.append(_CORRECTED.format(article.title, quote))
    return replace(answer, answer=text, citations=tuple(citations), warnings=tuple(warnings))


def _cited(answer: Answer, article: Article, note: Span, number: int) -> Iterator[Citation]:
    for ranked in answer.passages:
        start, end = ranked.passage.span
        if ranked.article.id == article.id and start <= note[0] and note[1] <= end:
            quote = article.text[slice(*note)]
            yield Citation(number, quote, note, ranked.id, article, None, ranked.also_in)
