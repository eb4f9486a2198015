"""What the articles tell about a topic: "Tell me about the strike", "the latest on the talks".

No sentence is the answer to that, so none is looked for by the reader: each of the articles that
have the topic's words gives the sentence by which it is told.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..answer import Answer, Citation, in_answer
from ..query.phrasing import Topic
from ..query.query import Query
from ..query.terms import QueryTerms
from .quoting import quote_of
from .sentences import CandidateSentence, in_context

_WHO = re.compile(
    r"(?i:who(?:['’]s|\s+is|\s+was|\s+are|\s+were))\s+(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)+)\W*"
)
# "its head Bo Ek", "the mayor of Holt, Bo Ek", "Bo Ek, a miller", "Bo Ek, who runs"
_OFFICE_BEFORE = (
    r"(?:\b(?!\w+(?:ed|ing)\b|(?:about|after|against|because|before|from|have|said|says|than|that|"
    r"told|were|when|where|while|will|with)\b)[a-z]{4,},?\s+|\b(?:[a-z]+\s+of)\s+[A-Z][\w’-]*,\s+)"
)
_WHO_AFTER = r"(?:(?:an?|the|who|his|her|its|their)\s+[a-z]{3,}|[a-z]+ of\b)"
_MOST_ARTICLES = 3
_LEAST_SHARE = 0.6  # of the topic's words, in a passage or its title
_NEARLY_ALL = 0.99  # of its names
_AS_WORDED = 0.5  # of the best sentence's words of the topic, in one that comes before it


def answer_about(
    topic: Topic, query: Query, found: Sequence[CandidateSentence], refused: Answer
) -> Answer:
    """Return what the best articles tell of a topic, the newest first if that is asked for.

    `found` are the sentences that were read, best first. The confidence is the share of the
    topic's words that the first article has.
    """
    told = _told(topic, query, found)
    if not told:
        return refused
    if topic.newest:
        told.sort(key=lambda one: one[0].ranked.article.published or date.min, reverse=True)
    told = told[:_MOST_ARTICLES]
    citations = tuple(_citation(number, one) for number, (one, _) in enumerate(told, start=1))
    text = " ".join(f"{in_answer(one.quote)} [{one.number}]" for one in citations)
    return replace(refused.answered(text, citations), confidence=told[0][1])


def answer_who(query: Query, found: Sequence[CandidateSentence], refused: Answer) -> Answer:
    """Answer "Who is Inès N'Diaye?" by a sentence that gives her office beside her name."""
    asked = _WHO.fullmatch(query.text.strip())
    if not asked:
        return refused
    name = r"\s+".join(map(re.escape, asked["name"].split()))
    beside = re.compile(rf"{_OFFICE_BEFORE}{name}\b|\b{name},?\s+{_WHO_AFTER}")
    told = [one for one in found if beside.search(one.sentence)]
    if not told:
        return refused
    citation = _citation(1, told[0])
    return refused.answered(f"{in_answer(citation.quote)} [1]", (citation,))


def _told(
    topic: Topic, query: Query, found: Sequence[CandidateSentence]
) -> list[tuple[CandidateSentence, float]]:
    """Return a sentence of each article that is about the topic, with the share of its words."""
    terms = Query(replace(query.question, text=topic.words), query.snapshot).terms
    told: dict[str, tuple[CandidateSentence, float]] = {}
    for one in found:
        if one.ranked.article.id in told:
            continue
        article, passage = one.ranked.article, one.ranked.passage
        text = f"{article.title}\n{passage.text}"
        share = terms.share(text)
        if share >= _LEAST_SHARE and terms.share_of_names(text) >= _NEARLY_ALL:
            of_passage = [other for other in found if other.ranked is one.ranked]
            told[article.id] = (_telling(terms, of_passage), share)
    return [*told.values()]


def _telling(terms: QueryTerms, sentences: Sequence[CandidateSentence]) -> CandidateSentence:
    """Return the first sentence that has half as many of the topic's words as any."""
    shares = [terms.share(in_context(one)) for one in sentences]
    least = _AS_WORDED * max(shares)
    telling = (one for one, share in zip(sentences, shares, strict=True) if share >= least)
    return min(telling, key=lambda one: one.found.sentence)


def _citation(number: int, one: CandidateSentence) -> Citation:
    quote, ranked = quote_of(one), one.ranked
    return Citation(number, quote.text, quote.span, ranked.id, ranked.article, None, ranked.also_in)
