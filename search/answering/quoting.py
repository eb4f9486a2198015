"""Quotations: whole sentences of an article, verbatim, that can be understood by themselves."""

import re
from dataclasses import dataclass

from ...corpus.article import Article, Span
from ...corpus.text.lists import TextList, lists_in
from ...corpus.text.sentences import sentence_spans
from ..language.reference import start_of_reference
from .sentences import CandidateSentence

# A longer sentence is shortened around its answer, at word boundaries.
MOST_CHARACTERS = 420
_MOST_OF_LIST = 1200  # characters; of a longer list the first items are quoted


@dataclass(frozen=True, slots=True)
class Quote:
    """`article.text[span[0]:span[1]]`; `answer` is the answer's span in that, where known."""

    article: Article
    span: Span
    answer: Span | None

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.article.text[slice(*self.span)]


def quotes_of(sentence: CandidateSentence, several: bool = False) -> list[Quote]:
    """Return a sentence as a quotation, and what of its list it cannot be understood without.

    Words that announce a list are quoted with its items; an item that is no sentence comes after
    such words. Where the question asks for `several` things, the whole list is quoted.
    """
    text, whole = sentence.ranked.article.text, _in_article(sentence, sentence.found.sentence)
    found = next((one for one in lists_in(text) if whole in one.parts), None)
    if found is None:
        return [quote_of(sentence)]
    if (whole == found.lead and (found.announced or several)) or (several and whole in found.items):
        return [_quoted(sentence, _span_of(found))]
    if whole == found.lead or not found.lead or not found.announced or _is_sentence(text, whole):
        return [quote_of(sentence)]
    if whole == found.items[0]:
        return [_quoted(sentence, (found.lead[0], whole[1]))]
    return [Quote(sentence.ranked.article, found.lead, None), quote_of(sentence)]


def before_list(article: Article, span: Span) -> str:
    """Return the paragraph before the list that a quotation is an item of; else nothing."""
    inside = (one for one in lists_in(article.text) if span in one.items and one.lead)
    lead = next((found.lead for found in inside), None)
    return article.text[article.text.rfind("\n", 0, lead[0]) + 1 : lead[1]] if lead else ""


def _span_of(found: TextList) -> Span:
    start = found.parts[0][0]
    ends = [end for _, end in found.parts if end - start <= _MOST_OF_LIST]
    return start, max(ends, default=found.parts[0][1])


def _is_sentence(text: str, item: Span) -> bool:
    """Return whether an item reads as a sentence, after its bullet or number."""
    words = re.sub(r"^[\W\d]+", "", text[slice(*item)])
    return words[:1].isupper() and words.endswith((".", "!", "?", "”", '"'))


def quote_of(sentence: CandidateSentence) -> Quote:
    """Return a sentence as a quotation, with those before as far as it refers back to them."""
    article, offset = sentence.ranked.article, sentence.ranked.passage.span[0]
    start, end = _in_article(sentence, sentence.found.sentence)
    start, end = _shortened(article.text, (start, end), _in_article(sentence, sentence.found.span))
    start = start_of_reference(article.text, (start, end), offset, MOST_CHARACTERS)
    return _quoted(sentence, (start, end))


def _in_article(sentence: CandidateSentence, span: Span) -> Span:
    offset = sentence.ranked.passage.span[0]
    return span[0] + offset, span[1] + offset


def _quoted(sentence: CandidateSentence, quoted: Span) -> Quote:
    """Return the quotation at `quoted` in the article, with the answer in it."""
    first, last = _in_article(sentence, sentence.found.span)
    first, last = max(first, quoted[0]), min(last, quoted[1])
    whole = (first, last) == quoted
    answer = None if whole or first >= last else (first - quoted[0], last - quoted[0])
    return Quote(sentence.ranked.article, quoted, answer)


def sentence_before(article: Article, span: Span) -> str:
    """Return the sentence before a quotation, in the same paragraph, or nothing."""
    line = article.text.rfind("\n", 0, span[0]) + 1
    before = sentence_spans(article.text[line : span[0]])
    return article.text[line + before[-1][0] : span[0]] if before else ""


def _shortened(text: str, sentence: Span, answer: Span) -> Span:
    """Return the span of a sentence, cut at words around the answer where it is too long."""
    start, end = sentence
    if end - start <= MOST_CHARACTERS:
        return sentence
    middle = (answer[0] + min(answer[1], answer[0] + MOST_CHARACTERS)) // 2
    first = max(start, min(middle - MOST_CHARACTERS // 2, end - MOST_CHARACTERS))
    last = first + MOST_CHARACTERS
    if first > start:
        first = min(_next_word(text, first), answer[0])
    if last < end:
        space = text.rfind(" ", answer[0] + 1, last + 1)
        last = space if space > first else last  # some languages have no spaces
    return first, last


def _next_word(text: str, place: int) -> int:
    space = text.find(" ", place)
    return place if space < 0 else space + 1
