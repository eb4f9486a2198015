"""Who said what in an archive: found by speaker and matter, merged over articles and spellings."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import (
    LimitOutOfRange,
    MatterNamesNothing,
    NobodyAndNothingAsked,
    SpeakerEmpty,
)
from dragoman.search.question import Filters

REPORTS = (
    Article("first", "Port", "The port will open in June, Harbour Minister Selma Işık told Sea "
            "Radio on Monday.", "Daily Post", published=date(2022, 5, 3)),
    Article("later", "Port to open", "Minister Selma Isik said the port will open in June.\n\nShe "
            "denied that any boat was lost.", "Gazete Doğu", published=date(2022, 5, 4)),
    Article("pilot", "Pilots", "“The channel is too shallow,” said Deniz Ergin, a pilot.",
            "Daily Post", published=date(2022, 5, 6), tags=("pilots",)),
    Article("undated", "Fish", "Ali Işık, a fisherman, said that the nets were empty."),
)  # fmt: skip


@pytest.fixture
def dragoman(tmp_path, encoder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add(REPORTS)
        yield dragoman


def said(dragoman: Dragoman, **asked) -> list[tuple[str, list[str]]]:
    found = dragoman.stories.quotes(**asked)
    return [(one.speaker, [t.line.article.id for t in one.tellings]) for one in found.quotes]


def test_what_a_speaker_says_is_merged_over_articles_and_spellings(dragoman):
    found = dragoman.stories.quotes("Selma Isik")
    assert [ids for _, ids in said(dragoman, speaker="Selma Isik")] == [
        ["later"],
        ["first", "later"],
    ]
    denied, opens = found.quotes
    assert opens.first.quotation.addressee == "Sea Radio"
    assert (opens.day, opens.independent) == (date(2022, 5, 2), 2)
    assert denied.first.quotation.verb == "deny"
    assert (found.total, found.reason, found.warnings) == (2, None, ())


@pytest.mark.parametrize(
    ("other", "statements"),
    [
        ("The port will open with 90 berths, Minister Selma Işık said.", 2),
        ("The port will not open with 40 berths, Minister Selma Işık said.", 2),
        ("The port will open, with 40 new berths, Minister Selma Işık said.", 1),
    ],
)
def test_another_number_or_a_denial_is_another_statement(tmp_path, encoder, other, statements):
    first = "The port will open with 40 berths, Minister Selma Işık said."
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        dragoman.add([Article("a", "Port", first, "Post"), Article("b", "Port", other, "Bell")])
        assert dragoman.stories.quotes("Selma Işık").total == statements


def test_people_of_one_surname_are_told_apart(dragoman):
    assert {one.speaker for one in dragoman.stories.quotes("Işık").quotes} == {
        dragoman.stories.quotes("Selma Işık").quotes[0].speaker,
        "Ali Işık",
    }
    assert said(dragoman, speaker="Ali Işık") == [("Ali Işık", ["undated"])]


def test_a_matter_narrows_what_a_speaker_says(dragoman):
    assert [ids for _, ids in said(dragoman, speaker="the minister Işık", about="lost boat")] == [
        ["later"]
    ]


def test_what_anybody_says_about_a_matter(dragoman):
    assert said(dragoman, about="shallow channel") == [("Deniz Ergin", ["pilot"])]


def test_each_quote_is_verbatim_at_its_span(dragoman):
    for one in dragoman.stories.quotes("Işık").quotes:
        for telling in one.tellings:
            report, text = telling.to_dict(), telling.line.article.text
            assert text[slice(*report["quote_span"])] == report["quote"]
            assert report["quote"] in report["sentence"]


def test_nothing_published_later_is_told(dragoman):
    found = dragoman.stories.quotes("Işık", filters=Filters(as_of="2022-05-03"))
    assert [one.first.line.article.id for one in found.quotes] == ["first"]
    assert found.undated == 1


def test_a_speaker_who_is_not_known_has_the_nearest_named(dragoman):
    found = dragoman.stories.quotes("Ergim")
    assert (found.quotes, found.reason, found.nearest) == ((), "nothing_near", ("Deniz Ergin",))
    assert "“Ergim”. They have those of Deniz Ergin." in found.warnings[0]


def test_where_a_speaker_says_nothing_about_a_matter_that_is_said(dragoman):
    found = dragoman.stories.quotes("Ergin", about="snow in the mountains")
    assert (found.quotes, found.reason) == ((), "nothing_told")
    assert "“Ergin” about “snow in the mountains”" in found.warnings[0]


def test_filters_that_exclude_every_article_are_named(dragoman):
    found = dragoman.stories.quotes("Işık", filters=Filters("nobody"))
    assert (found.quotes, found.reason) == ((), "empty")


def test_quotes_come_page_by_page(dragoman):
    found = dragoman.stories.quotes("Selma Işık", limit=1, offset=1)
    assert [len(found.quotes), found.total] == [1, 2]


@pytest.mark.parametrize(
    ("distorted", "speakers"),
    [
        ("Denis Erkin, a pilot,", ["Deniz Ergin"]),
        ("Deniz Erkin", ["Deniz Ergin", "Deniz Erkin"]),
        ("Deniz Erdem", ["Deniz Erdem", "Deniz Ergin"]),
        ("Selma Ergin, a pilot,", ["Deniz Ergin", "Selma Ergin"]),
    ],
)
def test_a_name_that_a_translation_distorts_is_of_the_same_speaker(dragoman, distorted, speakers):
    text = f"The channel is full of sand, {distorted} said."
    dragoman.add([Article("distorted", "Channel", text, published=date(2022, 5, 7))])
    found = dragoman.stories.quotes(about="the channel")
    assert sorted({one.speaker for one in found.quotes}) == speakers


def test_what_cannot_be_asked_is_refused(dragoman):
    with pytest.raises(NobodyAndNothingAsked, match="Neither a speaker nor"):
        dragoman.stories.quotes()
    with pytest.raises(MatterNamesNothing):
        dragoman.stories.quotes(about="of the")
    with pytest.raises(SpeakerEmpty, match="The speaker is empty"):
        dragoman.stories.quotes(" ")
    with pytest.raises(LimitOutOfRange):
        dragoman.stories.quotes("Işık", limit=0)
