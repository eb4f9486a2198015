"""The answer to a question for a quantity: the figures of the articles, latest first."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...corpus.article import Article, Span
from ...corpus.text.sentences import is_heading, sentence_spans
from ...corpus.text.spelling import DEFAULT_SPELLINGS, Spellings
from ..answer import Citation, Figure, in_answer
from ..language.dates import Period, in_words
from ..language.numbers import numbers_in
from ..language.reference import refers_back, with_the_one_before
from ..language.units import kind_of
from ..results import RankedPassage
from .asked import matcher_for
from .comparing import compare
from .finding import Evidence, Mention
from .history import DatedFigure, FigureHistory, history_of

# "By how many did it rise": the numbers themselves do not answer that.
_ASKS_FOR_CHANGE = re.compile(r"\bby how (?:many|much)\b", re.IGNORECASE)
_CORRECTS = "“{}” corrects an earlier figure, {}."
_ONLY_LATER = "The earliest figure here is of {}."
MOST_CHARACTERS = 420  # of a sentence with the one that it refers back to
_AMOUNTS = ("share", "money", "weight", "volume")  # kinds of units that are of something

Reported = tuple[Article, str]  # an article and a sentence of it
AreOneSource = Callable[[Reported, Reported], bool]
_FEWEST = 3  # words of the question, all of which a later sentence must have

Quoted = tuple[int, Span]  # which of the passages, and a sentence of its article


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """Figures and their citations.

    If all figures found are later than the time asked for, there are none: `text` is None, and
    `warnings` say so.
    """

    text: str | None
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()


def answer_with_figures(
    question: str,
    passages: Sequence[RankedPassage],
    as_of: date | None,
    spellings: Spellings = DEFAULT_SPELLINGS,
    *,
    are_one_source: AreOneSource,
) -> FigureAnswer | None:
    """Answer with the figures of the time that is asked for; None if there are no figures.

    Of reports that `are_one_source` one is cited for a figure.
    """
    evidence = [evidence_of(one) for one in passages]
    history = history_of(question, evidence, as_of, spellings)
    if not history:
        return None
    if history.earliest:
        return FigureAnswer(None, warnings=(_ONLY_LATER.format(days_in_words(history.earliest)),))
    if _ASKS_FOR_CHANGE.search(question) and not history.figures[0].quantity.is_change:
        return None
    history = _each_source_once(history, passages, are_one_source)
    numbers, citations = _cited(history, passages)
    figures = _figures(history, numbers, citations)
    if len(figures) > 1 or not history.is_of_asked:
        text = figures_line(history, numbers)
    else:  # a single figure is answered with the sentence that gives it
        markers = "".join(f"[{citation.number}]" for citation in citations)
        text = f"{in_answer(citations[0].quote)} {markers}"
    if later := _later_report(question, history, evidence, spellings):
        said, last = _told_later(len(citations) + 1, passages[later[0]], later[1])
        text, citations = f"{text} {said}", (*citations, last)
    return FigureAnswer(text, citations, figures, tuple(_corrections(history, passages)))


def answer_with_comparison(
    question: str,
    passages: Sequence[RankedPassage],
    spellings: Spellings = DEFAULT_SPELLINGS,
    *,
    are_one_source: AreOneSource,
) -> FigureAnswer | None:
    """Answer with figures compared; None if the question compares none, or not all are found."""
    found = compare(question, [evidence_of(one) for one in passages], spellings)
    if not found:
        return None
    history = _each_source_once(FigureHistory(found.figures), passages, are_one_source)
    numbers, citations = _cited(history, passages)
    said = "; ".join(_of_subject(one, numbers) for one in history.figures)
    return FigureAnswer(
        f"{said}. {found.computed}", citations, _figures(history, numbers, citations)
    )


def _each_source_once(
    history: FigureHistory, passages: Sequence[RankedPassage], are_one_source: AreOneSource
) -> FigureHistory:
    """Return the figures with one mention of each source."""

    def told(mention: Mention) -> Reported:
        article = passages[mention.evidence].article
        return article, article.text[slice(*mention.sentence)]

    def cited(figure: DatedFigure) -> DatedFigure:
        kept: list[Mention] = []
        for one in figure.mentions:
            if not any(are_one_source(told(one), told(other)) for other in kept):
                kept.append(one)
        return replace(figure, mentions=tuple(kept))

    return replace(history, figures=tuple(map(cited, history.figures)))


def _later_report(
    question: str, history: FigureHistory, evidence: Sequence[Evidence], spellings: Spellings
) -> tuple[int, Span] | None:
    """Return the latest sentence that has all words of the question and is later than its figures.

    It is given as the number of its evidence and its span in the article. A sentence with a figure
    of its own is none: figures are compared by themselves.
    """
    matcher, day = matcher_for(question, spellings), history.figures[0].day
    words = matcher.things | matcher.outcomes | matcher.others if matcher else frozenset()
    if not matcher or not day or history.asked or len(words) < _FEWEST:
        return None
    told = {history.figures[0].mentions[0].evidence} | {
        number
        for number, one in enumerate(evidence)
        if not one.article.published or one.article.published <= day
    }
    later = [
        (evidence[number].article.published, number, span)
        for number, one in enumerate(evidence)
        if number not in told
        for span in _plain_sentences(one)
        if words <= matcher.stems(one.article.text[slice(*span)])
    ]
    latest = max(later, key=lambda one: str(one[0]), default=None)
    return latest[1:] if latest else None


def _plain_sentences(one: Evidence) -> Iterator[Span]:
    offset, text = one.span[0], one.article.text[slice(*one.span)]
    for first, last in sentence_spans(text):
        if not is_heading(text[first:last]) and not numbers_in(text[first:last]):
            yield offset + first, offset + last


def _of_subject(figure: DatedFigure, numbers: Mapping[Quoted, int]) -> str:
    words = f"{figure.subject}: {_amount(figure)}" if figure.subject else _in_full(figure)
    return words + _source(figure, numbers)


def _told_later(number: int, ranked: RankedPassage, span: Span) -> tuple[str, Citation]:
    quote, day = ranked.article.text[slice(*span)], ranked.article.published
    when = f" ({in_words(day)})" if day else ""
    citation = Citation(number, quote, span, ranked.id, ranked.article, None, ranked.also_in)
    return f"Later{when}: {in_answer(quote)} [{number}]", citation


def _corrections(history: FigureHistory, passages: Sequence[RankedPassage]) -> Iterator[str]:
    """Yield what articles correct, each once."""
    said = {
        _CORRECTS.format(article.title, article.text[slice(*mention.number)])
        for mention in history.corrected
        for article in [passages[mention.evidence].article]
    }
    yield from sorted(said)


def _cited(
    history: FigureHistory, passages: Sequence[RankedPassage]
) -> tuple[Mapping[Quoted, int], tuple[Citation, ...]]:
    """Return the number of each quote's citation, and the citations.

    A sentence that refers back is quoted with the one before; what lies in another quotation of
    its article is not quoted twice.
    """
    mentions = [mention for figure in history.figures for mention in figure.mentions]
    answers = {mention.quote: mention.number for mention in reversed(mentions)}
    spans = {quote: _span(passages[quote[0]], quote[1]) for quote in history.quotes}

    def is_in(one: Quoted, other: Quoted) -> bool:
        same = passages[one[0]].article.id == passages[other[0]].article.id
        return same and spans[other][0] <= spans[one][0] and spans[one][1] <= spans[other][1]

    longest = sorted(spans, key=lambda one: spans[one][0] - spans[one][1])
    homes = {quote: next(one for one in longest if is_in(quote, one)) for quote in spans}
    order = list(dict.fromkeys(homes.values()))
    citations = tuple(
        _citation(number, passages[quote[0]], spans[quote], answers[quote])
        for number, quote in enumerate(order, start=1)
    )
    return {quote: order.index(home) + 1 for quote, home in homes.items()}, citations


def _span(ranked: RankedPassage, sentence: Span) -> Span:
    text, first = ranked.article.text, ranked.passage.span[0]
    if not refers_back(text, sentence[0]):
        return sentence
    return with_the_one_before(text, sentence, first, MOST_CHARACTERS), sentence[1]


def evidence_of(ranked: RankedPassage) -> Evidence:
    """Return a passage with what its reader takes for the answer."""
    reading = ranked.reading
    answer = reading.span if reading else None
    return Evidence(
        ranked.article, ranked.passage.span, answer, reading.probability if reading else 0.0
    )


def _citation(number: int, ranked: RankedPassage, span: Span, answer: Span) -> Citation:
    quote = ranked.article.text[slice(*span)]
    place = (answer[0] - span[0], answer[1] - span[0])
    return Citation(number, quote, span, ranked.id, ranked.article, place, ranked.also_in)


def _figures(
    history: FigureHistory, numbers: Mapping[Quoted, int], citations: Sequence[Citation]
) -> tuple[Figure, ...]:
    def told(figure: DatedFigure) -> Figure:
        number, quantity = numbers[figure.mentions[0].quote], figure.quantity
        return Figure(
            value=quantity.number.value,
            text=quantity.number.text,
            unit=quantity.number.unit,
            counted=quantity.counted,
            bound=quantity.number.bound,
            day=figure.day,
            published=citations[number - 1].article.published,
            citation=number,
        )

    return tuple(map(told, history.figures))


def figures_line(history: FigureHistory, numbers: Mapping[Quoted, int] | None = None) -> str:
    """Return the figures as one sentence, with a marker `[n]` for each citation.

    `numbers` are those of the quotes' citations; without them, the n-th of `history.quotes` is n.

    The latest comes first, then others of its day, earlier ones, those without a day, and those in
    another unit, which are not comparable; those of several subjects stand beside each other, each
    with the subject's name. The line says so if the question names a time that no figure is of.
    Numbers and what they count are in the articles' words. The history must have figures.
    """
    numbers = numbers or history.quotes
    first, *others = history.figures
    if first.subject:
        return f"{'; '.join(_of_subject(one, numbers) for one in history.figures)}."
    known_by = ""
    if history.asked and not history.is_of_asked:
        known_by = f", the latest known by {in_words(history.asked)}"
    line, previous = _in_full(first) + _source(first, numbers, known_by), "also"
    unit = first.quantity.number.unit
    for figure in sorted(others, key=lambda one: _other_unit(one, unit)):
        lead = "earlier" if figure.day else "undated:"
        lead = "also" if figure.day == first.day else lead
        if other := _other_unit(figure, unit):
            lead = f"in {other}:"
        line += " and " if lead == previous != "also" else f"; {lead} "
        line += _amount(figure) + _source(figure, numbers)
        previous = lead
    return f"{line}."


def _other_unit(figure: DatedFigure, unit: str | None) -> str:
    own = figure.quantity.number.unit
    return "" if own == unit else own or "number"


def days_in_words(days: Period) -> str:
    """Return a day, or for a longer time the month or the years that contain it.

    >>> from datetime import date
    >>> days_in_words((date(2022, 5, 2), date(2022, 5, 2)))
    '2 May 2022'
    >>> days_in_words((date(2022, 3, 21), date(2022, 3, 31)))
    'March 2022'
    """
    first, last = days
    if first == last:
        return in_words(first)
    if first.year != last.year:
        return f"{first.year}–{last.year}"
    return f"{first:%B} {first.year}" if first.month == last.month else str(first.year)


def _in_full(figure: DatedFigure) -> str:
    """Return "at least 1,151 civilians killed", "death toll: 3,153", "60% of voters", "3 days"."""
    words, quantity = _amount(figure), figure.quantity
    kind = kind_of(quantity.number.unit) if quantity.number.unit else None
    if quantity.counted and not quantity.is_change and kind in (None, *_AMOUNTS):
        if quantity.leads:
            words = f"{quantity.counted}: {words}"
        else:
            words = f"{words} {'of ' if kind else ''}{quantity.counted}"
    return words[:1].upper() + words[1:]


def _amount(figure: DatedFigure) -> str:
    number = figure.quantity.number
    if number.bound and figure.bounded == number.text and not number.text.endswith("+"):
        return f"{number.bound} {number.text}"  # "may not store more than 8,000"
    # A bound may have begun its sentence.
    return figure.bounded[:1].lower() + figure.bounded[1:] if number.bound else number.text


def _source(
    figure: DatedFigure, numbers: Mapping[tuple[int, Span], int], known_by: str = ""
) -> str:
    cited = dict.fromkeys(numbers[mention.quote] for mention in figure.mentions)
    day = f" ({days_in_words(figure.days)}{known_by})" if figure.days else ""
    return f"{day} {''.join(f'[{number}]' for number in cited)}"
