"""The words by which figures are compared."""

import pytest

from dragoman.search.figures.words import stems_of


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The fire claimed civilian lives.", {"fire", "kill", "civilian"}),
        ("It cost their lives.", {"kill"}),
        ("She took a flat and lives alone.", {"took", "flat", "live", "alon"}),
    ],
)
def test_lives_that_are_lost_are_people_killed(text, stems):
    assert stems_of(text) == stems
