import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.answering.composition import compose
from made_candidates import made_candidate

IN_ISTANBUL = made_candidate("The talks were held in Istanbul.", "Istanbul", "a")
TOO = made_candidate("Istanbul was host to both delegations.", "Istanbul", "b", 0.7)
OPENED = made_candidate("The tower was opened in 1931.", "1931", "a", published=date(2022, 3, 27))
LATER = made_candidate("The tower was opened in 1932.", "1932", "b", 0.8)
DENIED = made_candidate("The dam was not destroyed, it said.", "not destroyed", "a")
DESTROYED = made_candidate("The dam was destroyed, it said.", "destroyed", "b", 0.9)


def test_the_answer_is_the_sentence_with_its_marker():
    text, (citation,) = compose([IN_ISTANBUL])
    assert text == "The talks were held in Istanbul. [1]"
    assert citation.quote == "The talks were held in Istanbul."
    assert citation.answer
    assert citation.quote[slice(*citation.answer)] == "Istanbul"


def test_of_several_articles_that_say_it_all_are_cited_each_once():
    again = made_candidate("It was Istanbul again.", "Istanbul", "b", 0.6)
    text, citations = compose([IN_ISTANBUL, TOO, again])
    assert text == "The talks were held in Istanbul. [1][2]"
    assert [citation.article.id for citation in citations] == ["a", "b"]


def test_articles_with_the_text_of_one_agency_are_one_source():
    wire = "ISTANBUL, March 29 (Reuters) - "
    first = made_candidate(f"{wire}The talks were held in Istanbul.", "Istanbul.", "a")
    other = made_candidate(f"{wire}Istanbul was host to both sides.", "Istanbul", "b", 0.9)
    assert len(compose([first, other])[1]) == 1
    assert len(compose([first, TOO, other])[1]) == 2


def test_what_a_withdrawn_article_says_neither_answers_nor_supports_where_another_does():
    gone = made_candidate("It was in Istanbul. This story is withdrawn.", "Istanbul", "c")
    other = made_candidate("Istanbul was host to both delegations.", "Istanbul", "b", 0.9)
    _, citations = compose([gone, other])
    assert [citation.article.id for citation in citations] == ["b"]
    _, citations = compose([IN_ISTANBUL, gone])
    assert [citation.article.id for citation in citations] == ["a"]
    assert len(compose([gone])[1]) == 1


def of_outlet(made, source):
    article = replace(made.ranked.article, source=source)
    return made._replace(ranked=replace(made.ranked, article=article))


def test_what_an_outlet_has_corrected_does_not_answer():
    days = date(2022, 3, 1), date(2022, 3, 2)
    wrong = made_candidate("The mayor was held in Prague.", "Prague", "a", published=days[0])
    text = "The mayor was held in Vienna, not in Prague.\n\nCorrection: We had the wrong town."
    right = made_candidate(text, "Vienna", "b", 0.9, published=days[1])
    for outlet, cited in (("Post", ["b"]), ("Herald", ["a", "b"])):
        _, citations = compose([of_outlet(wrong, "Post"), of_outlet(right, outlet)])
        assert [citation.article.id for citation in citations] == cited


def test_one_that_hardly_answers_is_not_cited():
    doubtful = made_candidate("Istanbul is large.", "Istanbul", "b", 0.99, probability=0.1)
    _, citations = compose([IN_ISTANBUL, doubtful])
    assert len(citations) == 1


def test_reports_that_differ_stand_side_by_side_with_their_dates():
    text, citations = compose([OPENED, LATER])
    assert text == (
        "Reports differ: The tower was opened in 1931. [1] (published 27 March 2022); "
        "The tower was opened in 1932. [2] (undated)."
    )
    assert len(citations) == 2


def test_a_denial_is_not_cited_for_what_it_denies():
    text, citations = compose([DENIED, DESTROYED])
    assert text.startswith("Reports differ: The dam was not destroyed, it said. [1]")
    assert [citation.article.id for citation in citations] == ["a", "b"]


def test_another_good_answer_follows_the_first_and_a_worse_one_does_not():
    worse = made_candidate("Shoigu said nothing of it.", "nothing", "b", 0.5)
    better = made_candidate("He asked for corridors.", "corridors", "b", 0.95)
    assert compose([IN_ISTANBUL, worse])[0] == "The talks were held in Istanbul. [1]"
    assert compose([IN_ISTANBUL, better])[0].endswith("He asked for corridors. [2]")


@pytest.mark.parametrize(
    ("article", "answer"),
    [
        ("They met in Brest.[7] [12]", "They met in Brest.(7) (12) [1]"),
        ("The [2023] law of Brest.", "The (2023) law of Brest. [1]"),
        ("In Brest [[1]2] they met.", "In Brest [(1)2] they met. [1]"),
    ],
)
def test_what_looks_like_a_marker_in_an_article_is_none_in_the_answer(article, answer):
    text, citations = compose([made_candidate(article, "Brest")])
    assert text == answer
    assert citations[0].quote in article


@given(
    st.lists(
        st.builds(
            lambda word, id, score, answers: made_candidate(
                f"It was {word} [3] that [[1]2] they [1[3]] meant.", word, id, score, answers
            ),
            st.sampled_from(["peace", "Brest", "29 March", "3,153"]),
            st.sampled_from("abcdef"),
            st.floats(0, 1),
            st.floats(0, 1),
        ),
        min_size=1,
    ),
)
def test_every_marker_has_its_citation_and_every_citation_its_marker(findings):
    found = sorted(findings, key=lambda finding: -finding.score)
    text, citations = compose(found)
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    assert {int(number) for number in re.findall(r"\[(\d+)\]", text)} == {
        citation.number for citation in citations
    }
    for citation in citations:
        assert citation.article.text[slice(*citation.span)] == citation.quote


def test_several_things_are_answered_from_as_many_articles_as_it_takes():
    found = [
        made_candidate("A barn at Weir End burned down.", "Weir End", "a", 1.2),
        made_candidate("A third barn has burned, at Otterden.", "Otterden", "b", 1.0),
        made_candidate("Fire destroyed a barn at Holt.", "Holt", "c", 0.9),
        made_candidate("A barn at Weir End was on fire.", "Weir End", "d", 0.85),
    ]
    text, citations = compose(found, "Where did barns burn?")
    assert {"Weir End", "Otterden", "Holt"} <= {one.quote[slice(*one.answer)] for one in citations}
    assert not text.startswith("Reports differ")
    assert len(compose(found, "Where did the barn burn?")[1]) < len(citations)


def test_each_of_two_names_has_its_sentence():
    found = [
        made_candidate("The pier at Aldwick was built by Marne.", "Marne", "a", 1.2),
        made_candidate("The pier at Bran was built by Otter.", "Otter", "b", 0.8),
    ]
    text, _ = compose(found, "Who built the piers at Aldwick and Bran?")
    assert text.endswith("The pier at Bran was built by Otter. [2]")


def test_what_denies_the_question_does_not_stand_beside_the_answer():
    found = [
        made_candidate("Norvik and Alder signed on Monday.", "Norvik", "a", 1.2),
        made_candidate("The brewery Stenhus did not sign.", "Stenhus", "b", 1.15),
    ]
    assert "Stenhus" not in compose(found, "Which breweries signed?")[0]
    assert "Stenhus" not in compose(found, "Which brewery signed?")[0]
