"""Figures as a table and a drawing."""

import csv
import io
from datetime import date
from xml.etree import ElementTree

import pytest

from dragoman.corpus.article import Article
from dragoman.search.stories.figures.plotting import can_write
from dragoman.search.stories.figures.series import CountedFigure, FigureSeries
from dragoman.search.stories.lines import Line


def figure(value: float = 12.0, day: date | None = date(2030, 5, 1), **named) -> CountedFigure:
    article = Article("a", named.pop("title", "Fire"), "12 died.", "Post", published=day)
    fields = {"unit": None, "bound": None, "counted": "people", "of": None, "counted_by": None}
    return CountedFigure(
        value, None, f"{value:g}", day=day, reports=(Line(article, (0, 8)),), **{**fields, **named}
    )


def series(*figures: CountedFigure, question: str = "How many died?") -> FigureSeries:
    return FigureSeries(question, question, figures, len(figures))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    table = series(figure(title=text, counted=text, counted_by=text)).to_csv()
    [row] = csv.DictReader(io.StringIO(table, newline=""))
    assert row["title"] == row["counted"] == row["counted_by"] == f"'{text}"


def test_a_number_below_zero_stays_a_number() -> None:
    [row] = csv.DictReader(io.StringIO(series(figure(-5.25, unit="°C")).to_csv()))
    assert (row["value"], row["upper"], row["unit"]) == ("-5.25", "", "°C")


def test_a_drawing_is_xml_whatever_the_articles_say() -> None:
    hostile = "<script>&\x00\ud800]]>\"'"
    drawn = series(
        figure(title=hostile, of=hostile), figure(15.0, date(2030, 5, 2)), question=hostile
    ).to_svg()
    root = ElementTree.fromstring(drawn)
    assert not [one for one in root.iter() if one.tag.endswith("script")]


@pytest.mark.parametrize("figures", [(), (figure(day=None),), (figure(),), (figure(0.0),)])
def test_few_figures_are_drawn_too(figures: tuple[CountedFigure, ...]) -> None:
    assert ElementTree.fromstring(series(*figures).to_svg()).tag.endswith("svg")


def test_a_png_is_the_drawing_twice_as_large() -> None:
    drawn = series(figure(), figure(15.0, date(2030, 5, 2))).to_png()
    assert drawn[:16].endswith(b"IHDR")
    assert [int.from_bytes(drawn[place : place + 4]) for place in (16, 20)] == [1440, 800]


def test_a_system_without_fonts_is_told() -> None:
    assert can_write()
    assert not can_write(system_fonts=False)


def test_only_figures_of_one_unit_are_drawn_together() -> None:
    drawn = series(figure(1.0, unit="€"), figure(2.0, unit="€"), figure(77.0, unit="km")).to_svg()
    assert ">77<" not in drawn
    assert "Not drawn: 1 in another unit." in drawn
