"""Small stories, and questions of the kinds that go wrong: negation, dates, lists, near misses."""

import json
from pathlib import Path

import pytest

from asked_stories import asked_of, faults, marked
from dragoman.search.dragoman import Dragoman

STORIES = json.loads(Path(__file__).with_name("story_questions.json").read_text("utf-8"))
ASKED = [one for story in STORIES.values() for one in story["questions"]]


@pytest.fixture(scope="module")
def stories(tmp_path_factory, real_encoder):
    with Dragoman.open(tmp_path_factory.mktemp("stories") / "archive", real_encoder) as dragoman:
        dragoman.add([article for story in STORIES.values() for article in story["articles"]])
        yield dragoman


@pytest.mark.parametrize("expected", [*map(marked, ASKED)])
def test_it_is_answered_or_refused_as_it_should_be(stories, expected):
    answer = asked_of(stories, expected)
    assert faults(answer, expected) == [], answer.answer


def test_a_question_who_somebody_is_gets_the_words_beside_the_name(tmp_path, real_encoder):
    text = "It will not hire a taxi any more, its head Mara Quist said."
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "van", "title": "Shelter gets a van", "text": text}])
        assert "its head" in (dragoman.ask("Who is Mara Quist?").answer or "")
        assert dragoman.ask("Who is Mara Lund?").answer is None


@pytest.mark.parametrize("asked", ["Tell me about the opera in Oslo", "the latest on Messi"])
def test_a_topic_that_no_article_has_is_refused(stories, asked):
    answer = stories.ask(asked)
    assert answer.status == "not_in_corpus"
    assert answer.reason in ("nothing_near", "near_miss")


def test_the_latest_on_a_topic_begins_with_the_newest_article(stories):
    answer = stories.ask("What's the latest on the port strike?")
    days = [citation.article.published for citation in answer.citations]
    assert len(days) == 3
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("text", "asked", "has"),
    [
        ("Police said 4,300 people were arrested at the protests in Dorn on Sunday.",
         "How many protesters were arrested in Dorn?", "4,300"),
        ("The mayor of Dorn dismissed Karl Weiss and appointed Anna Lutz as harbour master.",
         "Who was appointed harbour master?", "Anna Lutz"),
        ("Prices in Dorn rose in May because the dairy reduced its supplies.",
         "Why did prices increase in Dorn?", "dairy"),
        ("No ships were lost in the storm off Dorn, the harbour master said.",
         "How many ships were lost in the storm off Dorn?", "No ships"),
        ("The council of Dorn rejected the tram to the harbour on Monday.",
         "Did the council of Dorn approve the tram to the harbour?", "rejected the tram"),
        ("Mayor Ada Holm told Karl Weiss that the harbour is full. Holm also told Weiss that the "
         "fair stays open on Sunday.",
         "What did Holm tell Weiss about the fair?", "open on Sunday"),
        ("The harbour of Dorn opened on Tuesday, 4 May, because the dredger came late on Monday.",
         "Why did the harbour open on Tuesday and not on Monday?", "dredger"),
        ("The report of 9 May on Holm's visit to Dorn counts 40 ships. Mayor Holm visited Dorn on "
         "4 May and saw them.",
         "When did Holm visit Dorn?", "visited Dorn on 4 May"),
    ],
)  # fmt: skip
def test_what_looks_otherwise_is_no_reason_to_refuse(tmp_path, real_encoder, text, asked, has):
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "dorn", "title": "News from Dorn", "text": text}])
        assert has in (dragoman.ask(asked).answer or "")


def test_a_word_before_a_name_is_not_always_an_office(tmp_path, real_encoder):
    text = "Talks with Mara Quist resumed on Monday. Later the hall was locked."
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "talks", "title": "Talks resume", "text": text}])
        assert dragoman.ask("Who is Mara Quist?").answer is None


def test_a_topic_obeys_the_least_confidence(stories):
    about = stories.ask(
        "Tell me about the strike of the dockers at Halm in winter", min_confidence=0.0
    )
    assert about.answer
    assert (
        stories.ask(
            "Tell me about the strike of the dockers at Halm in winter", min_confidence=1.0
        ).answer
        is None
    )


REPORTED = {
    "id": "yard1",
    "title": "Tarrant Steel takes over the yard of Hoyle",
    "source": "Reed Paper",
    "published": "2025-08-04",
    "text": "The company Tarrant Steel takes over the yard of Hoyle, according to a letter.",
}


@pytest.mark.parametrize(
    ("source", "withdrawing"),
    [("Reed Paper", "We withdraw our"), ("Mill Post", "Reed Paper withdraws its")],
)
def test_the_withdrawal_of_a_report_is_told_and_not_the_report(
    source, withdrawing, tmp_path, real_encoder
):
    later = {"id": "yard2", "title": "Report on shipyard withdrawn", "source": source}
    text = f"{withdrawing} report that Tarrant Steel takes over the yard of Hoyle."
    later |= {"published": "2025-08-06", "text": f"{text} The letter was forged."}
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([REPORTED, later])
        answer = dragoman.ask("Does Tarrant Steel take over the yard of Hoyle?")
        assert [one.article.id for one in answer.citations] == ["yard2"]
        assert "withdraw" in (answer.answer or "")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Dorn closed its harbour under a 1936 pact, the Halm Convention of 1936.",
         "When did Dorn close its harbour?"),
        ("The Dorn Rovers dismissed their manager, Pete Holm, on Saturday. Top scorers: Kofi "
         "Mensah (Halm City) 13, Lars Brandt (Port Alm) 11.",
         "Who is the manager of Halm City?"),
    ],
)  # fmt: skip
def test_what_only_looks_like_an_answer_is_refused(tmp_path, real_encoder, text, asked):
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "dorn", "title": "News from Dorn", "text": text}])
        assert dragoman.ask(asked).answer is None


@pytest.mark.parametrize(
    ("text", "asked", "year"),
    [
        ("Dorn closed its harbour under the Halm Convention of 1936.",
         "When was the Halm Convention made?", "1936"),
        ("Ana Halm became the mayor of Dorn in March of 2019.",
         "When did Ana Halm become the mayor of Dorn?", "2019"),
        ("Ana Halm won the mayoralty of Dorn in the 2010 election.",
         "When did Ana Halm win the mayoralty of Dorn?", "2010"),
    ],
)  # fmt: skip
def test_a_year_of_what_is_asked_about_answers(tmp_path, real_encoder, text, asked, year):
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "dorn", "title": "News from Dorn", "text": text}])
        assert year in (dragoman.ask(asked).answer or "")


BEAR = """A bear has been seen near Tolk. Ranger Ute Finn found its tracks by the upper weir. She
advises hikers to stay on the paths and to talk loudly.

Beekeepers have lost eleven hives. They will be compensated by the canton."""


def test_who_is_meant_by_they_is_quoted_with_what_is_told_of_them(tmp_path, real_encoder):
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "bear", "title": "Bear seen near Tolk", "text": BEAR}])
        answer = dragoman.ask("Who are compensated by the canton?").answer or ""
        assert "Beekeepers" in answer
        assert "compensated by the canton" in answer


MEASLES = """# Measles by district

The health office has published how many children were vaccinated against measles and how many fell
ill in each district of the province.

| District | Vaccinated | Fell ill | Last case |
|---|---|---|---|
| Aldmoor | 1,204 | 31 | 14 March |
| Bexwick | 842 | 12 | 15 March |
| Cardle | 2,310 | 77 | 15 March |
| Dunreath | 655 | 9 | 16 March |
| Eskmouth | 4,018 | 140 | 17 March |
| Farndale | 980 | 25 | 17 March |
| Gorsley | 1,733 | 58 | 18 March |
| Hexam | 2,940 | 101 | 18 March |
| Ravensea | 5,460 | 203 | 24 March |
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("How many children fell ill in Ravensea?", "203"),
        ("How many children were vaccinated in Aldmoor?", "1,204"),
        ("How many children died in Ravensea?", None),
        ("How many children fell ill in Wexford?", None),
    ],
)
def test_a_row_counts_what_introduces_its_table(tmp_path, real_encoder, asked, said):
    (tmp_path / "measles.md").write_text(MEASLES)
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([tmp_path / "measles.md"])
        answer = dragoman.ask(asked).answer or ""
        assert said in answer if said else not answer


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("The club of Lower Mere, in contrast, agreed to the move.", "Lower Mere"),
        ("But the two clubs will meet again.", None),
        ("However, the club of Lower Mere did not agree either.", None),
    ],
)
def test_what_is_told_in_contrast_to_a_denial_answers(tmp_path, real_encoder, told, said):
    text = f"The rowing club of Hask did not agree to move the regatta to June. {told}"
    with Dragoman.open(tmp_path / "archive", real_encoder) as dragoman:
        dragoman.add([{"id": "vote", "title": "Rowers vote on moving the regatta", "text": text}])
        answer = dragoman.ask("Which club agreed to move the regatta?").answer or ""
        assert said in answer if said else not answer


def answer_from(archive, encoder, text: str, asked: str) -> str:
    """Ask an archive of one article; give the answer, "" if there is none."""
    with Dragoman.open(archive, encoder) as dragoman:
        dragoman.add([{"id": "one", "title": "News", "text": text}])
        return dragoman.ask(asked).answer or ""


NORBY = """The harbour pilots of Norby will not go on strike. Their colleagues in Falk have been on
strike since Monday. The club Rovers Alm has 61 points. FC Brenn has 58.

The court of Norby cleared Ada Holm of fraud. The firm Nimbo plans to open a plant in Lesk in 2027.

The night train from Norby to Pera ends in December. The railway gives low demand as the reason."""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Which pilots are on strike?", "Falk"),
        ("How many points does Rovers Alm have?", "61"),
        ("How many points does Rovers Brenn have?", None),
        ("Who was cleared of fraud?", "Ada Holm"),
        ("Who was convicted of fraud?", None),
        ("Who was killed in the court of Norby?", None),
        ("When did Nimbo open its plant in Lesk?", None),
        ("Where does Nimbo plan to open a plant?", "Lesk"),
        ("Where does Vexil plan to open a plant?", None),
        ("Why does the night train end?", "low demand"),
    ],
)
def test_a_name_or_an_act_that_is_only_like_the_one_asked_about_is_none(
    tmp_path, real_encoder, asked, said
):
    answer = answer_from(tmp_path / "archive", real_encoder, NORBY, asked)
    assert said in answer if said else not answer


def test_a_plan_that_was_given_up_later_is_told_as_given_up(tmp_path, real_encoder):
    plan = {"id": "plan", "title": "Nimbo to open plant", "published": "2025-01-10"}
    plan["text"] = "The chip maker Nimbo plans to open a plant in Lesk in 2027."
    later = {"id": "later", "title": "Nimbo shelves plant", "published": "2025-07-02"}
    later["text"] = "Nimbo has shelved its plan for a plant in Lesk."
    other = {"id": "other", "title": "Nimbo shelves office", "published": "2025-08-02"}
    other["text"] = "The chip maker Nimbo has shelved its plan for an office in Karst."
    given_and_cited = (([plan], "plan"), ([plan, later], "later"), ([plan, other], "plan"))
    for number, (given, cited) in enumerate(given_and_cited):
        with Dragoman.open(tmp_path / str(number), real_encoder) as dragoman:
            dragoman.add(given)
            answer = dragoman.ask("Is Nimbo going to open a plant in Lesk?")
            assert answer.citations[0].article.id == cited


TALES = """We reported on 10 July that the fire on the ferry Solveig broke out in the galley.
That was wrong: it broke out on the car deck.

Shepherd Lore Imhof wants a permit to shoot the wolf. The flood has closed the stations of Arnach
and Tann. Ship number 57 brought 257 containers.

The line Aurelia owed the port of Tann 4.8 million U.S. dollars."""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Where did the fire on the ferry Solveig break out?", "car deck"),
        ("Who shot the wolf?", None),
        ("Who wants to shoot the wolf?", "Lore Imhof"),
        ("How many containers did ship number 57 bring?", "257"),
        ("How many containers did ship number 58 bring?", None),
        ("How much did Aurelia owe the port of Tann?", "4.8 million"),
    ],
)
def test_what_is_wrong_wanted_or_of_another_number_is_not_told_as_the_answer(
    tmp_path, real_encoder, asked, said
):
    answer = answer_from(tmp_path / "archive", real_encoder, TALES, asked)
    assert said in answer if said else not answer
