"""Timelines of matters that develop, as several outlets report them."""

import pytest
from developing_matters import Share, line_of, measured, written_matters

from dragoman.search.bundled import BUNDLED
from dragoman.search.dragoman import Dragoman


@pytest.fixture(scope="module")
def shares(tmp_path_factory, real_encoder) -> dict[str, Share]:
    matters = written_matters()
    with Dragoman.open(tmp_path_factory.mktemp("matters") / "archive", real_encoder) as dragoman:
        dragoman.add([article for matter in matters for article in matter.articles])
        dragoman.add(BUNDLED)  # which the matters have to be told from
        told = [
            (matter, dragoman.stories.timeline(matter.asked, limit=100).events)
            for matter in matters
        ]
    return measured(
        (matter, [line_of(event, matter) for event in events]) for matter, events in told
    )


@pytest.mark.parametrize(
    ("what", "least"),
    [
        ("precision", 0.95),
        ("recall", 0.9),
        ("day", 0.95),
        ("state", 0.85),
        ("merged", 0.85),
        ("apart", 0.95),
        ("changes found", 0.6),
        ("changes right", 0.8),
    ],
)
def test_a_timeline_has_the_events_that_a_careful_reader_finds(shares, what, least):
    assert shares[what].right >= least * shares[what].of, str(shares[what])


def test_the_set_is_large_enough_to_tell():
    matters = written_matters()
    assert sum(len(matter.articles) for matter in matters) >= 40
    assert sum(len(matter.events) for matter in matters) >= 40
