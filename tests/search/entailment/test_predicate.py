import pytest

from dragoman.search.entailment.predicate import decides, differs_in_negation


@pytest.mark.parametrize(
    ("question", "sentence", "differs"),
    [
        ("Which breweries signed?", "The brewery Stenhus did not sign.", True),
        ("Which breweries signed?", "Norvik and Alder signed on Monday.", False),
        ("Which brewery did not sign?", "Four breweries have signed.", True),
        ("Which brewery did not sign?", "Stenhus refused to sign.", False),
        ("Who refused to sign?", "Stenhus did not sign.", False),
        ("Who refused to sign?", "Four of them signed.", True),
        ("Who rejected the plan?", "The council rejected the plan.", False),
        ("Why did Stenhus not sign?", "Its goal could not be met.", False),
        ("Which party won?", "The Greens, not the Reds, won.", False),
    ],
)
def test_whether_one_denies_what_the_other_says(question, sentence, differs):
    assert differs_in_negation(question, sentence) == differs


@pytest.mark.parametrize(
    ("question", "sentence", "does"),
    [
        ("Did the mayor vote for the tram?", "She denied it after the vote.", False),
        ("Did the mayor vote for the tram?", "The mayor voted against it.", True),
        ("Did the council approve the tram?", "The council has rejected the tram.", True),
        ("Did the minister sign the treaty?", "He said that the treaty was good.", False),
        ("Has the pool opened?", "The pool opened on Saturday.", True),
        ("Is the water heated?", "It has 22 degrees.", True),
    ],
)  # fmt: skip
def test_whether_a_sentence_is_about_what_was_done(question, sentence, does):
    assert decides(question, sentence) == does
