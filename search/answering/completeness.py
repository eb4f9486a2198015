"""Whether an answer is whole: what the question names that the cited sentences do not."""

from collections.abc import Iterator
from dataclasses import replace

from ..answer import Answer, Citation
from ..entailment.predicate import decides
from ..query.query import Query
from .composition import day_of
from .of_time import another_time, tells_of
from .quoting import before_list, sentence_before


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
    if names := query.without_time.terms.missing_names(texts):
        named = ", ".join(f"“{name}”" for name in names)
        yield f"The cited sentences do not mention {named}."
    if not any(decides(query.text, one.quote) for one in answer.citations):
        yield "The cited sentences do not say this of the same action."
    if query.time and not tells_of(query.time, answer):
        yield another_time(query.time, answer.citations[0].article)


def _context(citation: Citation) -> str:
    article, span = citation.article, citation.span
    head = (article.title, article.source or "", day_of(article))
    before = (before_list(article, span), sentence_before(article, span))
    return "\n".join((*head, *before, citation.quote))
