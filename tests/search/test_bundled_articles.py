"""Questions about the bundled articles, with the real encoder: what a first user asks."""

import pytest


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Where were the talks of 29 March held?", "Dolmabahçe"),
        ("Who led the Ukrainian delegation?", "Arakhamia"),
        ("Which foreign ministers met in Antalya, and when?", "10 March"),
        ("Under which pact did Turkey close the straits?", "1936"),
        ("How many civilians had been killed by the end of March 2022?", "1,151"),
        ("What did Kalın say about a humanitarian corridor?", "corridor"),
        ("Which security guarantees did Zelensky ask for?", "guarant"),
        ("What did Akar tell Shoigu?", "evacuat"),
        ("How many refugees had left Ukraine by May 2022?", "5.4 million"),
    ],
)
def test_the_answer_is_in_the_first_three_passages(talks, question, wanted):
    texts = [found.passage.text for found in talks.search(question, limit=3).passages]
    assert any(wanted in text for text in texts)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Who is Çavuşoğlu?", "Who is Cavusoglu?", "who is ÇAVUŞOĞLU"),
        ("What did Kalın say?", "What did Kalin say?"),
        ("Where is Dolmabahçe?", "Where is Dolmabahce?"),
    ],
)
def test_accents_do_not_matter_to_words(talks, spellings):
    first = {talks.search(q, limit=1, mode="lexical").passages[0].id for q in spellings}
    assert len(first) == 1


def test_words_and_meaning_and_both(talks):
    for mode in ("hybrid", "dense", "lexical"):
        found = talks.search("peace talks in Istanbul", mode=mode, limit=10).passages
        assert [passage.rank for passage in found] == list(range(1, len(found) + 1))
        assert len(found) == 10
