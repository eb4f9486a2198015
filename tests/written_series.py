"""The written series of moving figures, and what the rules make of their articles."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from dragoman.corpus.article import Article
from dragoman.search.figures.finding import Evidence
from dragoman.search.figures.history import DatedFigure
from dragoman.search.reading.heading import heading
from dragoman.search.reading.reader import Reader

_SERIES = Path(__file__).parent / "search" / "figures"
_FIGURE = re.compile(
    r"(?:(?P<bound>at least|more than|up to|fewer than|about|nearly) )?"
    r"(?P<value>[\d.]+)(?: to (?P<upper>[\d.]+))?(?: (?P<unit>.+))?"
)
_BOUNDS = {
    "more than": "at least",
    "up to": "at most",
    "fewer than": "at most",
    "nearly": "about",
}
_UNITS = {
    "euros": "€",
    "dollars": "$",
    "pounds": "£",
    "percent": "%",
    "tons": "tonnes",
    "kilometres": "km",
    "metres": "m",
    "degrees": "°",
    "centimetres": "cm",
    "square kilometres": "km²",
}


@dataclass
class Case:
    """A question, the articles and the series that a careful reader would give."""

    name: str
    question: str = ""
    articles: list[Article] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    @property
    def evidence(self) -> list[Evidence]:
        return [Evidence(one, (0, len(one.text))) for one in self.articles]

    def read_by(self, reader: Reader) -> list[Evidence]:
        passages = [
            (heading(one.title, one.source, one.published), one.text) for one in self.articles
        ]
        return [
            evidence._replace(answer=reading.span, probability=reading.probability)
            for evidence, reading in zip(
                self.evidence, reader.read(self.question, passages), strict=True
            )
        ]


def written_cases(file: str = "figure_series.txt") -> list[Case]:
    """Return the cases of a file, in its order; one without articles asks of those before it."""
    cases: list[Case] = []
    for line in (_SERIES / file).read_text("utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "==":
            cases.append(Case(rest.partition(":")[0]))
        elif mark == "?":
            cases[-1].question = rest
        elif mark == "@":
            day, outlet, title = rest.split(" | ")
            published = None if day == "undated" else date.fromisoformat(day)
            id = str(len(cases[-1].articles) + 1)
            cases[-1].articles.append(Article(id, title, "", outlet, published=published))
        elif mark == ">":
            cases[-1].expected.append(" | ".join(_row(*(part.strip() for part in rest.split("|")))))
        elif mark and mark != "#":
            _add_paragraph(cases[-1].articles, line)
    for before, case in pairwise(cases):
        case.articles = case.articles or before.articles
    return cases


def as_written(figure: DatedFigure, evidence: list[Evidence], several: bool) -> str:
    """Return a figure as a line of the file."""
    number = figure.quantity.number
    unit = _UNITS.get(number.unit or "", number.unit or "").removesuffix("C")
    articles = sorted({evidence[one.evidence].article.id for one in figure.mentions})
    value = f"{number.bound or ''} {number.value:g} {number.upper or ''} {unit}"
    subject = figure.subject if several else ""
    day = str(figure.day or "none")
    return " | ".join((_blank(value), day, figure.counter or "", subject, ",".join(articles)))


def matches(got: list[str], expected: list[str]) -> bool:
    """Return whether each line got is one expected; a counter may have more words than there."""
    if len(got) != len(expected):
        return False
    rest = [line.split(" | ") for line in got]
    for line in expected:
        value, day, counter, subject, articles = line.split(" | ")
        same = [
            one
            for one in rest
            if one[:2] == [value, day]
            and one[4] == articles
            and subject in one[3]
            and bool(counter) == bool(one[2])
            and counter.lower() in one[2].lower()
        ]
        if not same:
            return False
        rest.remove(same[0])
    return True


def _add_paragraph(articles: list[Article], line: str) -> None:
    last = articles[-1]
    text = f"{last.text}\n{line}" if last.text else line
    articles[-1] = Article(last.id, last.title, text, last.source, published=last.published)


def _row(figure: str, day: str, counter: str, subject: str, articles: str) -> list[str]:
    found = _FIGURE.fullmatch(figure)
    assert found, figure
    bound, unit = found["bound"] or "", found["unit"] or ""
    upper = float(found["upper"]) if found["upper"] else ""
    value = (
        f"{_BOUNDS.get(bound, bound)} {float(found['value']):g} {upper} {_UNITS.get(unit, unit)}"
    )
    return [_blank(value), day, counter, subject, articles]


def _blank(value: str) -> str:
    return " ".join(value.split())
