"""Figures compared, each of a subject of its own and in the same unit."""

import pytest

from dragoman.search.figures.comparing import compare
from dragoman.search.figures.finding import Evidence
from made_figures import PIERS, TOWN, article

WAR = [article("War", "In the war 1,151 civilians were killed and 1,824 injured.", "2022-03-29")]


def computed(question: str, evidence: list[Evidence]) -> str | None:
    found = compare(question, evidence)
    return found.computed if found else None


@pytest.mark.parametrize(
    ("question", "evidence", "expected"),
    [
        (
            "Which pier is longer, that of Aldwick or that of Brancombe?",
            PIERS,
            "Computed: 310 metres < 420 metres.",
        ),
        (
            "How much longer is the pier at Brancombe than that at Aldwick?",
            PIERS,
            "Computed: 420 − 310 = 110 m.",
        ),
        (
            "Which pier is the longest?",
            PIERS,
            "The highest figure found: 420 metres, Brancombe, of 3 that the articles give.",
        ),
        (
            "Which pier was the cheapest?",
            PIERS,
            "The lowest figure found: 700,000 crowns, Coll, of 3 that the articles give.",
        ),
        (
            "How many more workers does the brewery have than the cable car?",
            TOWN,
            "Computed: 95 − 38 = 57.",
        ),
        (
            "How many more civilians were injured than killed?",
            WAR,
            "Computed: 1,824 − 1,151 = 673.",
        ),
        ("Which pier is longer, that of Aldwick or that of Dell?", PIERS, None),
        ("Which tower is the highest?", PIERS, None),
        ("How long is the pier at Aldwick?", PIERS, None),
    ],
)
def test_what_is_computed(question, evidence, expected):
    assert computed(question, evidence) == expected
