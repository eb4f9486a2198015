"""How fragments are completed from the question before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.search.query.ellipsis import completed, is_fragment


@pytest.mark.parametrize(
    ("fragment", "asked", "meant"),
    [
        ("And Ukraine's?", "Was Russia's delegation late?", "Was Ukraine's delegation late?"),
        ("And Ukraine's?", "Who is the president of Turkey?", "Who is the president of Ukraine?"),
        ("And of Ukraine?", "Who is the president of Turkey?", "Who is the president of Ukraine?"),
        ("And France?", "What did Germany impose?", "What did France impose?"),
        ("And on Monday?", "Who met on Sunday?", "Who met on Monday?"),
        ("And in late April?", "Who met in early March?", "Who met in late April?"),
        ("And in Kyiv?", "Who met in Antalya on 3 May?", "Who met in Kyiv on 3 May?"),
        ("And on 4 May?", "Who met in Antalya on 3 May?", "Who met in Antalya on 4 May?"),
        ("And today?", "Who met in Antalya?", "Who met in Antalya today?"),
        ("And the second round?", "When was the first round?", "When was the second round?"),
        ("And the pier at Bran?", "Who built the mill on Holm?", "Who built the pier at Bran?"),
        (
            "And the mayor of Bran?",
            "What did the mayor of Holm say about the pier at Lund?",
            "What did the mayor of Bran say about the pier at Lund?",
        ),
        ("And when?", "Where did they meet?", "When did they meet?"),
    ],
)
def test_a_fragment_replaces_what_is_like_it(fragment, asked, meant):
    assert completed(fragment, asked) == meant


@pytest.mark.parametrize(
    ("fragment", "asked", "meant"),
    [
        ("And killed?", "How many were wounded in May?", "How many were killed in May?"),
        ("And the injured?", "How many have died?", "How many have been injured?"),
        ("And children?", "How many people have fled Kyiv?", "How many children have fled Kyiv?"),
        ("And soldiers?", "How many refugees left?", "How many soldiers left?"),
        ("And injuries?", "How many deaths were there?", "How many injuries were there?"),
    ],
)
def test_how_many_others_or_with_another_outcome(fragment, asked, meant):
    assert completed(fragment, asked) == meant


@pytest.mark.parametrize("question", ["And who led them?", "Kyiv?", "And then?", "And?"])
def test_what_is_no_fragment(question):
    assert not is_fragment(question)
    assert completed(question, "Who led the delegation?") is None


@given(st.text(" \t\xa0?.!'’sInAndwhtoube") | st.text(), st.text() | st.just("How many fled?"))
def test_any_text_is_completed_or_left(fragment, asked):
    told = completed(f"And {fragment}", asked)
    assert told is None or told.strip()
