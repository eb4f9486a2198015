"""Two questions in one, long ones, and such in another language."""

import pytest

from dragoman.search.answering.several import separate_questions


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("When did it open and who built it?", ["When did it open?", "who built it?"]),
        ("Who led it? How many came?", ["Who led it?", "How many came?"]),
        ("who led it? and how many came", ["who led it?", "and how many came?"]),
        (
            "How high was it in May and June?",
            ["How high was it in May?", "How high was it in June?"],
        ),
        (
            "What was sung at the gala and at the fair?",
            ["What was sung at the gala?", "What was sung at the fair?"],
        ),
        ("Why did he go, but where did he stay", ["Why did he go?", "where did he stay?"]),
    ],
)
def test_questions_with_their_own_question_words_are_separate(asked, parts):
    assert separate_questions(asked) == parts


@pytest.mark.parametrize(
    "asked",
    [
        "When and where did they meet?",
        "Who said what and when?",
        "How many more came in May and June than in April?",
        "Which is longer, in May and in June?",
        "How many were killed and injured?",
        "What did Russia and Ukraine agree on?",
        "Tell me what happened and why it did",
        "Really? Who?",
        "",
    ],
)
def test_one_question_stays_one(asked):
    assert separate_questions(asked) == [asked]


def test_both_are_answered_with_citations_numbered_through(talks):
    answer = talks.ask("Who led Russia's delegation in Istanbul, and who led Ukraine's delegation?")
    assert "Medinsky" in answer.answer
    assert "Arakhamia" in answer.answer
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert all(f"[{citation.number}]" in answer.answer for citation in answer.citations)
    assert answer.question_asked.startswith("Who led Russia's delegation in Istanbul, and who")
    assert [passage.rank for passage in answer.passages] == [1, 2, 3, 4, 5]


def test_what_is_not_answered_is_named(talks):
    answer = talks.ask("Who led Russia's delegation in Istanbul? How high is Mount Everest?")
    assert answer.status == "partial"
    assert "The articles here do not answer “How high is Mount Everest?”" in answer.warnings
    none = talks.ask("Who wrote Hamlet? How high is Mount Everest?")
    assert (none.status, none.answer, none.citations) == ("not_in_corpus", None, ())


def test_of_a_pasted_paragraph_what_asks_is_answered(talks):
    told = "I have read a lot about all of this, and much of it seems to contradict itself. " * 5
    answer = talks.ask(f"{told}Who led Russia's delegation in Istanbul?")
    assert "Medinsky" in answer.answer
    assert answer.question_understood == "Who led Russia's delegation in Istanbul?"


def test_a_question_that_the_reader_cannot_read_is_told_so(talks):
    answer = talks.ask("Wer leitete die Delegation der Ukraine?")
    assert any("German" in warning and "English" in warning for warning in answer.warnings)
    assert not talks.ask("Who led Ukraine's delegation?").warnings


def test_what_both_parts_would_answer_alike_is_said_once(talks):
    answer = talks.ask("Who led Russia's delegation in Istanbul? Who led the Russian delegation?")
    assert answer.answer.count("Medinsky") == talks.ask(
        "Who led Russia's delegation in Istanbul?"
    ).answer.count("Medinsky")
