"""Figures of other subjects are left out, or stand by name."""

import pytest

from dragoman.search.figures.answer import figures_line
from dragoman.search.figures.finding import Evidence
from dragoman.search.figures.history import FigureHistory, history_of
from dragoman.search.figures.subjects import named_together
from made_figures import PIERS, TOWN, article


def found(question: str, evidence: list[Evidence]) -> list[tuple[str, float, str]]:
    history = history_of(question, evidence)
    figures = history.figures if isinstance(history, FigureHistory) else ()
    return [(one.subject, one.quantity.number.value, str(one.day)) for one in figures]


@pytest.mark.parametrize(
    ("question", "value", "day"),
    [
        ("How many workers does the brewery Zoll have?", 95, "2024-03-11"),
        ("how many workers does the brewery zoll have", 95, "2024-03-11"),
        ("How many workers does the cable car have?", 38, "2024-02-20"),
        ("How many people does the brewery want to hire?", 12, "2024-03-11"),
    ],
)
def test_a_figure_is_of_what_its_sentence_or_the_one_before_names(question, value, day):
    assert found(question, TOWN) == [("", value, day)]


@pytest.mark.parametrize(
    ("question", "value", "day"),
    [
        ("How long is the pier at Brancombe?", 420, "2024-06-15"),
        ("How long is the pier at Aldwick?", 310, "2024-06-01"),
        ("how long is the pier at aldwick", 310, "2024-06-01"),
    ],
)
def test_a_coming_day_is_not_that_of_the_figure(question, value, day):
    assert found(question, PIERS) == [("", value, day)]


def test_two_that_are_named_have_a_figure_each():
    question = "How much did the piers at Aldwick and Brancombe cost?"
    assert found(question, PIERS) == [
        ("Aldwick", 12e6, "2024-06-01"),
        ("Brancombe", 9e6, "2024-06-15"),
    ]
    history = history_of(question, PIERS)
    assert history is not None
    assert figures_line(history) == (
        "Aldwick: 12 million crowns (1 June 2024) [1]; "
        "Brancombe: 9 million crowns (15 June 2024) [2]."
    )


def test_several_that_are_not_told_apart_stand_by_their_own_names():
    assert {subject for subject, _, _ in found("How much did the pier cost?", PIERS)} == {
        "Aldwick",
        "Brancombe",
        "Coll",
    }


def test_children_are_not_all_people_nor_soldiers_civilians():
    story = [
        article(
            "Quake", "The quake killed 90 people. Of them 12 children were killed.", "2024-01-01"
        ),
        article("More", "The quake killed 30 children.", "2024-01-02"),
    ]
    assert found("How many people did the quake kill?", story) == [("", 90, "2024-01-01")]
    assert found("How many children did the quake kill?", story)[0][1] == 30
    soldiers = article("War", "In the war 40 soldiers were killed.", "2024-01-01")
    sure = Evidence(soldiers.article, soldiers.span, (11, 22), 0.99)
    assert history_of("How many civilians were killed in the war?", [sure]) is None


def test_a_correction_takes_the_wrong_figure_away():
    first = article("Slide buries cars", "A slide at Vigra has buried 40 cars.", "2024-02-03")
    note = article(
        "Correction: slide at Vigra",
        "We wrote that 40 cars were buried at Vigra. That was wrong. The police speak of 14 cars.",
        "2024-02-04",
    )
    question = "How many cars did the slide at Vigra bury?"
    assert found(question, [first]) == [("", 40, "2024-02-03")]
    assert found(question, [first, note]) == [("", 14, "2024-02-04")]
    history = history_of(question, [first, note])
    assert history is not None
    assert [one.evidence for one in history.corrected] == [1]


def test_names_that_are_joined():
    assert named_together("How many died in Aria or in Boria?") == ["Aria", "Boria"]
    assert named_together("How many died in May and June 2022?") == []


QUAKE = [
    article("Strong quake hits Holm", "At least 87 people were killed in the quake.", "2025-03-02"),
    article(
        "Toll of Holm quake rises",
        "The quake in the Ardan province of Holm killed at least 412 people. Two children died.",
        "2025-03-03",
    ),
    article("Facts of Holm", "The last quake in Holm, in 1968, killed 5,000 people.", "2025-03-05"),
]


def test_reports_of_one_event_are_of_no_several_subjects_nor_of_one_long_before():
    assert found("How many people died in the Holm quake?", QUAKE) == [
        ("", 412, "2025-03-03"),
        ("", 87, "2025-03-02"),
    ]


def test_a_figure_is_corrected_by_the_next_sentence():
    costs = article(
        "Cost of the strike",
        "The minister said that the strike had cost 800 million euros. The ministry said that the "
        "correct figure was 380 million euros.",
        "2025-03-02",
    )
    assert found("How much did the strike cost?", [costs]) == [("", 380e6, "2025-03-02")]


def test_a_correction_takes_back_what_its_outlet_said_not_what_was_counted_days_before():
    counts = [
        article("First", "80 fans came to the cup.", "2024-05-01", "Post"),
        article("Second", "82 fans came to the cup.", "2024-05-01", "Mail"),
        article("Third", "90 fans came to the cup.", "2024-05-03", "Mail"),
        article("Last", "It corrected the number of fans at the cup to 88.", "2024-05-04", "Post"),
    ]
    told = found("How many fans came to the cup?", counts)
    assert {value for _, value, _ in told} == {82, 88}


ROUNDS = [
    article(
        "Vote in Holt",
        "The result of the first round: turnout was 58 percent. Ada Holm won 410 votes.",
        "2030-05-06",
    ),
    article(
        "New mayor",
        "In the runoff on Sunday turnout was 49 percent. Bo Lund won 390 votes.",
        "2030-05-20",
    ),
]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("What was the turnout in the first round?", [58]),
        ("What was the turnout in the runoff?", [49]),
        ("What was the turnout?", [49, 58]),
        ("How many votes did Bo Lund win?", [390]),
        ("How many votes did Ada Holm win?", [410]),
    ],
)
def test_figures_are_of_the_round_and_of_who_is_asked_about(question, values):
    assert [value for _, value, _ in found(question, ROUNDS)] == values


def test_a_number_of_the_question_does_not_answer_it():
    text = "Savers with more than 80,000 marks get back 90 percent."
    question = "How much do savers with more than 80,000 marks get back?"
    told = found(question, [article("Bank", text, "2030-05-06")])
    assert 80_000 not in [value for _, value, _ in told]


def test_how_many_a_day_are_not_how_many():
    text = "64,000 children have been vaccinated. Nurses vaccinate 8,000 children a day."
    told = [article("Vaccines", text, "2030-05-06")]
    assert found("How many children have been vaccinated?", told)[0][1] == 64_000
    assert found("How many children are vaccinated a day?", told)[0][1] == 8_000
