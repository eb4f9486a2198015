import pytest

from dragoman.search.query.answer_type import Kind, fits, kind_of

QUESTIONS: list[tuple[str, Kind]] = [
    ("Who led the Ukrainian delegation?", "who"),
    ("Whom did Kalın meet in Kyiv?", "who"),
    ("Whose idea was the meeting?", "who"),
    ("Where were the talks of 29 March held?", "where"),
    ("In which city did they meet?", "where"),
    ("Which country offered to mediate?", "where"),
    ("When did the ministers meet in Antalya?", "when"),
    ("On what day did the talks begin?", "when"),
    ("In which year was the convention signed?", "when"),
    ("How many civilians were killed?", "number"),
    ("What was the number of refugees in May?", "number"),
    ("How long did the first session last?", "number"),
    ("What did Akar tell Shoigu?", "quote"),
    ("How did Moscow describe its operation?", "quote"),
    ("Did Putin and Erdoğan speak on the phone?", "yes or no"),
    ("Has Turkey joined the sanctions?", "yes or no"),
    ("Isn't Turkey in NATO?", "yes or no"),
    ("And did they agree?", "yes or no"),
    ("Why did the talks fail?", "why"),
    ("How did the delegations travel?", "how"),
    ("Which pact closes the straits?", "what"),
    ("The name of the palace?", "what"),
]


@pytest.mark.parametrize(("question", "kind"), QUESTIONS)
def test_the_kind_is_told_by_the_question(question, kind):
    assert kind_of(question) == kind


@pytest.mark.parametrize(("question", "kind"), QUESTIONS)
def test_capitals_and_spaces_do_not_matter(question, kind):
    assert kind_of(f"  {question.upper()} ") == kind


@pytest.mark.parametrize(
    ("kind", "answer", "fit"),
    [
        ("number", "at least 3,153", True),
        ("number", "some two dozen", True),
        ("number", "civilians", False),
        ("when", "on 29 March", True),
        ("when", "the next morning", True),
        ("when", "Tuesday", True),
        ("when", "the palace", False),
        ("who", "David Arakhamia", True),
        ("who", "the negotiators", False),
        ("where", "in İzmir", True),
        ("where", "in the hall", False),
        ("why", "because of the siege", True),
    ],
)
def test_what_cannot_be_meant_does_not_fit(kind, answer, fit):
    assert fits(kind, answer) is fit
