"""What a user is told where nothing was found."""

import json
from datetime import date

import pytest

from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters

ARTICLES = (
    {
        "id": "1",
        "source": "Daily Post",
        "date": "2022-03-10",
        "tags": ["Ports"],
        "text": "Ships sail.",
    },
    {"id": "2", "source": "Gazete Doğu", "text": "Ships lie still."},
    {"id": "3", "text": "Ships sink."},
)


@pytest.fixture
def ships(tmp_path, encoder) -> Dragoman:
    records = tmp_path / "ships.jsonl"
    records.write_text("\n".join(map(json.dumps, ARTICLES)))
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    dragoman.add(records)
    return dragoman


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (
            Filters(("Nobody",)),
            "The filters exclude every article. The sources here are: Daily Post, Gazete Doğu.",
        ),
        (
            Filters(since=date(2023, 1, 1)),
            "The filters exclude every article: of the 3 in the archive, 2 state no date of "
            "publication, and the others were not published at that time.",
        ),
        (
            Filters(("gazete dogu",), since=date(2022, 3, 1)),
            "The filters exclude every article: none from these sources states its date of "
            "publication.",
        ),
        (
            Filters(tags="grain"),
            "The filters exclude every article: none has the tag “grain”.",
        ),
        (
            Filters("Gazete Doğu", tags=["grain", "ports"]),
            "The filters exclude every article: none from these sources has any of the tags "
            "“grain”, “ports”.",
        ),
        (
            Filters(tags="ports", since=date(2023, 1, 1)),
            "The filters exclude every article: none with these tags was published at that time.",
        ),
        (
            Filters(("Daily Post",), until=date(2022, 3, 1)),
            "The filters exclude every article: none from these sources was published at that "
            "time.",
        ),
    ],
)
def test_filters_that_exclude_everything_are_named(ships, filters, said):
    assert ships.search("ships", filters=filters).warnings == (said,)
    answer = ships.ask("Do ships sail?", filters=filters)
    assert (answer.status, answer.reason) == ("not_in_corpus", "filtered")
    assert said in answer.warnings[0]
    assert "Ships sail" in answer.warnings[0]


def test_an_archive_without_sources_says_so(ships):
    ships.remove(["1", "2"])
    assert ships.search("ships", filters=Filters(("Nobody",))).warnings == (
        "The filters exclude every article. No article here states its source.",
    )


def test_words_that_no_article_has_are_no_fault_of_the_filters(ships):
    found = ships.search("xylophone", mode="lexical", filters=Filters(("Daily Post",)))
    assert found.warnings == ("No passage was found.",)


def test_an_empty_archive_says_so(ships):
    ships.remove(["1", "2", "3"])
    assert ships.search("ships").warnings == ("The archive is empty. Add articles to it.",)


def test_where_something_is_found_there_is_nothing_to_say(ships):
    assert ships.search("ships", filters=Filters(("Daily Post",))).warnings == ()
