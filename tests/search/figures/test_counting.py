"""What a number counts: a table of sentences, and the figures each gives."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.figures.counting import Quantity, quantities_in

SENTENCES = [
    json.loads(line)
    for line in Path(__file__).with_name("figure_sentences.jsonl").read_text("utf-8").splitlines()
]
READ = [row for row in SENTENCES if "unread" not in row]
UNREAD = [row for row in SENTENCES if "unread" in row]
WORDS = """
    at least 1,151 civilians were killed and 1,824 injured in Ukraine; the death toll rose by 254 to
    3,153 from some 7.7 million of who had fled abroad ( 30 km 19 miles ) , five percent $ 3 - 5
""".split()


def as_row(figure: Quantity) -> dict[str, object]:
    number = figure.number
    row = {
        "text": number.text,
        "value": number.value,
        "unit": number.unit,
        "counted": figure.counted,
        "bound": number.bound,
        "upper": number.upper,
        "change": figure.is_change or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def figures(sentence: str) -> list[tuple[float, str | None]]:
    return [(figure.number.value, figure.counted) for figure in quantities_in(sentence)]


@pytest.mark.parametrize("row", READ, ids=lambda row: row["sentence"][:40])
def test_a_sentence_and_its_figures(row):
    assert [*map(as_row, quantities_in(row["sentence"]))] == row["figures"]


@pytest.mark.parametrize("row", UNREAD, ids=lambda row: row["unread"][:40])
def test_what_is_known_not_to_be_read(row):
    """Fails where it is read after all: then `unread` can go from the table."""
    assert [*map(as_row, quantities_in(row["sentence"]))] != row["figures"]


def test_what_is_counted_is_carried_on():
    sentence = "At least 12 miners were killed, 30 hurt and another 5 missing."
    assert figures(sentence) == [(12, "miners killed"), (30, "miners hurt"), (5, "miners missing")]


def test_a_conversion_counts_the_same():
    assert figures("The road of 30 km (19 miles) is shut.") == [(30, "road"), (19, "road")]


def test_a_clause_belongs_to_one_figure():
    sentence = "In Ukraine 3,153 died, and in Syria 17 people did."
    clauses = [sentence[slice(*figure.clause)] for figure in quantities_in(sentence)]
    assert clauses == ["In Ukraine 3,153 died, and ", "in Syria 17 people did."]


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_clauses_hold_their_numbers_and_do_not_overlap(sentence):
    end, previous = 0, None
    for figure in quantities_in(sentence):
        start, last = figure.number.span
        assert end <= figure.clause[0] <= start or figure.clause == previous
        assert last <= figure.clause[1]
        assert figure.counted != ""
        end, previous = figure.clause[1], figure.clause


def test_of_the_whole_a_part_is_told():
    found = quantities_in("More than forty of the 212 counters were volunteers.")
    assert [(one.number.value, one.is_whole) for one in found] == [(40.0, False), (212.0, True)]


def test_the_label_in_a_row_says_what_a_number_counts():
    found = quantities_in("District: Holm; Cases: 340; Deaths: 9.")
    assert [(one.counted, one.is_labelled) for one in found] == [("Cases", True), ("Deaths", True)]
