"""Who says what in an article: direct and reported, each verbatim and with its speaker.

Whose words are not clear are left out: a missed quotation does less harm than a wrong speaker.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from ....corpus.article import Span
from ....corpus.text.sentences import sentence_spans
from ...language.periods import time_phrases
from ...language.speech.attribution import (
    SPEECH,
    Attribution,
    attributions,
    is_tag,
    words_between,
)
from ...language.speech.people import Mention, people_in
from ...language.speech.quotation_marks import quoted_spans
from ...language.speech.tokens import QUOTED, Token, masked, tokens
from .cast import Cast

Form = Literal["direct", "reported"]

# A line that was cut in writing, not by its end: the next one belongs to it.
_CUT = re.compile(r"(?<=[\w,;–—-])\n(?=[a-z])")
_BLOCKS = re.compile(r"(\n\s*\n)")
_CUT_LENGTHS = range(40, 131)  # a quotation in it may make a line longer
_QUOTATION_BEGINS = re.compile(rf"(?<=[.!?])(?<!\b[A-Z]\.)\s+(?={QUOTED})")
_OPEN_ENDS = 0.4  # the share of lines that end within a sentence, where all are cut
_TIME = re.compile(
    r"\b(?:\w+day|yesterday|today|tonight|last|this|earlier|\d|January|February|March|April|May|"
    r"June|July|August|September|October|November|December)",
)
_TRAILING = re.compile(r"[\s,;:–—-]+\Z")
_LEADING = re.compile(r"\A(?:[\s,;:–—-]|that\s)+")
# Paragraphs around one that names somebody, in which "he" or "the minister" may mean them.
_BEFORE, _AFTER = 1, 4
_LEAST = 3  # words of what is reported
_MOST_TOKENS = 300  # of a sentence: to read one without end would take minutes


@dataclass(frozen=True, slots=True)
class Quotation:
    """That somebody says something, in an article's text.

    `span` is what is said and `sentence` all that tells it; `quoted` are the spans in quotation
    marks. `speaker` is the fullest name that the article gives, `office` what it says the speaker
    is, `written` the words at this place. `day` is the day on which it was said, where the sentence
    tells it. `kind` is "person", "group", "role" or, where the article does not tell, "name".
    """

    speaker: str
    office: str
    written: str
    kind: str
    verb: str
    form: Form
    span: Span
    sentence: Span
    quoted: tuple[Span, ...] = ()
    addressee: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class _Sentence:
    span: Span
    paragraph: int
    tokens: Sequence[Token]

    @cached_property
    def people(self) -> Sequence[Mention]:
        """The people whom it names, outside of quotation marks."""
        return [*people_in(self.tokens)]

    @property
    def is_quotation(self) -> bool:
        """Whether all of it is in quotation marks."""
        return any(token.is_quotation for token in self.tokens) and not any(
            token.is_word for token in self.tokens
        )


def quotations_in(
    text: str, published: date | None = None, near: re.Pattern[str] | None = None
) -> list[Quotation]:
    """Return who says what in an article's text, in text order.

    With `near`, only the paragraphs around those in which the pattern is found are read.

    >>> [found] = quotations_in("“We will come,” Kalın told Anadolu Agency.")
    >>> found.speaker, found.verb, found.addressee
    ('Kalın', 'tell', 'Anadolu Agency')
    """
    quoted = quoted_spans(text)
    if not quoted and not SPEECH.search(text):
        return []
    shown = masked(text, quoted)
    sentences = [*_joined([*_sentences(shown, text, near)])]
    cast = Cast()
    cast.meet([one for sentence in sentences for one in sentence.people])
    return [*_Reading(text, shown, published, cast).read(sentences)]


class _Reading:
    """An article read from the beginning, so that each sentence knows whom the last was about."""

    def __init__(self, text: str, shown: str, published: date | None, cast: Cast) -> None:
        self._text = text
        self._shown = shown
        self._published = published
        self._cast = cast

    def read(self, sentences: Sequence[_Sentence]) -> list[Quotation]:
        found: list[Quotation] = []
        last: Quotation | None = None  # of the sentence before, or of the paragraph before
        paragraph = -1
        for sentence in sentences:
            near = last is not None and sentence.paragraph - paragraph <= 1
            if sentence.is_quotation:
                if last is not None and near and self._is_said(sentence):
                    same = sentence.paragraph == paragraph
                    last = self._going_on(found, last, sentence, same)
                    paragraph = sentence.paragraph
                    self._cast.follow(
                        sentence.tokens, sentence.people, paragraph, (last.speaker, last.kind)
                    )
                continue
            here = [*self._in_sentence(sentence)]
            found += [one for one in here if one.span[0] < one.span[1]]
            said_by = (here[-1].speaker, here[-1].kind) if here else None
            self._cast.follow(sentence.tokens, sentence.people, sentence.paragraph, said_by)
            last = here[-1] if here else None
            paragraph = sentence.paragraph
        return found

    def _going_on(
        self, found: list[Quotation], last: Quotation, sentence: _Sentence, same: bool
    ) -> Quotation:
        """Add a sentence that is all quotation to the one before, or as another by its speaker."""
        marks = tuple((t.start, t.end) for t in sentence.tokens if t.is_quotation)
        span = marks[0][0], marks[-1][1]
        if same and last.form == "direct" and found and found[-1] is last:
            found[-1] = replace(
                last,
                span=(min(last.span[0], span[0]), span[1]),
                sentence=(last.sentence[0], sentence.span[1]),
                quoted=(*last.quoted, *marks),
            )
            return found[-1]
        another = replace(
            last, form="direct", span=span, sentence=sentence.span, quoted=marks, addressee=None
        )
        found.append(another)
        return another

    def _is_said(self, sentence: _Sentence) -> bool:
        """Return whether a sentence in quotation marks reads as one, not as a heading."""
        words = self._text[slice(*sentence.span)]
        return bool(re.search(r"[.,?!…]\W*\Z", words)) and len(words.split()) >= _LEAST

    def _in_sentence(self, sentence: _Sentence) -> Iterator[Quotation]:
        if not SPEECH.search(self._shown, *sentence.span):
            return
        for one in attributions(sentence.tokens):
            named = self._cast.resolved(one.speaker, sentence.paragraph, sentence.tokens)
            if named is None:
                continue
            found = self._quotation(one, named, sentence)
            if found:
                yield found

    def _quotation(
        self, one: Attribution, named: tuple[str, str, str], sentence: _Sentence
    ) -> Quotation | None:
        marks = tuple((sentence.tokens[at].start, sentence.tokens[at].end) for at in one.quotations)
        whole = self._trimmed(words_between(sentence.tokens, one.said))
        quoted = sum(end - start for start, end in marks)
        is_direct = bool(marks) and 2 * quoted >= whole[1] - whole[0] - self._told(one, sentence)
        span = (marks[0][0], marks[-1][1]) if is_direct else whole
        announced = self._shown[slice(*span)] == "" and sentence.tokens[one.said[0]].text == ":"
        said = self._shown[slice(*span)].split()
        if not announced and not marks and len(said) < _LEAST:
            return None
        return Quotation(
            speaker=named[0],
            office=named[1],
            written=one.speaker.words,
            kind=named[2],
            verb=one.verb,
            form="direct" if is_direct else "reported",
            span=span,
            sentence=sentence.span,
            quoted=marks,
            addressee=one.addressee,
            day=self._day(one, sentence),
        )

    def _told(self, one: Attribution, sentence: _Sentence) -> int:
        """Return how many characters of what is said are of the words that tell who says it."""
        if one.said[0] <= one.around[0] and one.around[1] <= one.said[1]:
            start, end = words_between(sentence.tokens, one.around)
            return end - start
        return 0

    def _trimmed(self, span: Span) -> Span:
        said = self._text[slice(*span)]
        leading = _LEADING.match(said)
        trailing = _TRAILING.search(said)
        start = span[0] + (leading.end() if leading else 0)
        end = span[0] + (trailing.start() if trailing else len(said))
        return (start, end) if start < end else (span[0], span[0])

    def _day(self, one: Attribution, sentence: _Sentence) -> date | None:
        start, end = words_between(sentence.tokens, one.around)
        told = self._shown[start:end]
        if not self._published or not _TIME.search(told):
            return None
        for phrase in time_phrases(told, self._published):
            days = [first for first, last in phrase.days if first == last <= self._published]
            if days and phrase.lead not in ("since", "before", "after", "until"):
                return days[-1]
        return None


def _sentences(shown: str, text: str, near: re.Pattern[str] | None) -> Iterator[_Sentence]:
    """Yield the sentences of masked text, with what is in quotation marks as one word."""
    whole = _CUT.sub(" ", "".join(map(_uncut, _BLOCKS.split(shown))))
    lines = [*_lines(whole)]
    if near:
        having = [number for number, span in enumerate(lines) if near.search(text, *span)]
        read = {n + away for n in having for away in range(-_BEFORE, _AFTER + 1)}
    else:
        read = set(range(len(lines)))
    for number, (start, end) in enumerate(lines):
        if number in read:
            line = whole[start:end]
            for first, last in _parted(line, sentence_spans(line, "en")):
                span = start + first, start + last
                if len(words := tokens(whole, span)) <= _MOST_TOKENS:
                    yield _Sentence(span, number, words)


def _lines(text: str) -> Iterator[Span]:
    """Yield the spans of the lines that are not empty."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _parted(line: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Part sentences before a quotation, too, where the splitter sees no letter."""
    for start, end in spans:
        for border in _QUOTATION_BEGINS.finditer(line, start, end):
            yield start, border.start()
            start = border.end()
        yield start, end


def _uncut(block: str) -> str:
    """Return a block of lines as one, where they were cut at a width."""
    lines = block.split("\n")[:-1]
    if len(lines) < 2 or not block.strip():
        return block
    is_open = [line.rstrip()[-1:].isalnum() or line.rstrip().endswith(",") for line in lines]
    wide = (len(line) in _CUT_LENGTHS or QUOTED in line for line in lines)
    cut = all(wide) and sum(is_open) >= _OPEN_ENDS * len(lines)
    return block.replace("\n", " ") if cut else block


def _joined(sentences: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """Yield the sentences, each with a following one that says only who said it."""
    at = 0
    while at < len(sentences):
        one = sentences[at]
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        if (
            following
            and following.paragraph == one.paragraph
            and one.tokens
            and one.tokens[-1].is_quotation
            and is_tag(following.tokens)
            and (one.is_quotation or not attributions(one.tokens))
        ):
            one = _Sentence(
                (one.span[0], following.span[1]),
                one.paragraph,
                [*one.tokens, *following.tokens],
            )
            at += 1
        yield one
        at += 1
