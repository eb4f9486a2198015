import itertools

from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.query.terms import QueryTerms
from dragoman.search.retrieval.highlighting import Highlighter


def highlighter(question: str) -> Highlighter:
    return Highlighter(QueryTerms(question, idf=len))


def marked(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in highlighter(question).spans(text)]


def test_words_are_marked_whatever_their_ending_case_or_accents():
    text = "Kalın spoke. 😀 The negotiators met; Istanbul’s talks went on."
    assert marked("Did Kalin and the negotiator talk in ISTANBUL?", text) == [
        "Kalın",
        "negotiators",
        "Istanbul",
        "talks",
    ]


def test_the_words_of_asking_are_not_marked():
    assert marked("Where were the talks?", "Where were they? The talks.") == ["talks"]


@given(st.text(max_size=50), st.text(max_size=200))
def test_marks_lie_in_the_text_in_order_and_apart(question, text):
    spans = highlighter(question).spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
