import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.corpus.text.lists import lists_in


def parts(text: str) -> list[list[str]]:
    return [[text[slice(*span)] for span in found.parts] for found in lists_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rains. Closed are:\n\n- one\n- two\n\nSo be it.", [["Closed are:", "- one", "- two"]]),
        ("They won:\nBo, Holt\nTom Hill\n\nAll.", [["They won:", "Bo, Holt", "Tom Hill"]]),
        ("They won.\n\n1. Bo.\n\n2. Tom Hill.", [["They won.", "1. Bo.", "2. Tom Hill."]]),
        ("Ill:\nA: 1; B: 3.\nA: 2; B: 4.", [["Ill:", "A: 1; B: 3.", "A: 2; B: 4."]]),
        ("- one\n- two", [["- one", "- two"]]),
        ("He said:\n“We go on.”\nShe left.", []),
        ("He said:\n\nThe talks\n\nThey met.", []),
        ("1. The talks\n\nThey met.", []),
        ("Talks\nThey met.\nNext", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_a_list(text, expected):
    assert parts(text) == expected


def test_a_line_of_spaces_before_a_list_leads_to_nothing():
    (found,) = lists_in(" \n- the ford\n- the mill")
    assert found.lead is None
    assert len(found.items) == 2


@given(
    st.lists(st.sampled_from(["- ", "1. ", "a", ":", ".", "\n", "A: b; c: d.", " "])).map("".join)
)
def test_spans_are_in_order_and_inside_the_text(text):
    spans = [span for found in lists_in(text) for span in found.items]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
