import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.answering import compose
from made_findings import made_finding

IN_ISTANBUL = made_finding("The talks were held in Istanbul.", "Istanbul", "a")
TOO = made_finding("Istanbul was host to both delegations.", "Istanbul", "b", 0.7)
MONDAY = made_finding("They meet on Monday.", "Monday", "a", published=date(2022, 3, 27))
TUESDAY = made_finding("The Kremlin said Tuesday.", "Tuesday", "b", 0.95)


def test_the_answer_is_the_sentence_with_its_marker():
    text, (citation,) = compose("where", [IN_ISTANBUL])
    assert text == "The talks were held in Istanbul. [1]"
    assert citation.quote == "The talks were held in Istanbul."
    assert citation.answer
    assert citation.quote[slice(*citation.answer)] == "Istanbul"


def test_of_several_articles_that_say_it_all_are_cited_each_once():
    again = made_finding("It was Istanbul again.", "Istanbul", "b", 0.6)
    text, citations = compose("where", [IN_ISTANBUL, TOO, again])
    assert text == "The talks were held in Istanbul. [1][2]"
    assert [citation.article.id for citation in citations] == ["a", "b"]


def test_one_that_hardly_answers_is_not_cited():
    doubtful = made_finding("Istanbul is large.", "Istanbul", "b", 0.99, answers=0.1)
    _, citations = compose("where", [IN_ISTANBUL, doubtful])
    assert len(citations) == 1


def test_reports_that_differ_stand_side_by_side_with_their_dates():
    text, citations = compose("when", [MONDAY, TUESDAY])
    assert text == (
        "Reports differ. 27 March 2022: They meet on Monday. [1] "
        "Undated: The Kremlin said Tuesday. [2]"
    )
    assert len(citations) == 2


def test_another_good_answer_follows_the_first_and_a_worse_one_does_not():
    worse = made_finding("Shoigu said nothing of it.", "nothing", "b", 0.5)
    better = made_finding("He asked for corridors.", "corridors", "b", 0.95)
    assert compose("quote", [IN_ISTANBUL, worse])[0] == "The talks were held in Istanbul. [1]"
    assert compose("quote", [IN_ISTANBUL, better])[0].endswith("He asked for corridors. [2]")


def test_what_looks_like_a_marker_in_an_article_is_none_in_the_answer():
    text, citations = compose("where", [made_finding("They met in Brest.[7] [12]", "Brest")])
    assert text == "They met in Brest. [1]"
    assert citations[0].quote.startswith("They met in Brest.[7]")


@given(
    st.lists(
        st.builds(
            lambda word, id, score, answers: made_finding(
                f"It was {word} [3] that they meant.", word, id, score, answers
            ),
            st.sampled_from(["peace", "Brest", "29 March", "3,153"]),
            st.sampled_from("abcdef"),
            st.floats(0, 1),
            st.floats(0, 1),
        ),
        min_size=1,
    ),
    st.sampled_from(["who", "when", "number", "quote", "what"]),
)
def test_every_marker_has_its_citation_and_every_citation_its_marker(findings, kind):
    found = sorted(findings, key=lambda finding: -finding.score)
    text, citations = compose(kind, found)
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    assert {int(number) for number in re.findall(r"\[(\d+)\]", text)} == {
        citation.number for citation in citations
    }
    for citation in citations:
        assert citation.article.text[slice(*citation.span)] == citation.quote
