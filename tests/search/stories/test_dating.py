"""The day of what a sentence tells."""

from datetime import date

import pytest

from dragoman.corpus.article import Article
from dragoman.search.stories.dating import days_of

TUESDAY = date(2022, 3, 29)


def told(sentence: str, published: date | None = TUESDAY, text: str = "", year=None) -> list[str]:
    """The days of a sentence, with "!" where they are announced."""
    found = days_of(sentence, Article("a", "", text, published=published), year)
    return [
        f"{one.first}{'' if one.first == one.last else f'/{one.last}'}{'!' * one.announced}"
        for one in found
    ]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("The talks opened on 29 March in Istanbul.", ["2022-03-29"]),
        ("Negotiators arrived in Istanbul on Monday.", ["2022-03-28"]),
        ("He left for Ankara yesterday, the office said.", ["2022-03-28"]),
        ("They met in Antalya on March 10.", ["2022-03-10"]),
        ("The envoys will meet on Tuesday in Ankara.", ["2022-03-29!"]),
        ("The envoys will meet on Thursday in Ankara.", ["2022-03-31!"]),
        ("The hearing is scheduled for 4 April.", ["2022-04-04!"]),
        ("The union plans a march on Saturday.", ["2022-04-02!"]),
        ("Talks begin again on 2 April, he said.", ["2022-04-02!"]),
        ("Delegations will meet from 30 March to 1 April.", ["2022-03-30/2022-04-01!"]),
        ("The court ruled on Friday, and will sit again on Monday.", ["2022-03-25", "2022-04-04!"]),
        ("The last round was on 14 March.", ["2022-03-14"]),
        ("The ministry said on Monday that envoys will meet.", ["2022-03-28"]),
        ("The minister today said that Ankara will help.", ["2022-03-29"]),
        ("The office announced plans on Monday to see the plant.", ["2022-03-28"]),
        ("He said it will open on Friday.", ["2022-04-01!"]),
        ("March 7: The envoys break off the talks", ["2022-03-07"]),
        ("The ministers met on 3 December.", ["2021-12-03"]),
    ],
)
def test_it_is_the_day_that_the_sentence_names(sentence, days):
    assert told(sentence) == days


@pytest.mark.parametrize(
    "sentence",
    [
        "No ship has left since the war began on 24 February.",
        "Nobody had met since 10 March.",
        "It rained in 2021 and in March.",
        "The report of 28 March says little.",
        "The date of 28 March is inferred from another report.",
        "The minister spoke at length about grain.",
        "Ankara closed the straits under a pact of 1936.",
    ],
)
def test_a_date_of_something_else_is_no_day_of_it(sentence):
    assert told(sentence) == []


def test_an_undated_article_knows_no_days_of_the_week():
    assert told("They arrived on Monday.", None) == []
    assert told("They will meet on 30 March 2022.", None) == ["2022-03-30!"]


def test_the_year_of_an_undated_article_is_the_one_that_it_names_or_that_of_the_others():
    assert told("They met on 10 March.", None) == []
    assert told("They met on 10 March.", None, "War came on 24 February 2021.") == ["2021-03-10"]
    assert told("They met on 10 March.", None, year=2022) == ["2022-03-10"]


@pytest.mark.parametrize(
    ("sentence", "day", "moved_from"),
    [
        ("The round was moved from 2 to 4 April.", date(2022, 4, 4), date(2022, 4, 2)),
        ("The round was moved from Thursday to Friday.", date(2022, 4, 1), date(2022, 3, 31)),
        ("The round was put off from 2 April to 20 April.", date(2022, 4, 20), date(2022, 4, 2)),
        ("The talks were to start on 2 April and will now start on 3 April.", date(2022, 4, 3),
         date(2022, 4, 2)),
        ("The opening was postponed by two days to 4 April.", date(2022, 4, 4), date(2022, 4, 2)),
        ("It was brought forward a week to 4 April.", date(2022, 4, 4), date(2022, 4, 11)),
        ("It will be held on 4 April instead of 2 April.", date(2022, 4, 4), date(2022, 4, 2)),
        ("Delegates will meet from 2 to 4 April.", date(2022, 4, 2), None),
        ("He was moved to a hospital on Monday.", date(2022, 3, 28), None),
    ],
)  # fmt: skip
def test_a_day_that_no_longer_holds_is_where_it_was_moved_from(sentence, day, moved_from):
    (one,) = days_of(sentence, Article("a", "", "", published=TUESDAY))
    assert (one.first, one.moved_from and one.moved_from[0]) == (day, moved_from)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("KYIV, March 28 (Reuters) - Talks opened on Monday.", ["2022-03-28"]),
        ("ISTANBUL, 27 March -- They arrived by plane.", []),
        ("Kyiv, March 27 (AP) — They arrived on 26 March.", ["2022-03-26"]),
        ("On Sunday, 27 March - a cold day - they arrived.", ["2022-03-27"]),
        ("The board will publish its report on 30 April.", ["2022-04-30!"]),
    ],
)
def test_the_day_of_a_dateline_is_no_day_of_what_is_told(sentence, days):
    assert told(sentence) == days


@pytest.mark.parametrize("published", [date.min, date.max, None])
def test_days_at_the_ends_of_the_calendar_are_no_error(published):
    for sentence in ("They will meet on Tuesday.", "It was yesterday.", "They met on 29 February."):
        told(sentence, published)
