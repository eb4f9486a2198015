"""What is asked, apart from what is said around it."""

import pytest

from dragoman.search.query.phrasing import asking_part, question_proper, topic_as_question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Hello! Who runs the ferry?", "Who runs the ferry?"),
        ("hi, who runs the ferry", "who runs the ferry"),
        ("Thanks a lot. And who runs it?", "And who runs it?"),
        ("Can you please tell me who runs the ferry?", "who runs the ferry?"),
        ("do you know when it opens", "when it opens"),
        ("I'd like to know how much it costs.", "how much it costs."),
        ("Please tell me about the ferry", "tell me about the ferry"),
        # nothing around it
        ("Can you swim in the lake?", "Can you swim in the lake?"),
        ("Great Britain won when?", "Great Britain won when?"),
        ("Tell me about the ferry", "Tell me about the ferry"),
        ("Hi!", "Hi!"),
    ],
)
def test_greetings_and_what_leads_to_the_question_are_left_out(typed, asked):
    assert question_proper(typed) == asked


def test_of_a_pasted_paragraph_the_sentence_that_asks_is_kept():
    told = "The line to Holm island was closed after the storm of Monday night. " * 8
    assert asking_part(f"{told}When will the ferry sail again? Thank you.") == (
        told.strip(),
        "When will the ferry sail again?",
    )
    assert asking_part(f"{told}i need to know who repairs the pier")[1].startswith("i need to know")
    assert asking_part(told) == ("", told)
    assert asking_part("Short. Who? Yes") == ("", "Short. Who? Yes")


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("please tell me more about Hanna Malyar", "What is known about Hanna Malyar?"),
        ("news on the grain deal", "What is known about the grain deal?"),
        ("Tell me about him", "Tell me about him"),
        ("Tell us where they met.", "Tell us where they met."),
    ],
)
def test_a_topic_is_asked_about(typed, question):
    assert topic_as_question(typed) == question
