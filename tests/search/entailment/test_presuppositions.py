"""What a question takes for granted, and sentences that say or deny it."""

import pytest

from dragoman.search.entailment.presuppositions import denies_premise, says_all_of


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the growers sue?", "The growers will not sue, their lawyer said."),
        ("When did Lund resign?", "Lund has not resigned."),
        ("Where did the orchestra play?", "The orchestra did not play."),
        ("Why did the library close?", "The library stays open all winter."),
    ],
)
def test_the_contrary_of_what_is_taken_for_granted_is_told(question, sentence):
    assert denies_premise(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the growers sue?", "The growers sued over the price of water."),
        ("Why did the growers not sue?", "The growers did not sue, to save costs."),
        ("When did the library open?", "The library did not open until May."),
        ("When did the growers sue?", "The union will not sue."),
        ("Who sued?", "The growers did not sue."),
        ("Did the growers sue?", "The growers did not sue."),
        ("How many growers sued?", "The growers did not sue."),
    ],
)
def test_other_sentences_deny_nothing_that_is_taken_for_granted(question, sentence):
    assert not denies_premise(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "passage"),
    [
        ("Was the WHO hit?", "The WHO was not hit.", ""),
        ("Did Lund win the vote?", "Lund was elected with half of the vote.", ""),
        ("Has an heir to Bo Lund been found?", "No heir was found.", "Bo Lund has died."),
        ("Was anybody hurt in the fire?", "Nobody was hurt in the fire.", ""),
    ],
)
def test_a_sentence_with_all_of_a_question_decides_it(question, sentence, passage):
    assert says_all_of(question, sentence, passage)


@pytest.mark.parametrize(
    ("question", "sentence", "passage"),
    [
        ("Did Lund resign?", "The minister resigned.", "Lund was there."),
        ("Has an heir to Bo Lund been found?", "Ada Holm found an heir.", "Bo Lund has died."),
        ("Did Lund vote for the tram?", "Lund rode the tram.", ""),
    ],
)
def test_a_sentence_of_something_else_decides_nothing(question, sentence, passage):
    assert not says_all_of(question, sentence, passage)
