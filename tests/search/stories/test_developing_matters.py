"""Timelines of matters that develop, as several outlets report them."""

from datetime import date

import pytest
from developing_matters import Share, line_of, measured, written_matters

from dragoman.corpus.article import Article
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


@pytest.mark.parametrize(
    ("matter", "announced", "opened", "ended"),
    [
        ("Climate talks in Orava", "The climate talks in Orava will run from 28 to 30 March.",
         "The climate talks in Orava opened on Friday.",
         "The climate talks in Orava ended on Sunday."),
        ("Book fair in Orava", "The book fair in Orava will be held from 28 to 30 March.",
         "The book fair in Orava opened its doors on Friday.",
         "The book fair in Orava closed on Sunday after 40,000 visits."),
    ],
)  # fmt: skip
def test_what_is_announced_for_several_days_is_of_the_first_and_the_last_stands_apart(
    tmp_path, real_encoder, matter, announced, opened, ended
):
    days = [date(2031, 3, 20), date(2031, 3, 28), date(2031, 3, 31)]
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add(
            Article(str(number), matter, text, f"Outlet {number}", published=day)
            for number, (day, text) in enumerate(zip(days, (announced, opened, ended), strict=True))
        )
        first, last = dragoman.stories.timeline(matter).events
    assert [report.line.article.id for report in first.reports] == ["1", "0"]
    assert [report.line.article.id for report in last.reports] == ["2"]
    assert (first.first, last.first) == (days[1], date(2031, 3, 30))


def test_what_begins_within_the_days_announced_is_told_with_them(tmp_path, real_encoder):
    announced = "Delegations of Doria and Lemland will meet in Perrin from 28 to 30 March."
    begun = (
        "A new round of peace talks between Doria and Lemland kicked off in the palace of Malm on "
        "Saturday."
    )
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add(
            [
                Article("a", "Talks of Doria", announced, "Post", published=date(2031, 3, 27)),
                Article("b", "Talks of Doria", begun, "Bell", published=date(2031, 3, 29)),
            ]
        )
        [event] = dragoman.stories.timeline("peace talks of Doria and Lemland").events
    assert (event.first, event.announced, event.independent) == (date(2031, 3, 29), False, 2)
    assert event.changes == ()
