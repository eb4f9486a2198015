"""Events: which sentences tell of the same, and what changed between them."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters
from dragoman.search.stories.timeline import Event

MATTER = "grain talks"


@pytest.fixture
def told(tmp_path, encoder):
    """Returns the events of grain talks from sentences, each of an article of a day in May 2022."""

    def events(*sentences: tuple[int | None, str], **filters) -> tuple[Event, ...]:
        with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
            dragoman.add(
                Article(f"{at}", "Grain talks", text, f"Outlet {at}",
                        published=date(2022, 5, day) if day else None)
                for at, (day, text) in enumerate(sentences)
            )  # fmt: skip
            return dragoman.stories.timeline(MATTER, Filters(**filters)).events

    return events


def ids(event: Event) -> list[str]:
    return [report.line.article.id for report in event.reports]


def test_reports_of_the_same_are_one_event(told):
    events = told(
        (4, "Grain talks between the two ministers opened in Izmir on Tuesday."),
        (9, "The grain talks of the two ministers had opened in Izmir on 3 May."),
        (9, "Dockers of Kars went on strike over grain talks on Saturday."),
    )
    assert [(event.first.day, sorted(ids(event))) for event in events] == [
        (3, ["0", "1"]),
        (7, ["2"]),
    ]
    assert [event.independent for event in events] == [2, 1]


def test_what_is_still_to_come_is_announced_until_it_is_told_as_done(told):
    announced = (2, "Grain talks between the two ministers will open in Izmir on Friday.")
    done = (7, "Grain talks between the two ministers opened in Izmir on Friday.")
    (event,) = told(announced)
    assert (event.first, event.announced) == (date(2022, 5, 6), True)
    (event,) = told(announced, done)
    assert (event.first, event.announced, event.changes) == (date(2022, 5, 6), False, ())


def test_a_start_that_moves_is_one_event_of_the_later_day(told):
    (event,) = told(
        (1, "Grain talks between the two ministers will open in Izmir on 3 May."),
        (2, "Grain talks between the two ministers will open in Izmir on 4 May."),
        (4, "Grain talks between the two ministers opened in Izmir on Wednesday."),
    )
    assert (event.first, event.last, event.announced) == (date(2022, 5, 4), date(2022, 5, 4), False)
    (change,) = event.changes
    assert (change.kind, change.before[0].day, change.after[0].day) == ("moved", 3, 4)
    assert change.line.article.id == "1"


def test_as_of_a_day_before_it_moved_it_has_not_moved(told):
    (event,) = told(
        (1, "Grain talks between the two ministers will open in Izmir on 3 May."),
        (2, "Grain talks between the two ministers will open in Izmir on 4 May."),
        as_of="2022-05-01",
    )
    assert (event.first, event.announced, event.changes) == (date(2022, 5, 3), True, ())


def test_what_a_report_calls_postponed_or_cancelled_is_shown_as_that(told):
    announced = (1, "Grain talks between the two ministers will open in Izmir on 5 May.")
    put_off = (
        "Grain talks between the two ministers were postponed and will open in Izmir on 9 May."
    )
    called_off = "Grain talks between the two ministers to be held in Izmir on 5 May are cancelled."
    (event,) = told(announced, (2, put_off))
    assert [(one.kind, one.after[0].day) for one in event.changes] == [("postponed", 9)]
    assert (event.first.day, event.announced, event.cancelled) == (9, True, False)
    (event,) = told(announced, (3, called_off))
    assert [(one.kind, one.after) for one in event.changes] == [("cancelled", None)]
    assert (event.first.day, event.announced, event.cancelled) == (5, True, True)


def test_what_had_been_announced_and_did_not_happen_is_cancelled(told):
    announced = (2, "Grain talks between the two ministers will open in Izmir on 5 May.")
    called_off = (6, "The grain talks of the two ministers in Izmir on 5 May were cancelled.")
    (event,) = told(announced, called_off)
    assert (event.first.day, event.announced, event.cancelled) == (5, True, True)


def test_what_ends_by_being_called_off_is_not_cancelled(told):
    (event,) = told((6, "The grain talks of the two ministers in Izmir were called off on 4 May."))
    assert (event.first.day, event.announced, event.cancelled) == (4, False, False)


def test_one_sentence_may_tell_from_which_day_to_which_it_moved(told):
    (event,) = told((2, "Grain talks in Izmir were moved from 5 to 7 May."))
    (change,) = event.changes
    assert (change.kind, change.before[0].day, change.after[0].day) == ("moved", 5, 7)
    assert (event.first.day, event.announced) == (7, True)


def test_what_one_article_recalls_of_years_before_is_left_out_beside_the_present(told):
    present = [(day + 1, f"Grain talks opened in hall {day} on {day} May.") for day in (2, 4, 6, 8)]
    recalled = "Grain talks once failed for good in Kars on 3 May 2019."
    assert [event.first.year for event in told((9, recalled))] == [2019]
    assert {event.first.year for event in told((9, recalled), *present)} == {2022}


def test_captions_tell_of_no_event(told):
    assert (
        told(
            (4, "Photo: Grain talks of the two ministers in Izmir on 3 May."),
            (4, "A picture with the report shows grain talks in Izmir on 3 May 2022."),
            (4, "Ministers attend grain talks in Izmir, Turkey, on May 3, 2022."),
        )
        == ()
    )


def test_what_a_withdrawn_article_tells_is_behind_what_stands(told):
    (event,) = told(
        (4, "Grain talks opened in Izmir on 3 to 4 May. This report is withdrawn."),
        (5, "Grain talks opened in Izmir on 3 to 4 May, he said. We have retracted this story."),
        (9, "Grain talks between the two ministers opened in Izmir on 4 May."),
    )
    assert ids(event)[0] == "2"
    assert [report.line.article.is_withdrawn for report in event.reports] == [False, True, True]
    assert (event.first.day, event.last.day, event.independent) == (4, 4, 1)


def test_a_first_sentence_without_a_day_is_of_the_day_of_its_article(told):
    (event,) = told((4, "Grain talks between the two ministers have broken down in Izmir."))
    assert event.first == date(2022, 5, 4)
    assert [report.dated_by_article for report in event.reports] == [True]


def test_an_article_dated_in_the_future_is_taken_as_it_says(tmp_path, encoder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        text = "Grain talks opened in Izmir on Tuesday."
        dragoman.add(Article("late", "Grain talks", text, published=date(2099, 5, 6)))
        (event,) = dragoman.stories.timeline(MATTER).events
        assert event.first == date(2099, 5, 5)
        found = dragoman.stories.timeline(MATTER, Filters(as_of=date.today()))
    assert (found.events, found.reason) == ((), "empty")
