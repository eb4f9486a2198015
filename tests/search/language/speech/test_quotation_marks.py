"""What stands in quotation marks, of whatever kind and over however many lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.language.speech.quotation_marks import quoted_spans


def quoted(text: str) -> list[str]:
    return [text[slice(*span)] for span in quoted_spans(text)]


@pytest.mark.parametrize(
    "quotation",
    ["“We sail.”", '"We sail."', "«We sail.»", "„We sail.“", "»We sail.«", "‘We sail.’",
     "'We sail.'", "”We sail.”", "“We sail.\"", "‹We sail.›", "``We sail.''"],
)  # fmt: skip
def test_marks_of_every_kind_are_understood(quotation):
    assert quoted(f"He said: {quotation} Then he left.") == [quotation]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It was a ‘good’ day,” she said.", ["“It was a ‘good’ day,”"]),
        ('"They cried "stop" to us," he said. "Go."', ['"They cried "stop" to us,"', '"Go."']),
        ("‘We’re the sailors’ union,’ he said.", ["‘We’re the sailors’ union,’"]),
        ("The sailors' boats and the pilots' house", []),
        ("It is 5' 7\" tall, or 6\", and ’twas long in the ’90s.", []),
        ("He wrote “a” and \"b\".", ["“a”", '"b"']),
    ],
)  # fmt: skip
def test_quotations_within_others_and_apostrophes(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We sail.\n\n“We fish,” he said.", ["“We sail.\n\n“We fish,”"]),
        ("“We sail\nand fish,” he said.", ["“We sail\nand fish,”"]),
        ("“We sail.\n\nNobody “fishes”.", ["“We sail.", "“fishes”"]),
        ("“We sail", ["“We sail"]),
    ],
)
def test_a_quotation_goes_on_over_lines_until_it_is_closed(text, expected):
    assert quoted(text) == expected


@given(st.text(alphabet="ab .,'\"“”‘’«»„‚\n", max_size=60))
def test_spans_are_in_order_and_apart_in_any_text(text):
    end = 0
    for first, last in quoted_spans(text):
        assert end <= first < last <= len(text)
        end = last
