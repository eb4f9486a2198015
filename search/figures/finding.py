"""The quantities of passages that fit what a question asks for."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ...corpus.article import Article, Span
from ...corpus.text.sentences import sentence_spans
from ..language.corrections import corrects, is_recalled
from ..language.dates import Period
from ..language.lexicon import denies
from ..language.reference import start_of_reference
from ..language.units import Kind, kind_of
from ..stopping import checkpoint
from .asked import SURE, Fit, QuantityMatcher, Setting
from .counters import counter_of
from .counting import Quantity, quantities_in
from .dating import days_of
from .subjects import About, other_rows
from .words import Stems

_NEXT = 120  # characters of the next sentence that may say that this one was wrong
_LEAD = 400  # characters in which the first sentence of an article ends
_MOST_BACK = 600  # characters of the sentences that one may refer back to, with it


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
    """A quantity that fits, in its sentence."""

    quantity: Quantity
    mention: Mention
    days: Period | None
    fit: Fit
    sentence: str
    about: About
    group: Stems  # of people, that the question does not name
    is_recalled: bool  # given as the wrong figure, by a correction

    @property
    def clause(self) -> str:
        """The part of its sentence that belongs to its number."""
        return self.sentence[slice(*self.quantity.clause)]

    @property
    def is_denied(self) -> bool:
        """Whether its sentence denies it: "He denied that 30 tanks were lost"."""
        return denies(self.sentence[: self.quantity.number.span[0]])

    @property
    def counter(self) -> str | None:
        """Who counted, as its sentence names them."""
        return counter_of(self.sentence, self.quantity.number.span)

    @property
    def kind(self) -> tuple[Kind | None, bool, Stems]:
        """What it measures, whether it is a change, and the group of people that it counts."""
        unit = self.quantity.number.unit
        return (kind_of(unit) if unit else None), self.quantity.is_change, self.group


def found_in(
    evidence: Sequence[Evidence],
    matcher: QuantityMatcher,
    as_of: date | None,
    in_scene: bool = False,
) -> Iterator[Found]:
    """Yield the quantities of the evidence that fit, known by `as_of`.

    With `in_scene` they may be of what the outlet's name and the article's beginning name; what
    is withdrawn, denied, or a plan where the question is of the past is left out.
    """
    for number, passage in enumerate(evidence):
        checkpoint()
        if in_scene and passage.article.is_withdrawn:
            continue
        for one in _fitting(matcher, number, passage, in_scene):
            if in_scene and (one.is_denied or matcher.tells_another_time(one.clause)):
                continue
            if as_of is None or _is_known(one, passage.article, as_of):
                yield one


def _is_known(one: Found, article: Article, as_of: date) -> bool:
    published = article.published or article.event
    return bool(published and published <= as_of and one.days and one.days[1] <= as_of)


def _fitting(
    matcher: QuantityMatcher, number: int, passage: Evidence, in_scene: bool
) -> Iterator[Found]:
    """Yield the quantities of a passage that fit what is asked."""
    offset, text = passage.span[0], passage.article.text[slice(*passage.span)]
    title = passage.article.title
    scene = matcher.stems(_scene_of(passage.article)) if in_scene else frozenset[str]()
    around = matcher.stems(f"{title}\n{text}") | scene
    is_read = passage.answer is not None and passage.probability >= SURE
    if not (is_read or matcher.is_about(around)):
        return
    corrected = corrects(f"{title}\n{text}")
    others = {*other_rows(matcher.things | matcher.outcomes | matcher.others, matcher.stems, text)}
    for first, last in sentence_spans(text):
        if (first, last) in others:
            continue
        own = matcher.stems(text[first:last])
        about = _about(matcher, title, text, (first, last), scene)
        setting = Setting(text[first:last], own, about.stems, around, scene)
        start, end = passage.answer or (0, 0)
        answer = (start - first, end - first) if start < last and first < end else None
        if not (answer or matcher.may_be_in(setting.near)):
            continue
        sentence = (offset + first, offset + last)
        counted = quantities_in(setting.sentence)
        fitting = matcher.of_outcome(counted)
        for quantity in fitting:
            start, end = quantity.number.span
            # Of the injured and the killed, those asked for are the answer, whichever was read.
            is_answer = answer and (len(fitting) < len(counted) or _meets(quantity, answer))
            fit = matcher.fit(quantity, setting, passage.probability if is_answer else 0.0)
            if fit:
                mention = Mention(number, sentence, (sentence[0] + start, sentence[0] + end))
                days = days_of(quantity, sentence, passage.article)
                group = matcher.group_in(quantity)
                recalled = corrected and is_recalled(
                    setting.sentence, quantity.number.span, text[last : last + _NEXT]
                )
                yield Found(quantity, mention, days, fit, setting.sentence, about, group, recalled)


def _scene_of(article: Article) -> str:
    """Return what sets the scene of all that an article tells: outlet, title, first sentence."""
    beginning = article.text[:_LEAD]
    first = next(iter(sentence_spans(beginning)), (0, 0))
    return f"{article.source or ''}\n{article.title}\n{beginning[slice(*first)]}"


def _meets(quantity: Quantity, answer: Span) -> bool:
    start, end = quantity.number.span
    return start < answer[1] and answer[0] < end


def _about(matcher: QuantityMatcher, title: str, text: str, sentence: Span, scene: Stems) -> About:
    start = start_of_reference(text, sentence, 0, _MOST_BACK)
    near = f"{title}\n{text[start : sentence[1]]}"
    return About(matcher.stems(near) | scene, near, f"{title}\n{text[: sentence[1]]}")
