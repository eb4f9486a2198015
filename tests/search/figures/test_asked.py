"""How well quantities fit what a question asks for."""

import pytest

from dragoman.search.figures.asked import matcher_for
from dragoman.search.figures.counting import quantities_in
from dragoman.search.figures.fitting import Setting, fit
from dragoman.search.figures.words import place_names


def fits(question: str, sentence: str, sure: float = 0.0) -> list[float | None]:
    """Return the scores of a sentence's quantities, None for those that do not fit."""
    matcher = matcher_for(question)
    assert matcher is not None
    stems = matcher.stems(sentence)
    setting = Setting(sentence, stems, stems, stems)
    return [fit(matcher, one, setting, sure) for one in quantities_in(sentence)]


def test_other_questions_ask_for_no_quantity():
    assert matcher_for("Who led the delegation?") is None


def test_the_injured_are_never_taken_for_the_dead():
    sentence = "At least 1,151 civilians were killed and 1,824 injured."
    dead, injured = fits("How many civilians died?", sentence)
    assert dead
    assert injured is None
    assert fits("How many civilians died?", sentence, sure=0.99)[1] is None


def test_other_things_fit_only_where_a_reader_is_sure():
    sentence = "The hall has 12 doors."
    assert fits("How many windows has the hall?", sentence) == [None]
    assert fits("How many windows has the hall?", sentence, sure=0.9) != [None]


@pytest.mark.parametrize(
    ("question", "fit"),
    [("How much did the death toll rise?", True), ("What is the death toll?", False)],
)
def test_a_change_fits_only_where_it_is_asked_for(question, fit):
    change, _ = fits(question, "The death toll rose by 254 to 3,153.")
    assert (change is not None) is fit


def test_a_quantity_of_another_place_does_not_fit():
    assert fits("How many people died in Syria?", "In Ukraine 90 people died.") == [None]


def test_months_and_weekdays_are_no_places():
    assert place_names("in March 2022, in May and on Monday") == []
    assert place_names("in Istanbul") == place_names("to Istanbul") == ["Istanbul"]


def test_what_is_done_to_others_is_not_counted_for_the_dead_however_sure_the_reader():
    assert fits("How many soldiers were killed?", "Forty soldiers were sent there.", 0.9) == [None]
    assert fits("How many people died in Holm?", "It ruined 35 houses in Holm.", 0.9) == [None]


def test_in_a_table_only_what_its_label_names_is_counted():
    row = "District: Holm; Cases: 340; Deaths: 9."
    cases, deaths = fits("How many people died in Holm?", row, 0.9)
    assert cases is None
    assert deaths


def test_a_wage_is_a_sum_of_money():
    assert fits("How much does Bo earn a week?", "Bo, who has 17 goals, plays.", 0.9) == [None]
    assert fits("How much does Bo earn a week?", "Bo is paid 900 euros a week.", 0.9) != [None]
    assert fits("How much does Bo earn a week?", "Bo earns 900 groats a week.", 0.9) != [None]


def test_pounds_may_be_paid():
    assert fits("How much did the pier cost?", "The pier cost 9 million pounds.", 0.9) != [None]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How deep is the crack?", "The crack is 11 metres long."),
        ("How deep is the river?", "The ferry does not run at a river level above 2.3 metres."),
        ("How long is the Mill Bridge?", "The Mill Bridge opened after two years."),
        ("How long is the Mill Bridge?", "The engineer said that a crack was 2 metres long."),
        ("How many tonnes of timber does Holm sell?", "Holm sells 14 tonnes of steel a year."),
        ("Which number does Bo wear?", "Bo has played six matches."),
        ("How much did Holm pay for Bo?", "An offer of 22 million euros for Bo was turned down."),
        ("How many aftershocks were there?", "The toll was raised to 764."),
        ("How many people died in Holm?", "The pilot, Ann Lee, 62, was from Holm."),
    ],
)
def test_a_number_of_another_measure_or_deed_does_not_fit_however_sure_the_reader(
    question, sentence
):
    assert fits(question, sentence, 0.9)[-1] is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How high is the tower?", "The tower is 11 metres tall."),
        ("How deep is the river?", "The river is 4 metres deep."),
        ("How long is the Mill Bridge?", "The Mill Bridge is 90 metres long."),
        ("How many tonnes of steel does Holm sell?", "Holm sells 14 tonnes of steel a year."),
        ("How much did the pier cost?", "The pier cost 9 million pounds."),
        ("How much did Holm pay for Bo?", "Holm signed Bo for 28 million euros."),
    ],
)
def test_a_number_of_what_is_asked_fits(question, sentence):
    assert fits(question, sentence, 0.9)[-1] is not None


def test_seats_of_others_are_not_theirs():
    seats = "The Independents won ten seats."
    assert fits("How many seats did the Greens win?", seats) == [None]
    assert fits("How many seats did the Independents win?", seats) != [None]
