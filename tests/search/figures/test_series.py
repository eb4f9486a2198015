"""The series behind a question: values by day, place and who counted."""

import pytest
from written_series import Case, as_written, matches, written_cases

from dragoman.search.figures.counters import counter_of
from dragoman.search.figures.series import series_of

CASES = written_cases()
# Written before the rules were read, from other topics: 48 were exact at first.
FRESH = written_cases("fresh_series.txt")
FRESH_EXACT = 59
# A third time, as readers type their questions: 30 were exact at first.
THIRD = written_cases("third_series.txt")
THIRD_EXACT = 48


def exact(case: Case) -> bool:
    several = any(line.split(" | ")[3] for line in case.expected)
    got = [
        as_written(one, case.evidence, several) for one in series_of(case.question, case.evidence)
    ]
    return matches(got, case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_series_is_as_a_careful_reader_gives_it(case: Case) -> None:
    assert exact(case)


def test_series_on_other_topics_are_exact_as_often_as_said() -> None:
    assert sum(map(exact, FRESH)) == FRESH_EXACT
    assert sum(map(exact, THIRD)) == THIRD_EXACT


def test_the_sets_are_large_enough_to_tell() -> None:
    for cases in (CASES, FRESH, THIRD):
        assert len(cases) >= 60
        assert len({case.name for case in cases}) == len(cases)


@pytest.mark.parametrize(
    ("sentence", "counter"),
    [
        ("Police said 12 people died.", "Police"),
        ("12 people died, according to the Red Cross, which helps.", "Red Cross"),
        ("In 12 towns the lights went out, he said.", None),
        ("12 people died, according to UN estimates.", "UN estimates"),
        ("12 people died, according to estimates by the UN, which warned of more.", "UN"),
        ("An estimated 12 people died.", None),
        ("The union counted 900; the city counted 12.", "city"),
        (
            "12 people died, informs the press service of the ministry.",
            "press service of the ministry",
        ),
    ],
)
def test_who_counted_is_who_the_sentence_names(sentence: str, counter: str | None) -> None:
    start = sentence.index("12")
    assert counter_of(sentence, (start, start + 2)) == counter
