"""Questions about the bundled articles, as a curious reader asks them, answered by the real thing.

A line of ask_questions.jsonl states the strings of which an answer must hold one, the articles of
which it must cite one, and for figures those that must not come first. `part` says which questions
are there to try things on ("dev"), and which only to report ("held").
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from unicodedata import combining, normalize

import pytest

from dragoman.search.bundled import BUNDLED
from dragoman.search.evaluation.answers import without_markers
from dragoman.search.question import Filters, Turn

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
QUESTIONS = [json.loads(line) for line in (HERE / "ask_questions.jsonl").read_text().splitlines()]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
UNANSWERABLE = [question for question in QUESTIONS if not question["answerable"]]
OFF_TOPIC = (HERE / "off_topic_questions.txt").read_text().splitlines()


def folded(text):
    """Leave out case, accents and what space is made of."""
    letters = (c for c in normalize("NFD", text.casefold()) if not combining(c))
    return " ".join("".join(letters).replace("ı", "i").split())


def place(text, wanted):
    """Give where the first of the strings stands, or as far as can be."""
    places = (folded(text).find(folded(one)) for one in wanted)
    return min((place for place in places if place >= 0), default=len(text))


def is_right(question, answer):
    text = without_markers(answer.answer)
    first = place(text, question["answers"])
    cited = {citation.article.id for citation in answer.citations}
    return (
        first < place(text, question.get("not_first", ()))
        and not cited.isdisjoint(question["articles"])
    )  # fmt: skip


def asked(dragoman, question):
    as_of = question.get("as_of")
    filters = Filters(as_of=date.fromisoformat(as_of) if as_of else None)
    history = [Turn(**turn) for turn in question.get("history", ())]
    return dragoman.ask(question["question"], history, filters=filters)


@pytest.fixture(scope="module")
def answers(talks):
    return {question["id"]: asked(talks, question) for question in QUESTIONS}


def explained(questions, right, answers):
    """Write how many of each kind were right, and what was said to the others."""
    total = Counter(question["kind"] for question in questions)
    of_kind = Counter(question["kind"] for question in questions if question["id"] in right)
    lines = [f"{kind:<16}{of_kind[kind]:>4} of {count}" for kind, count in total.items()]
    for question in questions:
        if question["id"] not in right:
            answer = answers[question["id"]]
            lines += [f"{question['id']} ({question['part']}): {question['question']}"]
            lines += [f"    {answer.confidence:.2f} {answer.answer}"]
    return "\n".join(["", *lines])


def test_nine_in_ten_are_answered_rightly(answers):
    right = {q["id"] for q in ANSWERABLE if is_right(q, answers[q["id"]])}
    assert len(right) >= 0.9 * len(ANSWERABLE), explained(ANSWERABLE, right, answers)


def test_what_the_articles_do_not_answer_is_refused(answers):
    """All on other matters is refused, and most of what is near to the articles."""
    refused = {q["id"] for q in UNANSWERABLE if answers[q["id"]].status == "not_in_corpus"}
    for questions, least in (
        ([q for q in UNANSWERABLE if q["kind"] == "off topic"], 1.0),
        ([q for q in UNANSWERABLE if q["kind"] != "off topic"], 0.6),
    ):
        of_these = [q for q in questions if q["id"] in refused]
        assert len(of_these) >= least * len(questions), explained(questions, refused, answers)


def test_hardly_any_question_on_other_matters_is_answered(talks):
    asked = OFF_TOPIC[::2]  # the other half says the same and costs as much
    said = {question: talks.ask(question).answer for question in asked}
    answered = {question: answer for question, answer in said.items() if answer}
    assert len(answered) <= 0.05 * len(asked), answered


# The questions themselves


def test_the_questions_are_of_every_kind_in_both_parts():
    parts = [{q["kind"] for q in QUESTIONS if q["part"] == part} for part in ("dev", "held")]
    assert parts[0] == parts[1]
    assert len(parts[0]) >= 12
    assert len(UNANSWERABLE) >= 20
    assert len(ANSWERABLE) >= 75
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len(set(OFF_TOPIC)) == len(OFF_TOPIC)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_what_is_expected_stands_in_each_article_that_may_be_cited(question):
    for id in question["articles"]:
        text = folded((BUNDLED / f"{id}.md").read_text())
        assert any(folded(answer) in text for answer in question["answers"])
