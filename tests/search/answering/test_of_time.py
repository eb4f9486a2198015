"""A time in a question: satisfied by the article's own day or a sentence's, or said not to be."""

import json
from dataclasses import replace
from datetime import date

import pytest

from dragoman.search.answering.of_time import is_of_another_time, of_asked_time
from dragoman.search.dragoman import Dragoman
from dragoman.search.query.asked_time import asked_time
from made_candidates import made_candidate

ARTICLES = {
    "Museum of salt reopens": (
        "The museum of salt in Orrby opened its doors again on Thursday after two years of repairs "
        "to its roof. Some 700 visitors came on the first day.\n\nDirector Amina Hoque said the "
        "collection of evaporating pans had never been shown in full before.",
        "2024-04-11",
    ),
    "Orrby draw with Skarvik in cup replay": (
        "Orrby and Skarvik drew 2-2 in the cup replay on Wednesday before a crowd of 5,120. Ida "
        "Brandt scored both goals for Orrby, the second from a penalty.",
        "2024-02-14",
    ),
    "Library lends out tools and tents": (
        "The library in Orrby now lends out tools, tents and sewing machines. A drill may be kept "
        "for three days.",
        None,
    ),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory, real_encoder) -> Dragoman:
    folder = tmp_path_factory.mktemp("town")
    records = [
        {"title": title, "text": text, "published": published}
        for title, (text, published) in ARTICLES.items()
    ]
    (folder / "records.jsonl").write_text("\n".join(map(json.dumps, records)))
    dragoman = Dragoman.open(folder / "archive", real_encoder)
    assert not dragoman.add(folder / "records.jsonl").problems
    return dragoman


@pytest.mark.parametrize("time", ["", " in April 2024", " on 11 April 2024", " in 2024", " by May"])
def test_the_articles_own_day_need_not_be_in_its_text(town, time):
    answer = town.ask(f"How many visitors came to the museum{time}?")
    assert answer.status == "answered"
    assert [figure.value for figure in answer.figures] == [700]


@pytest.mark.parametrize("time", ["on 14 February 2024", "on Wednesday", "before March 2024"])
def test_so_for_questions_of_any_type(town, time):
    answer = town.ask(f"Who scored for Orrby {time}?")
    assert answer.status == "answered"
    assert "Ida Brandt" in (answer.answer or "")


def test_what_the_articles_tell_of_another_time_is_no_plain_answer(town):
    for question in ("Who scored for Orrby in January 2021?", "Who scored for Orrby in May 2024?"):
        assert town.ask(question).status != "answered"


def test_undated_articles_answer_in_part(town):
    answer = town.ask("What does the library lend in June 2024?")
    assert answer.status != "answered"
    if answer.answer:
        assert any("does not say June 2024" in warning for warning in answer.warnings)


MARCH = asked_time("Who spoke in March 2022?", None)


def spoke(id: str, text: str, published: date | None, score: float = 1.0):
    return made_candidate(text, "Ana", id, score, published=published)


def test_sentences_of_the_time_come_first_and_others_not_beside_them():
    later = spoke("later", "Ana spoke.", date(2022, 5, 1))
    then = spoke("then", "Ana spoke.", date(2022, 3, 1), 0.9)
    told = spoke("told", "Ana spoke in March.", date(2022, 5, 1), 0.5)
    assert of_asked_time(MARCH, [later, then, told]) == [then, told]
    assert of_asked_time(MARCH, [later]) == [later]


def test_a_sentence_with_another_day_is_of_another_time():
    may = date(2022, 5, 10)
    assert is_of_another_time(MARCH, spoke("a", "Ana spoke on Monday.", may))
    assert not is_of_another_time(MARCH, spoke("a", "Ana spoke.", may))
    assert not is_of_another_time(MARCH, spoke("a", "Ana spoke on 3 March.", may))
    assert not is_of_another_time(MARCH, spoke("a", "Ana spoke on Monday.", date(2022, 3, 9)))


def test_for_the_latest_the_newest_article_as_good_comes_first():
    old, new = (spoke(f"{day}", "Ana spoke.", date(2022, 5, day), 1 - day / 50) for day in (1, 5))
    poor = spoke("poor", "Ana spoke.", date(2022, 6, 1), 0.2)
    latest = asked_time("Who was the latest who spoke?", None)
    assert of_asked_time(latest, [old, new, poor]) == [new, old, poor]


def test_for_the_latest_the_day_of_the_event_counts_where_no_other_is_known():
    old, told = spoke("old", "Ana spoke.", date(2022, 5, 1)), spoke("told", "Ana spoke.", None, 0.9)
    of_event = replace(told.ranked.article, event=date(2022, 5, 2))
    told = told._replace(ranked=replace(told.ranked, article=of_event))
    latest = asked_time("Who was the latest who spoke?", None)
    assert of_asked_time(latest, [old, told]) == [told, old]
