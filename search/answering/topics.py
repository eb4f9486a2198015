"""What the articles tell about a topic: "Tell me about the strike", "the latest on the talks".

No sentence is the answer to that, so none is looked for by the reader: each of the articles that
have the topic's words gives the sentence by which it is told.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ...corpus.text.folding import folded
from ..answer import Answer, Citation, in_answer
from ..query.phrasing import Topic
from ..query.query import Query
from ..query.terms import QueryTerms
from .quoting import quote_of
from .sentences import CandidateSentence, in_context

_WHO = re.compile(r"(?i:who(?:['’]s|\s+is|\s+was|\s+are|\s+were))\s+(?P<name>[^?.!,]+?)\W*")
# "its head Bo Ek", "the mayor of Holt, Bo Ek", "a bank led by Bo Ek"
_OFFICE_BEFORE = re.compile(
    r"(?:\b(?!\w+(?:ed|ing)\b|(?:about|after|against|because|before|from|have|said|says|than|that|"
    r"told|were|when|where|while|will|with)\b)[a-z]{4,},?\s+|\b(?:[a-z]+\s+of)\s+[A-Z][\w’-]*,\s+"
    r"|\b(?:led|headed|chaired|run|founded|owned|coached|directed|edited|written)\s+by\s+)\Z"
)
# "Bo Ek, a miller", "Bo Ek, who runs", "Bo Ek leads the choir"
_OFFICE_AFTER = re.compile(
    r",?\s+(?:(?:an?|the|who|his|her|its|their)\s+[a-z]{3,}|[a-z]+ of\b"
    r"|(?:chairs|coaches|conducts|directs|edits|heads|leads|manages|owns|runs)\b)"
)
_HOW_OLD = re.compile(
    r"(?:how\s+old\s+(?:is|was)|what(?:['’]s|\s+is|\s+was)\s+the\s+age\s+of)\s+(?P<name>[^?.!,]+?)\W*",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"(?:,\s+(?:aged\s+)?|\s+\()\d{1,3}\b(?=[,.)])|,?\s+(?:is|was)\s+\d{1,3}\b")
_AGE_BEFORE = re.compile(r"\b\d{1,3}-year-old\s+(?:[a-z]+\s+)?\Z")
_WHO_MADE = re.compile(
    r"who\s+(?:wrote|composed|painted|directed|created|designed|made)\s+(?P<work>[^?.!]+?)\W*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby\s+(?:(?:the|an?)\s+)?(?:[a-z]+\s+){0,2}[^\W\d_a-zà-öø-ÿ][\w’'-]*(?:\s+[^\W\d_a-zà-öø-ÿ])?"
)
_NEXT = 40  # characters between a work and who made it
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
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
    """Answer "Who is Inès N'Diaye?" by a sentence that gives her office beside her name.

    "How old is she?" is answered by one with her age there, "Who wrote What If?" by one that says
    by whom it is.
    """
    told = _telling_who(query.text.strip(), found)
    if not told:
        return refused
    citation = _citation(1, told[0])
    return refused.answered(f"{in_answer(citation.quote)} [1]", (citation,))


def _telling_who(text: str, found: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """Return the sentences with the words beside a name that answer by themselves."""
    if made := _WHO_MADE.fullmatch(text):
        return [one for one in found if _says_by_whom(made["work"], one)]
    if asked := _WHO.fullmatch(text):
        return [one for one in found if _introduces(asked["name"], one.sentence)]
    if aged := _HOW_OLD.fullmatch(text):
        return [one for one in found if _gives_age(aged["name"], one)]
    return []


def _gives_age(name: str, one: CandidateSentence) -> bool:
    """Whether a sentence gives an age beside a name, or the last name after the whole one."""
    if _has_beside(name, one.sentence, _AGE_BEFORE, _AGE_AFTER):
        return True
    known = folded(name) in folded(one.ranked.passage.text)
    return known and _has_beside(name.split()[-1], one.sentence, _AGE_BEFORE, _AGE_AFTER)


def _introduces(name: str, sentence: str) -> bool:
    """Whether a sentence gives an office beside a name."""
    return _has_beside(name, sentence, _OFFICE_BEFORE, _OFFICE_AFTER)


def _has_beside(
    name: str, sentence: str, told_before: re.Pattern[str], told_after: re.Pattern[str]
) -> bool:
    """Whether one of the patterns is found right before or after a name, however accented."""
    asked = [_plain(word[0]) for word in _WORD.finditer(name)]
    words = list(_WORD.finditer(sentence))
    for place in range(len(words) - len(asked) + 1):
        here = words[place : place + len(asked)]
        capital = all(word[0][0].isupper() for word in here)
        if asked and capital and [_plain(word[0]) for word in here] == asked:
            before, after = sentence[: here[0].start()], sentence[here[-1].end() :]
            if told_before.search(before) or told_after.match(after):
                return True
    return False


def _says_by_whom(work: str, one: CandidateSentence) -> bool:
    """Whether a sentence says by whom a work is, by its name or as "it"."""
    context = in_context(one)
    place = context.find(work)
    if place < 0:
        return False
    by = _BY.search(one.sentence)
    if len(context) > len(one.sentence):  # "It is by the writer Bo Ek"
        return bool(by) and context.endswith(one.sentence)
    return bool(by) and 0 <= by.start() - place - len(work) <= _NEXT


def _plain(word: str) -> str:
    return folded(word.translate(_APOSTROPHES))


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
