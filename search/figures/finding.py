"""The quantities of passages that fit what a question asks for."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ...corpus.article import Article, Span
from ...corpus.text.lists import lists_in
from ...corpus.text.sentences import sentence_spans
from ..language.corrections import corrects, is_recalled
from ..language.dates import MONTH, Period
from ..language.lexicon import WEEKDAYS, denies
from ..language.reference import start_of_reference
from ..language.units import Kind, kind_of
from ..stopping import checkpoint
from .asked import QuantityMatcher
from .counters import counter_of
from .counting import Quantity, quantities_in
from .dating import days_of
from .fitting import OF_READER, SURE, Setting, fit
from .words import Stems, alike, place_names

_SURE_OF_ONE = 0.8
_FOLLOWED = timedelta(7)  # how long an outlet goes on without naming its matter
_REACH = 200  # characters of a sentence before a number
_NEXT = 120  # characters of the next sentence that may say that this one was wrong
_LEAD = 400  # characters in which the first sentence of an article ends
_MOST_BACK = 600  # characters of the sentences that one may refer back to, with it
_AT_PLACE = re.compile(
    r"\b(?:at|near|of|off|outside)\s+(?:the\s+)?"
    rf"(?!(?i:{MONTH}|{'|'.join(WEEKDAYS)})\b)[A-Z]"
)
_TOTAL = re.compile(r":\s+(?:(?:in\s+)?total|all|altogether|overall|sum)\b", re.IGNORECASE)


class Evidence(NamedTuple):
    """A passage that may answer: `article.text[slice(*span)]`.

    `answer` is what a reader takes for the answer, as offsets into the passage, with its
    `probability`.
    """

    article: Article
    span: Span
    answer: Span | None = None
    probability: float = 0.0


class Mention(NamedTuple):
    """Where a figure stands: the number of the evidence, and spans in its article's text."""

    evidence: int
    sentence: Span
    number: Span

    @property
    def quote(self) -> tuple[int, Span]:
        """The sentence to be quoted."""
        return self.evidence, self.sentence


class Found(NamedTuple):
    """A quantity that fits, in its setting; the better, the higher its score."""

    quantity: Quantity
    mention: Mention
    days: Period | None
    score: float
    setting: Setting
    group: Stems  # of people, that the question does not name
    is_recalled: bool  # given as the wrong figure, by a correction
    sure: float = 0.0  # the reader's probability, where it is the number read

    @property
    def clause(self) -> str:
        """The part of its sentence that belongs to its number."""
        return self.setting.sentence[slice(*self.quantity.clause)]

    @property
    def words(self) -> float:
        """Its score without the reader's part."""
        return self.score - OF_READER * self.sure

    @property
    def is_denied(self) -> bool:
        """Whether its sentence denies it: "He denied that 30 tanks were lost"."""
        return denies(self.before)

    @property
    def before(self) -> str:
        """What its sentence says before it, as far as that may tell of it."""
        start = self.quantity.number.whole[0]
        return self.setting.sentence[max(0, start - _REACH) : start]

    @property
    def counter(self) -> str | None:
        """Who counted, as its sentence names them."""
        return counter_of(self.setting.sentence, self.quantity.number.span)

    @property
    def kind(self) -> tuple[Kind | None, bool, Stems]:
        """What it measures, whether it is a change, and the group of people that it counts."""
        unit = self.quantity.number.unit
        return (kind_of(unit) if unit else None), self.quantity.is_change, self.group


def found_in(
    evidence: Sequence[Evidence], matcher: QuantityMatcher, as_of: date | None
) -> Iterator[Found]:
    """Yield the quantities of the evidence that fit, known by `as_of`.

    They may be of what the outlet's name and the article's beginning name. What is withdrawn or
    denied is left out, and a plan where the question is of the past, or the other way round.
    """
    scenes = [matcher.stems(_scene_of(passage.article)) for passage in evidence]
    for number, passage in enumerate(evidence):
        checkpoint()
        scene = _scene(number, evidence, scenes, matcher)
        withdrawn = passage.article.is_withdrawn
        fitting = _as_read([*_fitting(matcher, number, passage, scene)])
        named = [one.score for one in fitting if matcher.names_what(one.quantity)]
        least = max(named, default=0.0)
        for one in fitting:
            if one.score < least and not matcher.names_what(one.quantity):
                continue
            if matcher.tells_another_time(one.clause, one.setting.sentence) or one.is_denied:
                continue
            if withdrawn and not one.is_recalled:
                continue  # one that is recalled is wrong elsewhere too
            if as_of is None or _is_known(one, passage.article, as_of):
                yield one


def _as_read(fitting: list[Found]) -> list[Found]:
    """Return those that fit at least as well by their words as one that the reader is sure of."""
    read = [one for one in fitting if one.sure >= _SURE_OF_ONE and not one.is_recalled]
    if not read:
        return fitting
    best = max(read, key=lambda one: one.words)
    return [
        one
        for one in fitting
        if one.mention.sentence == best.mention.sentence
        or one.words >= best.words
        or one.is_recalled
        or (one.counter and one.counter != best.counter)
    ]


def _is_known(one: Found, article: Article, as_of: date) -> bool:
    published = article.published or article.event
    return bool(published and published <= as_of and one.days and one.days[1] <= as_of)


def _fitting(
    matcher: QuantityMatcher, number: int, passage: Evidence, scene: Stems
) -> Iterator[Found]:
    """Yield the quantities of a passage that fit what is asked."""
    offset, text = passage.span[0], passage.article.text[slice(*passage.span)]
    corrected = passage.article.is_withdrawn or corrects(f"{passage.article.title}\n{text}")
    for span, setting in _settings(matcher, passage, text, scene):
        answer = passage.answer and _meeting(passage.answer, span)
        if not (answer or matcher.may_be_in(setting.near)):
            continue
        sentence = (offset + span[0], offset + span[1])
        counted = quantities_in(setting.sentence, setting.referred)
        fitting = matcher.of_outcome(counted)
        for quantity in fitting:
            place = quantity.number.span
            # Of the injured and the killed, those asked for are the answer, whichever was read.
            is_answer = answer and (len(fitting) < len(counted) or _meeting(answer, place))
            sure = passage.probability if is_answer and passage.probability >= SURE else 0.0
            score = fit(matcher, quantity, setting, sure)
            if score is None:
                continue
            following = text[span[1] : span[1] + _NEXT]
            yield Found(
                quantity,
                Mention(number, sentence, (sentence[0] + place[0], sentence[0] + place[1])),
                days_of(quantity, sentence, passage.article),
                score,
                setting,
                matcher.group_in(quantity),
                corrected and is_recalled(setting.sentence, place, following),
                sure,
            )


def _settings(
    matcher: QuantityMatcher, passage: Evidence, text: str, scene: Stems
) -> Iterator[tuple[Span, Setting]]:
    """Yield the sentences of a passage that may tell, with their spans in it."""
    title = passage.article.title
    around = matcher.stems(f"{title}\n{text}") | scene
    is_read = passage.answer is not None and passage.probability >= SURE
    if not (is_read or matcher.is_about(around)):
        return
    others = {*_other_rows(matcher, text)}
    for first, last in sentence_spans(text):
        if (first, last) not in others:
            start = start_of_reference(text, (first, last), 0, _MOST_BACK)
            near, before = f"{title}\n{text[start:last]}", f"{title}\n{text[:last]}"
            own = matcher.stems(text[first:last])
            stems = own if start == first and not title else matcher.stems(near)
            yield (
                (first, last),
                Setting(text[first:last], own, stems | scene, around, scene, near, before),
            )


def _scene(
    number: int, evidence: Sequence[Evidence], scenes: Sequence[Stems], matcher: QuantityMatcher
) -> Stems:
    """Return the scene of an article; one that names no place goes on from its outlet's."""
    scene, article = scenes[number], evidence[number].article
    if matcher.is_about(scene) or not article.source:
        return scene
    if place_names(article.text) or _AT_PLACE.search(article.text):
        return scene
    before = (
        other
        for one, other in zip(evidence, scenes, strict=True)
        if article.source == one.article.source and _follows(article, one.article)
    )
    return scene.union(*filter(matcher.is_about, before))


def _follows(article: Article, other: Article) -> bool:
    days = article.published and other.published and article.published - other.published
    return bool(days) and timedelta(0) < days <= _FOLLOWED


def _scene_of(article: Article) -> str:
    """Return what sets the scene of all that an article tells: outlet, title, first sentence."""
    beginning = article.text[:_LEAD]
    first = next(iter(sentence_spans(beginning)), (0, 0))
    return f"{article.source or ''}\n{article.title}\n{beginning[slice(*first)]}"


def _meeting(one: Span, other: Span) -> Span | None:
    """Return where a span lies in one that it meets, as offsets into that."""
    meets = one[0] < other[1] and other[0] < one[1]
    return (one[0] - other[0], one[1] - other[0]) if meets else None


def _other_rows(matcher: QuantityMatcher, text: str) -> Iterator[Span]:
    """Yield the rows of tables that have fewer of the asked words than another row.

    Of rows that have as many, a row of totals is the one.
    """
    asked = matcher.things | matcher.outcomes | matcher.others
    for table in lists_in(text):
        if not table.rows:
            continue
        rows = [text[slice(*row)] for row in table.items]
        shared = [(len(alike(asked, matcher.stems(row))), bool(_TOTAL.search(row))) for row in rows]
        yield from (
            row for row, here in zip(table.items, shared, strict=True) if here < max(shared)
        )
