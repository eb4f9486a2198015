"""The stories of an archive: which articles they are told from, and what is refused."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import (
    EmptyQuestion,
    LimitOutOfRange,
    MatterNamesNothing,
    OffsetOutOfRange,
    PeriodReversed,
    SinceAfterAsOf,
)
from dragoman.search.question import Filters

REPORTS = (
    Article("opens", "Talks open", "Grain talks opened in Izmir on 3 May 2022.", "Daily Post",
            published=date(2022, 5, 3)),
    Article("ends", "Talks end", "Grain talks ended in Izmir on 9 May 2022.", "Gazete Doğu",
            published=date(2022, 5, 9), tags=("grain",)),
    Article("undated", "Talks pause", "Grain talks paused in Izmir on 6 May 2022."),
    Article("other", "Snow", "Snow fell on Kars on 6 May 2022.", published=date(2022, 5, 6)),
)  # fmt: skip


@pytest.fixture
def dragoman(tmp_path, encoder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(REPORTS)
        yield dragoman


def told(dragoman: Dragoman, **options) -> list[str]:
    found = dragoman.stories.timeline("grain talks", **options)
    return [report.line.article.id for event in found.events for report in event.reports]


def test_events_are_in_the_order_of_their_own_days(dragoman):
    found = dragoman.stories.timeline("grain talks")
    assert told(dragoman) == ["opens", "undated", "ends"]
    assert [event.first for event in found.events] == [date(2022, 5, day) for day in (3, 6, 9)]
    assert (found.total, found.undated, found.reason, found.warnings) == (3, 0, None, ())
    line = found.events[0].reports[0].line
    assert line.sentence == "Grain talks opened in Izmir on 3 May 2022."
    assert line.sentence == line.article.text[slice(*line.span)]


def test_an_article_that_only_has_a_name_told_with_the_matter_is_about_it(tmp_path, encoder):
    told = (
        ("opens", "Grain talks at the Yalova palace in Izmir opened on 3 May 2022."),
        ("pause", "Grain talks paused at the Yalova in Izmir on 4 May 2022."),
        ("burns", "The Yalova burnt down on 5 May 2022 and the grain with it."),
        ("snow", "Snow burnt grain down in Kars on 6 May 2022."),
    )
    with Dragoman.open(tmp_path / "kin", encoder) as dragoman:
        dragoman.add(Article(id, id, text) for id, text in told)
        found = dragoman.stories.timeline("grain talks in Izmir")
    assert [one.reports[0].line.article.id for one in found.events] == ["opens", "pause", "burns"]


def test_what_another_article_withdraws_is_left_out_and_named(tmp_path, encoder):
    wrong = "Grain talks opened in Izmir on 3 May 2022, and Ann Ek said they failed in Izmir."
    withdrawn = "The Star retracts its report that grain talks opened in Izmir on 3 May 2022."
    day = date(2022, 5, 4)
    with Dragoman.open(tmp_path / "withdrawn", encoder) as dragoman:
        dragoman.add([
            Article("wrong", "Grain talks", wrong, "Star", published=day),
            Article("notice", "Retraction", withdrawn, "Star", published=day),
            Article("other", "Grain", "Grain talks opened in Izmir on 5 May 2022.", "Post",
                    published=date(2022, 5, 6)),
        ])  # fmt: skip
        found = dragoman.stories.timeline("grain talks in Izmir")
        told = [one.line.article.id for event in found.events for one in event.reports]
        assert "other" in told
        assert "wrong" not in told
        assert found.warnings == ("“Grain talks” is left out: its outlet has withdrawn it.",)
        assert dragoman.stories.quotes(about="grain talks in Izmir").quotes == ()


def test_a_period_is_that_of_the_events_and_not_of_the_articles(dragoman):
    assert told(dragoman, filters=Filters(since="2022-05-04")) == ["undated", "ends"]
    assert told(dragoman, filters=Filters(until="2022-05-08")) == ["opens", "undated"]


def test_nothing_published_later_is_told_and_the_undated_are_counted(dragoman):
    found = dragoman.stories.timeline("grain talks", Filters(as_of="2022-05-08"))
    assert [one.reports[0].line.article.id for one in found.events] == ["opens"]
    assert found.undated == 1


def test_the_filters_by_source_and_tag_hold(dragoman):
    assert told(dragoman, filters=Filters(sources="daily post")) == ["opens"]
    assert told(dragoman, filters=Filters(tags="GRAIN")) == ["ends"]


def test_events_come_page_by_page(dragoman):
    assert told(dragoman, limit=1, offset=1) == ["undated"]
    found = dragoman.stories.timeline("grain talks", limit=1, offset=5)
    assert (found.events, found.total) == ((), 3)


@pytest.mark.parametrize(
    ("matter", "filters", "reason", "said"),
    [
        ("ice hockey", {}, "nothing_near", "No article is about “ice hockey”."),
        ("grain talks", {"sources": "nobody"}, "empty", "The filters exclude every article."),
        ("grain talks", {"since": "2023-01-01"}, "nothing_told", "at that time"),
    ],
)
def test_where_there_is_no_event_a_reason_is_given(dragoman, matter, filters, reason, said):
    found = dragoman.stories.timeline(matter, Filters(**filters))
    assert (found.events, found.total, found.reason) == ((), 0, reason)
    assert said in found.warnings[0]


@pytest.mark.parametrize("matter", ["a", "the of and", "x y", "29", "…of…"])
def test_a_matter_that_names_nothing_is_refused(dragoman, matter):
    with pytest.raises(MatterNamesNothing, match="names nothing to look for"):
        dragoman.stories.timeline(matter)


def test_what_was_announced_as_of_a_day_is_told_for_later_days(tmp_path, encoder):
    with Dragoman.open(tmp_path / "ahead", encoder) as dragoman:
        text = "Grain talks will open in Izmir on 9 May."
        dragoman.add(Article("ahead", "Talks", text, published=date(2022, 5, 3)))
        later = Filters(since="2022-05-08", as_of="2022-05-04")
        (event,) = dragoman.stories.timeline("grain talks", later).events
        assert (event.first, event.announced) == (date(2022, 5, 9), True)
        for ask in (dragoman.stories.figures, dragoman.stories.conflicts):
            with pytest.raises(SinceAfterAsOf):
                ask("grain talks", later)
        with pytest.raises(SinceAfterAsOf):
            dragoman.stories.quotes("Ek", filters=later)


def test_what_cannot_be_asked_is_refused(dragoman):
    with pytest.raises(EmptyQuestion):
        dragoman.stories.timeline("?")
    with pytest.raises(LimitOutOfRange):
        dragoman.stories.timeline("grain talks", limit=0)
    with pytest.raises(OffsetOutOfRange):
        dragoman.stories.timeline("grain talks", offset=-1)
    with pytest.raises(PeriodReversed):
        Filters(since="2022-05-02", until="2022-05-01")
