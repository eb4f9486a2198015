"""Of reprints one is shown, and the others are named."""

import json
from datetime import date

import pytest

from dragoman.search.dragoman import Dragoman
from dragoman.search.question import Filters
from reprints import first_half, made_up_report, with_outlet_line, without_first_paragraph

LEAD = "Envoys from the harbour towns met on Tuesday in the old customs house."
WIRE = f"{LEAD}\n\n{made_up_report(1, paragraphs=16)}"
OTHER = f"{LEAD}\n\n{made_up_report(2)}"
NEWS = (
    {"id": "undated", "title": "Envoys meet", "source": "Gazete", "text": WIRE},
    {"id": "late", "title": "Envoys meet", "source": "Post", "date": "2022-04-02", "text": WIRE},
    {"id": "early", "title": "Harbour talks", "source": "Wire", "date": "2022-03-29", "text": WIRE},
    {
        "id": "edited",
        "title": "Towns talk",
        "source": "Sun",
        "date": "2022-03-30",
        "text": with_outlet_line(without_first_paragraph(WIRE)),
    },
    {"id": "other", "title": "Other envoys", "source": "Post", "date": "2022-03-30", "text": OTHER},
)
QUESTION = "Where did the envoys from the harbour towns meet?"


@pytest.fixture
def dragoman(tmp_path, encoder):
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        add(dragoman, tmp_path, *NEWS)
        yield dragoman


def add(dragoman: Dragoman, folder, *records: dict) -> None:
    file = folder / "news.jsonl"
    file.write_text("\n".join(map(json.dumps, records)))
    assert not dragoman.add(file).problems


def shown(dragoman: Dragoman, question: str = QUESTION, **options) -> dict[str, list[str]]:
    """The articles shown, each with those that it is said to be in also."""
    passages = dragoman.search(question, **options).passages
    return {p.article.id: [copy.id for copy in p.also_in] for p in passages}


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_of_a_family_the_earliest_is_shown_and_the_rest_are_named(dragoman, mode):
    found = shown(dragoman, mode=mode, limit=100)
    assert found == {"early": ["edited", "late", "undated"], "other": []}


def test_every_passage_of_the_article_names_the_copies(dragoman):
    passages = dragoman.search(QUESTION, limit=100, per_article=None).passages
    of_one = [p for p in passages if p.article.id == "early"]
    assert len(of_one) > 2
    (named,) = {p.also_in for p in of_one}
    assert [copy.published for copy in named] == [date(2022, 3, 30), date(2022, 4, 2), None]
    assert [copy.source for copy in named] == ["Sun", "Post", "Gazete"]


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_all_copies_are_shown_where_they_are_asked_for(dragoman, mode):
    found = shown(dragoman, mode=mode, limit=100, all_copies=True)
    assert found == {record["id"]: [] for record in NEWS}


def test_the_copy_with_the_better_passage_is_shown(dragoman):
    assert "edited" in shown(dragoman, "Who was reporting in Izmir?", mode="lexical")


def test_copies_that_the_filters_exclude_neither_count_nor_are_named(dragoman):
    def passing(**fields) -> dict[str, list[str]]:
        return shown(dragoman, limit=100, filters=Filters(**fields))

    assert passing(as_of=date(2022, 3, 30)) == {"early": ["edited"], "other": []}
    assert passing(sources=("Post",)) == {"late": [], "other": []}
    assert passing(since=date(2022, 3, 30))["other"] == []
    assert "early" not in passing(since=date(2022, 3, 30))


def test_leaving_copies_out_still_gives_as_many_as_were_asked_for(dragoman, tmp_path):
    many = ({**NEWS[1], "id": f"copy {n}", "text": f"{WIRE} {n}"} for n in range(150))
    others = ({"id": f"n{n}", "text": f"{LEAD} {made_up_report(n)}"} for n in range(20, 26))
    add(dragoman, tmp_path, *many, *others)
    for mode in ("hybrid", "dense", "lexical"):
        passages = dragoman.search(LEAD, mode=mode, limit=10).passages
        assert len(passages) == 10
        assert len({p.article.id for p in passages}) >= 4
        assert max(len(p.also_in) for p in passages) == 153


def test_no_article_has_more_than_two_of_the_first_five(dragoman, tmp_path):
    more = ({"id": f"n{n}", "text": f"{LEAD} {made_up_report(n)}"} for n in range(20, 24))
    add(dragoman, tmp_path, *more)
    first = [p.article.id for p in dragoman.search(LEAD, limit=5).passages]
    assert max(first.count(id) for id in first) <= 2


def test_what_is_no_longer_a_copy_stands_for_itself_again(dragoman):
    dragoman.remove(["early", "late"])
    assert shown(dragoman, limit=100)["other"] == []
    assert set(shown(dragoman, limit=100)) >= {"other"}
    dragoman.remove("undated")
    assert shown(dragoman, limit=100) == {"edited": [], "other": []}


def test_a_cut_reprint_is_shown_before_the_whole_where_it_came_earlier(tmp_path, encoder):
    cut = {"id": "cut", "title": "T", "date": "2022-03-01", "text": first_half(WIRE)}
    whole = {"id": "whole", "title": "T", "date": "2022-03-02", "text": WIRE}
    with Dragoman.open(tmp_path / "archive", encoder) as dragoman:
        add(dragoman, tmp_path, cut, whole)
        assert shown(dragoman) == {"cut": ["whole"]}
        assert dragoman.info().duplicate_groups == 1
