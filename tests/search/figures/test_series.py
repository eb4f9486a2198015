"""The series behind a question: values by day, place and who counted."""

import pytest
from written_series import Case, as_written, matches, written_cases

from dragoman.search.figures.counters import counter_of
from dragoman.search.figures.finding import Evidence
from dragoman.search.figures.series import series_of
from dragoman.search.reading.model import open_reader_model

CASES = written_cases()
# Written before the rules were read, from other topics: 48 were exact at first.
FRESH = written_cases("fresh_series.txt")
FRESH_EXACT = 61
# A third time, as readers type their questions: 30 were exact at first.
THIRD = written_cases("third_series.txt")
THIRD_EXACT = 47
# A fourth time, with the most varied wording: 12 were exact at first.
FOURTH = written_cases("fourth_series.txt")
FOURTH_EXACT = 17
FOURTH_READ_EXACT = 18
NEWEST, NEWEST_READ = 35, 44  # have the newest figure right, without and with the reader


def got(case: Case, evidence: list[Evidence]) -> list[str]:
    several = any(line.split(" | ")[3] for line in case.expected)
    return [as_written(one, evidence, several) for one in series_of(case.question, evidence)]


def exact(case: Case, evidence: list[Evidence] | None = None) -> bool:
    return matches(got(case, evidence or case.evidence), case.expected)


def newest_is_right(case: Case, evidence: list[Evidence]) -> bool:
    def newest(lines: list[str]) -> str:
        return max((line.split(" | ")[1::-1] for line in lines), default=["", ""])[1]

    return newest(got(case, evidence)) == newest(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_series_is_as_a_careful_reader_gives_it(case: Case) -> None:
    assert exact(case)


def test_series_on_other_topics_are_exact_as_often_as_said() -> None:
    assert sum(map(exact, FRESH)) == FRESH_EXACT
    assert sum(map(exact, THIRD)) == THIRD_EXACT
    assert sum(map(exact, FOURTH)) == FOURTH_EXACT


def test_the_reader_finds_figures_in_words_that_the_question_has_not() -> None:
    reader = open_reader_model()
    read = [case.read_by(reader) for case in FOURTH]
    exactly = [exact(case, evidence) for case, evidence in zip(FOURTH, read, strict=True)]
    newest = [newest_is_right(case, case.evidence) for case in FOURTH]
    newest_read = [newest_is_right(*one) for one in zip(FOURTH, read, strict=True)]
    assert (sum(exactly), sum(newest), sum(newest_read)) == (FOURTH_READ_EXACT, NEWEST, NEWEST_READ)


def test_the_sets_are_large_enough_to_tell() -> None:
    for cases in (CASES, FRESH, THIRD, FOURTH):
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
