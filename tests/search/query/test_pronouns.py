"""Which pronouns refer to something said before, and by which names they are replaced."""

import pytest

from dragoman.search.query.pronouns import leaves_unsaid, with_names


@pytest.mark.parametrize(
    "question",
    [
        "Did he come?",
        "What did they decide?",
        "Who was there?",
        "Why did it fail?",
        "Who said that?",
        "Is that so?",
        "Who else came?",
    ],
)
def test_a_pronoun_without_its_noun_leaves_something_unsaid(question):
    assert leaves_unsaid(question)


@pytest.mark.parametrize(
    "question",
    [
        "Did Akar say whom he met?",
        "Did Russia and Ukraine say what they want?",
        "Is it true that Kyiv is safe?",
        "Did Akar visit Kyiv this week?",
        "Who led the delegation?",
    ],
)
def test_a_pronoun_of_what_the_question_names_leaves_nothing_unsaid(question):
    assert not leaves_unsaid(question)


@pytest.mark.parametrize(
    ("question", "asked", "answers", "meant"),
    [
        ("Is he here?", "What did Akar say?", ["Shoigu called."], "Is Akar here?"),
        ("Is he here?", "Who called Akar?", ["Shoigu called."], "Is Shoigu here?"),
        ("His aim?", "What did Akar say?", [], "Akar's aim?"),
        ("What do they want?", "Did Iran and Iraq agree?", [], "What do Iran and Iraq want?"),
        ("Who was there?", "Where did they meet?", ["In Antalya."], "Who was in Antalya?"),
        ("Who went there?", "What happened in Bucha?", [], "Who went to Bucha?"),
        ("Is he here?", "What was decided?", ["No."], "Is he here?"),
    ],
)
def test_names_replace_pronouns(question, asked, answers, meant):
    assert with_names(question, asked, answers) == meant
