"""An offset into the ranking, and facets of all candidates."""

import pytest

from dragoman.search.dragoman import Dragoman
from dragoman.search.errors import OffsetOutOfRange
from dragoman.search.question import Filters

ARTICLES = [
    {"id": "a", "source": "Post", "published": "2024-03-01", "tags": ["ferry", "Storm"]},
    {"id": "b", "source": "Post", "published": "2024-03-20", "tags": ["ferry"]},
    {"id": "c", "source": "Echo", "published": "2024-04-02", "tags": []},
    {"id": "d", "source": None, "published": None, "tags": []},
]


@pytest.fixture
def ferries(tmp_path, encoder) -> Dragoman:
    dragoman = Dragoman.open(tmp_path / "archive", encoder)
    text = "The ferry {} sailed from the harbour in a storm, its master said."
    dragoman.add([{**one, "title": one["id"], "text": text.format(one["id"])} for one in ARTICLES])
    return dragoman


def test_articles_are_counted_once_by_what_they_state(ferries):
    facets = ferries.search("ferry", limit=1, facets=True).facets
    assert facets.sources == (("Post", 2), ("Echo", 1))
    assert facets.months == (("2024-03", 2), ("2024-04", 1))
    assert facets.tags == (("ferry", 2), ("Storm", 1))


def test_only_what_passes_the_filters_is_counted(ferries):
    facets = ferries.search("ferry", filters=Filters("Echo"), facets=True).facets
    assert (facets.sources, facets.tags) == ((("Echo", 1),), ())


def test_facets_are_there_only_if_they_are_asked_for(ferries):
    assert ferries.search("ferry").facets is None
    assert "facets" not in ferries.search("ferry").to_dict()
    assert ferries.search("ferry", facets=True).to_dict()["facets"]["sources"] == [
        {"name": "Post", "articles": 2},
        {"name": "Echo", "articles": 1},
    ]


@pytest.mark.parametrize("all_copies", [False, True])
def test_an_offset_goes_on_where_the_limit_ended(ferries, all_copies):
    whole = ferries.search("ferry", limit=4, all_copies=all_copies).passages
    parts = [
        passage
        for start in range(0, 4, 2)
        for passage in ferries.search(
            "ferry", limit=2, offset=start, all_copies=all_copies
        ).passages
    ]
    assert [(one.rank, one.id) for one in parts] == [(one.rank, one.id) for one in whole]
    assert [one.rank for one in whole] == [*range(1, len(whole) + 1)]


def test_past_the_last_that_is_said(ferries):
    found = ferries.search("ferry", offset=90)
    assert found.passages == ()
    assert found.warnings == ("No passage is left after the first 90.",)


@pytest.mark.parametrize("offset", [-1, 1001, True, "2"])
def test_an_offset_out_of_range(ferries, offset):
    with pytest.raises(OffsetOutOfRange, match="from 0 to 1000"):
        ferries.search("ferry", offset=offset)
