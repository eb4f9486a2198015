"""Figures over time in one line, which says no more than the articles do."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.article import Article, Passage
from dragoman.search.figures.answer import answer_with_figures, days_in_words, figures_line
from dragoman.search.figures.finding import Evidence
from dragoman.search.figures.history import FigureHistory, history_of
from dragoman.search.results import RankedPassage, Scores
from dragoman.search.stories.witnesses import have_one_agency


def ask(question: str, *reports: tuple[str, str | None]) -> FigureHistory:
    evidence = [
        Evidence(
            Article(
                id=str(number),
                title="",
                text=text,
                published=date.fromisoformat(day) if day else None,
            ),
            (0, len(text)),
        )
        for number, (text, day) in enumerate(reports)
    ]
    history = history_of(question, evidence)
    assert history is not None
    return history


def line(question: str, *reports: tuple[str, str | None]) -> str:
    return figures_line(ask(question, *reports))


def test_the_latest_in_full_then_the_earlier_ones():
    assert line(
        "How many civilians have been killed?",
        ("At least 1,151 civilians were killed.", "2022-03-29"),
        ("At least 3,153 civilians killed, says the UN.", "2022-05-02"),
        ("The toll: 2,899 civilians killed.", "2022-05-01"),
    ) == (
        "At least 3,153 civilians killed (2 May 2022) [1]; "
        "earlier 2,899 (1 May 2022) [2] and at least 1,151 (29 March 2022) [3]."
    )


def test_figures_in_another_unit_stand_apart():
    assert line(
        "How much of the coast is covered by oil?",
        ("Oil covers 35 kilometres of the coast.", "2022-05-01"),
        ("Oil covers 40 miles of the coast.", "2022-05-03"),
        ("Oil covers 20 miles of the coast.", "2022-04-30"),
    ) == (
        "40 miles (3 May 2022) [1]; earlier 20 miles (30 April 2022) [3]; "
        "in km: 35 kilometres (1 May 2022) [2]."
    )


def test_a_time_that_no_figure_is_of():
    report = ("At least 1,151 civilians were killed.", "2022-03-29")
    asked = "How many civilians had been killed by 15 April 2022?"
    assert line(asked, report) == (
        "At least 1,151 civilians killed (29 March 2022, the latest known by 15 April 2022) [1]."
    )
    assert "known" not in line("How many civilians had been killed by 29 March 2022?", report)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What is the death toll?", "The death toll rose to 90.", "Death toll: 90 [1]."),
        ("What share of voters stayed away?", "Some 60% of voters stayed away.", "Some 60% of"),
        ("How much did the death toll rise?", "The death toll rose by 9 to 90.", "9 [1]."),
        ("How much aid was pledged?", "They pledged $30bn in aid.", "$30bn of aid pledged [1]."),
        ("How long is the road?", "The road is over 12 km long.", "Over 12 km [1]."),
        ("How many men are missing?", "Between 3 and 5 men are missing.", "Between 3 and 5 men"),
        (
            "How many men are missing?",
            "As many as 90 men are missing.",
            "As many as 90 men missing",
        ),
    ],
)
def test_what_is_counted_stands_where_it_reads_well(question, text, expected):
    assert line(question, (text, None)).startswith(expected)


def test_a_sentence_that_gives_two_figures_is_one_source():
    text = "Refugees rose from 3.9 million on 29 March 2022 to 5.4 million on 1 May 2022."
    history = ask("How many refugees are there?", (text, None))
    assert [*history.quotes] == [(0, (0, len(text)))]
    assert re.findall(r"\[\d\]", figures_line(history)) == ["[1]", "[1]"]


def test_figures_of_one_day_stand_beside_each_other():
    assert line(
        "How many civilians were killed?",
        ("The UN counts 90 civilians killed.", "2022-05-01"),
        ("The mayor speaks of 200 civilians killed.", "2022-05-01"),
        ("The UN counts 30 civilians killed.", "2022-04-01"),
    ) == (
        "90 civilians killed (1 May 2022) [1]; also 200 (1 May 2022) [2]; "
        "earlier 30 (1 April 2022) [3]."
    )


def test_what_has_no_day_is_not_said_to_be_earlier():
    undated = [(f"They count {count} civilians killed.", None) for count in (30, 40)]
    dated = [("The UN counts 90 civilians killed.", "2022-05-01")]
    question = "How many civilians were killed?"
    assert line(question, *undated, *dated) == (
        "90 civilians killed (1 May 2022) [1]; undated: 30 [2] and 40 [3]."
    )
    earlier = ("The UN counted 20 civilians killed.", "2022-04-01")
    assert line(question, undated[0], earlier, *dated) == (
        "90 civilians killed (1 May 2022) [1]; earlier 20 (1 April 2022) [2]; undated: 30 [3]."
    )
    assert line(question, *undated) == "30 civilians killed [1]; also 40 [2]."


def test_days_are_as_exact_as_they_are_known():
    day = date(2022, 3, 1)
    assert days_in_words((day, day)) == "1 March 2022"
    assert days_in_words((day, date(2022, 3, 31))) == "March 2022"
    assert days_in_words((day, date(2022, 12, 31))) == "2022"
    assert days_in_words((day, date(2023, 1, 1))) == "2022–2023"


@given(st.lists(st.tuples(st.integers(2, 10**6), st.integers(0, 400)), min_size=1, max_size=8))
def test_every_source_has_a_marker_and_every_marker_a_source(counts):
    start = date(2022, 1, 1)
    history = ask(
        "How many civilians were killed?",
        *(
            (f"So far {count:,} civilians were killed.", str(start + timedelta(days)))
            for count, days in counts
        ),
    )
    marked = {int(number) for number in re.findall(r"\[(\d+)\]", figures_line(history))}
    assert marked == set(range(1, len(history.quotes) + 1))
    for figure in history.figures:
        assert figure.quantity.number.text in figures_line(history)


def test_what_outlets_have_from_one_agency_is_cited_once():
    day = date(2022, 3, 29)
    wire = "KYIV, March 29 (Reuters) - The siege killed 40 civilians."
    texts = {"a": wire, "b": f"{wire} Shops are shut.", "c": "The siege killed 40 civilians."}
    articles = [Article(id, "Siege", text, id, published=day) for id, text in texts.items()]
    passages = [
        RankedPassage(1, Passage(one.id, 0, (0, len(one.text)), one.text), one, 1.0, Scores())
        for one in articles
    ]
    answer = answer_with_figures(
        "How many civilians did the siege kill?", passages, None, are_one_source=have_one_agency
    )
    assert answer is not None
    assert [citation.article.id for citation in answer.citations] == ["a", "c"]
